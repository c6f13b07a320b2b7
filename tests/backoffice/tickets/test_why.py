"""Why may I, why may I not: on the ticket, about oneself; about others for those who grant; and the way there from a refusal."""

import pytest

from permissions.rights import DepartmentRight, RoleKey, StoreRight
from permissions.services import grant
from tests.make import make_action, make_department, make_staff, make_store, make_ticket
from tickets.access import QUESTIONS, TicketAccess

pytestmark = pytest.mark.django_db


@pytest.fixture
def olga(support):
    return make_staff("Olga Nowicka", support, role="owner")


@pytest.fixture
def watcher(support):
    return make_staff("Witek Zajac", support, role=RoleKey.OBSERVER)


def ask(client, ticket, **query):
    return client.get(f"/desk/tickets/{ticket.number}/why/", query)


def test_everybody_who_sees_the_ticket_may_ask_about_themself(desk_of, watcher, olga, ticket):
    answer = ask(desk_of(watcher), ticket, question="close")

    page = answer.content.decode()
    assert not answer.context["explanation"].is_yes
    assert "\u2068Witek Zajac\u2069 may not close this ticket." in page
    assert "These people can give rights:" in page
    assert "Olga Nowicka" in page


def test_without_a_question_it_tells_why_one_sees_the_ticket(desk, ticket):
    answer = ask(desk, ticket)

    assert answer.context["explanation"].is_yes
    assert "\u2068Alice Warren\u2069 may see this ticket." in answer.content.decode()
    assert "through the role \u2068Supporter\u2069" in answer.content.decode()


def test_the_answers_are_the_decisions_themselves(desk_of, olga, watcher, ticket):
    browser = desk_of(olga)
    answers = {question: ask(browser, ticket, person=watcher.pk, question=question).context["explanation"] for question in QUESTIONS}

    assert {question for question, answer in answers.items() if answer.is_yes} == {"view", "note", "see_customer", "manage_customer"}
    for question, answer in answers.items():
        assert answer.is_yes == bool(TicketAccess(watcher, ticket).decide(question))


def test_actions_of_the_status_can_be_asked_about(desk_of, watcher, olga, ticket):
    action = make_action(ticket.status, "Ask <for> payment")

    no = ask(desk_of(watcher), ticket, question=f"action:{action.pk}")
    yes = ask(desk_of(olga), ticket, question=f"action:{action.pk}")

    assert (no.context["explanation"].is_yes, yes.context["explanation"].is_yes) == (False, True)
    assert "Do “\u2068Ask &lt;for&gt; payment\u2069”" in no.content.decode()


def test_about_others_only_who_grants_may_ask(desk, desk_of, alice, bob, olga, ticket):
    assert ask(desk, ticket, person=bob.pk).context["explanation"] is None
    assert "You may only ask about yourself." in ask(desk, ticket, person=bob.pk).content.decode()
    assert "Bob" not in ask(desk, ticket).content.decode()

    grant(alice, StoreRight.GRANT_RIGHTS, ticket.store)
    answer = ask(desk, ticket, person=bob.pk)
    assert "\u2068Bob Lindgren\u2069 may not see this ticket." in answer.content.decode()


def test_who_grants_in_another_store_alone_asks_about_nobody_else(desk, alice, bob, ticket):
    grant(alice, StoreRight.GRANT_RIGHTS, make_store(key="second"))

    assert ask(desk, ticket, person=bob.pk).context["explanation"] is None


@pytest.mark.parametrize("question", ["", "everything", "__class__", "move_to", "action:0", "action:x"])
def test_a_damaged_question_is_a_page_all_the_same(desk, ticket, question):
    assert ask(desk, ticket, question=question).status_code == 200


@pytest.mark.parametrize("person", ["x", "0", "-1", "99999999999999999999"])
def test_a_damaged_person_is_nobody(desk, desk_of, olga, ticket, person):
    for browser in (desk, desk_of(olga)):
        assert ask(browser, ticket, person=person).context["explanation"] is None


def test_there_is_no_why_of_a_ticket_one_does_not_see(desk_of, bob, ticket):
    assert ask(desk_of(bob), ticket).status_code == 404
    assert ask(desk_of(ticket.customer.user), ticket).status_code == 404


def test_a_refusal_names_who_can_grant_and_leads_to_why(desk_of, watcher, olga, ticket):
    refusal = desk_of(watcher).post(f"/desk/tickets/{ticket.number}/replies/", {"text": "Hello"})

    page = refusal.content.decode()
    assert refusal.status_code == 403
    assert "You may not answer in this department." in page
    assert "Olga Nowicka" in page
    assert f'href="/desk/tickets/{ticket.number}/why/?question=reply"' in page


def test_a_refusal_outside_of_tickets_names_who_can_grant_as_well(desk_of, watcher, olga):
    page = desk_of(watcher).get("/desk/tickets/new/").content.decode()

    assert "You may not open tickets in any department." in page
    assert "Olga Nowicka" in page
    assert "/why/" not in page


def test_a_ticket_refused_names_those_who_grant_in_its_store(desk_of, olga, watcher, ticket):
    second = make_store(key="second")
    other = make_department("Other shop", store=second)
    make_staff("Xenia Far", other, role="owner")

    page = desk_of(watcher).post(f"/desk/tickets/{ticket.number}/notes/", {"text": ""})
    refusal = desk_of(watcher).post(f"/desk/tickets/{ticket.number}/closure/").content.decode()

    assert page.status_code == 422
    assert "Olga Nowicka" in refusal
    assert "Xenia Far" not in refusal


def test_the_page_asks_few_questions_of_the_database(desk_of, olga, watcher, ticket, django_assert_max_num_queries):
    grant(watcher, DepartmentRight.CLOSE, ticket.department)
    browser = desk_of(olga)
    ask(browser, ticket)
    for number in range(4):
        make_staff(f"Staff {number}")
    make_ticket("Another", department=ticket.department)

    with django_assert_max_num_queries(15):
        ask(browser, ticket, person=watcher.pk, question="close")
