"""Making the words, at the moment of sending, for the person who reads them: their language, calendar and time zone."""

import json
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime

from django.conf import settings
from django.template import Context
from django.template.loader import get_template
from django.urls import reverse
from django.utils import translation
from django.utils.translation import pgettext_lazy

from common.moments import reading_as
from common.names import callable_name
from common.numbers import local_digits
from common.text import clean_line, excerpt
from customers.masking import OPEN
from notifications.choices import Template
from notifications.directions import apart, without_marks
from notifications.mail_html import sanitise_for_mail
from notifications.mail_styles import dress
from notifications.sms_texts import fit
from notifications.without_ticket import FACTS as FACTS_WITHOUT_TICKET
from tickets import links
from tickets.covering import cover_file, cover_ticket, known_stores

SCORES = [
    (5, pgettext_lazy("rating", "Very good")),
    (4, pgettext_lazy("rating", "Good")),
    (3, pgettext_lazy("rating", "So-so")),
    (2, pgettext_lazy("rating", "Bad")),
    (1, pgettext_lazy("rating", "Very bad")),
]
# Facts that stand inside sentences, kept apart where they run the other way.
_SPOKEN = {"store", "tag", "number", "subject", "department", "customer", "name", "last_words", "actor", "author", "team", "reason"}


@dataclass(frozen=True)
class Sms:
    text: str
    key: str
    params: dict = field(default_factory=dict)


def mail_of(delivery):
    """(subject, plain text, HTML) of a mail."""
    with _read_by(delivery):
        facts = facts_of(delivery)
        subject = one_line(_render(delivery, "subject.txt", facts, autoescape=False))
        text = _render(delivery, "body.txt", facts, autoescape=False)
        facts["subject_line"] = without_marks(subject)
        html = dress(_render(delivery, "body.html", facts), delivery.language, delivery.store)
        return subject, _tidy(text), html


def sms_of(delivery):
    """The text of an SMS, cut to a few parts, with its neutral parameters for gateways that want a template of theirs."""
    with _read_by(delivery):
        facts = facts_of(delivery)
        text = fit(" ".join(_render(delivery, "sms.txt", facts, autoescape=False).split()))
        known = {"code": facts.get("code"), "number": delivery.ticket.number if delivery.ticket else "", "link": facts.get("link")}
    return Sms(text, key_of(delivery), {name: str(value) for name, value in known.items() if value})


def key_of(delivery):
    """What makes this message one and the same for a gateway, however often it is tried."""
    return delivery.message_id.strip("<>").partition("@")[0]


@contextmanager
def _read_by(delivery):
    account, store = delivery.recipient, delivery.store
    with reading_as(
        language=delivery.language,
        calendar=account.calendar if account else store.calendar if store else None,
        time_zone=(account.time_zone if account else "") or (store.time_zone if store else None),
    ):
        yield


def facts_of(delivery):
    """What templates may name. Words of people are cleaned to one line; the message itself comes as text and as safe HTML."""
    facts = {
        "delivery": delivery,
        "language": delivery.language,
        "direction": "rtl" if translation.get_language_bidi() else "ltr",
        "store": clean_line(str(delivery.store), 60) if delivery.store else "",
        **delivery.context,
        **(json.loads(delivery.secret_context) if delivery.secret_context else {}),
    }
    if delivery.template in FACTS_WITHOUT_TICKET:
        facts |= FACTS_WITHOUT_TICKET[delivery.template](delivery)
    if delivery.ticket:
        mask = _cover(delivery)
        if mask.covers:
            facts |= {name: mask.text(value) for name, value in delivery.context.items() if isinstance(value, str)}
        facts |= _facts_of_ticket(delivery)
        if delivery.event:
            facts |= _facts_of_event(delivery, facts, mask)
    for name in _SPOKEN & facts.keys():
        facts[name] = apart(facts[name])
    return facts


def _facts_of_ticket(delivery):
    ticket, customer = delivery.ticket, delivery.ticket.customer
    return {
        "ticket": ticket,
        "number": local_digits(ticket.number),
        "tag": f"[#{ticket.number}]",
        "subject": clean_line(ticket.subject, 120),
        "department": clean_line(str(ticket.department), 80),
        "customer": clean_line(str(customer), 80),
        "name": callable_name(clean_line(delivery.user.first_name if delivery.user else customer.first_name, 40)),
        "link": _link(delivery),
        "is_known": customer.has_account,
        "last_words": excerpt(ticket.last_public_words, 160),
        "choices": _choices(delivery) if delivery.template == Template.SURVEY else (),
    }


def _choices(delivery):
    """The five answers of the survey as links. A click only chooses; the page asks before it counts."""
    link = _link(delivery)
    return [{"label": str(label), "link": f"{link}?score={score}"} for score, label in SCORES]


def _cover(delivery):
    """The mask for this reader, laid over the delivery's ticket. Asked when the mail leaves; staff keep mails, so no reveal counts."""
    mask = known_stores(delivery.user).mask(delivery.ticket) if delivery.user else OPEN
    cover_ticket(delivery.ticket, mask)
    return mask


def _facts_of_event(delivery, facts, mask):
    event = delivery.event
    actor = facts["customer"] if event.by_customer and mask.covers else str(event.actor or "")
    until = event.details.get("until")
    told = {
        "event": event,
        "actor": clean_line(actor, 80),
        "score": event.details.get("score"),
        "until": datetime.fromisoformat(until) if until else None,
    }
    message = event.message
    if message:
        # Of staff, a customer reads the name, never an address that stands in its place.
        staff = (message.author.name if message.author else "") or facts["store"]
        told |= {
            "author": facts["customer"] if message.is_from_customer else clean_line(staff, 80),
            "text": mask.text(message.body_text),
            "html": sanitise_for_mail(mask.html(message.body_html)),
            "files": [apart(clean_line(file.name, 80)) for file in _files(message, mask)],
        }
    return told


def _files(message, mask):
    return [cover_file(file, mask, from_customer=message.is_from_customer) for file in message.attachments.said()]


def _link(delivery):
    """Staff land at the desk, account holders in the portal; everybody else gets a signed link of their own."""
    ticket = delivery.ticket
    if delivery.user:
        path = reverse("backoffice:ticket", args=[ticket.number])
    elif delivery.template == Template.SURVEY:
        path = delivery.context["path"]
    elif ticket.customer.has_account:
        path = reverse("portal:ticket", args=[ticket.number])
    else:
        path = reverse("portal:ticket_link", args=[links.token_for(ticket)])
    return f"{settings.SITE_URL}{path}"


def one_line(text):
    """No header can be born from a subject: every kind of line end and control character is folded away."""
    return "".join(character for character in " ".join(text.split()) if character.isprintable() or character in "\u200c\u200d\u2068\u2069")


def _render(delivery, part, facts, *, autoescape=True):
    template = get_template(f"notifications/{delivery.template}/{part}").template
    return template.render(Context(facts, autoescape=autoescape))


def _tidy(text):
    """Without the empty lines that template tags leave: at most one between paragraphs."""
    lines, empty = [], True
    for line in text.splitlines():
        line = line if line == "-- " else line.rstrip()
        if line or not empty:
            lines.append(line)
        empty = not line
    return "\n".join(lines).strip() + "\n"
