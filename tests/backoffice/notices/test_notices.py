"""The bell, and what an installation without a mail server has sent."""

import pytest

from notifications.mail_folder import write_file
from notifications.models import Delivery
from permissions.rights import DepartmentRight, StoreRight
from permissions.services import grant, withdraw
from tests.make import make_message, make_staff, make_store
from tickets.services import lifecycle

pytestmark = pytest.mark.django_db


def words_of(response):
    return response.content.decode().replace("\u2068", "").replace("\u2069", "")


def test_a_ticket_given_to_someone_stands_in_their_bell(desk_of, alice, support, ticket):
    bea = make_staff("Bea Stone", support)
    lifecycle.assign_ticket(ticket, to=bea, by=alice)

    page = words_of(desk_of(bea).get("/desk/notices/"))

    assert "Alice Warren gave you “The grinder rattles”" in page
    assert "gave you" not in words_of(desk_of(alice).get("/desk/notices/"))


def test_all_news_are_read_by_one_button(desk, alice, ticket):
    lifecycle.assign_ticket(ticket, to=alice)
    assert Delivery.objects.notices_of(alice).unread().exists()

    desk.post("/desk/notices/reading/")

    assert not Delivery.objects.notices_of(alice).unread().exists()


def test_opening_the_ticket_reads_its_news(desk, alice, ticket):
    lifecycle.assign_ticket(ticket, to=alice)
    make_message(ticket, "Any news?")

    desk.get(f"/desk/tickets/{ticket.number}/")

    assert not Delivery.objects.notices_of(alice).unread().exists()


def test_news_of_tickets_out_of_sight_are_gone(desk, alice, support, ticket):
    lifecycle.assign_ticket(ticket, to=alice)
    withdraw(alice, DepartmentRight.VIEW, support)

    assert ticket.subject not in words_of(desk.get("/desk/notices/"))


def test_without_customer_data_news_name_no_customer(desk_of, support, ticket):
    dan = make_staff("Dan", support, sees_customers=False)
    lifecycle.assign_ticket(ticket, to=dan)
    make_message(ticket, "Any news?")

    page = words_of(desk_of(dan).get("/desk/notices/"))

    assert "wrote in “The grinder rattles”" in page
    assert "Kasia" not in page


@pytest.fixture
def kept(settings, tmp_path):
    """An installation without servers, with one mail and one SMS in its folders."""
    settings.EMAIL_BACKEND, settings.SMS_GATEWAY = "notifications.mail_folder.FolderBackend", "folder"
    settings.MAIL_FOLDER, settings.SMS_FOLDER = tmp_path / "mail", tmp_path / "sms"
    write_file(settings.MAIL_FOLDER, ".eml", b"To: kasia@mail.example\r\nSubject: Hello\r\n\r\nYour code is 123456 <b>\r\n")
    write_file(settings.SMS_FOLDER, ".txt", b"To: +48601220214\n\nYour parcel left.")
    return settings


def test_those_who_change_settings_see_what_was_sent(desk, alice, store, kept):
    grant(alice, StoreRight.CHANGE_SETTINGS, store)
    grant(alice, StoreRight.GRANT_RIGHTS, store)

    page = words_of(desk.get("/desk/outbox/"))

    assert "Your code is 123456 &lt;b&gt;" in page
    assert "Your parcel left." in page


def test_for_others_there_is_no_such_page(desk, kept):
    assert desk.get("/desk/outbox/").status_code == 404


def test_with_servers_of_its_own_there_is_no_such_page(desk, alice, store, settings):
    grant(alice, StoreRight.CHANGE_SETTINGS, store)
    grant(alice, StoreRight.GRANT_RIGHTS, store)
    settings.EMAIL_BACKEND, settings.SMS_GATEWAY = "django.core.mail.backends.smtp.EmailBackend", "kavenegar"

    assert desk.get("/desk/outbox/").status_code == 404


def test_who_gives_rights_in_one_of_two_stores_reads_no_codes_of_the_other_one(desk, alice, store, kept):
    other = make_store()
    for right in (StoreRight.VIEW_CUSTOMERS, StoreRight.CHANGE_SETTINGS, StoreRight.GRANT_RIGHTS):
        grant(alice, right, store)
    grant(alice, StoreRight.VIEW_CUSTOMERS, other)
    assert desk.get("/desk/outbox/").status_code == 404

    grant(alice, StoreRight.CHANGE_SETTINGS, other)
    assert desk.get("/desk/outbox/").status_code == 404

    grant(alice, StoreRight.GRANT_RIGHTS, other)
    assert desk.get("/desk/outbox/").status_code == 200
