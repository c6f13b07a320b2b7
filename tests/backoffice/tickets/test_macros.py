"""Macros: previewed before they run, run as one, and never more than the rights of whoever runs them."""

from datetime import timedelta

import pytest
from django.utils import timezone

from custom_fields.models import FieldKind
from permissions.rights import DepartmentRight, RoleKey
from permissions.services import withdraw
from tests.make import fresh, make_department, make_field, make_staff, make_team
from tickets.models import FieldValue, OutgoingReply, ReplyTemplate
from tickets.models.tag import tags_on
from tickets.services import sending
from tickets.services.macros import write_macro

pytestmark = pytest.mark.django_db


@pytest.fixture
def field(support):
    return make_field("Fault", FieldKind.CHOICE, options=["noise", "leak"], departments=[support])


@pytest.fixture
def answer(support, field):
    """Says something, closes, gives the ticket to a team, tags it, and says what was wrong."""
    template = ReplyTemplate.objects.create(title="Repair", text="Dear {first_name}, number {number} is repaired.", department=support)
    team = make_team("Workshop", make_staff("Wim", support))
    write_macro(
        template, status=support.workflow.statuses.get(kind="closed"), gives="team", team=team, priority=40, tags=["repair"],
        values={str(field.pk): "noise"},
    )  # fmt: skip
    return template


def place(ticket, answer):
    return f"/desk/tickets/{ticket.number}/macros/{answer.pk}/"


def test_its_page_says_what_would_change_and_changes_nothing(desk, ticket, answer):
    page = desk.get(place(ticket, answer)).content.decode()

    for words in ("Solved", "Workshop", "Urgent", "repair", "noise", f"Dear Kasia, number {ticket.number} is repaired."):
        assert words in page, words
    assert (fresh(ticket).version, fresh(ticket).assignee, ticket.messages.count()) == (ticket.version, ticket.assignee, 1)


def test_running_does_all_of_it_at_once(desk, ticket, answer, field):
    desk.post(place(ticket, answer), {"text": "It is repaired.", "version": ticket.version})

    ticket = fresh(ticket)
    assert (ticket.status.kind, ticket.team.name, ticket.priority) == ("closed", "Workshop", 40)
    assert [tag.name for tag in tags_on(ticket)] == ["repair"]
    assert FieldValue.objects.get(ticket=ticket, field=field).option == "noise"
    assert ticket.messages.get(kind="reply").body_text == "It is repaired."
    assert fresh(answer).used == 1


def test_nothing_of_it_is_done_before_the_reply_leaves_and_undo_takes_all_of_it_back(desk, store, alice, ticket, answer):
    store.undo_seconds = 10
    store.save()
    desk.post(place(ticket, answer), {"text": "It is repaired.", "version": ticket.version})
    assert (fresh(ticket).priority, fresh(ticket).is_closed) == (20, False)
    draft = sending.take_back_reply(OutgoingReply.objects.get(), by=alice)
    assert (draft.text, fresh(ticket).priority) == ("It is repaired.", 20)

    desk.post(place(ticket, answer), {"text": "It is repaired.", "version": ticket.version})
    OutgoingReply.objects.update(leaves_at=timezone.now() - timedelta(seconds=1))
    sending.send_due_replies()

    assert (fresh(ticket).priority, fresh(ticket).is_closed) == (40, True)


def test_without_words_the_rest_is_done(desk, ticket, answer):
    desk.post(place(ticket, answer), {"text": "", "version": ticket.version})

    assert fresh(ticket).is_closed and ticket.messages.count() == 1


@pytest.mark.parametrize("right", [DepartmentRight.CLOSE, DepartmentRight.ASSIGN, DepartmentRight.CHANGE_STATUS])
def test_each_part_needs_its_own_right_and_without_it_nothing_is_done(desk, alice, support, ticket, answer, right):
    withdraw(alice, right, support)

    page, answered = (
        desk.get(place(ticket, answer)),
        desk.post(place(ticket, answer), {"text": "It is repaired.", "version": ticket.version}),
    )

    assert "You may not" in page.content.decode() and "Do all of this" not in page.content.decode()
    assert answered.status_code == 403
    assert (fresh(ticket).priority, fresh(ticket).is_closed, ticket.messages.count()) == (20, False, 1)


def test_a_right_that_is_taken_away_before_it_leaves_stops_all_of_it(desk, store, alice, support, ticket, answer):
    store.undo_seconds = 10
    store.save()
    desk.post(place(ticket, answer), {"text": "It is repaired.", "version": ticket.version})
    withdraw(alice, DepartmentRight.CLOSE, support)
    OutgoingReply.objects.update(leaves_at=timezone.now() - timedelta(seconds=1))

    sending.send_due_replies()

    assert (fresh(ticket).priority, ticket.messages.count(), ticket.drafts.get().held_back) == (20, 1, "refused")


def test_what_changed_meanwhile_stops_it(desk, ticket, answer):
    refused = desk.post(place(ticket, answer), {"text": "It is repaired.", "version": ticket.version - 1})

    assert refused.status_code == 422
    assert ticket.messages.count() == 1


def test_macros_of_other_departments_and_plain_answers_have_no_such_page(desk, desk_of, bob, sales, ticket, answer):
    foreign = ReplyTemplate.objects.create(title="Offer", text="Ten per cent.", department=sales)
    write_macro(foreign, priority=40)
    plain = ReplyTemplate.objects.create(title="Greeting", text="Hello.")

    assert [desk.get(place(ticket, one)).status_code for one in (foreign, plain)] == [404, 404]
    assert desk_of(bob).get(place(ticket, answer)).status_code == 404
    assert desk_of(bob).post(place(ticket, answer), {"text": "x"}).status_code == 404


def test_who_only_reads_runs_none(desk_of, support, ticket, answer):
    watcher = desk_of(make_staff("Watcher", support, role=RoleKey.OBSERVER))

    assert watcher.post(place(ticket, answer), {"text": "x"}).status_code == 403
    assert ticket.messages.count() == 1


def test_the_list_of_answers_leads_to_it(desk, ticket, answer):
    menu = desk.get(f"/desk/tickets/{ticket.number}/answers/").content.decode()

    assert f'href="{place(ticket, answer)}"' in menu


def test_in_a_department_with_other_statuses_the_first_of_the_kind_is_taken(desk, store, support, ticket, answer):
    repairs = make_department("Repairs", store=store)
    answer.macro.status = repairs.workflow.statuses.get(kind="closed")
    answer.macro.save()

    desk.post(place(ticket, answer), {"text": "", "version": ticket.version})

    assert fresh(ticket).status == support.workflow.statuses.get(kind="closed")
