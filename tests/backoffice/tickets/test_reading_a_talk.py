"""Reading a talk: parts of it, links to a place in it, folded quotes and long messages; and the talk on paper."""

import html
import re
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone

from common.uploads import CheckedFile
from permissions.rights import DepartmentRight
from permissions.services import withdraw
from tests.make import make_message, make_staff, make_ticket
from tickets.models import Message, ReadMark
from tickets.services.lifecycle import change_priority
from tickets.services.writing import attach

pytestmark = pytest.mark.django_db
EVIL = "<script>alert(1)</script>"


def at(ticket, place=""):
    return f"/desk/tickets/{ticket.number}/{place}"


def page(client, ticket, place=""):
    return html.unescape(client.get(at(ticket, place)).content.decode())


@pytest.fixture
def told(ticket, alice):
    """The customer asked, alice answered, noted, and raised the priority; one message has a file."""
    make_message(ticket, "It leaves tomorrow.", by=alice)
    make_message(ticket, "Third one this week.", by=alice, note=True)
    change_priority(ticket, to=30, by=alice)
    attach(make_message(ticket, "Here is the label."), CheckedFile("label.txt", "text/plain", 2, ContentFile(b"77")))
    type(ticket).objects.filter(pk=ticket.pk).update(has_files=True)
    return ticket


ALL = ["It rattles since Monday.", "It leaves tomorrow.", "Third one this week.", "Here is the label."]
RAISED = "priority changed from"


@pytest.mark.parametrize(
    "show, shown",
    [
        ("", [*ALL, RAISED]),
        ("?show=all", [*ALL, RAISED]),
        ("?show=messages", [ALL[0], ALL[1], ALL[3]]),
        ("?show=notes", [ALL[2]]),
        ("?show=files", [ALL[3]]),
        ("?show=history", [RAISED, "answered", "wrote a note"]),
        ("?show=<script>", [*ALL, RAISED]),
    ],
)
def test_each_part_of_the_talk_by_itself(desk, told, show, shown):
    story = re.search(r'<div class="story".*<span id="end">', page(desk, told, show), re.DOTALL)[0]
    assert [words for words in [*ALL, RAISED] if words in story] == [words for words in [*ALL, RAISED] if words in shown]
    assert all(words in story for words in shown)
    assert "<script>" not in story


def test_lines_of_history_lead_to_what_was_said(desk, told, alice):
    note = told.messages.get(kind="note")
    assert f'href="{at(told)}?at=m{note.pk}#m{note.pk}"' in page(desk, told, "?show=history")
    event = told.events.get(kind="priority_changed")
    assert f'href="{at(told)}?at=e{event.pk}#e{event.pk}"' in page(desk, told)


def test_looking_at_a_part_alone_is_not_reading_the_talk(desk, told, alice):
    ReadMark.objects.all().delete()
    for show in ("notes", "files", "history"):
        page(desk, told, f"?show={show}")
    assert not ReadMark.objects.filter(user=alice).exists()
    page(desk, told, "?show=messages")
    assert ReadMark.objects.filter(user=alice).exists()


@pytest.fixture
def long_talk(ticket):
    start = timezone.now() - timedelta(days=1)
    ticket.messages.update(created_at=start - timedelta(hours=1))
    ticket.events.update(created_at=start - timedelta(hours=1))
    words = [f"Word {number:03}." for number in range(150)]
    Message.objects.bulk_create(
        Message(ticket=ticket, kind="customer", body_html=f"<p>{said}</p>", body_text=said, created_at=start + timedelta(minutes=number))
        for number, said in enumerate(words)
    )
    return ticket


def shown(page):
    return re.findall(r"<p>Word (\d+)\.", page)


def test_a_link_opens_a_long_talk_round_its_place(desk, long_talk):
    message = long_talk.messages.get(body_text="Word 050.")
    opened = page(desk, long_talk, f"?at=m{message.pk}")

    assert shown(opened) == [f"{number:03}" for number in range(21, 61)]
    assert f'id="m{message.pk}"' in opened
    later = re.search(r'href="[^"]*([?]after=\d+)"', opened)[1]
    assert shown(page(desk, long_talk, later)) == [f"{number:03}" for number in range(61, 101)]
    assert re.search(r'href="[^"]*[?]before=\d+"', page(desk, long_talk, later))


