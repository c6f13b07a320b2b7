"""A ticket that a team has: whom it can be given to, in whose lists it stands, and how a member takes it."""

import pytest

from permissions.services import grant, grant_role
from tests.make import fresh, make_staff, make_team, make_ticket
from tickets.services.lifecycle import assign_ticket

pytestmark = pytest.mark.django_db


@pytest.fixture
def bea(support):
    return make_staff("Bea Stone", support)


@pytest.fixture
def night(alice, bea):
    return make_team("Night shift", alice, bea)


def give(client, ticket, to):
    return client.post(f"/desk/tickets/{ticket.number}/assignment/", {"assignee": to}, follow=True)


def page_of(client, ticket):
    return client.get(f"/desk/tickets/{ticket.number}/").content.decode()


def rows(client, view):
    return [ticket.number for _key, _heading, tickets in client.get(f"/desk/?view={view}").context["page"].groups for ticket in tickets]


def test_a_ticket_given_to_a_team_is_in_every_members_list_and_counter_and_unassigned_no_more(desk, desk_of, support, bea, night, ticket):
    watcher = make_staff("Rita", support)

    answer = give(desk, ticket, f"team:{night.pk}")

    assert "Night shift" in answer.content.decode()
    assert (fresh(ticket).team, fresh(ticket).assignee) == (night, None)
    for member in (desk, desk_of(bea)):
        assert rows(member, "mine") == [ticket.number]
        assert member.get("/desk/counts/").json()["numbers"]["mine"] == "1"
    assert rows(desk_of(watcher), "mine") == []
    assert rows(desk_of(watcher), "unassigned") == []
    assert desk.get("/desk/counts/").json()["numbers"]["unassigned"] == ""
    assert 'aria-label="Team \u2068Night shift\u2069"' in desk.get("/desk/").content.decode()


def test_the_menu_offers_teams_somebody_of_whom_sees_the_ticket(desk, bob, night, ticket):
    make_team("Sellers", bob)

    menu = desk.get(f"/desk/tickets/{ticket.number}/assignment/", headers={"X-Requested-With": "menu-part"}).content.decode()

    assert f'value="team:{night.pk}"' in menu
    assert "Sellers" not in menu


@pytest.mark.parametrize("to", ["team:", "team:0", "team:x", "team:9999999999999999", "team:-1", "team:\u0661", "team:1 or 1"])
def test_what_is_no_team_is_refused_in_words(desk, night, ticket, to):
    answer = give(desk, ticket, to)

    assert answer.status_code == 422
    assert fresh(ticket).team is None


def test_a_team_without_sight_of_the_ticket_gets_it_neither_from_the_menu_nor_by_hand(desk, bob, ticket):
    sellers = make_team("Sellers", bob)

    answer = give(desk, ticket, f"team:{sellers.pk}")

    assert answer.status_code == 422
    assert "Nobody in this team may see the ticket" in answer.content.decode()
    assert fresh(ticket).team is None


def test_a_member_takes_the_ticket_with_one_click_alone_or_among_others(desk, alice, night, ticket, support):
    other = make_ticket("Another", department=support)
    for one in (ticket, other):
        assign_ticket(one, to=night, by=alice)

    assert 'value="me"' in page_of(desk, ticket)
    give(desk, ticket, "me")
    desk.post("/desk/tickets/chosen/", {"deed": "take", "ticket": [other.number]})

    assert [(fresh(one).assignee, fresh(one).team) for one in (ticket, other)] == [(alice, None)] * 2


def test_the_history_tells_of_teams_in_words(desk, desk_of, alice, bea, night, ticket):
    give(desk, ticket, f"team:{night.pk}")
    give(desk, ticket, str(bea.pk))
    give(desk, ticket, f"team:{night.pk}")
    give(desk, ticket, "me")
    give(desk, ticket, f"team:{night.pk}")
    page = page_of(desk_of(bea), ticket)
    give(desk, ticket, "")

    assert "\u2068Alice Warren\u2069: ticket given to the team \u2068Night shift\u2069" in page
    assert "\u2068Alice Warren\u2069: ticket of the team \u2068Night shift\u2069 given to you" in page
    assert "\u2068Alice Warren\u2069: took the ticket from the team \u2068Night shift\u2069" in page
    assert "You: gave the ticket back, nobody has it" in page_of(desk, ticket)


def test_a_teams_right_is_every_members_and_its_name_stays_a_word(desk, desk_of, bob, support, ticket):
    team = make_team("<b>Late & bold</b>", bob)
    grant_role(team, support, "supporter")

    give(desk, ticket, f"team:{team.pk}")
    page = page_of(desk_of(bob), ticket)

    assert "<b>Late" not in page
    assert "&lt;b&gt;Late &amp; bold&lt;/b&gt;" in page


def test_a_team_ticket_out_of_a_members_sight_is_not_in_their_list(desk, desk_of, alice, support, night, ticket):
    late = make_staff("Late Member", sees_customers=False)
    grant(late, "view_tickets", support)  # the department, but no status
    night.user_set.add(late)
    assign_ticket(ticket, to=night, by=alice)

    assert rows(desk_of(late), "mine") == []
    assert desk_of(late).get("/desk/counts/").json()["numbers"]["mine"] == ""
