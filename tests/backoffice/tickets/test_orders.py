"""Lists in every order: page by page forwards and backwards the same rows, once each, with equal values and foreign tickets among them."""

import random
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

import pytest
from django.http import QueryDict

from backoffice.counts import counts_of
from backoffice.tickets import listing
from backoffice.tickets.listing import OURS, inbox_page, tickets_in
from backoffice.tickets.lists import VIEWS, Choice
from backoffice.tickets.searching import search_of
from permissions.sight import Sight
from tests.make import make_customer, make_field, make_message, make_staff, make_team, make_ticket
from tickets.choices import Priority
from tickets.models import FieldValue, ReadMark, Ticket, TicketShare, Watch

pytestmark = pytest.mark.django_db
BEGINNING = datetime(2026, 3, 1, tzinfo=UTC)
TICKETS, SEEDS = 16, 4
PLAIN = {
    "newest": ["-last_message_at", "-pk"],
    "oldest": ["last_message_at", "pk"],
    "opened-newest": ["-created_at", "-pk"],
    "opened-oldest": ["created_at", "pk"],
    "waking": ["snoozed_until", "pk"],
    "priority": ["-priority", "-last_message_at", "-pk"],
}


class Shop:
    """Sixteen tickets, thrown anew by each seed, and what Dan may see of them."""

    def __init__(self, support, sales):
        self.departments = [support, sales]
        self.statuses = [status for one in self.departments for status in one.workflow.by_code.values()]
        self.dan = make_staff("Dan Moreau", sees_customers=False)
        self.team = make_team("Night shift", self.dan)
        self.field = make_field("Model", kind="choice", options=["round", "flat"])
        kasia = make_customer()
        self.tickets = [make_ticket(f"Ticket {number}", department=support, customer=kasia) for number in range(TICKETS)]

    def throw(self, seed, *, asleep=0.1):
        dice, sleep = random.Random(seed), random.Random(seed)
        moments = [BEGINNING + timedelta(hours=hour) for hour in range(4)]
        for ticket in self.tickets:
            ticket.department, ticket.status = dice.choice(self.departments), dice.choice(self.statuses)
            ticket.created_at, ticket.last_message_at = dice.choice(moments), dice.choice(moments)
            ticket.answer_due_at = dice.choice([None, None, *moments])
            ticket.priority = dice.choice(Priority.values)
            ticket.closed_at = dice.choice([None, None, BEGINNING])
            ticket.snoozed_until = None if ticket.closed_at else sleep.choice(moments) if sleep.random() < asleep else None
            ticket.deleted_at = BEGINNING if dice.random() < 0.1 else None
            ticket.rating, ticket.source = dice.choice([None, 1, 5]), dice.choice(["portal", "mail"])
            ticket.assignee, ticket.team = dice.choice([(None, None), (None, None), (self.dan, None), (None, self.team)])
        names = ["department", "status", "created_at", "last_message_at", "answer_due_at", "priority", "closed_at", "deleted_at"]
        Ticket.objects.bulk_update(self.tickets, [*names, "snoozed_until", "assignee", "team", "rating", "source"])
        for model in (ReadMark, TicketShare, FieldValue, Watch):
            model.objects.all().delete()
        ReadMark.objects.bulk_create(
            ReadMark(ticket=one, user=self.dan, read_at=dice.choice(moments)) for one in dice.sample(self.tickets, k=8)
        )
        TicketShare.objects.bulk_create(TicketShare(ticket=one, user=self.dan) for one in dice.sample(self.tickets, k=3))
        FieldValue.objects.bulk_create(
            FieldValue(ticket=one, field=self.field, option=dice.choice(["round", "flat"])) for one in dice.sample(self.tickets, k=8)
        )
        Watch.objects.bulk_create(Watch(ticket=one, user=self.dan) for one in dice.sample(self.tickets, k=8))
        departments = dice.sample(self.departments, k=dice.randrange(3))
        statuses = dice.sample(self.statuses, k=dice.randrange(len(self.statuses) + 1))
        return Sight(
            self.dan,
            departments=frozenset(one.pk for one in departments),
            statuses={one.pk: one.kind for one in statuses},
            shared=frozenset(TicketShare.objects.values_list("ticket", flat=True)),
            teams=frozenset([self.team.pk]),
        )


@pytest.fixture
def shop(support, sales):
    return Shop(support, sales)


def in_order(choice, sight):
    tickets = tickets_in(choice, sight, known_stores=None).select_related("status")
    if choice.order != "deadline":
        return [ticket.pk for ticket in tickets.order_by(*PLAIN[choice.order])]

    def place(ticket):
        if ticket.answer_due_at:
            return 0, ticket.answer_due_at.timestamp(), ticket.pk
        return 1 if ticket.status.kind in OURS else 2, -ticket.last_message_at.timestamp(), -ticket.pk

    return [ticket.pk for ticket in sorted(tickets, key=place)]


