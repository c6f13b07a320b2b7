"""What open pages ask: which facts they get, who else is there, and that an open page reads nothing and counts nothing as read."""

import pytest
from django.test import Client
from django.utils import timezone

from permissions.rights import DepartmentRight, RoleKey, StoreRight
from permissions.services import grant, withdraw
from permissions.viewing import SESSION_KEY
from tests.make import make_message, make_staff, make_ticket
from tickets.models import ReadMark, TicketEvent, Visit
from tickets.services.deleting import delete_ticket
from tickets.services.lifecycle import add_note, close_ticket
from tickets.services.sharing import share_ticket
from tickets.services.visiting import MOST_PAGES, note_visit, visitors_of

pytestmark = pytest.mark.django_db
PAGE = "0123456789abcdef"
LIVE_PAGE = {"x-requested-with": "live-page"}


def latest():
    return TicketEvent.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def news(browser, **query):
    return browser.get("/desk/live/news/", query).json()


# --- Facts ----------------------------------------------------------------------------------------------


def test_a_page_that_asks_is_told_of_tickets_its_reader_sees_and_of_no_other(desk, support, sales):
    since = latest()
    seen, foreign = make_ticket(department=support), make_ticket(department=sales)

    facts = news(desk, since=since)

    assert facts["numbers"] == [seen.number]
    assert facts["latest"] == latest() > since
    assert foreign.number not in str(facts)


def test_a_shared_ticket_is_told_of_and_a_deleted_one_is_not(desk, alice, sales, support, bob):
    shared, deleted = make_ticket(department=sales), make_ticket(department=support)
    share_ticket(shared, user=alice, right="see", by=bob)
    since = latest()
    for ticket in (shared, deleted):
        make_message(ticket, "Any news?")
    delete_ticket(deleted, by=alice)

    assert news(desk, since=since)["numbers"] == [shared.number]


def test_the_ticket_of_the_page_tells_its_last_event(desk, ticket, alice):
    since = latest()
    assert news(desk, ticket=ticket.number, since=since)["event"] is None
    close_ticket(ticket, by=alice)

    assert news(desk, ticket=ticket.number, since=since)["event"] == latest()


def test_a_page_that_was_just_drawn_hears_what_happened_since(desk, ticket, alice):
    add_note(ticket, text="Ask for the label.", by=alice)

    assert news(desk, age="1")["numbers"] == [ticket.number]


def test_only_so_much_is_told_by_number(desk, support, ticket):
    rows = [TicketEvent(ticket=ticket, kind="rated") for _ in range(310)]
    since = latest()
    TicketEvent.objects.bulk_create(rows)

    assert news(desk, since=since)["many"] is True


@pytest.mark.parametrize("number", ["*", "%", "ticket:*", "../x", "", "0", "9" * 50])
@pytest.mark.parametrize("address", ["/desk/live/", "/desk/live/news/"])
def test_channels_that_are_no_ticket_do_not_exist(desk, ticket, address, number):
    assert desk.get(address, {"ticket": number}).status_code == 404


@pytest.mark.parametrize("address", ["/desk/live/", "/desk/live/news/"])
def test_nobody_listens_to_a_foreign_ticket(desk, sales, address):
    foreign = make_ticket(department=sales)

    assert desk.get(address, {"ticket": foreign.number}).status_code == 404


@pytest.mark.parametrize("headers", [{"origin": "https://evil.example"}, {"origin": "null"}, {"sec-fetch-site": "cross-site"}])
def test_another_site_may_not_listen(desk, headers):
    for address in ("/desk/live/", "/desk/live/news/"):
        assert desk.get(address, headers=headers).status_code == 403


def test_after_signing_out_the_way_leads_to_the_door(desk):
    desk.logout()

    for address in ("/desk/live/", "/desk/live/news/"):
        assert desk.get(address).headers["Location"].startswith("/account/login/")


def test_a_page_whose_reader_signed_in_again_gets_a_token_that_its_forms_may_use(alice, ticket):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(alice)
    token = news(strict)["token"]
    note = {"text": "Kept words.", "mode": "note"}

    assert strict.post(f"/desk/tickets/{ticket.number}/notes/", note).status_code == 403
    assert strict.post(f"/desk/tickets/{ticket.number}/notes/", note | {"csrfmiddlewaretoken": token}).status_code == 302


@pytest.mark.parametrize("since", ["-1", "x", "1e9", "٣", "9" * 30])
def test_damaged_marks_count_as_none(desk, since):
    assert news(desk, since=since, age=since)["latest"] == latest()


# --- Who is here -----------------------------------------------------------------------------------------


@pytest.fixture
def dan(support):
    return make_staff("Dan Kowal", support)


def say(browser, ticket, doing, page=PAGE, **more):
    return browser.post(f"/desk/tickets/{ticket.number}/visits/", {"page": page, "doing": doing, **more})


def test_colleagues_see_who_reads_and_who_writes_and_nobody_sees_themself(desk, desk_of, dan, ticket):
    say(desk, ticket, "reading")
    assert "Alice Warren" not in say(desk, ticket, "reading").content.decode()

    seen = say(desk_of(dan), ticket, "writing", page="fedcba9876543210").content.decode()

    assert "Alice Warren\u2069 is reading" in seen
    assert "Dan Kowal\u2069 is writing" in desk.get(f"/desk/tickets/{ticket.number}/visits/").content.decode()


