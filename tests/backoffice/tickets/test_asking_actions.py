"""Actions that ask something: their page, what stands before the button, and every way they come back with what was typed."""

import pytest
from i18nfield.strings import LazyI18nString

from custom_fields.models import ActionField, FieldKind
from notifications.models import ActionMessage, ActionText
from permissions.rights import ActionRight, RoleKey, StatusRight
from permissions.services import grant
from statuses.models import ActionDeed, ActionLook, GivesTo, StatusKind
from tests.make import fresh, make_action, make_department, make_field, make_staff, make_status, make_team
from tickets.choices import Kind
from tickets.field_values import stored_values
from tickets.services.fields import write_values
from tickets.services.lifecycle import add_note, change_status

pytestmark = pytest.mark.django_db


@pytest.fixture
def new(support):
    return support.workflow.first_status()


@pytest.fixture
def waiting(support):
    return support.workflow.status_of_kind(StatusKind.WAITING_FOR_CUSTOMER)


@pytest.fixture
def answer(new, waiting):
    return make_action(
        new, "Answer", deed=ActionDeed.REPLY, target=waiting, text=LazyI18nString({"en": "Hello {first_name}, {customer} {7*7}"})
    )


def address(ticket, action=None):
    return f"/desk/tickets/{ticket.number}/" + (f"actions/{action.pk}/" if action else "")


def send(browser, ticket, action, **given):
    return browser.post(address(ticket, action), {"version": fresh(ticket).version, **given}, follow=True)


def test_looks_and_pages_of_the_buttons(desk, ticket, new, answer):
    answer.look = ActionLook.MAIN
    answer.save()
    direct = make_action(new, "Away", deed=ActionDeed.DELETE, look=ActionLook.DANGER)

    page = desk.get(address(ticket)).content.decode()

    assert f'<a class="btn btn-sm btn-primary" href="{address(ticket, answer)}">' in page
    assert f'action="{address(ticket, direct)}"' in page
    assert 'class="btn btn-sm btn-danger"' in page


def test_the_page_says_what_will_happen_and_proposes_the_words(desk, ticket, new, answer, kasia):
    text = ActionText.objects.create(name="Received", subject="x", body="y")
    ActionMessage.objects.create(action=answer, text=text, recipient="customer")

    page = desk.get(address(ticket, answer)).content.decode()

    assert "Hello Kasia, Kasia Nowak {7*7}</textarea>" in page
    for phrase in ["status “\u2068Waiting for customer\u2069”", "given to you", "\u2068Kasia Nowak\u2069 gets “\u2068Received\u2069”"]:
        assert phrase in page
    assert fresh(ticket).version == ticket.version


def test_words_fields_and_people_are_taken_at_once(desk, support, ticket, new, waiting, alice):
    bea = make_staff("Bea", support)
    kind, serial = make_field("Kind", FieldKind.CHOICE, options=["technical", "financial"]), make_field("Serial")
    action = make_action(new, "Sort it", deed=ActionDeed.NOTE, gives_to=GivesTo.CHOICE, target=waiting)
    for field in (kind, serial):
        ActionField.objects.create(action=action, field=field, is_required=field == kind)

    page = send(desk, ticket, action, text="See the photo.", assignee=bea.pk, **{"field-kind": "technical", "field-serial": "A-17"})

    now = fresh(ticket)
    assert (now.status, now.assignee) == (waiting, bea)
    assert stored_values(ticket)[0] == {kind.pk: "technical", serial.pk: "A-17"}
    assert now.messages.latest("pk").body_text == "See the photo."
    words = page.content.decode()
    assert "did “\u2068Sort it\u2069”, status changed from \u2068New\u2069 to \u2068Waiting for customer\u2069" in words
    assert "ticket given to \u2068Bea\u2069" in words


def test_what_is_missing_stands_beside_its_field_and_nothing_typed_is_lost(desk, support, ticket, new):
    serial = make_field("Serial")
    action = make_action(new, "Sort it", deed=ActionDeed.NOTE, gives_to=GivesTo.CHOICE)
    ActionField.objects.create(action=action, field=serial, is_required=True)

    page = send(desk, ticket, action, text="My words")

    words = page.content.decode()
    assert page.status_code == 422
    assert "My words</textarea>" in words
    assert 'href="#id_assignee"' in words and 'href="#id_field-serial"' in words
    assert not ticket.events.filter(kind=Kind.ACTION_DONE).exists()


def test_only_who_sees_it_where_it_goes_is_offered(desk, support, ticket, new, alice):
    stranger, team, other = make_staff("Stranger"), make_team("Night", alice), make_team("Nobody")
    action = make_action(new, "Give it", gives_to=GivesTo.CHOICE)

    page = desk.get(address(ticket, action)).content.decode()

    assert f'value="{alice.pk}"' in page and f'value="team:{team.pk}"' in page
    assert "Stranger" not in page and f'value="team:{other.pk}"' not in page
    assert send(desk, ticket, action, assignee=stranger.pk).status_code == 422
    send(desk, ticket, action, assignee=f"team:{team.pk}")
    assert fresh(ticket).team == team


