"""The facts of messages that speak of no ticket, in the language that is read now."""

from datetime import datetime

from django.utils.translation import gettext as _
from i18nfield.strings import LazyI18nString

from common.names import callable_name
from common.text import clean_line
from notifications.choices import Template
from stores.addresses import lasting_url


def emergency_facts(delivery):
    """Who, where, until when and why."""
    told = delivery.context
    return {
        "actor": clean_line(told["actor"], 80),
        "department": clean_line(str(LazyI18nString(told["department"])), 80),
        "until": datetime.fromisoformat(told["until"]),
        "reason": clean_line(told["reason"], 300),
        "name": callable_name(clean_line(delivery.user.first_name, 40)),
        "link": lasting_url("control:emergency"),
    }


def invitation_facts(delivery):
    return {
        "actor": clean_line(delivery.context["actor"], 80),
        "name": callable_name(clean_line(delivery.context["first_name"], 40)),
    }


def change_in_words(change):
    """What of an account was changed, as a sentence."""
    words = {
        "password": _("The password of your account was changed."),
        "email": _("The e-mail address of your account was changed."),
        "phone": _("The mobile number of your account was changed."),
    }
    return words.get(change, _("Your account was changed."))


FACTS = {Template.EMERGENCY: emergency_facts, Template.INVITED: invitation_facts}
