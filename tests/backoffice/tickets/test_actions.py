"""The buttons of a status on the ticket page: for whom they stand there, what they do, and every way they are refused."""

import pytest
from i18nfield.strings import LazyI18nString

from permissions.rights import ActionRight, RoleKey, StatusRight, WorkflowRight
from permissions.services import grant, withdraw
from statuses.models import StatusKind
from tests.make import fresh, make_action, make_staff, make_status, make_ticket
from tickets.choices import Kind
from tickets.services.lifecycle import add_note, change_status

pytestmark = pytest.mark.django_db


@pytest.fixture
def payment(support):
    return make_status(support.workflow, "Waiting for payment")


@pytest.fixture
def work(support):
    return support.workflow.status_of_kind(StatusKind.OPEN)


@pytest.fixture
def received(payment, work):
    return make_action(payment, "Payment received", target=work)


@pytest.fixture
def dan(support, payment, received):
    """An accountant: one status, one action in it."""
    dan = make_staff("Dan Mazur", support, role=RoleKey.ACCOUNTANT, sees_customers=False)
    grant(dan, StatusRight.VIEW, payment)
    grant(dan, ActionRight.PERFORM, received)
    return dan


@pytest.fixture
def unpaid(ticket, payment, alice):
    return change_status(ticket, to=payment, by=alice)


def address(ticket, action=None):
    return f"/desk/tickets/{ticket.number}/" + (f"actions/{action.pk}/" if action else "")


def test_an_accountant_sees_one_button_and_no_other_way_to_move_the_ticket(desk_of, dan, payment, received, unpaid):
    make_action(payment, "Write it off")

    page = desk_of(dan).get(address(unpaid)).content.decode()

    assert f'action="{address(unpaid, received)}"' in page
    assert "Payment received" in page
    assert "Write it off" not in page
    for deed in ("status", "assignment", "closure", "department", "priority", "replies", "shares"):
        assert f"{address(unpaid)}{deed}/" not in page


def test_who_does_not_see_where_an_action_leads_lands_in_the_inbox_and_is_told(desk_of, dan, received, unpaid, work):
    browser = desk_of(dan)

    answer = browser.post(address(unpaid, received), {"version": unpaid.version}, follow=True)

    assert answer.redirect_chain == [("/desk/", 302)]
    assert f"Ticket {unpaid.number}: \u2068Payment received\u2069. It is out of your sight now." in answer.content.decode()
    assert fresh(unpaid).status == work
    assert browser.get(address(unpaid)).status_code == 404
    assert browser.post(address(unpaid, received)).status_code == 404


def test_who_sees_where_it_leads_stays_and_reads_it_in_the_history(desk, received, unpaid):
    answer = desk.post(address(unpaid, received), {"version": unpaid.version}, follow=True)

    page = answer.content.decode()
    assert answer.redirect_chain == [(address(unpaid), 302)]
    assert "The status is “\u2068In work\u2069” now." in page
    assert "You: did “\u2068Payment received\u2069”, status changed from \u2068Waiting for payment\u2069 to \u2068In work\u2069" in page


def test_an_action_that_leads_nowhere_is_written_down(desk, payment, unpaid):
    page = desk.post(address(unpaid, make_action(payment, "Reminded")), {"version": unpaid.version}, follow=True).content.decode()

    assert "You: did “\u2068Reminded\u2069”" in page
    assert fresh(unpaid).status == payment


@pytest.mark.parametrize("seen", ["", "x", "99999999999999999999"])
def test_an_action_without_a_readable_version_is_safe(desk, received, unpaid, seen):
    answer = desk.post(address(unpaid, received), {"version": seen})

    assert answer.status_code == (302 if seen == "" else 409)


