"""Sharing one ticket with one person, and what that person finds on the desk."""

from datetime import timedelta

import pytest
from django.utils import timezone, translation

from common.moments import format_moment
from permissions.rights import StoreRight
from permissions.services import grant
from tests.make import make_staff, make_ticket
from tickets.choices import Kind, MessageKind, ShareRight
from tickets.models import TicketShare
from tickets.services.lifecycle import close_ticket
from tickets.services.sharing import share_ticket

pytestmark = pytest.mark.django_db


@pytest.fixture
def olga(support):
    return make_staff("Olga Nowicka", support, role="owner")


@pytest.fixture
def rita(store):
    """A colleague without any right."""
    return make_staff("Rita Bell", sees_customers=False)


def page_of_shares(ticket):
    return f"/desk/tickets/{ticket.number}/shares/"


def a_day(days):
    return (timezone.now() + timedelta(days=days)).date().isoformat()


def test_a_ticket_is_shared_until_a_day_and_both_read_until_when(desk_of, olga, rita, ticket):
    given = {"user": rita.pk, "right": "see", "until": a_day(3)}

    answer = desk_of(olga).post(page_of_shares(ticket), given, follow=True)

    share = TicketShare.objects.get()
    assert answer.redirect_chain == [(page_of_shares(ticket), 302)]
    assert "The ticket is shared with \u2068Rita Bell\u2069." in answer.content.decode()
    assert (share.user, share.right, share.shared_by) == (rita, ShareRight.SEE, olga)
    assert timedelta(days=2) < share.ends_at - timezone.now() < timedelta(days=4)
    assert "Shared with you by \u2068Olga Nowicka\u2069 until" in desk_of(rita).get(f"/desk/tickets/{ticket.number}/").content.decode()
    history = desk_of(olga).get(f"/desk/tickets/{ticket.number}/").content.decode()
    assert "You: shared the ticket with \u2068Rita Bell\u2069 to see, until" in history


def test_a_jalali_day_and_persian_digits_will_do(desk_of, olga, rita, ticket):
    olga.language, olga.calendar = "fa", "jalali"
    olga.save()
    day = (timezone.now() + timedelta(days=5)).date()
    with translation.override("fa"):
        typed = format_moment(day, "day_numeric")
    assert not typed.isascii()

    desk_of(olga).post(page_of_shares(ticket), {"user": rita.pk, "right": "note", "until": typed})

    assert timedelta(days=4) < TicketShare.objects.get().ends_at - timezone.now() < timedelta(days=6)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"until": "2020-01-01"}, "The earliest day that can be chosen is"),
        ({"until": "2999-01-01"}, "The latest day that can be chosen is"),
        ({"until": "soon"}, 'id="id_until_error"'),
        ({"right": "everything"}, "Select a valid choice"),
        ({"user": "x"}, "This person sees the ticket already, or is not an active colleague."),
        ({"user": ""}, 'id="id_user_error"'),
    ],
)
def test_a_mistake_is_told_beside_its_field_and_the_rest_is_kept(desk_of, olga, rita, ticket, given, words):
    answer = desk_of(olga).post(page_of_shares(ticket), {"user": rita.pk, "right": "note", "until": "", **given})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert words in page
    assert 'value="note"' in page
    if "user" not in given:
        assert f'value="{rita.pk}" selected' in page
    assert not TicketShare.objects.exists()


def test_only_colleagues_who_do_not_see_it_by_right_are_offered(desk_of, olga, alice, bob, rita, kasia, ticket):
    gone = make_staff("Gone Girl", is_active=False)

    offered = desk_of(olga).get(page_of_shares(ticket)).context["form"].fields["user"].queryset

    assert set(offered) == {bob, rita}
    for person in (alice, olga, gone, kasia.user):
        answer = desk_of(olga).post(page_of_shares(ticket), {"user": person.pk, "right": "see"})
        assert answer.status_code == 422
    assert not TicketShare.objects.exists()


