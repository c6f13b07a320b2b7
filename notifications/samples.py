"""A message as it would leave, for the eyes of whoever writes its words: about a ticket they may see, or about a made-up one."""

import json
from dataclasses import dataclass
from datetime import timedelta

from django.contrib.auth import get_user_model
from django.utils import timezone, translation
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from common.html import text_to_html
from customers.models import Customer
from departments.models import Department
from notifications.about import CUSTOMER, DOOR, STAFF, about, about_action
from notifications.choices import Channel, Template, Trouble
from notifications.directions import marks_to_markup, without_marks
from notifications.fates import ABOUT_MESSAGES
from notifications.models import Delivery
from notifications.rendering import Preview, sms_of, undressed_mail
from notifications.sms_texts import Length, measure
from statuses.models import Status, StatusKind
from tickets.choices import Kind, MessageKind
from tickets.models import Message, Ticket, TicketEvent
from tickets.variables import VARIABLES

# The line of a ticket's history that a message speaks of.
EVENTS = {
    Template.REPLY: [Kind.STAFF_REPLIED],
    Template.CUSTOMER_REPLIED: [Kind.CUSTOMER_REPLIED],
    Template.OPENED: [Kind.OPENED],
    Template.OPENED_FOR_YOU: [Kind.OPENED],
    Template.MENTIONED: [Kind.MENTIONED],
    Template.ACTION: [Kind.ACTION_DONE],
}
_SHEET, _AFTER_SHEET = '<p dir="', "<!--[if mso]></td>"


@dataclass(frozen=True)
class Shown:
    """What a page shows of it. `sheet` is the inner part of the mail, safe HTML without looks; `whole` the mail around it, to be
    dressed before it leaves; `sms` is empty where there is none.
    """

    subject: str
    plain: str
    sheet: str
    whole: str
    sms: str
    length: Length


def show(template, text, *, language, store, ticket=None, viewer=None, reader=""):
    """The message in this language with these words (an EventText or ActionText, stored or not), covered as `viewer` reads tickets.

    `reader`: customer or staff, for texts of actions; the others know whom they speak to.
    """
    with translation.override(language):
        delivery = sample_delivery(template, store=store, language=language, ticket=ticket, reader=reader)
    preview = Preview(text=text, viewer=viewer if ticket else None)
    subject, plain, html = undressed_mail(delivery, preview)
    about_it = about_action(delivery) if template == Template.ACTION else about(template)
    has_sms = about_it.has_sms and (template != Template.ACTION or bool(str(text.sms)))
    sms = sms_of(delivery, preview).text if has_sms else ""
    return Shown(without_marks(subject), plain, sheet_of(html), html, sms, measure(sms))


def sheet_of(html):
    inner = html.partition('class="m-sheet">')[2].partition(_AFTER_SHEET)[0].rpartition("</div>")[0]
    return mark_safe(marks_to_markup(inner))  # noqa: S308  made by our own templates, in which everything else is escaped


def sample_delivery(template, *, store, language, ticket=None, reader=""):
    """A Delivery that is never stored. What a ticket does not have (an answer, a rating) is made up."""
    readers = reader or (CUSTOMER if template == Template.ACTION else about(template).readers)
    delivery = Delivery(template=template, channel=Channel.MAIL, store=store, language=language)
    alice = _alice()
    if template == Template.ACTION or about(template).is_of_ticket:
        delivery.ticket = ticket or sample_ticket(store, language, alice)
        delivery.event = _event_of(delivery, template, alice, has_ticket=ticket is not None)
        delivery.context = {"last_words": _example("words"), "team": _example("team"), "path": "/"}
    if readers == STAFF:
        delivery.user = alice
    elif readers == CUSTOMER:
        delivery.customer = delivery.ticket.customer
    delivery.context |= _context_of(template, store)
    if readers == DOOR and "code" in about(template).names:
        delivery.context["minutes"] = 10
        delivery.secret_context = json.dumps({"code": "481902"})
    return delivery


def sample_ticket(store, language, alice):
    """A request nobody wrote, in the store's first department."""
    department = Department.objects.filter(stores=store, archived_at=None).order_by("position", "pk").first()
    account = get_user_model()(pk=-1, name=_example("customer"), email="kasia@mail.example", language=language)
    customer = Customer(pk=-1, user=account, name=account.name, email=account.email, company=_example("company"), language=language)
    status = (department.workflow.status_of_kind(StatusKind.WAITING_FOR_CUSTOMER) if department else None) or Status(
        name=_("Waiting for customer"), customer_name=_example("status"), kind=StatusKind.WAITING_FOR_CUSTOMER
    )
    return Ticket(
        number="481902", store=store, department=department or Department(name=_example("department")), status=status,
        customer=customer, assignee=alice, subject=_example("subject"), last_public_words=_("It rattles since Monday."), language=language,
    )  # fmt: skip


def _alice():
    return get_user_model()(pk=-1, name=_example("assignee"), email="alice@narvan.example", is_staff=True)


def _event_of(delivery, template, alice, *, has_ticket):
    ticket = delivery.ticket
    if has_ticket and template in EVENTS:
        events = ticket.events.filter(kind__in=EVENTS[template]).select_related("actor", "message__author")
        if found := events.order_by("-pk").first():
            return found
    by_customer = template in {Template.CUSTOMER_REPLIED, Template.OPENED, Template.RATED, Template.BAD_RATING}
    details = {
        "score": 2 if template == Template.BAD_RATING else 5,
        "right": "note",
        "until": (timezone.now() + timedelta(days=1)).isoformat(),
    }
    event = TicketEvent(pk=-1, kind=Kind.ACTION_DONE, actor=alice, by_customer=by_customer, details=details)
    if template == Template.ACTION or about(template).carries_words:
        text = _example("words")
        kind = MessageKind.CUSTOMER if by_customer else MessageKind.REPLY
        event.message = Message(pk=-1, kind=kind, author=None if by_customer else alice, body_text=text, body_html=text_to_html(text))
    return event


def _context_of(template, store):
    if template == Template.EMERGENCY:
        until = (timezone.now() + timedelta(hours=4)).isoformat()
        names = {"en": _example("department")}
        return {"actor": _example("assignee"), "department": names, "until": until, "reason": _("Alice is ill and Kasia waits.")}
    if template in ABOUT_MESSAGES:
        since = (timezone.now() - timedelta(hours=1)).isoformat()
        return {"channel": Channel.SMS, "trouble": Trouble.WAITING, "minutes": 20, "number": 12, "since": since}
    if template == Template.INVITED:
        return {"actor": _example("author"), "first_name": _example("first_name"), "link": "https://help.narvan.example/account/login/"}
    if template == Template.ACCOUNT_CHANGED:
        return {"change": "password", "link": "https://help.narvan.example/account/password/reset/"}
    if template in {Template.ALREADY_REGISTERED, Template.UNKNOWN_ACCOUNT}:
        return {"link": "https://help.narvan.example/account/"}
    return {}


def _example(name):
    return str(VARIABLES[name].example)
