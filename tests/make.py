"""Plain helpers that make what a test needs, without surprises: what a test does not name has a sensible default."""

import itertools

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.utils.text import slugify
from i18nfield.strings import LazyI18nString

from custom_fields.models import Field, FieldKind
from customers.services import add_customer
from departments.models import Department
from permissions.rights import FOR_ALL, RoleKey, StoreRight
from permissions.services import grant, grant_role, withdraw
from statuses.models import Action, Status, StatusKind
from statuses.services import create_workflow
from stores.models import Store
from tickets.models import Message, Ticket
from tickets.services import lifecycle

_next = itertools.count(1)
PASSWORD = "a long and winding password"


def make_store(**fields):
    """The default store, unless a test says otherwise. The second call makes a second store."""
    number = next(_next)
    return Store.objects.create(
        **{
            "key": f"store-{number}",
            "is_default": not Store.objects.exists(),
            "name": "Narvan",
            "phone_region": "PL",
            "undo_seconds": 0,
            **fields,
        }
    )


def make_workflow(name="Shop"):
    """The usual workflow. Its statuses are in `by_code`: new, open, answered, waiting, closed."""
    return create_workflow({"en": name})


def make_status(workflow, name="Waiting for payment", kind=StatusKind.WAITING_FOR_OTHERS, **fields):
    """One more status of the workflow, at its end. Answers leave the ticket in it."""
    fields.setdefault("position", workflow.statuses.count())
    return Status.objects.create(workflow=workflow, name=LazyI18nString({"en": name}), kind=kind, **fields)


def make_action(status, name="Payment received", *, target=None, **fields):
    """A button of the status. Without a target the ticket stays where it is."""
    fields.setdefault("position", status.actions.count())
    return Action.objects.create(status=status, name=LazyI18nString({"en": name}), target=target, **fields)


def make_field(label="Order number", kind=FieldKind.TEXT, *, departments=(), viewers=(), editors=(), options=(), **fields):
    """A field of tickets that customers fill in, for all departments unless some are named. `options`: their keys, which are their words too."""
    fields.setdefault("key", slugify(label))
    fields.setdefault("position", Field.objects.count())
    listed = [{"key": key, "label": {"en": key}} for key in options]
    field = Field.objects.create(label=LazyI18nString({"en": label}), kind=kind, options=listed, **fields)
    field.departments.set(departments)
    field.viewers.set(viewers)
    field.editors.set(editors)
    return field


def make_department(name="Support", *, store=None, workflow=None, **fields):
    """A public department of the (only) store, with a workflow of its own unless one is given."""
    store = store or Store.objects.default() or make_store()
    names = LazyI18nString({"en": name}) if isinstance(name, str) else name
    department = Department.objects.create(name=names, workflow=workflow or make_workflow(), **fields)
    department.stores.add(store)
    return department


def make_person(name="Nour", **fields):
    """Somebody with an account who is nobody in particular; alice becomes alice@shop.example."""
    fields.setdefault("email", f"{name.split()[0].lower()}.{next(_next)}@shop.example")
    password = fields.pop("password", None)
    return get_user_model().objects.create_user(name=name, password=password, **fields)


def make_staff(name="Alice", *departments, role=RoleKey.SUPPORTER, sees_customers=True, **fields):
    """A member of staff with this role in these departments, who may also see and manage customer data."""
    person = make_person(name, is_staff=True, **fields)
    for department in departments:
        grant_role(person, department, role)
    if sees_customers:
        store = Store.objects.default() or make_store()
        grant(person, StoreRight.VIEW_CUSTOMERS, store)
        grant(person, StoreRight.MANAGE_CUSTOMERS, store)
    return person


def give_all_but(status, right, who):
    """Take this right on one status from somebody who holds it for the whole workflow: the others stay, one by one."""
    withdraw(who, FOR_ALL[right], status.workflow)
    for other in status.workflow.statuses.exclude(pk=status.pk):
        grant(who, right, other)


def make_team(name="Night shift", *members):
    """A team (a Django group) of these people. What it may do is granted to it like to a person."""
    team = Group.objects.create(name=name)
    team.user_set.set(members)
    return team


def make_customer(name="Kasia Nowak", *, account=True, **fields):
    """A customer who can sign in, or (account=False) one who is only an address."""
    number = next(_next)
    fields.setdefault("email", f"{name.split()[0].lower()}.{number}@mail.example" if name.isascii() else f"customer.{number}@mail.example")
    fields.setdefault("language", "en")
    user = make_person(name, email=fields["email"] or None, phone=fields.get("phone") or None) if account else None
    return add_customer(user=user, name=name, **fields)


def make_ticket(subject="The grinder rattles", *, department=None, customer=None, text="It rattles since Monday.", **fields):
    """A ticket as a customer opens it in the portal."""
    department = department or Department.objects.first() or make_department()
    return lifecycle.open_ticket(
        store=fields.pop("store", None) or department.stores.first(),
        department=department,
        customer=customer or make_customer(),
        subject=subject,
        text=text,
        **fields,
    )


def make_message(ticket, text="Any news?", *, by=None, note=False):
    """Somebody says something: the customer, or `by` from staff (as a note, if so wished). Returns the message."""
    if by and note:
        lifecycle.add_note(ticket, text=text, by=by)
    elif by:
        lifecycle.reply_as_staff(ticket, text=text, by=by)
    else:
        lifecycle.reply_as_customer(ticket, text=text, by=ticket.customer.user)
    return Message.objects.filter(ticket=ticket).latest("pk")


def fresh(thing):
    """The same row as the database has it now."""
    return type(thing)._default_manager.get(pk=thing.pk)


def ticket_now(ticket):
    return Ticket.objects.for_page().get(pk=ticket.pk)
