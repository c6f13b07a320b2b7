"""The facts of messages that speak of no ticket, in the language that is read now."""

from datetime import datetime

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


FACTS = {Template.EMERGENCY: emergency_facts, Template.INVITED: invitation_facts}