def test_who_saw_an_older_ticket_is_told_calmly_and_nothing_is_done(desk, alice, payment, received, unpaid):
    seen = unpaid.version
    add_note(unpaid, text="The bank called.", by=alice)

    answer = desk.post(address(unpaid, received), {"version": seen})

    assert answer.status_code == 409
    assert "Somebody changed this ticket meanwhile." in answer.content.decode()
    assert fresh(unpaid).status == payment


def test_a_button_of_a_status_the_ticket_has_left_says_so(desk, alice, received, unpaid, work):
    change_status(unpaid, to=work, by=alice)

    answer = desk.post(address(unpaid, received), {"version": unpaid.version})

    assert answer.status_code == 409
    assert "has another status by now" in answer.content.decode()
    assert not unpaid.events.filter(kind=Kind.ACTION_DONE).exists()


def test_an_action_needs_its_own_right_and_the_sight_of_the_ticket(desk_of, bob, dan, support, alice, payment, received, unpaid):
    watcher = make_staff("Watcher", support, role=RoleKey.OBSERVER)
    assert desk_of(watcher).post(address(unpaid, received)).status_code == 403
    assert desk_of(bob).post(address(unpaid, received)).status_code == 404
    withdraw(dan, StatusRight.VIEW, payment)
    assert desk_of(dan).post(address(unpaid, received)).status_code == 404
    assert fresh(unpaid).status == payment


def test_a_right_taken_away_counts_in_an_open_tab_too(desk_of, dan, received, unpaid, payment):
    browser = desk_of(dan)
    browser.get(address(unpaid))
    withdraw(dan, ActionRight.PERFORM, received)

    assert browser.post(address(unpaid, received), {"version": unpaid.version}).status_code == 403
    assert fresh(unpaid).status == payment


def test_all_actions_of_a_workflow_are_those_added_later_too(desk_of, dan, support, payment, unpaid):
    grant(dan, WorkflowRight.PERFORM_ALL, support.workflow)
    later = make_action(payment, "Added later")

    assert desk_of(dan).post(address(unpaid, later), {"version": unpaid.version}).status_code == 302


def test_actions_of_other_workflows_do_not_exist_here_and_get_does_nothing(desk, sales, received, unpaid, payment):
    foreign = make_action(sales.workflow.first_status(), "Foreign")

    assert desk.post(address(unpaid, foreign)).status_code == 404
    assert desk.post(f"{address(unpaid)}actions/999999/").status_code == 404
    assert "status “\u2068In work\u2069”" in desk.get(address(unpaid, received)).content.decode()
    assert fresh(unpaid).status == payment


def test_the_owners_words_stay_words(desk, payment, unpaid):
    action = make_action(payment)
    action.name = LazyI18nString({"en": "<i>Paid & done</i>"})
    action.save()

    page = desk.get(address(unpaid)).content.decode()
    after = desk.post(address(unpaid, action), {"version": unpaid.version}, follow=True).content.decode()

    assert "<bdi>&lt;i&gt;Paid &amp; done&lt;/i&gt;</bdi>" in page
    assert "<i>Paid" not in page + after


def test_a_closed_ticket_may_have_buttons_too(desk, support, ticket, alice):
    solved = support.workflow.closing_status()
    change_status(ticket, to=solved, by=alice)
    again = make_action(solved, "Take up again", target=support.workflow.first_status())

    desk.post(address(ticket, again), {"version": fresh(ticket).version})

    assert not fresh(ticket).is_closed


def test_other_tickets_in_the_status_have_the_button_too(desk_of, dan, support, alice, payment, received):
    second = change_status(make_ticket("Another", department=support), to=payment, by=alice)

    assert address(second, received) in desk_of(dan).get(address(second)).content.decode()


def test_buttons_of_statuses_that_one_does_not_see_are_not_named(desk_of, dan, support, unpaid):
    hidden = make_action(make_status(support.workflow, "In repair"), "Scrap the machine")

    answer = desk_of(dan).post(address(unpaid, hidden))

    assert answer.status_code == 403 and "Scrap" not in answer.content.decode()
