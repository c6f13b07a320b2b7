"""The bell's menu, the kinds of news, marks of reading, and the page of choices."""

import pytest

from notifications.choices import Channel
from notifications.models import Delivery, NoticeChoice
from permissions.rights import DepartmentRight
from permissions.services import withdraw
from tests.make import fresh, make_message, make_staff, make_ticket
from tickets.services import lifecycle
from tickets.services.watching import watch_ticket

pytestmark = pytest.mark.django_db
MENU = {"HTTP_X_REQUESTED_WITH": "menu-part"}


def words_of(response):
    return response.content.decode().replace("\u2068", "").replace("\u2069", "")


def notice_of(person):
    return Delivery.objects.filter(user=person, channel=Channel.IN_APP).latest("pk")


@pytest.fixture
def given(ticket, alice):
    """Alice has it, which is all she has heard."""
    Delivery.objects.all().delete()
    return lifecycle.assign_ticket(ticket, to=alice)


def test_the_menu_shows_the_newest_news_without_the_frame(desk, given):
    page = words_of(desk.get("/desk/notices/newest/", **MENU))

    assert "“The grinder rattles” was given to you" in page
    assert "<html" not in page
    assert page.count("bell-unread") == 1


def test_without_a_script_the_menu_is_the_page(desk):
    assert desk.get("/desk/notices/newest/").url == "/desk/notices/"


def test_one_is_marked_as_read_and_the_rest_is_not(desk, given, alice):
    make_message(given, "Any news?")
    first, second = Delivery.objects.notices_of(alice)
    page = words_of(desk.post(f"/desk/notices/{first.pk}/reading/", **MENU))

    assert fresh(first).read_at is not None
    assert fresh(second).read_at is None
    assert page.count("bell-unread") == 1
    assert desk.post(f"/desk/notices/{second.pk}/reading/").url == "/desk/notices/"
    assert fresh(second).read_at is not None


def test_other_peoples_news_cannot_be_marked(desk_of, given, alice, bob):
    notice = notice_of(alice)

    assert desk_of(bob).post(f"/desk/notices/{notice.pk}/reading/").status_code == 404
    assert fresh(notice).read_at is None


def test_news_of_a_ticket_out_of_sight_are_not_in_the_menu_and_cannot_be_marked(desk, given, alice, support):
    notice = notice_of(alice)
    withdraw(alice, DepartmentRight.VIEW, support)

    assert "grinder" not in words_of(desk.get("/desk/notices/newest/", **MENU))
    assert desk.post(f"/desk/notices/{notice.pk}/reading/").status_code == 404


def test_the_menu_names_no_hidden_customer(desk_of, support, ticket):
    dan = make_staff("Dan", support, sees_customers=False)
    watch_ticket(ticket, by=dan)
    lifecycle.assign_ticket(ticket, to=dan)
    make_message(ticket, "Any news?")
    page = words_of(desk_of(dan).get("/desk/notices/newest/", **MENU))

    assert "wrote in “The grinder rattles”" in page
    assert "Kasia" not in page


def test_all_are_marked_from_the_menu(desk, given, alice):
    page = words_of(desk.post("/desk/notices/reading/", **MENU))

    assert "bell-unread" not in page
    assert notice_of(alice).read_at is not None


def test_news_are_narrowed_to_a_kind_and_pages_stay_in_it(desk, alice, support, monkeypatch):
    monkeypatch.setattr("backoffice.notices.views.PAGE_SIZE", 2)
    bea = make_staff("Bea", support)
    for number in range(3):
        ticket = lifecycle.assign_ticket(make_ticket(f"Ticket {number}", department=support), to=bea)
        lifecycle.add_note(ticket, text="Alice, look.", by=bea, mention=[alice])
    own = lifecycle.assign_ticket(make_ticket("Mine alone", department=support), to=alice)
    watch_ticket(ticket, by=alice)
    make_message(ticket, "Between us.", by=bea, note=True)

    page = desk.get("/desk/notices/?about=mentions")
    assert words_of(page).count("mentioned you in") == 2
    assert page.context["page"].next_url.startswith("?about=mentions&")
    assert "Mine alone" in words_of(desk.get("/desk/notices/?about=mine"))
    assert "Note added" in words_of(desk.get("/desk/notices/?about=watched"))
    desk.get(f"/desk/tickets/{own.number}/")
    assert "Mine alone" not in words_of(desk.get("/desk/notices/?about=unread"))
    assert desk.get("/desk/notices/?about=nonsense").status_code == 200


def test_every_page_of_the_desk_has_the_bell_in_rail_and_phone_bar(desk):
    page = words_of(desk.get("/desk/"))

    assert page.count('src="/desk/notices/newest/"') == 2


def test_choices_are_read_back_as_they_were_made(desk, alice):
    page = words_of(desk.get("/desk/notices/choices/"))
    assert 'name="customer.mail" value="1" checked' in page
    assert 'name="watched.mail" value="1">' in page
    assert 'name="exported.mail"' not in page

    desk.post(
        "/desk/notices/choices/", {"given.in_app": "1", "watched.mail": "1", "exported.mail": "1", "watch": "answered", "start": "day"}
    )

    row = NoticeChoice.objects.get(user=alice)
    assert row.ways["customer.mail"] is False
    assert row.ways["watched.mail"] is True
    assert "exported.mail" not in row.ways
    assert row.watches == ["answered"]
    assert fresh(alice).start_page == "day"
    page = words_of(desk.get("/desk/notices/choices/"))
    assert 'name="customer.mail" value="1">' in page
    assert 'name="watched.mail" value="1" checked' in page


def test_without_a_gateway_no_sms_is_offered_and_the_choice_of_before_stays(desk, alice, monkeypatch):
    desk.post("/desk/notices/choices/", {"given.sms": "1"})
    monkeypatch.setattr("backoffice.notices.choosing.sends_sms", lambda: False)

    assert "given.sms" not in words_of(desk.get("/desk/notices/choices/"))
    desk.post("/desk/notices/choices/", {"given.in_app": "1"})
    assert NoticeChoice.objects.get(user=alice).ways["given.sms"] is True


def test_a_choice_is_ones_own(desk, alice, bob):
    desk.post("/desk/notices/choices/", {"start": "day", "user": str(bob.pk)})

    assert fresh(bob).start_page == "inbox"
    assert not NoticeChoice.objects.filter(user=bob).exists()