def test_a_department_is_chosen_among_those_of_the_store(desk, sales, ticket, new):
    action = make_action(new, "Pass on", deed=ActionDeed.PASS_ON)
    elsewhere = make_department("Elsewhere")
    elsewhere.stores.clear()

    assert send(desk, ticket, action).status_code == 422
    assert send(desk, ticket, action, department=elsewhere.pk).status_code == 422
    page = send(desk, ticket, action, department=sales.pk)

    assert fresh(ticket).department == sales
    assert page.redirect_chain == [("/desk/", 302)]


def test_who_was_overtaken_reads_it_and_sends_the_same_words_again(desk, ticket, answer, alice):
    seen = ticket.version
    add_note(ticket, text="The bank called.", by=alice)

    page = desk.post(address(ticket, answer), {"version": seen, "text": "My words"})

    words = page.content.decode()
    assert page.status_code == 409
    assert "Somebody changed this ticket while you were writing" in words
    assert "My words</textarea>" in words and f'value="{fresh(ticket).version}"' in words
    assert not ticket.events.filter(kind=Kind.ACTION_DONE).exists()


def test_a_ticket_that_moved_on_gives_the_words_back(desk, ticket, answer, support, alice):
    change_status(ticket, to=make_status(support.workflow), by=alice)

    page = desk.post(address(ticket, answer), {"version": ticket.version, "text": "My words"})

    assert page.status_code == 409
    assert "has another status by now" in page.content.decode()
    assert "My words</textarea>" in page.content.decode()


def test_sending_twice_does_it_once(desk, ticket, answer):
    form = {"version": ticket.version, "text": "My words", "form_key": "k" * 20}
    first, second = (desk.post(address(ticket, answer), form) for _time in range(2))

    assert (first.status_code, second.status_code) == (302, 302)
    assert ticket.events.filter(kind=Kind.ACTION_DONE).count() == 1


def test_a_doer_who_may_not_know_the_customer_reads_braces_that_are_filled_in_when_sent(desk_of, support, ticket, new, answer):
    dan = make_staff("Dan", support, role=RoleKey.ACCOUNTANT, sees_customers=False)
    grant(dan, StatusRight.VIEW, new)
    grant(dan, ActionRight.PERFORM, answer)
    browser = desk_of(dan)

    page = browser.get(address(ticket, answer)).content.decode()
    assert "Hello {first_name}, {customer} {7*7}</textarea>" in page
    assert "Kasia" not in page

    send(browser, ticket, answer, text="Hello {first_name} {7*7}")
    assert ticket.messages.latest("pk").body_text == "Hello Kasia {7*7}"


def test_a_doer_who_may_not_know_the_customer_brings_in_no_field_that_the_owner_did_not_name(desk_of, support, ticket, new, answer):
    dan = make_staff("Dan", support, role=RoleKey.ACCOUNTANT, sees_customers=False)
    grant(dan, StatusRight.VIEW, new)
    grant(dan, ActionRight.PERFORM, answer)
    account = make_field("Account", key="account", viewers=[make_team("Cashiers", make_staff("Bella", support))])
    write_values(ticket, {account: "PL61 1090"})

    send(desk_of(dan), ticket, answer, text="Hello {first_name}, we have {field:account}.")

    said = ticket.messages.order_by("-pk").first().body_text
    assert "PL61" not in said
    assert "Kasia" in said


def test_deleting_by_an_action_leads_to_the_list(desk, ticket, new):
    page = send(desk, ticket, make_action(new, "Away", deed=ActionDeed.DELETE))

    assert page.redirect_chain[-1][0].startswith("/desk/")
    assert "is deleted" in page.content.decode()


def test_whoever_cannot_be_given_the_ticket_is_named(desk, ticket, new):
    action = make_action(new, "To the stranger", gives_to=GivesTo.PERSON, person=make_staff("Stranger"))

    page = send(desk, ticket, action)

    assert "cannot be given to \u2068Stranger\u2069" in page.content.decode()
    assert fresh(ticket).assignee is None


def test_watching_is_counted_and_ends(desk, ticket, alice):
    page = desk.post(f"{address(ticket)}watch/", follow=True).content.decode()
    assert 'name="stop" value="1" aria-pressed="true"' in page and "1 person watches it" in page
    desk.post(f"{address(ticket)}watch/")
    assert ticket.watches.get().user == alice

    page = desk.post(f"{address(ticket)}watch/", {"stop": "1"}, follow=True).content.decode()
    assert 'aria-pressed="false"' in page and not ticket.watches.exists()


def test_who_does_not_see_a_ticket_cannot_watch_it(desk_of, bob, ticket):
    assert desk_of(bob).post(f"{address(ticket)}watch/").status_code == 404
    assert not ticket.watches.exists()
