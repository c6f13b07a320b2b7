"""Making the words, at the moment of sending, for the person who reads them: their language, calendar and time zone."""

import json
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime

from django.conf import settings
from django.template import Context
from django.template.loader import get_template
from django.utils import translation
from django.utils.translation import pgettext_lazy

from common.moments import format_moment, reader_today, reading_as
from common.names import callable_name
from common.numbers import format_number, local_digits
from common.text import clean_line, excerpt
from customers.masking import OPEN
from notifications import own_words, unsubscribing
from notifications.choices import Template
from notifications.directions import apart, without_marks
from notifications.fates import happened
from notifications.gathering import shown_lines_of
from notifications.helped import helped_links
from notifications.mail_html import sanitise_for_mail
from notifications.mail_styles import dress
from notifications.models import EventText
from notifications.originals import Words
from notifications.signatures import signature_of
from notifications.sms_rules import rules_of
from notifications.sms_texts import fit, plain_latin
from notifications.topics import TOPIC_OF
from notifications.without_ticket import FACTS as FACTS_WITHOUT_TICKET
from notifications.without_ticket import change_in_words
from stores.addresses import lasting_url, portal_url
from tickets import links
from tickets.choices import MessageKind
from tickets.covering import cover_file, cover_ticket, known_stores
from tickets.variables import Facts, facts_for, field_variables

SCORES = [
    (5, pgettext_lazy("rating", "Very good")),
    (4, pgettext_lazy("rating", "Good")),
    (3, pgettext_lazy("rating", "So-so")),
    (2, pgettext_lazy("rating", "Bad")),
    (1, pgettext_lazy("rating", "Very bad")),
]
#: What an owner may put into the places of an approved template.
SMS_VARIABLES = ("code", "number", "link", "store", "name", "subject", "department", "author", "minutes", "score")
# What a person wrote, so that a signature stands under it.
_SIGNED = {Template.REPLY, Template.OPENED_FOR_YOU}
# Facts that stand inside sentences, kept apart where they run the other way.
_SPOKEN = {"store", "tag", "number", "subject", "department", "customer", "name", "last_words", "actor", "author", "team", "reason", "what"}


@dataclass(frozen=True)
class Sms:
    text: str
    key: str
    params: dict = field(default_factory=dict)


@dataclass(frozen=True)
class Preview:
    """A message for somebody's eyes who is not its reader: with words that are not stored yet, and covered as the `viewer` reads tickets.

    Its link opens nothing by itself.
    """

    text: object = None
    viewer: object = None


def mail_of(delivery, preview=None, *, subject=""):
    """(subject, plain text, HTML) of a mail: in the owner's words where there are any that can be used, else in the product's.

    `subject`: that of the conversation it goes on with, instead of the product's words for one.
    """
    subject, text, html = undressed_mail(delivery, preview, subject=subject)
    return subject, text, dress(html, delivery.language, delivery.store)


def undressed_mail(delivery, preview=None, *, subject=""):
    """The same with the HTML as it is before its looks are written into it."""
    with read_by(delivery):
        facts = facts_of(delivery, preview)
        own, told = _own(delivery, facts, preview)
        subject = one_line(_own_subject(own, facts, told) or subject or _render(delivery, "subject.txt", facts, autoescape=False))
        facts["subject_line"] = without_marks(subject)
        text, html = _own_body(delivery, own.body, facts, told) if own.body else _product_body(delivery, facts)
        return subject, _tidy(text), html


def _own_subject(own, facts, told):
    words = own_words.line(own.subject, told)
    return f"{facts['tag']} {words}" if words and "tag" in facts else words


def _product_body(delivery, facts):
    return _render(delivery, "body.txt", facts, autoescape=False), _render(delivery, "body.html", facts)


def _own_body(delivery, words, facts, told):
    """The owner's words inside the product's design, as text and as HTML."""
    about_it = own_words.about_delivery(delivery)
    facts["why"] = about_it.why
    files = _include("_files.html", facts) if facts.get("files") else ""
    said = facts.get("html", "") if facts["carries_answer"] else ""
    html = own_words.html(words, told, about_it=about_it, direction=facts["direction"], button=str(about_it.button), said=said, files=files)
    return (
        _include("own.txt", facts | {"own": own_words.plain(words, told)}, autoescape=False),
        _include("own.html", facts | {"own": html}),
    )


def _own(delivery, facts, preview):
    """(the owner's words that can be used, what their variables stand for)."""
    text = preview.text if preview and preview.text else facts["own_text"]
    told = own_facts(delivery, facts) if text else {}
    if preview and preview.viewer and delivery.ticket and isinstance(told, Facts):
        told = told.known_to(facts_for(delivery.ticket, reader=preview.viewer))
    return (own_words.usable_words(delivery, text, told) if text else Words()), told


