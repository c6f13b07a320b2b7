"""What staff do to a ticket, and every way it is refused."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from notifications.models import Delivery
from permissions.rights import DepartmentRight, RoleKey, StatusRight
from permissions.services import grant, withdraw
from tests.make import fresh, give_all_but, make_department, make_message, make_staff, make_ticket
from tickets.choices import Kind, MessageKind, Priority
from tickets.services import lifecycle

pytestmark = pytest.mark.django_db


def address(ticket, *deed):
    return "/".join(["/desk/tickets", ticket.number, *map(str, deed)]) + "/"


@pytest.fixture
def watcher(support):
    return make_staff("Watcher", support, role=RoleKey.OBSERVER)


# --- Answering -------------------------------------------------------------------------------------
def test_a_reply_is_sent_moves_the_ticket_and_tells_the_customer(desk, alice, ticket):
    response = desk.post(address(ticket, "replies"), {"mode": "reply", "text": "We look at it.", "version": ticket.version})

    ticket = fresh(ticket)
    assert response.status_code == 302
    assert ticket.messages.get(kind=MessageKind.REPLY).body_text == "We look at it."
    assert str(ticket.status) == "Waiting for customer"
    assert ticket.assignee == alice
    assert Delivery.objects.filter(ticket=ticket, template="reply", customer=ticket.customer).count() == 2


def test_a_reply_may_say_where_the_ticket_goes(desk, support, ticket):
    status = support.workflow.statuses.get(kind="closed")

    desk.post(address(ticket, "replies"), {"text": "Done.", "then": status.pk, "version": ticket.version})

    assert fresh(ticket).is_closed


def test_a_reply_may_not_lead_where_one_may_not_move_tickets(desk, alice, support, ticket):
    withdraw(alice, DepartmentRight.CLOSE, support)
    closed = support.workflow.statuses.get(kind="closed")

    response = desk.post(address(ticket, "replies"), {"text": "Done.", "then": closed.pk, "version": ticket.version})

    assert response.status_code == 422
    assert "Done." in response.content.decode()
    assert not ticket.messages.filter(kind=MessageKind.REPLY).exists()


def test_the_same_reply_sent_twice_is_one_reply(desk, ticket):
    page = desk.get(address(ticket)).content.decode()
    key = re.search(r'name="form_key" value="([^"]+)"', page).group(1)
    data = {"form_key": key, "text": "We look at it.", "version": ticket.version}

    first = desk.post(address(ticket, "replies"), data)
    second = desk.post(address(ticket, "replies"), data)

    assert first["Location"] == second["Location"]
    assert ticket.messages.filter(kind=MessageKind.REPLY).count() == 1


def test_who_answers_what_changed_meanwhile_sees_it_first_and_keeps_the_words(desk, support, ticket):
    seen = ticket.version
    last = ticket.events.latest("pk").pk
    bea = make_staff("Bea Stone", support)
    make_message(ticket, "Already answered.", by=bea)

    response = desk.post(address(ticket, "replies"), {"text": "My answer.", "version": seen, "seen_event": last})
    page = response.content.decode()

    assert response.status_code == 409
    assert "My answer.</textarea>" in page
    assert "Somebody changed this ticket while you were writing" in page
    assert "Bea Stone" in page.split("composer-news")[1].split("</ul>")[0]
    assert ticket.messages.filter(kind=MessageKind.REPLY).count() == 1

    version = re.search(r'name="version" value="(\d+)"', page.split('id="composer"')[1]).group(1)
    desk.post(address(ticket, "replies"), {"text": "My answer.", "version": version})
    assert ticket.messages.filter(kind=MessageKind.REPLY).count() == 2


@pytest.mark.parametrize("text", ["", "   ", "\u200c\u200b", "\x00"])
def test_nothing_to_read_is_no_reply(desk, ticket, text):
    response = desk.post(address(ticket, "replies"), {"text": text, "version": ticket.version})

    assert "Write a message first." in response.content.decode()
    assert ticket.messages.count() == 1


def test_too_long_a_reply_comes_back_whole(desk, ticket):
    response = desk.post(address(ticket, "replies"), {"text": "long " * 5000, "version": ticket.version})

    page = response.content.decode()
    assert "too long" in page
    assert page.count("long ") > 4999
    assert ticket.messages.count() == 1


def test_a_file_that_is_refused_stops_the_reply_and_keeps_the_words(desk, ticket):
    bad = SimpleUploadedFile("run.exe", b"MZ" + b"\x00" * 200)

    response = desk.post(address(ticket, "replies"), {"text": "See this.", "files": [bad], "version": ticket.version})

    page = response.content.decode()
    assert "See this.</textarea>" in page
    assert "run.exe" in page
    assert ticket.messages.count() == 1


def test_files_go_with_a_reply(desk, ticket, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    file = SimpleUploadedFile("offer.txt", b"Ten per cent off.")

    desk.post(address(ticket, "replies"), {"text": "", "files": [file], "version": ticket.version})

    assert [kept.name for kept in ticket.messages.latest("pk").attachments.all()] == ["offer.txt"]


def test_a_button_of_the_other_mode_sends_nothing(desk, ticket):
    for deed, mode in (("replies", "note"), ("notes", "reply")):
        response = desk.post(address(ticket, deed), {"mode": mode, "text": "Which one?", "version": ticket.version})
        assert "Choose first whether this is a reply or a note" in response.content.decode()
    assert ticket.messages.count() == 1


def test_an_observer_may_not_answer(desk_of, watcher, ticket):
    assert desk_of(watcher).post(address(ticket, "replies"), {"text": "Hello"}).status_code == 403
    assert ticket.messages.count() == 1


# --- Notes -----------------------------------------------------------------------------------------
def test_a_note_stays_in_the_house(desk, ticket):
    told = Delivery.objects.filter(customer=ticket.customer).count()
    status = ticket.status

    desk.post(address(ticket, "notes"), {"mode": "note", "text": "Between us."})

    assert ticket.messages.get(kind=MessageKind.NOTE).body_text == "Between us."
    assert fresh(ticket).status == status
    assert Delivery.objects.filter(customer=ticket.customer).count() == told


def test_the_customer_never_meets_a_note(client, desk, ticket):
    desk.post(address(ticket, "notes"), {"text": "Between us."})
    client.force_login(ticket.customer.user)

    for page in ("/tickets/", f"/tickets/{ticket.number}/", "/tickets/?q=between"):
        response = client.get(page)
        assert response.status_code == 200
        assert "Between us." not in response.content.decode()


def test_who_may_not_write_notes_is_told_so(desk, alice, support, ticket):
    withdraw(alice, DepartmentRight.NOTE, support)

    response = desk.post(address(ticket, "notes"), {"text": "Between us."})

    assert response.status_code == 403
    assert "You may not write notes in this department." in response.content.decode()


def test_a_note_that_is_shown_becomes_the_reply_and_the_customer_is_told(client, desk, alice, ticket):
    note = make_message(ticket, "The part is in stock.", by=alice, note=True)

    desk.post(address(ticket, "notes", note.pk, "showing"))

    assert fresh(note).kind == MessageKind.REPLY
    assert Delivery.objects.filter(event__message=note, template="reply", customer=ticket.customer).exists()
    client.force_login(ticket.customer.user)
    assert "The part is in stock." in client.get(f"/tickets/{ticket.number}/").content.decode()


def test_a_note_of_another_ticket_is_not_shown_from_here(desk, alice, support, ticket):
    other = make_message(make_ticket(department=support), "Elsewhere.", by=alice, note=True)

    assert desk.post(address(ticket, "notes", other.pk, "showing")).status_code == 404
    assert fresh(other).is_note


def test_an_observer_may_not_show_a_note(desk_of, alice, watcher, ticket):
    note = make_message(ticket, "The part is in stock.", by=alice, note=True)

    assert desk_of(watcher).post(address(ticket, "notes", note.pk, "showing")).status_code == 403
    assert fresh(note).is_note


# --- Giving it to somebody ---------------------------------------------------------------------------
def test_a_ticket_is_taken_given_and_put_back(desk, alice, support, ticket):
    bea = make_staff("Bea Stone", support)

    desk.post(address(ticket, "assignment"), {"assignee": "me"})
    assert fresh(ticket).assignee == alice
    desk.post(address(ticket, "assignment"), {"assignee": bea.pk})
    assert fresh(ticket).assignee == bea
    assert Delivery.objects.filter(user=bea, template="assigned", channel="in_app").exists()
    desk.post(address(ticket, "assignment"), {"assignee": ""})
    assert fresh(ticket).assignee is None


def test_only_those_who_may_see_the_ticket_can_be_given_it(desk, bob, kasia, support, ticket):
    blind = make_staff("Blind", support)
    give_all_but(ticket.status, StatusRight.VIEW, blind)
    away = make_staff("Away", support, is_active=False)
    menu = desk.get(address(ticket, "assignment")).content.decode()

    for person in (bob, blind, away, kasia.user):
        assert str(person) not in menu.split("<form")[-1]
        response = desk.post(address(ticket, "assignment"), {"assignee": person.pk})
        assert "may not see the ticket" in response.content.decode()
    for nonsense in ("x", "9" * 19, "-1", "\x00"):
        assert desk.post(address(ticket, "assignment"), {"assignee": nonsense}).status_code == 422
    assert fresh(ticket).assignee is None


def test_assigning_needs_its_right(desk_of, watcher, ticket):
    desk = desk_of(watcher)

    assert desk.post(address(ticket, "assignment"), {"assignee": "me"}).status_code == 403
    assert desk.get(address(ticket, "assignment")).status_code == 403


# --- Passing on --------------------------------------------------------------------------------------
def test_passing_on_out_of_ones_sight_leads_to_the_inbox_with_a_word(desk, sales, ticket):
    response = desk.post(address(ticket, "department"), {"department": sales.pk}, follow=True)

    assert fresh(ticket).department == sales
    assert response.redirect_chain[-1][0] == "/desk/"
    assert "out of your sight" in response.content.decode()
    assert desk.get(address(ticket)).status_code == 404


def test_passing_on_within_ones_sight_stays_on_the_ticket(desk, alice, support, ticket):
    repairs = make_department("Repairs", workflow=support.workflow)
    grant(alice, DepartmentRight.VIEW, repairs)

    response = desk.post(address(ticket, "department"), {"department": repairs.pk})

    assert response["Location"] == address(ticket)


def test_a_department_that_vanished_meanwhile_takes_nothing(desk, sales, support, ticket):
    from django.utils import timezone

    sales.archived_at = timezone.now()
    sales.save()

    response = desk.post(address(ticket, "department"), {"department": sales.pk})

    assert "does not take tickets any more" in response.content.decode()
    assert fresh(ticket).department == support


def test_passing_on_needs_its_right(desk_of, watcher, sales, ticket):
    assert desk_of(watcher).post(address(ticket, "department"), {"department": sales.pk}).status_code == 403


# --- Status, priority --------------------------------------------------------------------------------
def test_the_status_moves_and_closing_by_status_closes(desk, support, ticket):
    statuses = {status.kind: status for status in support.workflow.statuses.all()}

    desk.post(address(ticket, "status"), {"status": statuses["waiting_for_customer"].pk, "version": ticket.version})
    assert fresh(ticket).status == statuses["waiting_for_customer"]
    desk.post(address(ticket, "status"), {"status": statuses["closed"].pk, "version": fresh(ticket).version})
    assert fresh(ticket).is_closed


def test_a_status_changed_meanwhile_is_shown_instead_of_overwritten(desk, alice, support, ticket):
    seen, open_ = ticket.version, support.workflow.statuses.filter(kind="open").first()
    lifecycle.change_priority(ticket, to=Priority.HIGH, by=alice)

    response = desk.post(address(ticket, "status"), {"status": open_.pk, "version": seen})

    assert response.status_code == 409
    assert fresh(ticket).status != open_


def test_a_status_one_may_not_move_to_is_refused(desk, alice, support, ticket):
    waiting = support.workflow.statuses.get(kind="waiting_for_customer")
    give_all_but(waiting, StatusRight.MOVE_TO, alice)

    assert desk.post(address(ticket, "status"), {"status": waiting.pk}).status_code == 403
    assert str(waiting) not in desk.get(address(ticket)).content.decode().split('class="props"')[1].split("</details>")[0]


def test_a_status_of_another_workflow_is_refused(desk, sales, ticket):
    foreign = sales.workflow.statuses.first()

    response = desk.post(address(ticket, "status"), {"status": foreign.pk})

    assert "does not belong to the ticket" in response.content.decode()
    assert fresh(ticket).status != foreign


def test_status_and_priority_need_their_right(desk_of, watcher, support, ticket):
    desk = desk_of(watcher)

    assert desk.post(address(ticket, "status"), {"status": support.workflow.statuses.last().pk}).status_code == 403
    assert desk.post(address(ticket, "priority"), {"priority": 40}).status_code == 403


def test_the_priority_changes_and_nonsense_is_refused(desk, ticket):
    desk.post(address(ticket, "priority"), {"priority": Priority.URGENT.value})
    assert fresh(ticket).priority == Priority.URGENT

    assert desk.post(address(ticket, "priority"), {"priority": "7"}).status_code == 422
    assert fresh(ticket).priority == Priority.URGENT


# --- Closing and opening again -----------------------------------------------------------------------
def test_a_ticket_is_closed_and_opened_again_once_however_often_it_is_sent(desk, ticket):
    for _time in range(2):
        assert desk.post(address(ticket, "closure")).status_code == 302
    assert fresh(ticket).is_closed
    for _time in range(2):
        assert desk.post(address(ticket, "reopening")).status_code == 302
    assert not fresh(ticket).is_closed

    kinds = list(ticket.events.values_list("kind", flat=True))
    assert (kinds.count(Kind.CLOSED), kinds.count(Kind.REOPENED)) == (1, 1)


def test_closing_and_opening_again_need_their_right(desk_of, alice, watcher, ticket):
    desk = desk_of(watcher)
    assert desk.post(address(ticket, "closure")).status_code == 403
    lifecycle.close_ticket(ticket, by=alice)
    assert desk.post(address(ticket, "reopening")).status_code == 403
    assert fresh(ticket).is_closed


@pytest.mark.parametrize("deed", ["replies", "notes", "assignment", "department", "status", "priority", "closure", "reopening", "answers"])
def test_for_staff_of_another_department_the_ticket_does_not_exist(desk_of, bob, ticket, deed):
    desk = desk_of(bob)

    assert desk.post(address(ticket, deed), {"text": "Hello", "assignee": "me"}).status_code in {404, 405}
    assert desk.get(address(ticket, deed)).status_code in {404, 405}
    assert ticket.messages.count() == 1
    assert fresh(ticket).version == ticket.version


@pytest.mark.parametrize("deed", ["replies", "notes", "status", "priority", "closure", "reopening"])
def test_a_deed_is_never_done_by_a_link(desk, ticket, deed):
    assert desk.get(address(ticket, deed)).status_code == 405
