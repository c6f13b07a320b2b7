"""What happens leaves its line: settings, answers and questions, each with before and after, secrets only as changed."""

import pytest

from audit.choices import Deed
from audit.log import COMMAND_LINE, acting_from, note, note_seldom
from audit.models import AuditLine
from faq.services import delete_entry, move_entry, publish_entry, withdraw_entry, write_entry
from permissions.rights import StoreRight
from permissions.services import grant
from stores.services import change_settings
from tests.make import make_department, make_person, make_staff, make_store, make_ticket
from tickets.services.reply_templates import delete_reply_template, move_reply_template, write_reply_template

pytestmark = pytest.mark.django_db


@pytest.fixture
def store():
    return make_store()


@pytest.fixture
def olga(store):
    return make_staff("Olga")


def lines(deed=Deed.SETTINGS_CHANGED):
    return list(AuditLine.objects.filter(deed=deed).order_by("pk"))


def test_a_setting_is_kept_with_both_values(store, olga):
    change_settings(store, {"max_files": 7, "language": "en"}, by=olga)

    (line,) = lines()
    assert (line.actor, line.subject_type, line.subject_name, line.store) == (olga, "store", "Narvan", store.pk)
    assert (line.before, line.after) == ({"max_files": 5}, {"max_files": 7})


def test_a_secret_is_kept_as_changed_and_nothing_more(store, olga):
    change_settings(store, {"captcha_private_key": "very-secret-key", "captcha_public_key": "site"}, by=olga)

    (line,) = lines()
    assert line.after == {"captcha_public_key": "site", "secrets": ["captcha_private_key"]}
    assert line.before == {"captcha_public_key": ""}


def test_changing_nothing_leaves_no_line(store, olga):
    change_settings(store, {"max_files": 5}, by=olga)
    entry = write_entry(stores=[store], words={"en": ("Why?", "<p>So.</p>")}, by=olga)
    write_entry(stores=[store], words={"en": ("Why?", "<p>So.</p>")}, entry=entry, by=olga)
    publish_entry(entry, by=olga)
    move_entry(entry, places=-1, store=store, by=olga)

    assert [line.after["did"] for line in lines()] == ["made"]


def test_questions_and_answers_leave_what_was_done(store, olga):
    support = make_department()
    entry = write_entry(stores=[store], words={"en": ("Why?", "<p>So.</p>")}, by=olga)
    other = write_entry(stores=[store], words={"en": ("How?", "<p>So.</p>")}, by=olga)
    move_entry(other, places=-1, store=store, by=olga)
    write_entry(stores=[store], words={"en": ("Why?", "<p>Because.</p>")}, department=support, entry=entry, by=olga)
    withdraw_entry(entry, by=olga)
    publish_entry(entry, by=olga)
    delete_entry(entry, by=olga)

    made, _second, moved, changed, withdrawn, published, removed = lines()
    assert made.after == {"did": "made", "published": True, "stores": ["Narvan"], "question:en": "Why?", "answer:en": "So."}
    assert (moved.subject_id, moved.after) == (str(other.pk), {"did": "moved"})
    assert (changed.before, changed.after) == (
        {"department": None, "answer:en": "So."},
        {"did": "changed", "department": "Support", "answer:en": "Because."},
    )
    assert (withdrawn.after, published.after) == ({"did": "withdrawn"}, {"did": "published"})
    assert (removed.after["did"], removed.before["answer:en"], removed.subject_name) == ("removed", "Because.", "Why?")
    assert {line.store for line in lines()} == {store.pk}
    assert {line.actor for line in lines()} == {olga}


def test_prepared_answers_leave_what_was_done(store, olga):
    template = write_reply_template(words={"en": ("Greeting", "Hello.")}, by=olga)
    other = write_reply_template(words={"en": ("Thanks", "Thank you.")}, by=olga)
    move_reply_template(other, places=-1, by=olga)
    write_reply_template(words={"en": ("Greeting", "Good day.")}, template=template, by=olga)
    delete_reply_template(template, by=olga)

    made, _second, moved, changed, removed = lines()
    assert made.after == {"did": "made", "scope": "all", "title:en": "Greeting", "text:en": "Hello."}
    assert moved.after == {"did": "moved"}
    assert (changed.before, changed.after) == ({"text:en": "Hello."}, {"did": "changed", "text:en": "Good day."})
    assert removed.after == {"did": "removed"}
    assert {line.subject_type for line in lines()} == {"replytemplate"}


def test_a_ticket_is_named_by_its_number_alone(store, olga):
    ticket = make_ticket("My secret illness", department=make_department())
    line = note(Deed.TICKET_DELETED, by=olga, on=ticket)
    assert (line.subject_name, line.store) == (str(ticket.number), store.pk)


def test_names_lie_on_one_line_without_signs_that_steer_a_terminal(store):
    line = note(Deed.SIGNED_IN, by=make_person("Eve\r\nroot: signed in\x1b[31m\u202e"), name="a\nb\x1b[0m")
    assert (line.actor_name, line.subject_name) == ("Eve root: signed in[31m", "a b[0m")


def test_what_may_happen_often_is_noted_seldom(olga):
    def refuse(path, address):
        with acting_from(address):
            return note_seldom(Deed.REFUSED, minutes=10, most=3, by=olga, name=path)

    assert refuse("/desk/a/", "192.0.2.1")
    assert refuse("/desk/a/", "192.0.2.1") is None
    assert refuse("/desk/a/", "192.0.2.2")
    assert refuse("/desk/b/", "192.0.2.1")
    assert refuse("/desk/c/", "192.0.2.1") is None, "three are enough, whatever the path"


def test_what_a_command_does_says_so(store, olga):
    with acting_from(None, way=COMMAND_LINE):
        grant(olga, StoreRight.VIEW_AUDIT, store)
    grant(olga, StoreRight.VIEW_REPORTS, store, by=olga)
    assert [(line.actor, line.reason) for line in lines(Deed.GRANTED)[-2:]] == [(None, "command line"), (olga, "")]