def walk(choice, sight, *, forward=True):
    """The ids met page by page, in the order of the list; and how many pages it took."""
    address, pages = "?" if forward else "?end=1", []
    while address:
        page = inbox_page(choice, sight, QueryDict(urlsplit(address).query), search=search_of("", sight, None))
        assert page.rows or not pages
        pages.append([row.pk for row in page.rows])
        address = page.next_url if forward else page.previous_url
        assert bool(page.last_url) == bool(page.next_url) and bool(page.first_url) == bool(page.previous_url)
    pages = pages if forward else pages[::-1]
    return list(dict.fromkeys(pk for page in pages for pk in page)), pages


@pytest.mark.parametrize("view", VIEWS)
def test_every_order_is_met_page_by_page_in_both_directions(shop, view, monkeypatch):
    monkeypatch.setattr(listing, "PAGE_SIZE", 3)
    met_any = False
    for seed in range(SEEDS):
        sight = shop.throw(seed, asleep=0.6 if view == "snoozed" else 0.1)
        for sort in Choice(view).sorts:
            choice = Choice(view, sort=sort)
            expected = in_order(choice, sight)
            forwards, pages = walk(choice, sight)
            assert (forwards, sum(pages, [])) == (expected, expected), (seed, sort)
            assert walk(choice, sight, forward=False)[0] == expected, (seed, sort)
            met_any = met_any or len(expected) > 1
    assert met_any


@pytest.mark.parametrize(
    "narrowed",
    [
        {"priority": Priority.HIGH.value},
        {"since": (BEGINNING + timedelta(days=1)).date()},
        {"fields": (("model", "round"),)},
        {"filters": (("assignee", "me"),)},
        {"filters": (("kind", "open"), ("source", "mail"))},
        {"filters": (("rating", "bad"),)},
        {"filters": (("watched", "1"), ("unread", "1"))},
        "department",
    ],
)
@pytest.mark.parametrize("few", [0, 100])
def test_a_narrowed_list_is_the_narrowed_list(shop, narrowed, few, monkeypatch):
    """`few`: an answer in a field that is rare is looked up, one that is not is looked for along the list."""
    monkeypatch.setattr(listing, "PAGE_SIZE", 3)
    monkeypatch.setattr(listing, "FEW", few)
    for seed in range(SEEDS):
        sight = shop.throw(seed)
        for view in ("open", "closed", "all", "unread"):
            for sort in Choice(view).sorts:
                given = {"department": shop.departments[0].pk} if narrowed == "department" else narrowed
                choice = Choice(view, sort=sort, **given)
                assert walk(choice, sight)[0] == in_order(choice, sight), (seed, view, sort)


def test_the_numbers_are_those_of_the_lists(shop):
    for seed in range(SEEDS * 3):
        sight = shop.throw(seed)
        counts = counts_of(sight)
        for view in ("mine", "unassigned", "unread", "watched", "open", "shared"):
            assert counts[view] == len(in_order(Choice(view), sight)), (seed, view)
        for department in shop.departments:
            listed = in_order(Choice("open", department.pk), sight)
            assert counts.get(str(department.pk)) == (len(listed) if department.pk in sight.departments else None), seed


def test_an_order_is_kept_for_its_list_and_a_damaged_one_is_the_usual_one(desk, support):
    late, early = make_ticket("Late", department=support), make_ticket("Early", department=support)
    Ticket.objects.filter(pk=early.pk).update(created_at=BEGINNING)
    make_message(early, "Hello?")

    def order(address):
        return [row.pk for row in desk.get(address).context["page"].rows]

    assert order("/desk/?view=open") == [early.pk, late.pk]
    assert order("/desk/?view=open&sort=opened-newest") == [late.pk, early.pk]
    assert order("/desk/?view=open") == [late.pk, early.pk]
    assert desk.get("/desk/?view=all").context["choice"].order == "newest"
    assert order("/desk/?view=open&sort=deadline") == [early.pk, late.pk]
    assert order("/desk/?view=open") == [early.pk, late.pk]
    assert desk.get("/desk/?view=closed&sort=deadline").context["choice"].order == "newest"
    assert desk.get("/desk/?view=open&sort=nonsense").context["choice"].order == "deadline"
    desk.cookies["desk_sort"] = "open:nonsense.x:.all:oldest:..%00"
    assert desk.get("/desk/?view=open").status_code == 200


def test_pages_name_their_order_so_that_a_place_is_never_read_in_another_one(desk, support, monkeypatch):
    monkeypatch.setattr(listing, "PAGE_SIZE", 1)
    for number in range(3):
        make_ticket(f"Ticket {number}", department=support)

    page = desk.get("/desk/?view=open").context["page"]

    assert "sort=deadline" in page.next_url and "sort=deadline" in page.last_url
    assert not page.first_url and not page.previous_url


def test_numbers_come_as_words_of_the_reader_and_as_a_page_without_script(desk, alice, ticket):
    assert desk.get("/desk/counts/").json()["numbers"]["open"] == "1"
    page = desk.get("/desk/counts/", headers={"accept": "text/html"}).content.decode()
    assert "How much waits where" in page and "view=unassigned" in page

    alice.language = "fa"
    alice.save()
    counts = desk.get("/desk/counts/").json()
    assert counts["numbers"]["open"] == "۱"
    assert 'data-count="open"' in desk.get("/desk/").content.decode()
