"""Editing staff's words, blacking out parts of any message, taking files out; and the originals, for those with the right."""

import html

import pytest
from django.core import mail
from django.core.files.base import ContentFile

from common.uploads import CheckedFile
from notifications.engine import deliver
from notifications.models import Delivery
from permissions.rights import DepartmentRight
from permissions.services import grant
from tests.make import fresh, make_message, make_staff, make_ticket
from tickets.errors import OwnWordsOfCustomer, WordsNotThere
from tickets.models import Attachment, Message, MessageOriginal
from tickets.services.changing_messages import edit_message, redact_message, remove_file
from tickets.services.merging import merge_tickets
from tickets.services.writing import attach

pytestmark = pytest.mark.django_db
SECRET = "4111 1111 1111 1111"
EVIL = "<script>alert(1)</script>"


def at(ticket, place=""):
    return f"/desk/tickets/{ticket.number}/{place}"


def page(client, ticket, place=""):
    return html.unescape(client.get(at(ticket, place)).content.decode())


@pytest.fixture
def carol(support):
    """A senior of Support: she changes messages, but sees no originals."""
    return make_staff("Carol", support, role="senior")


@pytest.fixture
def dan(support):
    """The manager, who sees originals too."""
    return make_staff("Dan", support, role="manager")


@pytest.fixture
def reply(ticket, alice):
    return make_message(ticket, f"Your card {SECRET} was charged twice.", by=alice)


@pytest.fixture
def label(ticket):
    return attach(ticket.messages.first(), CheckedFile("label.txt", "text/plain", 9, ContentFile(b"serial 77")))


def places(message, file):
    base = f"messages/{message.pk}/"
    return [(base, {"text": "Other."}), (f"{base}redaction/", {"words": "card"}), (f"{base}files/{file.pk}/removal/", {})]


def test_who_may_not_change_messages_changes_none(desk, desk_of, bob, ticket, reply, label):
    first = ticket.messages.first()
    for place, sent in [*places(reply, label), *places(first, label)]:
        assert desk.post(at(ticket, place), sent).status_code == 403
        assert desk_of(bob).post(at(ticket, place), sent).status_code == 404
    for client, code in ((desk, 403), (desk_of(bob), 404)):
        assert client.get(at(ticket, f"messages/{reply.pk}/")).status_code == code
        assert client.get(at(ticket, f"messages/{reply.pk}/originals/")).status_code == code
    assert "messages/" not in page(desk, ticket)
    assert fresh(reply).body_text == reply.body_text
    assert Attachment.objects.there().count() == 1
    assert not MessageOriginal.objects.exists()


def test_a_message_of_another_ticket_is_not_there(desk_of, carol, dan, support, ticket, reply, label):
    other = make_ticket(department=support)
    for place, sent in places(reply, label):
        assert desk_of(carol).post(at(other, place), sent).status_code == 404
    assert desk_of(dan).get(at(other, f"messages/{reply.pk}/originals/")).status_code == 404


def test_staff_words_are_edited_and_all_that_repeats_them_follows(desk, desk_of, client, carol, dan, ticket, reply, kasia):
    place = at(ticket, f"messages/{reply.pk}/")
    assert SECRET in desk_of(carol).get(place).content.decode()
    version = fresh(ticket).version
    desk_of(carol).post(place, {"text": "Your card was charged twice.", "seen": ""})

    assert fresh(reply).body_text == "Your card was charged twice."
    ticket = fresh(ticket)
    assert (ticket.last_words, ticket.version) == ("Your card was charged twice.", version + 1)
    shown = page(desk, ticket)
    assert SECRET not in shown
    assert "edited by \u2068Carol\u2069" in shown
    assert "\u2068Carol\u2069: edited a message".lower() in shown.lower()
    assert ticket.number not in desk.get("/desk/", {"q": "4111", "view": "all"}).content.decode()
    client.force_login(kasia.user)
    assert SECRET not in client.get(f"/tickets/{ticket.number}/").content.decode()
    assert SECRET in page(desk_of(dan), ticket, f"messages/{reply.pk}/originals/")
    assert desk_of(carol).get(at(ticket, f"messages/{reply.pk}/originals/")).status_code == 403


def test_a_mail_that_has_not_left_says_what_the_message_says_now(ticket, reply, carol):
    edit_message(reply, text="It was charged twice.", by=carol)
    deliver(Delivery.objects.get(event__message=reply, channel="mail").pk)
    letter = mail.outbox[0]

    assert "It was charged twice." in letter.body
    assert SECRET not in letter.body + letter.alternatives[0][0]


def test_the_customers_own_words_are_blacked_out_but_never_edited(desk_of, carol, ticket):
    first = ticket.messages.first()
    with pytest.raises(OwnWordsOfCustomer):
        edit_message(first, text="It is fine.", by=carol)
    assert desk_of(carol).post(at(ticket, f"messages/{first.pk}/"), {"text": "It is fine."}).status_code == 403
    desk_of(carol).post(at(ticket, f"messages/{first.pk}/redaction/"), {"words": "since monday"})

    assert fresh(first).body_text == "It rattles █████."
    assert "parts blacked out by" in page(desk_of(carol), ticket)


def test_words_are_blacked_out_across_tags_and_lines_in_text_and_html(ticket, alice, carol):
    message = make_message(ticket, "x", by=alice)
    body = (
        f'<p>Card <b>4111</b> 1111<br>1111 1111, <a href="https://a.example/?c={SECRET.replace(" ", "%20")}" title="{SECRET}">see</a></p>'
    )
    Message.objects.filter(pk=message.pk).update(body_html=body, body_text=SECRET)
    redact_message(message, phrases=[SECRET], by=carol)

    changed = fresh(message)
    assert "4111" not in changed.body_html and "4111" not in changed.body_text
    assert changed.body_html.count("█████") == 2
    assert changed.body_html.startswith("<p>Card <b>█████</b>")