def sms_of(delivery, preview=None):
    """The text of an SMS, cut to a few parts, with what can fill the places of a gateway's approved template."""
    with read_by(delivery):
        facts = facts_of(delivery, preview)
        own, told = _own(delivery, facts, preview)
        text = own_words.line(own.sms, told) if own.sms else _product_sms(delivery, facts)
        text = " ".join(text.split())
        text = fit(plain_latin(text) if rules_of(delivery.store).plain_latin else text)
        return Sms(text, key_of(delivery), sms_params(delivery, facts))


def sms_params(delivery, facts):
    """{name: value} of SMS_VARIABLES, as far as this message has them: plain values, without marks of direction."""
    known = {name: facts.get(name) for name in SMS_VARIABLES} | {"number": delivery.ticket.number if delivery.ticket else ""}
    if delivery.template == Template.THANKS and not facts.get("is_known") and not delivery.user_id:
        # What a visitor typed into the form is not sent to a number that anybody could have typed there.
        known |= {"subject": "", "name": ""}
    return {name: clean_line(without_marks(str(value)), 300) for name, value in known.items() if value}


def _product_sms(delivery, facts):
    """Staff who chose it get by SMS what the bell says; everybody else a text of the product for each message."""
    if delivery.user_id and TOPIC_OF.get(delivery.template):
        return f"{without_marks(delivery.notice)} {facts['link']}"
    return _render(delivery, "sms.txt", facts, autoescape=False)


def key_of(delivery):
    """What makes this message one and the same for a gateway, however often it is tried."""
    return delivery.message_id.strip("<>").partition("@")[0]


@contextmanager
def read_by(delivery):
    """Inside, everything is written for whoever reads this message."""
    account, store = delivery.recipient, delivery.store
    with reading_as(
        language=delivery.language,
        calendar=account.calendar if account else store.calendar if store else None,
        time_zone=(account.time_zone if account else "") or (store.time_zone if store else None),
    ):
        yield


def facts_of(delivery, preview=None):
    """What templates may name. Words of people are cleaned to one line; the message itself comes as text and as safe HTML."""
    own = preview.text if preview and preview.text else own_words.text_of(delivery)
    facts = {
        "own_text": own,
        "carries_answer": getattr(own, "carries_answer", True),
        "delivery": delivery,
        "language": delivery.language,
        "direction": "rtl" if translation.get_language_bidi() else "ltr",
        "store": clean_line(str(delivery.store), 60) if delivery.store else "",
        "stop_link": "" if preview else unsubscribing.link_for(delivery),  # nor stop anything in the reader's name
        **delivery.context,
        **(json.loads(delivery.secret_context) if delivery.secret_context else {}),
    }
    if delivery.template in FACTS_WITHOUT_TICKET:
        facts |= FACTS_WITHOUT_TICKET[delivery.template](delivery)
    if delivery.ticket:
        mask = _cover(delivery, preview)
        if mask.covers:
            facts |= {name: mask.text(value) for name, value in delivery.context.items() if isinstance(value, str)}
        facts |= _facts_of_ticket(delivery, preview)
        if delivery.event:
            facts |= _facts_of_event(delivery, facts, mask)
            if preview:  # whoever looks at it must not answer in the reader's name
                facts["helped"] = [choice | {"link": facts["link"]} for choice in facts.get("helped", ())]
        if delivery.template == Template.ANSWERS:
            facts |= _facts_of_answers(delivery, facts)
        if delivery.template in _SIGNED and not delivery.user_id:
            facts["signature"] = signature_of(delivery, facts)
    for name in _SPOKEN & facts.keys():
        facts[name] = apart(facts[name])
    return facts


def _facts_of_ticket(delivery, preview):
    ticket, customer = delivery.ticket, delivery.ticket.customer
    link = _link(delivery) if preview is None else portal_url(ticket.store, "ticket", ticket.number)
    return {
        "ticket": ticket,
        "number": local_digits(ticket.number),
        "tag": f"[#{ticket.number}]",
        "subject": clean_line(ticket.subject, 120),
        "department": clean_line(str(ticket.department), 80),
        "customer": clean_line(str(customer), 80),
        "name": callable_name(clean_line(_first_name(delivery), 40)),
        "link": link,
        "is_known": customer.has_account,
        "help_link": portal_url(ticket.store, "new_ticket") if delivery.customer_id else "",
        "last_words": excerpt(ticket.last_public_words, 160),
        "choices": _choices(link) if delivery.template == Template.SURVEY else (),
    }


def _first_name(delivery):
    """Of whom the mail speaks to. Who is in copy goes by the whole name, of which we do not know the parts."""
    if delivery.is_copy:
        return delivery.context.get("copy_name", "")
    return delivery.user.first_name if delivery.user else delivery.ticket.customer.first_name


def _choices(link):
    """The five answers of the survey as links. A click only chooses; the page asks before it counts."""
    return [{"label": str(label), "link": f"{link}?score={score}"} for score, label in SCORES]


