"""Every address of the product as every kind of person. An address that is missing from the table fails the run.

The letters of a row stand for the people in the order of PEOPLE: visitor, customer (whose ticket it is), stranger (another customer),
alice (supporter of the department), watcher (observer of it), bob (staff of another department), root (superuser without any grant).

    2 shown or done (200)   > done, leads on (302)    L asked to sign in (302)   4 does not exist (404)
    F not allowed (403)     M no such method (405)         E the form comes back with its mistakes (422)
"""

from collections import Counter

import pytest
from django.apps import apps
from django.core.files.base import ContentFile
from django.db import transaction
from django.test import Client
from django.urls import get_resolver, reverse

from common.uploads import CheckedFile
from faq.services import write_entry
from helpdesk.look import look_url
from notifications.models import Delivery
from permissions.rights import RoleKey, StoreRight
from permissions.services import grant
from surveys.models import Survey
from surveys.services import token_for as survey_token
from tests.make import make_customer, make_department, make_message, make_person, make_staff, make_store, make_ticket
from tickets.links import token_for as link_token
from tickets.services.lifecycle import close_ticket
from tickets.services.reply_templates import write_reply_template
from tickets.services.writing import attach

pytestmark = pytest.mark.django_db

PEOPLE = ["visitor", "customer", "stranger", "alice", "watcher", "bob", "root"]