def test_words_that_do_not_stand_there_are_refused_and_nothing_is_changed(desk_of, carol, ticket, reply):
    with pytest.raises(WordsNotThere):
        redact_message(reply, phrases=["card", "nowhere"], by=carol)
    assert desk_of(carol).post(at(ticket, f"messages/{reply.pk}/redaction/"), {"words": " \n x"}).status_code == 422
    answer = desk_of(carol).post(at(ticket, f"messages/{reply.pk}/redaction/"), {"words": EVIL})
    assert answer.status_code == 422 and EVIL not in answer.content.decode()
    assert fresh(reply).body_text == reply.body_text


def test_everywhere_reaches_quotes_and_what_came_by_merging(ticket, support, kasia, alice, carol):
    reply = make_message(ticket, f"Card {SECRET}.", by=alice)
    quoted = make_message(ticket, f"You wrote:\n> Card {SECRET}.")
    other = make_ticket(department=support, customer=kasia, text=f"My card is {SECRET}.")
    merge_tickets(other, into=ticket, by=carol)
    redact_message(reply, phrases=[SECRET], by=carol, everywhere=True)

    assert not Message.objects.filter(body_html__contains="4111").exists()
    assert "█████" in fresh(quoted).body_text
    assert MessageOriginal.objects.count() == 3
    assert [event.details for event in ticket.events.filter(kind="message_redacted")][0].keys() == {"said"}


def test_a_message_that_came_by_merging_is_changed_where_it_stands_now(ticket, support, kasia, carol):
    other = make_ticket(department=support, customer=kasia, text="My card is here.")
    moved = other.messages.get()
    merge_tickets(other, into=ticket, by=carol)
    redact_message(moved, phrases=["card"], by=carol)
    assert fresh(moved).body_text == "My █████ is here."
    assert ticket.events.filter(kind="message_redacted").count() == 1


def test_a_file_that_was_taken_out_is_gone_for_all_but_those_with_the_right(client, desk_of, carol, dan, alice, ticket, label, kasia):
    address = f"/files/{label.pk}/label.txt"
    for person in (alice, carol, kasia.user):
        client.force_login(person)
        assert client.get(address).status_code == 200
    desk_of(carol).post(at(ticket, f"messages/{label.message_id}/files/{label.pk}/removal/"))

    for person in (alice, carol, kasia.user):
        client.force_login(person)
        assert client.get(address).status_code == 404
        assert client.get(f"/files/{label.pk}/thumbnail").status_code == 404
    client.force_login(dan)
    assert client.get(address).getvalue() == b"serial 77"
    assert "A file was taken out" in page(desk_of(carol), ticket)
    assert "label.txt" not in page(desk_of(carol), ticket)
    assert "label.txt" in page(desk_of(dan), ticket, f"messages/{label.message_id}/originals/")
    client.force_login(kasia.user)
    assert "label.txt" not in client.get(f"/tickets/{ticket.number}/").content.decode()
    assert not fresh(ticket).has_files


def test_removing_a_file_takes_its_picture_out_of_the_words(ticket, label, carol):
    message = label.message
    Message.objects.filter(pk=message.pk).update(body_html=f'<p>See</p><img src="/files/{label.pk}/a.png" alt="x">')
    remove_file(label, by=carol)
    remove_file(label, by=carol)
    assert fresh(message).body_html == "<p>See</p>"
    assert ticket.events.filter(kind="file_removed").count() == 1


def test_who_may_not_know_the_customer_changes_nothing_and_reads_no_name_in_originals(desk_of, support, ticket, alice, carol):
    message = make_message(ticket, "Kasia Nowak paid by card.", by=alice)
    stan = make_staff("Stan", support, sees_customers=False)
    for right in (DepartmentRight.EDIT, DepartmentRight.ORIGINALS):
        grant(stan, right, support)
    for place in (f"messages/{message.pk}/", f"messages/{message.pk}/redaction/"):
        assert desk_of(stan).post(at(ticket, place), {"text": "Other.", "words": "Nowak"}).status_code == 403
    redact_message(message, phrases=["card"], by=carol)
    shown = page(desk_of(stan), ticket, f"messages/{message.pk}/originals/")
    assert "paid by card" in shown and "Nowak" not in shown


def test_somebody_who_changed_it_meanwhile_is_not_overwritten(desk_of, carol, dan, ticket, reply):
    edit_message(reply, text="By Dan.", by=dan)
    answer = desk_of(carol).post(at(ticket, f"messages/{reply.pk}/"), {"text": "By Carol.", "seen": ""})
    assert answer.status_code == 422
    assert fresh(reply).body_text == "By Dan."


def test_what_is_typed_stays_words(desk, desk_of, carol, ticket, reply):
    desk_of(carol).post(at(ticket, f"messages/{reply.pk}/"), {"text": EVIL, "seen": ""})
    assert EVIL not in desk.get(at(ticket)).content.decode()
    assert fresh(reply).body_text == EVIL


def test_an_empty_message_is_refused(desk_of, carol, ticket, reply):
    assert desk_of(carol).post(at(ticket, f"messages/{reply.pk}/"), {"text": " ", "seen": ""}).status_code == 422
    assert fresh(reply).body_text == reply.body_text