def test_two_pages_of_one_person_are_one_visitor_until_both_are_closed(desk, ticket, alice):
    say(desk, ticket, "reading"), say(desk, ticket, "writing", page="fedcba9876543210")
    assert [(one.user, one.is_writing) for one in visitors_of(ticket)] == [(alice, True)]

    assert say(desk, ticket, "gone", page="fedcba9876543210").status_code == 204
    assert [(one.user, one.is_writing) for one in visitors_of(ticket)] == [(alice, False)]
    say(desk, ticket, "gone")
    assert visitors_of(ticket) == []


def test_a_page_that_says_nothing_more_is_forgotten(desk, ticket, alice):
    say(desk, ticket, "writing")
    Visit.objects.update(seen_at=ticket.created_at - 2 * Visit.LASTS)

    assert visitors_of(ticket) == []


def test_one_person_cannot_fill_the_table(ticket, alice):
    for number in range(MOST_PAGES + 15):
        note_visit(ticket, page=f"page{number:08}", is_writing=False, by=alice)

    assert Visit.objects.count() == MOST_PAGES


@pytest.mark.parametrize(
    "data", [{}, {"page": PAGE, "doing": "sleeping"}, {"page": "x", "doing": "reading"}, {"page": "'; --" * 3, "doing": "reading"}]
)
def test_damaged_visits_are_refused(desk, ticket, data):
    assert desk.post(f"/desk/tickets/{ticket.number}/visits/", data).status_code == 400
    assert not Visit.objects.exists()


def test_a_foreign_ticket_is_not_visited(desk, sales):
    foreign = make_ticket(department=sales)

    assert say(desk, foreign, "reading").status_code == 404
    assert not Visit.objects.exists()


def test_a_right_taken_away_ends_visiting(desk, alice, support, ticket):
    say(desk, ticket, "reading")
    withdraw(alice, DepartmentRight.VIEW, support)

    assert say(desk, ticket, "writing").status_code == 404
    assert not Visit.objects.filter(is_writing=True).exists()


def test_customers_do_not_see_who_reads(ticket, kasia, desk_of, desk):
    say(desk, ticket, "writing")
    browser = desk_of(kasia.user)

    assert browser.get(f"/desk/tickets/{ticket.number}/visits/").status_code == 404
    assert "Alice Warren is" not in browser.get(f"/tickets/{ticket.number}/").content.decode()


def test_who_looks_through_a_colleagues_eyes_is_not_shown_and_not_told(desk, alice, support, ticket, desk_of):
    olga = make_staff("Olga Owner", support, role=RoleKey.OWNER)
    grant(olga, StoreRight.VIEW_AS, support.stores.get())
    browser = desk_of(olga)
    session = browser.session
    session[SESSION_KEY] = {"person": alice.pk, "since": timezone.now().isoformat()}
    session.save()
    page = browser.get(f"/desk/tickets/{ticket.number}/").content.decode()
    assert "band-viewing" in page

    assert "<ticket-presence" not in page
    assert "<live-desk" not in page
    assert say(browser, ticket, "reading").status_code == 403
    assert b'"why": "none"' in browser.get("/desk/live/").content
    assert not Visit.objects.exists()


# --- An open page asks for itself --------------------------------------------------------------------------


def test_an_open_page_is_fetched_without_its_frame_and_reads_nothing(desk, ticket, alice):
    whole = desk.get(f"/desk/tickets/{ticket.number}/").content.decode()
    ReadMark.objects.all().delete()
    part = desk.get(f"/desk/tickets/{ticket.number}/", headers=LIVE_PAGE).content.decode()

    assert "rail" in whole and 'class="rail"' not in part
    for piece in ('class="story"', 'class="props"', "<live-ticket", 'id="composer"', 'class="side"'):
        assert piece in part
    assert not ReadMark.objects.exists()


def test_words_that_wait_for_the_next_page_are_not_eaten_by_an_open_one(desk, ticket):
    desk.post(f"/desk/tickets/{ticket.number}/notes/", {"text": "Third one of this batch.", "mode": "note"})
    desk.get(f"/desk/tickets/{ticket.number}/", headers=LIVE_PAGE)

    assert "The note is kept" in desk.get(f"/desk/tickets/{ticket.number}/").content.decode()


def test_it_is_read_when_its_end_was_before_the_readers_eyes(desk, ticket, alice):
    before = latest()
    make_message(ticket, "Any news?")
    say(desk, ticket, "reading", seen=str(before))
    assert not ReadMark.objects.filter(user=alice).exists()

    say(desk, ticket, "reading", seen=str(latest()))
    assert ReadMark.objects.get(user=alice).ticket == ticket


def test_where_customer_data_is_closed_an_open_page_shows_none(desk_of, support, ticket, kasia):
    watcher = make_staff("Watcher", support, role=RoleKey.OBSERVER, sees_customers=False)
    browser = desk_of(watcher)
    make_message(ticket, "This is Kasia Nowak again.")
    everything = (
        browser.get(f"/desk/tickets/{ticket.number}/", headers=LIVE_PAGE).content.decode()
        + browser.get("/desk/live/news/", {"since": 0}).content.decode()
        + say(browser, ticket, "reading").content.decode()
    )

    assert ticket.number in everything
    for secret in ("Nowak", "kasia@mail.example", "601220214", "601 220 214"):
        assert secret not in everything