#  name: (arguments, GET, POST with nothing in it)
ADDRESSES = {
    "healthz": ((), "2222222", "MMMMMMM"),
    "readyz": ((), "2222222", "MMMMMMM"),
    "csp-report": ((), "MMMMMMM", "2222222"),
    "look": ("look", "2222222", "MMMMMMM"),
    "logo": ("logo", "4444444", "MMMMMMM"),
    "file": ("file", "L242244", "LMMMMMM"),
    "thumbnail": ("thumbnail", "L242244", "LMMMMMM"),
    "account_login": ((), "2>>>>>>", "2>>>>>>"),
    "account_logout": ((), "MMMMMMM", ">>>>>>>"),
    "account_signup": ((), "2>>>>>>", "2>>>>>>"),
    "account_request_login_code": ((), "2>>>>>>", "2>>>>>>"),
    "account_confirm_login_code": ((), ">>>>>>>", ">>>>>>>"),
    "account_resend_code": ((), "MMMMMMM", ">>>>>>>"),
    "account_skip_address": ((), "MMMMMMM", ">>>>>>>"),
    "account_reset_password": ((), "2222222", "2222222"),
    "account_complete_password_reset": ((), ">>>>>>>", ">>>>>>>"),
    "account_change_password": ((), "L>>>>>>", "L>>>>>>"),
    "account_set_password": ((), "L>>>>>>", "L>>>>>>"),
    "account_email": ((), "L>>>>>>", "L>>>>>>"),
    "account_change_phone": ((), "L>>>>>>", "L>>>>>>"),
    "account_remove_phone": ((), "LMMMMMM", "L>>>>>>"),
    "account_reauthenticate": ((), "L222222", "L222222"),
    "account_send_confirmation_code": ((), "LMMMMMM", "L>>>>>>"),
    "account_end_sessions": ((), "LMMMMMM", "L>>>>>>"),
    "account_inactive": ((), "2222222", "MMMMMMM"),
    "portal:home": ((), "2222222", "MMMMMMM"),
    "portal:new_ticket": ((), "2222222", "MMMMMMM"),
    "portal:new_ticket_answers": ("department", "2222222", "MMMMMMM"),
    "portal:new_ticket_form": ("department", "2222222", "EEEEEEE"),
    "portal:tickets": ((), "L222222", "LMMMMMM"),
    "portal:ticket": ("number", "L244444", "LMMMMMM"),
    "portal:ticket_sent": ("number", "L244444", "LMMMMMM"),
    "portal:ticket_replies": ("number", "L>44444", "LE44444"),
    "portal:ticket_closure": ("number", "L>44444", "L>44444"),
    "portal:ticket_link": ("link", "2222222", "MMMMMMM"),
    "portal:link_sent": ("link", "2222222", "MMMMMMM"),
    "portal:link_replies": ("link", ">>>>>>>", "EEEEEEE"),
    "portal:link_closure": ("link", ">>>>>>>", ">>>>>>>"),
    "portal:link_file": ("link file", "2222222", "MMMMMMM"),
    "portal:link_thumbnail": ("link file", "2222222", "MMMMMMM"),
    "portal:faq": ((), "2222222", "MMMMMMM"),
    "portal:faq_entry": ("entry", "2222222", "MMMMMMM"),
    "portal:faq_solved": ("entry", ">>>>>>>", ">>>>>>>"),
    "portal:faq_thanks": ((), "2222222", "MMMMMMM"),
    "portal:survey": ("survey", "2222222", "EEEEEEE"),
    "portal:profile": ((), "L222222", "L222222"),
    "portal:language": ((), "MMMMMMM", ">>>>>>>"),
    "portal:theme": ((), "MMMMMMM", ">>>>>>>"),
    "backoffice:inbox": ((), "L442222", "L44MMMM"),
    "backoffice:tickets": ((), "L442222", "L44MMMM"),
    "backoffice:new_ticket": ((), "L442FFF", "L442FFF"),
    "backoffice:chosen_tickets": ((), "L44MMMM", "L44>>>>"),
    "backoffice:ticket": ("number", "L442244", "L44MMMM"),
    "backoffice:ticket_answers": ("number", "L442F44", "L44MMMM"),
    "backoffice:ticket_replies": ("number", "L44MMMM", "L44EF44"),
    "backoffice:ticket_notes": ("number", "L44MMMM", "L44EE44"),
    "backoffice:note_showing": ("number note", "L44MMMM", "L44>F44"),
    "backoffice:ticket_assignment": ("number", "L442F44", "L44EF44"),
    "backoffice:ticket_department": ("number", "L442F44", "L44EF44"),
    "backoffice:ticket_status": ("number", "L44MMMM", "L44EF44"),
    "backoffice:ticket_priority": ("number", "L44MMMM", "L44EF44"),
    "backoffice:ticket_closure": ("number", "L44MMMM", "L44>F44"),
    "backoffice:ticket_reopening": ("number", "L44MMMM", "L44>F44"),
    "backoffice:delivery_sending": ("number delivery", "L44MMMM", "L44>F44"),
    "backoffice:customers": ((), "L442244", "L44MMMM"),
    "backoffice:customer": ("customer", "L442244", "L44MMMM"),
    "backoffice:customer_notes": ("customer", "L44MMMM", "L44EF44"),
    "backoffice:notices": ((), "L442222", "L44MMMM"),
    "backoffice:notices_reading": ((), "L44MMMM", "L44>>>>"),
    "backoffice:outbox": ((), "L444444", "L44MMMM"),
    "control:store": ((), "L444444", "L444444"),
    "control:faq": ((), "L444444", "L444444"),
    "control:new_faq_entry": ((), "L444444", "L444444"),
    "control:faq_entry": ("entry", "L444444", "L444444"),
    "control:faq_entry_place": ("entry", "L444444", "L444444"),
    "control:faq_entry_publication": ("entry", "L444444", "L444444"),
    "control:faq_entry_removal": ("entry", "L444444", "L444444"),
    "control:answers": ((), "L444444", "L444444"),
    "control:new_answer": ((), "L444444", "L444444"),
    "control:answer": ("answer", "L444444", "L444444"),
    "control:answer_place": ("answer", "L444444", "L444444"),
    "control:answer_removal": ("answer", "L444444", "L444444"),
}


def names(patterns, namespace=""):
    for pattern in patterns:
        if hasattr(pattern, "url_patterns"):
            yield from names(pattern.url_patterns, f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace)
        else:
            yield f"{namespace}{pattern.name}"


def test_every_address_is_in_the_table():
    assert set(names(get_resolver().url_patterns)) == set(ADDRESSES)


