"""A right that was taken away is gone everywhere from the next request on: in open pages, their menus and forms, files, and what waits to be sent."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.test import Client
from django.utils import timezone

from common.uploads import CheckedFile
from notifications import engine
from notifications.choices import Channel, Reason, State
from notifications.models import Delivery
from permissions.models import ROWS
from permissions.rights import DepartmentRight, RoleKey, StatusRight, StoreRight, WorkflowRight
from permissions.services import grant, grant_role, withdraw
from permissions.viewing import SESSION_KEY
from tests.make import fresh, make_department, make_message, make_staff, make_store, make_ticket
from tests.notifications.sending import make_due
from tickets.models import ReadMark
from tickets.services.lifecycle import assign_ticket
from tickets.services.sharing import share_ticket
from tickets.services.writing import attach

pytestmark = pytest.mark.django_db
MENU_PART = {"x-requested-with": "menu-part"}
FORMS = {
    "replies": {"text": "Hello.", "mode": "reply"},
    "notes": {"text": "Hello.", "mode": "note"},
    "assignment": {"assignee": "me"},
    "priority": {"priority": 4},
    "closure": {},
    "reopening": {},
}


@pytest.fixture
def ticket(support):
    return make_ticket(department=support)


def take_view(alice, support):
    withdraw(alice, DepartmentRight.VIEW, support)


def take_status(alice, support):
    withdraw(alice, WorkflowRight.VIEW_ALL, support.workflow)


def end_of_time(alice, support):
    ROWS["department"][0].objects.filter(user=alice).update(ends_at=timezone.now() - timedelta(seconds=1))


def end_account(alice, support):
    alice.is_active = False
    alice.save()


def no_staff_any_more(alice, support):
    alice.is_staff = False
    alice.save()


WAYS = [take_view, take_status, end_of_time, end_account, no_staff_any_more]


@pytest.mark.parametrize("take", WAYS)
def test_an_open_page_its_forms_menus_and_files_are_closed(ticket, support, alice, browser_of, take):
    browser, page = browser_of(alice), f"/desk/tickets/{ticket.number}/"
    file = attach(ticket.messages.get(), CheckedFile(name="a.txt", content_type="text/plain", size=1, content=ContentFile(b"a")))
    form = browser.get(page).context["form"]
    assert browser.get(f"{page}assignment/", headers=MENU_PART).status_code == 200
    before = (ticket.messages.count(), ticket.events.count(), fresh(ticket).version)

    take(alice, support)

    closed = {302, 404}
    for deed, data in FORMS.items():
        kept = {name: form[name].value() or "" for name in ("version", "seen_event", "form_key")}
        assert browser.post(f"{page}{deed}/", kept | data).status_code in closed, deed
    for part in ("assignment/", "department/", "answers/", ""):
        assert browser.get(f"{page}{part}", headers=MENU_PART).status_code in closed, part
    for address in (f"/files/{file.pk}/a.txt", f"/files/{file.pk}/thumbnail"):
        assert browser.get(address).status_code in closed
    assert ticket.number not in browser.get("/desk/?view=all", follow=True).text
    assert (ticket.messages.count(), ticket.events.count(), fresh(ticket).version) == before


@pytest.mark.parametrize("take", WAYS)
def test_what_waits_to_be_sent_is_dropped_at_the_door(ticket, support, alice, take):
    assign_ticket(ticket, to=alice, by=make_staff("Olga", support, role=RoleKey.OWNER))
    make_message(ticket, "Are you there?")
    waiting = list(Delivery.objects.filter(user=alice, channel=Channel.MAIL))
    assert waiting

    take(alice, support)
    make_due(*waiting)
    for delivery in waiting:
        engine.deliver(delivery.pk)

    assert {(fresh(delivery).state, fresh(delivery).reason) for delivery in waiting} == {(State.DROPPED, Reason.NO_RIGHT)}


@pytest.mark.parametrize("take", WAYS)
def test_the_bell_and_the_counters_forget_it(ticket, support, alice, browser_of, take):
    assign_ticket(ticket, to=alice, by=make_staff("Olga", support, role=RoleKey.OWNER))
    assert Delivery.objects.notices_of(alice).count() == 1
    browser = browser_of(alice)

    take(alice, support)

    assert not Delivery.objects.notices_of(alice).exists()
    assert ticket.number not in browser.get("/desk/notices/", follow=True).text


def test_a_right_of_a_team_ends_when_one_leaves_it(ticket, support, browser_of):
    team, tom = Group.objects.create(name="Night shift"), make_staff("Tom")
    grant_role(team, support, RoleKey.SUPPORTER)
    tom.groups.add(team)
    browser, page = browser_of(tom), f"/desk/tickets/{ticket.number}/"
    assert browser.get(page).status_code == 200

    tom.groups.clear()

    assert browser.get(page).status_code == 404
    assert browser.post(f"{page}notes/", FORMS["notes"]).status_code == 404


def test_one_right_less_is_one_button_less(ticket, support, alice, browser_of):
    browser, page = browser_of(alice), f"/desk/tickets/{ticket.number}/"
    assert f"{page}replies/" in browser.get(page).text

    withdraw(alice, DepartmentRight.REPLY, support)

    assert f"{page}replies/" not in browser.get(page).text
    assert browser.post(f"{page}replies/", FORMS["replies"]).status_code == 403
    assert browser.get(f"{page}answers/", headers=MENU_PART).status_code == 403


# --- After signing out, and for other people --------------------------------------------------------------------


def test_menu_parts_ask_again_after_signing_out(ticket, alice, browser_of):
    browser, page = browser_of(alice), f"/desk/tickets/{ticket.number}/"
    kept = {name: morsel.value for name, morsel in browser.cookies.items()}
    browser.post("/account/logout/")

    thief = Client()
    for name, value in kept.items():  # the very cookies, copied before
        thief.cookies[name] = value
    for other in (browser, thief, Client()):
        for part in ("assignment/", "department/", "answers/", ""):
            response = other.get(f"{page}{part}", headers=MENU_PART)
            assert (response.status_code, response.url.split("?")[0]) == (302, "/account/login/")


@pytest.mark.parametrize("part", ["assignment/", "department/", "answers/"])
def test_menu_parts_are_asked_for_by_rights_not_by_a_header(ticket, bob, browser_of, part):
    for headers in (MENU_PART, {}, {"hx-request": "true"}, {"x-requested-with": "XMLHttpRequest"}):
        assert browser_of(bob).get(f"/desk/tickets/{ticket.number}/{part}", headers=headers).status_code == 404


def test_private_parts_are_not_kept_by_caches(ticket, alice, browser_of):
    for part in ("", "assignment/", "department/", "answers/"):
        response = browser_of(alice).get(f"/desk/tickets/{ticket.number}/{part}", headers=MENU_PART)
        assert "private" in response.headers["Cache-Control"] or "no-store" in response.headers["Cache-Control"]


# --- With a colleague's eyes ------------------------------------------------------------------------------------


@pytest.fixture
def viewing(store, support, sales, alice, browser_of):
    """Vera sees nothing herself, but may look as others do, and looks as alice does."""
    vera = make_staff("Vera", sees_customers=False)
    grant(vera, StoreRight.VIEW_AS, store)
    browser = browser_of(vera)
    session = browser.session
    session[SESSION_KEY] = {"person": alice.pk, "since": timezone.now().isoformat()}
    session.save()
    browser.person = vera
    return browser


def test_a_colleagues_eyes_see_and_touch_nothing(ticket, viewing, alice):
    page = f"/desk/tickets/{ticket.number}/"
    assert viewing.get(page).status_code == 200

    for deed, data in FORMS.items():
        assert viewing.post(f"{page}{deed}/", data).status_code == 403
        assert viewing.put(f"{page}{deed}/").status_code == 403
    assert viewing.post("/desk/notices/reading/").status_code == 403
    assert ticket.messages.count() == 1
    assert not fresh(ticket).assignee_id


def test_a_colleagues_eyes_leave_no_trace_of_reading(ticket, viewing, alice):
    make_message(ticket, "Hello?")
    viewing.get(f"/desk/tickets/{ticket.number}/")

    assert not ReadMark.objects.filter(user=alice).exists()
    assert not Delivery.objects.filter(user=alice, read_at__isnull=False).exists()


@pytest.mark.parametrize("take", WAYS)
def test_a_colleague_who_loses_a_right_loses_it_for_these_eyes_too(ticket, support, viewing, alice, take):
    page = f"/desk/tickets/{ticket.number}/"
    assert viewing.get(page).status_code == 200

    take(alice, support)

    assert viewing.get(page).status_code == 404


@pytest.mark.parametrize("how", ["right", "time", "account", "other store"])
def test_looking_ends_by_itself(ticket, store, viewing, alice, how):
    page, vera = f"/desk/tickets/{ticket.number}/", viewing.person
    assert viewing.get(page).status_code == 200
    if how == "right":
        withdraw(vera, StoreRight.VIEW_AS, store)
    elif how == "account":
        vera.is_active = False
        vera.save()
    elif how == "other store":
        grant(alice, DepartmentRight.VIEW, make_department("Elsewhere", store=make_store()))
    else:
        session = viewing.session
        session[SESSION_KEY] = session[SESSION_KEY] | {"since": (timezone.now() - timedelta(hours=1)).isoformat()}
        session.save()

    assert viewing.get(page).status_code in {302, 404}
    assert how == "account" or SESSION_KEY not in viewing.session


def test_eyes_open_neither_settings_nor_what_a_share_in_another_store_shows(store, viewing, alice, support):
    """Looking is for the desk. And whoever sees one ticket of a store that is not ours is not looked through."""
    grant(alice, StoreRight.CHANGE_SETTINGS, store)
    grant(alice, StoreRight.GRANT_RIGHTS, store)
    for address in ("/control/", "/control/faq/", "/desk/outbox/"):
        assert viewing.get(address).status_code == 404

    elsewhere = make_department("Elsewhere", store=make_store())
    foreign = make_ticket(department=elsewhere)
    share_ticket(foreign, user=alice, right="see", by=make_staff("Olga", elsewhere, role=RoleKey.OWNER))
    assert viewing.get(f"/desk/tickets/{foreign.number}/").status_code == 404


def test_a_status_seen_no_more_takes_its_tickets_out_of_open_lists(ticket, support, browser_of):
    paula = make_staff("Paula")
    grant(paula, DepartmentRight.VIEW, support)
    grant(paula, StatusRight.VIEW, ticket.status)
    browser = browser_of(paula)
    assert browser.get("/desk/?view=all").context["page"].rows == [ticket]

    make_message(ticket, "Which one?", by=make_staff("Alice", support))  # it moves on to a status that paula does not see

    assert browser.get("/desk/?view=all").context["page"].rows == []
    assert browser.get(f"/desk/tickets/{ticket.number}/").status_code == 404
