"""Building the demo store through the same services the pages use, then setting the clock of each story back."""

from datetime import timedelta

from allauth.account.models import EmailAddress
from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone
from i18nfield.strings import LazyI18nString

from customers.models import Customer
from customers.services import add_customer_note
from departments.models import Department
from faq.services import write_entry
from helpdesk.demo import answers, files, store, stories
from notifications.choices import Channel, Reason, State
from notifications.models import Delivery
from permissions.rights import RoleKey, StoreRight
from permissions.services import grant, grant_role
from statuses.services import create_workflow
from stores.models import Store
from surveys.models import Survey
from surveys.services import answer_survey
from tickets.choices import MessageKind
from tickets.models import ReadMark, ReplyTemplate, Ticket
from tickets.services import lifecycle
from tickets.services.writing import set_waiting


@transaction.atomic
def build_demo(say=lambda sentence: None):
    """The whole demo store in one transaction: all of it is there afterwards, or nothing."""
    shop = _store()
    workflow, departments = _departments(shop)
    say("Store, departments and statuses are there.")
    staff = _staff(shop, departments)
    customers = _customers(staff)
    _answers(shop, departments)
    say("People, rights, FAQ and prepared answers are there.")
    for department, customer, subject, steps in stories.STORIES:
        _tell(shop, workflow, departments, staff, departments[department], customers[customer], subject, steps)
    _settle()
    say(f"{len(stories.STORIES)} tickets are there.")


def _store():
    return Store.objects.create(
        key="narvan",
        is_default=True,
        name=LazyI18nString(store.NAME),
        welcome=LazyI18nString(store.WELCOME),
        sender_name=LazyI18nString(store.NAME),
        sender_email="help@narvan.example",
        hue=158,
        chroma=0.09,
        languages=["en", "fa", "pl", "ru"],
        language="en",
        time_zone="Europe/Warsaw",
        phone_region="PL",
        survey_delay_minutes=1,
    )


def _departments(shop):
    workflow = create_workflow({"en": "Shop", "fa": "فروشگاه", "pl": "Sklep", "ru": "Магазин"}, store.STATUSES)
    departments = {}
    for position, (key, (icon, hours, name, description)) in enumerate(store.DEPARTMENTS.items()):
        department = Department.objects.create(
            name=LazyI18nString(name),
            description=LazyI18nString(description),
            icon=icon,
            answer_hours=hours,
            position=position,
            workflow=workflow,
        )
        department.stores.add(shop)
        departments[key] = department
    return workflow, departments


def _staff(shop, departments):
    people = {}
    for key, (name, language, roles, responsible_for) in store.STAFF.items():
        person = people[key] = _person(f"{key}@narvan.example", None, name, language, is_staff=True)
        for department, letter in roles.items():
            grant_role(person, departments[department], RoleKey.SUPPORTER if letter == "s" else RoleKey.OBSERVER)
            departments[department].members.add(person)
        for department in responsible_for:
            departments[department].responsible = person
            departments[department].save(update_fields=["responsible"])
        # Everybody but Dan's payments desk works with customer data; Bob may not write warnings.
        grant(person, StoreRight.VIEW_CUSTOMERS, shop)
        if key in {"alice", "negar", "dan"}:
            grant(person, StoreRight.MANAGE_CUSTOMERS, shop)
    olga = people["olga"]
    for right in StoreRight:
        grant(olga, right, shop)
    for department in departments.values():
        grant_role(olga, department, RoleKey.SUPPORTER)
    return people


def _person(email, phone, name, language, **fields):
    person = get_user_model().objects.create_user(
        email or None, phone or None, store.PASSWORD, name=name, language=language, phone_verified=bool(phone), **fields
    )
    if email:
        EmailAddress.objects.create(user=person, email=email, verified=True, primary=True)
    return person


def _customers(staff):
    customers = {}
    for key, (name, language, email, phone, company, signs_in) in store.CUSTOMERS.items():
        person = _person(email, phone, name, language) if signs_in else None
        customers[key] = Customer.objects.create(
            user=person,
            name=name,
            email=email,
            phone=phone,
            language=language,
            company=company,
            created_at=timezone.now() - timedelta(days=200 + 37 * len(customers)),
        )
    for key, text, is_warning, author in store.WARNINGS:
        add_customer_note(customers[key], text=text, is_warning=is_warning, by=staff[author])
    return customers


def _answers(shop, departments):
    for position, (department, words, reads) in enumerate(answers.FAQ):
        entry = write_entry(stores=[shop], department=departments[department], words=words, position=position)
        entry.reads = reads
        entry.save(update_fields=["reads"])
    for position, (department, title, text) in enumerate(answers.REPLY_TEMPLATES):
        ReplyTemplate.objects.create(
            department=departments[department] if department else None,
            title=LazyI18nString(title),
            text=LazyI18nString(text),
            position=position,
        )


