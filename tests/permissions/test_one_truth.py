"""Whatever was given to whom: lists, pages, search, counters, files, menus, choices, notices and “why?” say the same.

500 throws of the dice on SQLite, 50 on PostgreSQL, where a query costs more; `make test` throws 150 and 25 of them, drawn anew in each run.
A failure names its throw, which always falls the same way.
"""

import pytest
from django.contrib.auth import get_user_model
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from backoffice.counts import counts_of
from backoffice.tickets.listing import tickets_in
from backoffice.tickets.lists import Choice
from notifications.choices import Channel, Reason, Template
from notifications.models import Delivery
from notifications.outcomes import NoLongerWanted
from notifications.still_right import guard_still_right
from permissions.models import ROWS
from permissions.rights import StoreRight
from permissions.sight import Sight
from tests.permissions.worlds import World
from tickets.access import QUESTIONS, TicketAccess, may_be_given
from tickets.audience import people_who_see, teams_who_see
from tickets.models import Attachment, Ticket, TicketShare
from tickets.services.sharing import share_ticket

pytestmark = pytest.mark.django_db
BATCHES, THROWS = 10, 50 if connection.vendor == "sqlite" else 5


@pytest.fixture
def world(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return World()


@pytest.mark.drawn(sqlite=3, postgres=5)
@pytest.mark.parametrize("batch", range(BATCHES))
def test_no_two_doors_ever_disagree(world, batch):
    for number in range(batch * THROWS, (batch + 1) * THROWS):
        before = transaction.savepoint()
        world.throw(number)
        # As a request would find them, without anything that an earlier question left on the object.
        people = {person.pk: person for person in get_user_model().objects.all()}
        chosen, another = world.dice.sample(world.people, k=2)
        for person in (chosen, another):
            check_queries(world, people[person.pk], number)
        ticket, another = world.dice.sample(world.tickets, k=2)
        check_decisions(world, people[chosen.pk], ticket, number)
        match number % 4:
            case 0 | 2:
                check_audience(world, ticket, number)
            case 1:
                check_decisions(world, people[chosen.pk], another, number)
            case 3:
                check_page(world, chosen, PAGES[number // 4 % len(PAGES)], number)
        transaction.savepoint_rollback(before)


def check_queries(world, person, number):
    """The truth itself, asked in both ways, and the files."""
    visible, seen = Ticket.objects.visible_to(person), world.seen(person)
    assert set(visible.values_list("pk", flat=True)) == seen, (number, str(person))
    sight = Sight.of(person)
    assert set(Ticket.objects.visible_to(sight).values_list("pk", flat=True)) == seen, (number, str(person), "sight")
    shared, deleted = Ticket.objects.shared_with(person), Ticket.objects.deleted_before(person)
    assert set(Ticket.objects.shared_with(sight)) == set(shared) and set(Ticket.objects.deleted_before(sight)) == set(deleted), number
    for right in StoreRight:
        given = {store.pk for store in world.stores if world.has(person, str(right), "store", store.pk)}
        assert sight.places_with(right) == given, (number, str(person), str(right))
    if number % 3 == 0:
        files = Attachment.objects.visible_to(person).values_list("message__ticket", flat=True)
        assert set(files) == seen, (number, str(person), "files")


def check_audience(world, ticket, number):
    """The same question from the other end: who sees it, to whom it may be given, who is still told."""
    who = {person.pk for person in world.people if world.sees(person, ticket)}
    assert {person.pk for person in people_who_see(ticket)} == who, number
    teams = {team.pk for person in world.people if person.pk in who for team in world.members[person.pk]}
    assert {team.pk for team in teams_who_see(ticket)} == teams, number
    person = world.dice.choice(world.people)
    assert may_be_given(person, ticket) == (person.pk in who), (number, str(person))
    assert is_still_told(person, ticket) == (person.pk in who), (number, str(person))


def is_still_told(person, ticket):
    """Whether a message about the ticket that waits to be sent would still be within this person's rights."""
    try:
        guard_still_right(Delivery(user=person, ticket=ticket, template=Template.CUSTOMER_REPLIED, channel=Channel.MAIL))
    except NoLongerWanted as dropped:
        return dropped.reason != Reason.NO_RIGHT
    return True


def check_decisions(world, person, ticket, number):
    """Every answer of TicketAccess, and that “why?” can always say why."""
    access = TicketAccess(person, Ticket.objects.for_page().get(pk=ticket.pk))
    for question in QUESTIONS:
        decision = access.decide(question)
        assert bool(decision) == world.may(person, question, ticket), (number, str(person), question)
        assert explains_itself(world, person, decision), (number, str(person), question)
    for action in world.actions:
        assert bool(access.decide_action(action)) == world.may_perform(person, action, ticket), (number, str(person), action.pk)
    shown = {action.pk for action in access.actions}
    assert shown == {action.pk for action in world.actions if world.may_perform(person, action, ticket)}, (number, str(person))
    for status in world.statuses:
        assert bool(access.decide_move(status)) == world.may_move(person, status, ticket), (number, str(person), str(status))


def explains_itself(world, person, decision):
    """A yes names rows that were really given and run; a no names what is missing, or what stands against it."""
    if not decision:
        return bool(decision.missing or decision.hindrance)
    teams = {team.pk for team in world.members[person.pk]}
    rows = [grant for need in decision.needs for grant in need.grants]
    named = [(("group", grant.team) if grant.team else ("user", person.pk), grant.code, grant.kind, grant.on) for grant in rows]
    return (
        all(need.grants or need.exception for need in decision.needs)
        and all((*who, code, kind, on) in world.rows for who, code, kind, on in named)
        and all(who[0] == "user" or who[1] in teams for who, *_rest in named)
    )


# --- Through the doors --------------------------------------------------------------------------------------


def numbers_of(response):
    """Numbers of the tickets in a list, whatever page it is."""
    page = response.context.get("page")
    return {row.number for row in page.rows} if page else set()


def check_page(world, person, check, number):
    browser = world.browsers[person.pk]
    if not person.is_active:
        assert browser.get("/desk/").status_code == 302, (number, str(person))
    elif not person.is_staff:
        assert browser.get("/desk/").status_code == 404, (number, str(person))
    else:
        check(world, person, browser, number)


def the_list(world, person, browser, number):
    seen = world.seen(person)
    assert numbers_of(browser.get("/desk/?view=all")) == {one.number for one in world.tickets if one.pk in seen}, (number, str(person))


def the_page_and_its_file(world, person, browser, number):
    for ticket in world.tickets[:3]:
        expected = 200 if world.sees(person, ticket) else 404
        got = browser.get(f"/desk/tickets/{ticket.number}/").status_code
        file = browser.get(f"/files/{world.files[ticket.pk].pk}/a.txt")
        assert expected == 404 or file.getvalue() == b"a"
        assert (got, file.status_code) == (expected, expected), (number, str(person), ticket.subject)


def the_menu(world, person, browser, number):
    ticket = world.tickets[number % len(world.tickets)]
    address = f"/desk/tickets/{ticket.number}/"
    for part, question in (("assignment", "assign"), ("department", "pass_on"), ("answers", "reply")):
        expected = 200 if world.may(person, question, ticket) else 403 if world.sees(person, ticket) else 404
        response = browser.get(f"{address}{part}/", headers={"x-requested-with": "menu-part"})
        assert response.status_code == expected, (number, str(person), part)
        if part == "assignment" and expected == 200:
            offered = {one.pk for one in response.context["people"]}
            assert offered == {one.pk for one in world.people if world.sees(one, ticket)}, number


def the_search(world, person, browser, number):
    seen, known = world.seen(person), world.knows_customers_of(person)
    for ticket, word in zip(world.tickets, ["amber", "basil", "cedar", "daisy", "elder", "fennel"], strict=True):
        expected = {ticket.pk} & seen
        for words in (word, ticket.number):
            found = tickets_in(Choice.read({"q": words}), person, known_stores=known)
            assert set(found.values_list("pk", flat=True)) == expected, (number, str(person), words)
    assert numbers_of(browser.get(f"/desk/?q={ticket.number}")) == ({ticket.number} if expected else set()), (number, str(person))


def the_counters(world, person, browser, number):
    seen = [ticket for ticket in world.tickets if world.sees(person, ticket) and not ticket.closed_at]
    teams = {team.pk for team in world.members[person.pk]}
    counts = counts_of(Sight.of(person))
    assert counts["open"] == len(seen), (number, str(person))
    assert counts["unread"] == len(seen), (number, str(person))
    assert counts["mine"] == sum(ticket.assignee_id == person.pk or ticket.team_id in teams for ticket in seen), (number, str(person))
    assert counts["unassigned"] == sum(not ticket.assignee_id and not ticket.team_id for ticket in seen), (number, str(person))
    for department in world.departments:
        in_it = sum(ticket.department_id == department.pk for ticket in seen)
        sees_it = world.has(person, "view_tickets", "department", department.pk)
        assert counts.get(str(department.pk)) == (in_it if sees_it else None), (number, str(person), str(department))


def the_bell(world, person, browser, number):
    Delivery.objects.filter(channel=Channel.IN_APP).delete()
    Delivery.objects.bulk_create(
        Delivery(
            user=person,
            ticket=ticket,
            store=ticket.store,
            event=ticket.events.first(),
            template=Template.RATED,
            channel=Channel.IN_APP,
            recipient_key=f"u{person.pk}",
        )
        for ticket in world.tickets
    )
    assert set(Delivery.objects.notices_of(person).values_list("ticket", flat=True)) == world.seen(person), (number, str(person))


PAGES = [the_list, the_page_and_its_file, the_menu, the_search, the_counters, the_bell]


# --- What an answer costs -----------------------------------------------------------------------------------


def test_all_answers_about_a_ticket_cost_one_query_and_one_for_each_kind_of_exception(world):
    """Two where nothing given opens the ticket: the share is looked for. A third for customer data, when no right opens that."""
    world.throw(7)
    for person in world.people:
        for ticket in Ticket.objects.for_page():
            with CaptureQueriesContext(connection) as queries:
                access = TicketAccess(person, ticket)
                for question in QUESTIONS:
                    access.decide(question)
                for status in world.statuses:
                    access.decide_move(status)
                for action in world.actions:
                    access.decide_action(action)
            holdings = [query for query in queries if "objectpermission" in query["sql"]]
            assert len(holdings) == (1 if world.counts(person) else 0)
            assert len(queries) <= len(holdings) + 2


def test_a_share_is_seen_at_once_and_everywhere(world):
    """Not a throw: one person with nothing at all, one ticket, one share, and back."""
    person, ticket = world.people[0], world.tickets[0]
    world.throw(0)
    TicketShare.objects.all().delete()
    for tables in ROWS.values():
        for table in tables:
            table.objects.all().delete()
    person.is_active = True
    person.save()
    Ticket.objects.filter(pk=ticket.pk).update(deleted_at=None, closed_at=None)
    browser = world.browsers[person.pk]
    assert numbers_of(browser.get("/desk/?view=all")) == set()

    share_ticket(ticket, user=person, right="see", by=world.people[1])

    assert numbers_of(browser.get("/desk/?view=all")) == {ticket.number}
    assert list(people_who_see(ticket)) == [person]
    assert counts_of(Sight.of(person))["open"] == 1