@pytest.fixture
def scene(settings, tmp_path):
    """A ticket with a note, a file and a failed message; a closed one with its survey; people of every kind."""
    settings.MEDIA_ROOT = tmp_path
    store = make_store()
    support, sales = make_department("Support", store=store), make_department("Sales", store=store)
    alice = make_staff("Alice", support)
    watcher = make_staff("Watcher", support, role=RoleKey.OBSERVER, sees_customers=False)
    bob = make_staff("Bob", sales, role=RoleKey.OBSERVER, sees_customers=False)
    grant(watcher, StoreRight.VIEW_CUSTOMERS, store)
    customer, stranger = make_customer("Kasia"), make_customer("Nour")
    ticket = make_ticket(department=support, customer=customer)
    file = attach(
        ticket.messages.get(),
        CheckedFile(name="label.txt", content_type="text/plain", size=5, content=ContentFile(b"hello")),
    )
    note = make_message(ticket, "Between us.", by=alice, note=True)
    delivery = Delivery.objects.filter(ticket=ticket, customer=customer).first()
    Delivery.objects.filter(pk=delivery.pk).update(state="failed")
    closed = close_ticket(make_ticket(department=support, customer=customer))
    entry = write_entry(stores=[store], department=support, words={"en": ("Why?", "<p>Because.</p>")})
    answer = write_reply_template(words={"en": ("Greeting", "Hello.")})
    people = {
        "visitor": None,
        "customer": customer.user,
        "stranger": stranger.user,
        "alice": alice,
        "watcher": watcher,
        "bob": bob,
        "root": make_person("Root", is_staff=True, is_superuser=True),
    }
    by_link = make_ticket(department=support, customer=make_customer("Marta", account=False))
    by_link_file = attach(by_link.messages.get(), CheckedFile(name="a.txt", content_type="text/plain", size=1, content=ContentFile(b"a")))
    link = link_token(by_link)
    arguments = {
        "look": look_url(store).removeprefix("/look/").removesuffix(".css").rsplit("-", 1),
        "logo": [store.key, "0"],
        "file": [file.pk, "label.txt"],
        "thumbnail": [file.pk],
        "number": [ticket.number],
        "number note": [ticket.number, note.pk],
        "number delivery": [ticket.number, delivery.pk],
        "link": [link],
        "link file": [link, by_link_file.pk],
        "department": [support.pk],
        "entry": [entry.pk],
        "answer": [answer.pk],
        "survey": [survey_token(Survey.objects.get(ticket=closed))],
        "customer": [customer.pk],
    }
    return people, arguments


def address(name, arguments):
    wanted = ADDRESSES[name][0]
    return reverse(name, args=arguments[wanted] if wanted else [])


def letter(response):
    location = response.headers.get("Location", "")
    if response.status_code in {301, 302, 303}:
        return "L" if "/account/login/" in location and "next=" in location else ">"
    return {200: "2", 204: "2", 403: "F", 404: "4", 405: "M", 422: "E"}.get(response.status_code, str(response.status_code))


def row_counts():
    """How many rows there are of everything that is the product's own; sessions may come and go."""
    return Counter(
        {
            model._meta.label: model._default_manager.count()
            for model in apps.get_models()
            if model._meta.app_label not in {"sessions", "contenttypes", "auth"}
        }
    )


READ_MARKS = {"tickets.ReadMark"}


@pytest.mark.parametrize("person", PEOPLE)
def test_what_each_person_gets_by_looking_and_that_looking_changes_nothing(client, scene, person):
    people, arguments = scene
    if people[person]:
        client.force_login(people[person])
    before = row_counts()

    got = {name: letter(client.get(address(name, arguments))) for name in ADDRESSES}

    assert got == {name: row[1][PEOPLE.index(person)] for name, row in ADDRESSES.items()}
    assert {name for name, count in row_counts().items() if count != before[name]} <= READ_MARKS


@pytest.mark.parametrize("person", PEOPLE)
def test_what_each_person_gets_by_an_empty_post(scene, person):
    people, arguments = scene
    got = {}
    for name in ADDRESSES:
        before = transaction.savepoint()
        client = Client()
        if people[person]:
            client.force_login(people[person])
        got[name] = letter(client.post(address(name, arguments)))
        transaction.savepoint_rollback(before)

    assert got == {name: row[2][PEOPLE.index(person)] for name, row in ADDRESSES.items()}


def test_every_change_asks_for_the_token_of_its_form(scene):
    people, arguments = scene
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(people["alice"])
    changing = [name for name, row in ADDRESSES.items() if set(row[2]) != {"M"} and name != "csp-report"]

    unguarded = [name for name in changing if strict.post(address(name, arguments)).status_code not in {403, 405}]

    assert unguarded == []