def _cover(delivery, preview):
    """The mask for this reader, laid over the delivery's ticket. Asked when the mail leaves; staff keep mails, so no reveal counts."""
    reader = preview.viewer if preview else delivery.user
    mask = known_stores(reader).mask(delivery.ticket) if reader else OPEN
    cover_ticket(delivery.ticket, mask)
    return mask


def _facts_of_event(delivery, facts, mask):
    event = delivery.event
    actor = facts["customer"] if event.by_customer and mask.covers else str(event.actor or "")
    until = event.details.get("until")
    told = {
        "event": event,
        "actor": clean_line(actor, 80),
        "what": happened(event),
        "score": event.details.get("score"),
        "until": datetime.fromisoformat(until) if until else None,
    }
    message = event.message
    if message and (delivery.user or message.kind != MessageKind.NOTE):
        # Of staff, a customer reads the name, never an address that stands in its place.
        staff = (message.author.name if message.author else "") or facts["store"]
        told |= {
            "author": facts["customer"] if message.is_from_customer else clean_line(staff, 80),
            "text": mask.text(message.body_text),
            "html": sanitise_for_mail(mask.html(message.body_html)),
            "files": [apart(clean_line(file.name, 80)) for file in _files(message, mask)],
            "helped": helped_links(delivery, message),
        }
    return told


def _facts_of_answers(delivery, facts):
    """Several answers in one mail: each as it would have come by itself, with the text only where the owner lets answers carry it."""
    own = EventText.objects.filter(store=delivery.store_id, template=Template.REPLY).first()
    lines, count = shown_lines_of(delivery)
    answers = [_facts_of_event(line, facts, OPEN) for line in lines]
    return {"answers": answers, "count": count, "more": count - len(lines), "carries_answer": own is None or own.carries_answer}


def own_facts(delivery, facts):
    """What the variables of the owner's words stand for: the same values, by the names the owner chooses from."""
    told = {
        name: without_marks(str(facts.get(name) or ""))
        for name in ("store", "reason", "score", "what", "last_words", "department", "link", "code")
    }
    told |= {
        "first_name": delivery.user.first_name if delivery.user else facts.get("first_name", ""),
        "author": without_marks(facts.get("author") or _doer(delivery) or facts.get("actor") or ""),
        "minutes": format_number(facts["minutes"]) if facts.get("minutes") else "",
        "until": format_moment(facts.get("until"), "moment_full"),
        "date": format_moment(reader_today(), "day_long"),
        "change": change_in_words(facts.get("change")),
        "choices": "\n".join(f"{choice['label']}: {choice['link']}" for choice in facts.get("choices", ())),
    }
    if delivery.ticket is None:
        return told
    reader = delivery.user or (delivery.customer and delivery.ticket.customer)
    words = facts.get("text", "") if facts["carries_answer"] else ""
    known = facts_for(delivery.ticket, reader=reader, words=words, link=facts["link"])
    known.update(told | {name: known[name] for name in ("first_name", "department", "store")})
    if facts.get("team"):
        known["team"] = without_marks(facts["team"])
    return known if facts["is_known"] or delivery.user or delivery.template != Template.THANKS else _untyped(known)


def _doer(delivery):
    """Who did it, as others than staff may read it: of staff the name alone, else the store's."""
    event = delivery.event
    if event is None or delivery.user or event.by_customer or event.actor is None:
        return ""
    return clean_line(event.actor.name, 80) or clean_line(str(delivery.store), 60)


def _untyped(known):
    """What a visitor typed into the form is not sent to an address that anybody could have typed there."""
    known.update(dict.fromkeys(field_variables(), ""))
    return known | {"subject": known["number"], "customer": known["first_name"], **dict.fromkeys(("company", "email", "phone"), "")}


def _files(message, mask):
    return [cover_file(file, mask, from_customer=message.is_from_customer) for file in message.attachments.said()]


def _link(delivery):
    """Staff land at the desk, account holders in the portal; everybody else gets a signed link of their own."""
    ticket = delivery.ticket
    if not delivery.user and not delivery.customer_id:
        return ""  # whom we do not know gets no way in
    if delivery.user:
        return lasting_url("backoffice:ticket", ticket.number)
    if delivery.template == Template.SURVEY:
        return f"{settings.SITE_URL}{delivery.context['path']}"
    if ticket.customer.has_account:
        return portal_url(ticket.store, "ticket", ticket.number)
    return lasting_url("portal:ticket_link", links.token_for(ticket))


def one_line(text):
    """No header can be born from a subject: every kind of line end and control character is folded away."""
    return "".join(character for character in " ".join(text.split()) if character.isprintable() or character in "\u200c\u200d\u2068\u2069")


def _render(delivery, part, facts, *, autoescape=True):
    return _include(f"{delivery.template}/{part}", facts, autoescape=autoescape)


def _include(name, facts, *, autoescape=True):
    template = get_template(f"notifications/{name}").template
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
