"""The desk with a colleague's eyes: announced, logged, and nothing changes."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.core.files.base import ContentFile
from django.urls import get_resolver, reverse
from django.utils import timezone

from audit.choices import Deed
from audit.models import AuditLine
from common.uploads import CheckedFile
from customers.models import Customer
from notifications.models import Delivery
from permissions.rights import RoleKey, StoreRight
from permissions.services import grant, grant_role, withdraw
from permissions.viewing import SESSION_KEY
from tests.make import fresh, make_message, make_staff, make_ticket
from tickets.models import ReadMark
from tickets.services.lifecycle import assign_ticket
from tickets.services.sharing import share_ticket
from tickets.services.writing import attach

BAND = "band-viewing"


@pytest.fixture
def looking(browser_of, viewer, dan):
    """Vera looks as Dan."""
    browser = browser_of(viewer)
    assert browser.post(f"/control/people/{dan.pk}/view/").status_code == 302
    return browser


def deeds():
    return list(
        AuditLine.objects.filter(deed__in=[Deed.VIEW_AS_BEGAN, Deed.VIEW_AS_ENDED]).order_by("pk").values_list("deed", "actor__name")
    )


def test_the_viewer_sees_what_the_colleague_sees_under_a_band_and_it_is_logged(looking, support):
    ticket = make_ticket("The grinder rattles", department=support)

    page = looking.get(f"/desk/tickets/{ticket.number}/").content.decode()
    assert "The grinder rattles" in page and BAND in page

    looking.post("/control/people/viewing/end/")
    assert looking.get(f"/desk/tickets/{ticket.number}/").status_code == 404
    assert deeds() == [("view_as_began", "Vera Long"), ("view_as_ended", "Vera Long")]


def test_nothing_can_be_changed_meanwhile(looking, dan, support):
    ticket = make_ticket(department=support)
    before = fresh(ticket).version

    for address in (f"/desk/tickets/{ticket.number}/replies/", f"/desk/tickets/{ticket.number}/closure/", "/desk/notices/reading/"):
        answer = looking.post(address, {"text": "Hello", "mode": "reply"})
        assert answer.status_code == 403
        assert "Nothing can be changed" in answer.content.decode() and "/control/people/viewing/end/" in answer.content.decode()

    assert fresh(ticket).version == before
    assert ticket.messages.count() == 1


def test_looking_reads_nothing_in_the_colleagues_name_and_leaves_no_cookie(looking, dan, support, owner):
    ticket = assign_ticket(make_ticket(department=support), to=dan, by=owner)
    make_message(ticket, "Any news?")
    unread = Delivery.objects.filter(user=dan, channel="in_app", read_at=None).count()
    assert unread

    looking.get(f"/desk/tickets/{ticket.number}/")
    answer = looking.get("/desk/?view=open&density=dense")

    assert not ReadMark.objects.filter(user=dan).exists()
    assert Delivery.objects.filter(user=dan, channel="in_app", read_at=None).count() == unread
    assert set(answer.cookies) <= {"csrf", "messages", "session"}


def test_the_right_taken_away_ends_it_with_the_next_request(looking, viewer, store, support):
    ticket = make_ticket(department=support)
    withdraw(viewer, StoreRight.VIEW_AS, store)

    assert looking.get(f"/desk/tickets/{ticket.number}/").status_code == 404
    assert BAND not in looking.get("/desk/").content.decode()
    assert deeds()[-1][0] == "view_as_ended"


def test_a_form_of_a_page_drawn_for_the_colleague_does_nothing_when_it_has_just_ended(looking, viewer, store, support):
    grant_role(viewer, support, RoleKey.SUPPORTER)
    ticket = make_ticket(department=support)
    withdraw(viewer, StoreRight.VIEW_AS, store)

    assert looking.post(f"/desk/tickets/{ticket.number}/closure/").status_code == 403
    assert not fresh(ticket).is_closed


def test_it_ends_by_the_clock_and_with_signing_out(looking, viewer, dan, browser_of):
    session = looking.session
    session[SESSION_KEY] = session[SESSION_KEY] | {"since": (timezone.now() - timedelta(minutes=31)).isoformat()}
    session.save()
    assert BAND not in looking.get("/desk/").content.decode()

    looking.post(f"/control/people/{dan.pk}/view/")
    looking.post("/account/logout/")
    assert [deed for deed, _actor in deeds()] == ["view_as_began", "view_as_ended"] * 2


@pytest.mark.parametrize(
    "state",
    [
        lambda dan: {"person": dan.pk, "since": timezone.now().isoformat()},
        lambda dan: {"person": dan.pk, "since": (timezone.now() + timedelta(days=9)).isoformat()},
        lambda dan: {"person": "x", "since": "never"},
        lambda dan: {"person": dan.pk, "since": "2026-01-01T00:00:00"},
        lambda dan: ["dan"],
        lambda dan: None,
    ],
)
def test_a_session_that_says_so_is_not_enough(browser_of, alice, dan, state):
    """Alice holds no right to view as anybody, whatever stands in her session."""
    browser = browser_of(alice)
    session = browser.session
    session[SESSION_KEY] = state(dan)
    session.save()

    answer = browser.get("/desk/")

    assert answer.status_code == 200 and BAND not in answer.content.decode()
    assert answer.wsgi_request.user == alice


def test_who_holds_no_right_to_it_finds_no_such_address_and_no_button(browser_of, alice, dan, kasia, as_owner, olga):
    for person in (alice, kasia.user, olga):
        assert browser_of(person).post(f"/control/people/{dan.pk}/view/").status_code == 404
    assert f"/control/people/{dan.pk}/view/" in as_owner.get(f"/control/people/{dan.pk}/").content.decode()


def test_not_through_eyes_that_see_another_store(browser_of, viewer, dan, repairs):
    grant_role(dan, repairs, RoleKey.OBSERVER)

    assert browser_of(viewer).post(f"/control/people/{dan.pk}/view/").status_code == 403


def test_nor_through_eyes_to_which_a_ticket_of_another_store_was_shared(looking, browser_of, viewer, dan, repairs):
    owner = make_staff("Olga", repairs, role=RoleKey.OWNER)
    ticket = make_ticket("Secret of Repairs", department=repairs)
    share_ticket(ticket, user=dan, right="see", by=owner)

    assert looking.get(f"/desk/tickets/{ticket.number}/").status_code == 404
    assert browser_of(viewer).post(f"/control/people/{dan.pk}/view/").status_code == 403


def test_nor_through_ones_own_nor_ended_nor_customers_eyes(browser_of, viewer, kasia):
    gone = make_staff("Gone", is_active=False)
    browser = browser_of(viewer)

    assert browser.post(f"/control/people/{viewer.pk}/view/").status_code == 403
    assert browser.post(f"/control/people/{gone.pk}/view/").status_code == 403
    assert browser.post(f"/control/people/{kasia.user.pk}/view/").status_code == 404
    assert browser.get(f"/control/people/{gone.pk}/view/").status_code == 405


def test_the_sent_codes_of_everybody_are_not_read_with_an_owners_eyes(browser_of, viewer, owner, settings, tmp_path):
    settings.MAIL_FOLDER, settings.SMS_GATEWAY = tmp_path, "folder"
    assert browser_of(owner).get("/desk/outbox/").status_code == 200
    browser = browser_of(viewer)
    browser.post(f"/control/people/{owner.pk}/view/")

    assert browser.get("/desk/").wsgi_request.user == owner
    assert browser.get("/desk/outbox/").status_code == 404


def test_outside_the_desk_one_stays_oneself(looking, viewer, owner, dan):
    assert looking.get(reverse("portal:profile")).wsgi_request.user == viewer

    looking.post(f"/control/people/{owner.pk}/view/")
    assert looking.get("/control/").status_code == 404
    assert looking.get("/control/people/").status_code == 404


def test_viewing_as_somebody_else_ends_the_first(looking, alice):
    looking.post(f"/control/people/{alice.pk}/view/")

    assert [deed for deed, _actor in deeds()] == ["view_as_began", "view_as_ended", "view_as_began"]
    assert looking.get("/desk/").wsgi_request.user == alice


def test_no_address_of_the_desk_leaves_anything_behind_however_it_is_looked_at(looking, dan, support, owner):
    """Also those that will be added: whatever can be opened without an argument, or with a ticket's number."""
    ticket = assign_ticket(make_ticket(department=support), to=dan, by=owner)
    make_message(ticket, "Any news?")
    before = row_counts(), list(Delivery.objects.values_list("pk", "read_at")), fresh(ticket).version

    seen = [looking.get(address).status_code for address in addresses_of_the_desk(ticket)]

    assert seen.count(200) >= 5
    assert (row_counts(), list(Delivery.objects.values_list("pk", "read_at")), fresh(ticket).version) == before
    assert not AuditLine.objects.filter(actor=dan).exists()  # a refusal is the viewer's