def test_going_on_to_later_messages_ends_at_the_end(desk, long_talk):
    message = long_talk.messages.get(body_text="Word 120.")
    last = page(desk, long_talk, f"?after={message.pk}")
    assert shown(last) == [f"{number:03}" for number in range(121, 150)]
    assert 'id="composer"' in last


def test_a_link_to_the_end_shows_the_end(desk, long_talk):
    message = long_talk.messages.get(body_text="Word 145.")
    assert shown(page(desk, long_talk, f"?at=m{message.pk}"))[-1] == "149"


@pytest.mark.parametrize("place", ["m0", "m", "x5", "m-1", "m99999999999999999999", "e0", "m۱", "<b>"])
def test_a_link_to_nowhere_shows_the_end(desk, long_talk, place):
    assert shown(page(desk, long_talk, f"?at={place}"))[-1] == "149"


def test_a_message_of_another_ticket_is_no_place_here(desk, long_talk, support):
    other = make_ticket(department=support).messages.get()
    assert shown(page(desk, long_talk, f"?at=m{other.pk}"))[-1] == "149"
    assert "It rattles" not in page(desk, long_talk, f"?at=m{other.pk}&show=history")


def test_the_parts_keep_the_place(desk, long_talk):
    message = long_talk.messages.get(body_text="Word 050.")
    opened = page(desk, long_talk, f"?at=m{message.pk}")
    assert f'href="{at(long_talk)}?at=m{message.pk}&show=messages"' in opened
    assert shown(page(desk, long_talk, f"?at=m{message.pk}&show=messages")) == shown(opened)


def test_quotes_are_folded_and_long_messages_too(desk, ticket):
    make_message(ticket, "Thank you.\n\nOn Thu, 19 Nov 2026, Alice wrote:\n> It leaves tomorrow.\n> Greetings")
    make_message(ticket, "line\n" * 60)
    opened = page(desk, ticket)
    assert re.search(r'Thank you\..{0,40}<details class="quoted">.*It leaves tomorrow\.', opened, re.DOTALL)
    assert opened.count("say-long") == 1


# --- On paper -----------------------------------------------------------------------------------------


def test_on_paper_stand_the_facts_and_what_was_said_and_notes_only_when_asked_for(desk, told):
    paper = page(desk, told, "print/")
    for words in ("Kasia Nowak", "kasia@mail.example", told.subject, told.number, "Support", "label.txt", *ALL[:2], ALL[3]):
        assert words in paper
    assert "INTERNAL" not in paper and ALL[2] not in paper
    paper = page(desk, told, "print/?notes=1")
    assert paper.count("INTERNAL") == 2
    assert ALL[2] in paper


def test_days_on_paper_stand_in_both_calendars(desk, told):
    told.messages.update(created_at=timezone.now().replace(year=2026, month=11, day=19, hour=12))
    paper = page(desk, told, "print/")
    assert "19 Nov 2026" in paper and "1405" in paper


def test_paper_covers_the_customer_as_the_page_does(desk_of, support, ticket, alice):
    make_message(ticket, "I am Kasia Nowak, +48601220214.")
    stan = make_staff("Stan", support, sees_customers=False)
    paper = page(desk_of(stan), ticket, "print/?notes=1")
    assert "I am " in paper
    assert not any(words in paper for words in ("Nowak", "kasia@mail.example", "601220214"))


def test_a_foreign_ticket_is_not_printed(desk_of, bob, ticket):
    assert desk_of(bob).get(at(ticket, "print/")).status_code == 404


def test_who_reads_only_prints_too(desk_of, support, ticket):
    rita = make_staff("Rita", support, role="observer")
    withdraw(rita, DepartmentRight.NOTE, support)
    assert "It rattles" in page(desk_of(rita), ticket, "print/")


def test_words_on_paper_stay_words(desk, support):
    ticket = make_ticket(department=support, subject=EVIL, text=EVIL)
    assert EVIL not in desk.get(at(ticket, "print/?notes=1")).content.decode()
