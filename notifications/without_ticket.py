"""The facts of messages that speak of no ticket, in the language that is read now."""

from datetime import datetime

from django.utils.translation import gettext as _
from i18nfield.strings import LazyI18nString

from common.names import callable_name
from common.numbers import local_digits
from common.text import clean_line
from notifications.alarm_words import what_to_do
from notifications.choices import Template
from notifications.fates import about_messages
from notifications.gathering import shown_lines_of
from stores.addresses import lasting_url
from tickets.covering import cover_ticket, known_stores


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


def digest_facts(delivery):
    """[{subject, number, link, lines}] by ticket, each covered as this reader may read it, each line as the bell says it."""
    known, tickets = known_stores(delivery.user), {}
    lines, count = shown_lines_of(delivery)
    for line in lines:
        cover_ticket(line.ticket, known.mask(line.ticket))
        link = lasting_url("backoffice:ticket", line.ticket.number)
        facts = {"subject": clean_line(line.ticket.subject, 120), "number": local_digits(line.ticket.number), "link": link, "lines": []}
        tickets.setdefault(line.ticket_id, facts)["lines"].append(line.notice)
    return {
        "tickets": list(tickets.values()),
        "count": count,
        "more": count - len(lines),
        "name": callable_name(clean_line(delivery.user.first_name, 40)),
        "link": lasting_url("backoffice:notices"),
        "choices_link": lasting_url("backoffice:notices_choices"),
    }


def alarm_facts(delivery):
    told = delivery.context
    return {
        "what": about_messages(delivery),
        "hint": what_to_do(told["channel"], told.get("reason", "")) if delivery.template == Template.ALARM else "",
        "name": callable_name(clean_line(delivery.user.first_name, 40)),
        "link": lasting_url("control:deliveries_health"),
    }


def change_in_words(change):
    """What of an account was changed, as a sentence."""
    words = {
        "password": _("The password of your account was changed."),
        "email": _("The e-mail address of your account was changed."),
        "phone": _("The mobile number of your account was changed."),
    }
    return words.get(change, _("Your account was changed."))


FACTS = {
    Template.DIGEST: digest_facts,
    Template.EMERGENCY: emergency_facts,
    Template.INVITED: invitation_facts,
    Template.ALARM: alarm_facts,
    Template.ALARM_OVER: alarm_facts,
}