def addresses_of_the_desk(ticket):
    for pattern in get_resolver().url_patterns:
        if getattr(pattern, "namespace", "") != "backoffice":
            continue
        parts = (one for part in pattern.url_patterns for one in getattr(part, "url_patterns", [part]))
        for name, arguments in ((one.name, one.pattern.converters) for one in parts):
            if set(arguments) <= {"number"}:
                yield reverse(f"backoffice:{name}", args=[ticket.number] * len(arguments))


def row_counts():
    models = [model for model in apps.get_models() if model._meta.app_label not in {"sessions", "audit"}]
    return {model._meta.label: model._default_manager.count() for model in models}


def test_the_button_stands_on_the_page_of_rights_and_the_desk_leads_to_emergency_access(as_owner, owner, dan, browser_of, store):
    button = f'action="/control/people/{dan.pk}/view/"'
    assert button in as_owner.get(f"/control/rights/people/{dan.pk}/").content.decode()

    withdraw(owner, StoreRight.VIEW_AS, store)
    assert button not in as_owner.get(f"/control/rights/people/{dan.pk}/").content.decode()

    mina = make_staff("Mina Rad", sees_customers=False)
    assert "/control/emergency/" not in browser_of(mina).get("/desk/").content.decode()
    grant(mina, StoreRight.TAKE_EMERGENCY, store)
    assert browser_of(mina).get("/desk/").content.decode().count('href="/control/emergency/"') == 2


def test_what_the_colleague_asked_as_a_customer_stays_theirs(looking, browser_of, dan, sales, support):
    """Dan bought a grinder himself. His eyes on the desk are not his eyes in the portal."""
    himself = Customer.objects.create(user=dan, name="Dan Mazur")
    asked_elsewhere = make_ticket(department=sales, customer=himself)
    asked_here = make_ticket(department=support, customer=himself)
    files = [file_on(ticket, name="dan-mazur-passport.txt") for ticket in (asked_elsewhere, asked_here)]
    own = browser_of(dan)

    assert [asked_for(own, file) for file in files] == [(200, True), (200, True)]
    assert [asked_for(looking, file) for file in files] == [(404, False), (200, False)]


def asked_for(browser, file):
    """(status, whether its name was told)"""
    response = browser.get(f"/files/{file.pk}/x")
    response.getvalue()
    return response.status_code, "mazur" in response.headers.get("Content-Disposition", "")


def file_on(ticket, name):
    return attach(ticket.messages.first(), CheckedFile(name=name, content_type="text/plain", size=5, content=ContentFile(b"words")))