def test_sharing_needs_its_right_and_the_page_exists_for_nobody_else(desk, desk_of, alice, bob, rita, olga, ticket, store):
    share = share_ticket(ticket, user=rita, right=ShareRight.SEE, by=olga)
    for address in (page_of_shares(ticket), f"{page_of_shares(ticket)}{share.pk}/end/"):
        assert desk.post(address, {"user": bob.pk, "right": "see"}).status_code == 403
        assert desk_of(bob).post(address).status_code == 404
    assert page_of_shares(ticket) not in desk.get(f"/desk/tickets/{ticket.number}/").content.decode()
    grant(rita, StoreRight.SHARE, store)
    assert desk_of(rita).post(page_of_shares(ticket), {"user": bob.pk, "right": "see"}).status_code == 403
    assert TicketShare.objects.count() == 1

    grant(alice, StoreRight.SHARE, store)
    assert page_of_shares(ticket) in desk.get(f"/desk/tickets/{ticket.number}/").content.decode()


def test_a_shared_ticket_is_taken_back_and_gone_at_once(desk_of, olga, rita, ticket):
    share = share_ticket(ticket, user=rita, right=ShareRight.SEE, by=olga)
    owner, guest = desk_of(olga), desk_of(rita)
    assert guest.get(f"/desk/tickets/{ticket.number}/").status_code == 200

    answer = owner.post(f"{page_of_shares(ticket)}{share.pk}/end/", follow=True)

    assert "no longer shared with \u2068Rita Bell\u2069" in answer.content.decode()
    assert guest.get(f"/desk/tickets/{ticket.number}/").status_code == 404
    assert ticket.events.latest("pk").kind == Kind.UNSHARED
    assert owner.post(f"{page_of_shares(ticket)}{share.pk}/end/").status_code == 404


def test_a_share_of_another_ticket_is_not_ended_here(desk_of, olga, rita, ticket, support):
    other = make_ticket("Another", department=support)
    share = share_ticket(other, user=rita, right=ShareRight.SEE, by=olga)

    assert desk_of(olga).post(f"{page_of_shares(ticket)}{share.pk}/end/").status_code == 404
    assert TicketShare.objects.filter(pk=share.pk).exists()


def test_who_has_only_a_shared_ticket_has_an_inbox_with_it_and_counters_that_agree(desk_of, olga, rita, ticket, support):
    make_ticket("Not shared", department=support)
    browser = desk_of(rita)
    assert "You have not been given any department yet" in browser.get("/desk/").content.decode()
    share_ticket(ticket, user=rita, right=ShareRight.SEE, by=olga)

    inbox = browser.get("/desk/")

    assert inbox.context["choice"].view == "shared"
    counts = browser.get("/desk/counts/").json()["numbers"]
    for view, number in {"shared": 1, "open": 1, "unread": 1, "unassigned": 1, "mine": 0}.items():
        assert counts[view] == (str(number) if number else "")
        assert [row.number for row in browser.get(f"/desk/?view={view}").context["page"].rows] == [ticket.number] * number
    close_ticket(ticket, by=olga)
    assert [row.number for row in browser.get("/desk/").context["page"].rows] == [ticket.number]
    assert browser.get("/desk/counts/").json()["numbers"]["shared"] == "1"


def test_a_share_opens_the_page_and_no_deed_and_one_for_notes_opens_notes(desk_of, olga, rita, ticket):
    share_ticket(ticket, user=rita, right=ShareRight.SEE, by=olga)
    browser, address = desk_of(rita), f"/desk/tickets/{ticket.number}/"
    deeds = ["replies", "notes", "assignment", "status", "priority", "department", "closure", "reopening", "shares"]
    assert [browser.post(f"{address}{deed}/", {"text": "Hello"}).status_code for deed in deeds] == [403] * len(deeds)
    assert 'id="composer"' not in browser.get(address).content.decode()

    share_ticket(ticket, user=rita, right=ShareRight.NOTE, by=olga)
    assert browser.post(f"{address}notes/", {"text": "Look at the hinge.", "mode": "note"}).status_code == 302
    assert ticket.messages.get(kind=MessageKind.NOTE).author == rita
    assert browser.post(f"{address}replies/", {"text": "Hello"}).status_code == 403


def test_the_list_of_shares_names_running_ones_only(desk_of, olga, rita, bob, ticket):
    share_ticket(ticket, user=rita, right=ShareRight.NOTE, by=olga)
    share_ticket(ticket, user=bob, right=ShareRight.SEE, by=olga)
    TicketShare.objects.filter(user=bob).update(ends_at=timezone.now() - timedelta(minutes=1))

    page = desk_of(olga).get(page_of_shares(ticket))

    assert [share.user for share in page.context["shares"]] == [rita]
    assert "until it is taken back" in page.content.decode()