def _tell(shop, workflow, departments, staff, department, customer, subject, steps):
    ticket = None
    for hours, who, what, *rest in steps:
        words = rest[0]
        uploads = [files.checked_file(name) for name in (rest[1] if len(rest) > 1 and what != "rate" else [])]
        by = staff.get(who)
        before = _last_ids(ticket)
        if what == "open":
            ticket = lifecycle.open_ticket(store=shop, department=department, customer=customer, subject=subject, text=words, files=uploads)
        elif what == "reply" and by:
            ticket = lifecycle.reply_as_staff(ticket, text=words, files=uploads, by=by)
        elif what in {"reply", "reopen"}:
            ticket = lifecycle.reply_as_customer(ticket, text=words, files=uploads, by=customer.user)
        elif what == "note":
            ticket = lifecycle.add_note(ticket, text=words, by=by)
        elif what == "assign":
            ticket = lifecycle.assign_ticket(ticket, to=staff[words], by=by)
        elif what == "status":
            ticket = lifecycle.change_status(ticket, to=workflow.by_code[words], by=by)
        elif what == "pass":
            ticket = lifecycle.pass_on_ticket(ticket, to=departments[words], by=by)
        elif what == "close":
            ticket = lifecycle.reply_as_staff(ticket, text=words, by=by, then=workflow.closing_status())
        elif what == "rate":
            answer_survey(ticket.surveys.get(withdrawn_at=None), score=words, comment=rest[1])
            ticket.refresh_from_db()
        _set_back(ticket, before, timezone.now() - timedelta(hours=hours))


def _last_ids(ticket):
    if ticket is None:
        return 0, 0, 0
    last = lambda rows: rows.order_by("-pk").values_list("pk", flat=True).first() or 0  # noqa: E731
    return last(ticket.messages), last(ticket.events), last(Delivery.objects.filter(ticket=ticket))


def _set_back(ticket, before, moment):
    """What this step wrote happened at that moment."""
    message, event, delivery = before
    ticket.messages.filter(pk__gt=message).update(created_at=moment)
    ticket.events.filter(pk__gt=event).update(created_at=moment)
    Delivery.objects.filter(ticket=ticket, pk__gt=delivery).update(created_at=moment)
    ReadMark.objects.filter(ticket=ticket).update(read_at=moment + timedelta(seconds=1))
    newest = ticket.messages.order_by("-created_at").values_list("created_at", flat=True).first()
    first_answer = ticket.messages.filter(kind=MessageKind.REPLY).order_by("created_at").values_list("created_at", flat=True).first()
    fields = {"last_message_at": newest, "updated_at": moment, "first_answered_at": first_answer}
    if ticket.waiting_since:
        last_answer = ticket.messages.filter(kind=MessageKind.REPLY).order_by("-created_at").values_list("created_at", flat=True).first()
        unanswered = ticket.messages.filter(
            kind=MessageKind.CUSTOMER, created_at__gt=last_answer or ticket.created_at - timedelta(days=999)
        )
        set_waiting(ticket, since=unanswered.order_by("created_at").values_list("created_at", flat=True).first() or moment)
        fields |= {"waiting_since": ticket.waiting_since, "answer_due_at": ticket.answer_due_at}
    if event == 0:
        fields["created_at"] = moment
    if ticket.closed_at:
        fields["closed_at"] = ticket.events.filter(kind="closed").latest("created_at").created_at
    Ticket.objects.filter(pk=ticket.pk).update(**fields)
    Survey.objects.filter(ticket=ticket, answered_at__isnull=False).update(asked_at=moment, due_at=moment, answered_at=moment)


def _settle():
    """The past is past: its messages have left, its questions were asked; one message failed, to show how that looks."""
    queued = Delivery.objects.filter(state=State.QUEUED)
    Survey.objects.filter(asked_at=None).update(withdrawn_at=timezone.now())
    failing = queued.filter(channel=Channel.SMS, customer__phone="+48602331415").order_by("-pk").values_list("pk", flat=True).first()
    for delivery in queued:
        delivery.state = State.DELIVERED if delivery.channel == Channel.SMS else State.SENT
        delivery.sent_at = delivery.created_at + timedelta(seconds=4)
        delivery.attempts = 1
        if delivery.pk == failing:
            delivery.state, delivery.sent_at, delivery.reason = State.FAILED, None, Reason.BAD_NUMBER
        delivery.save(update_fields=["state", "sent_at", "attempts", "reason"])
