"""Deleting asks once, the list of deleted tickets knows its reader, and what was deleted is nowhere else."""

import pytest
from django.test import Client
from django.urls import reverse

from audit.models import AuditLine
from common.uploads import UploadLimits, check_uploads
from permissions.rights import RoleKey, StatusRight, WorkflowRight
from permissions.services import grant, withdraw
from surveys.models import Survey
from surveys.services import token_for as survey_token
from tests.make import fresh, make_customer, make_staff, make_ticket
from tests.portal.pictures import photo
from tickets.choices import ShareRight
from tickets.links import token_for
from tickets.models import Attachment
from tickets.services.deleting import delete_ticket
from tickets.services.lifecycle import add_note, close_ticket, open_ticket
from tickets.services.sharing import share_ticket

pytestmark = pytest.mark.django_db
LIST = "/desk/tickets/deleted/"


@pytest.fixture
def dan(support):
    """A senior, who may merge and delete."""
    return make_staff("Dan", support, role=RoleKey.SENIOR)


@pytest.fixture
def browser(desk_of, dan):
    return desk_of(dan)


def address(ticket, deed="deletion"):
    return f"/desk/tickets/{ticket.number}/{deed}/"


def test_deleting_asks_once_then_does_it_and_can_be_undone(browser, ticket, dan):
    page = browser.get(address(ticket))
    assert page.status_code == 200 and not fresh(ticket).is_deleted

    assert browser.post(address(ticket), {"reason": "Sent twice"}).status_code == 302
    assert browser.post(address(ticket), {"reason": "Sent twice"}).status_code == 302  # a double click

    assert fresh(ticket).is_deleted
    assert AuditLine.objects.get(deed="ticket_deleted").reason == "Sent twice"
    listed = browser.get(LIST).content.decode()
    assert ticket.number in listed and "deleted by \u2068Dan\u2069" in listed

    assert browser.post(address(ticket, "restoration")).url == f"/desk/tickets/{ticket.number}/"
    assert not fresh(ticket).is_deleted
    assert browser.post(address(ticket, "restoration")).status_code == 404


def test_too_long_a_reason_comes_back(browser, ticket):
    response = browser.post(address(ticket), {"reason": "x" * 301})

    assert response.status_code == 422 and "x" * 301 in response.content.decode()
    assert not fresh(ticket).is_deleted


def code(client, place):
    """How an address answers. A file is read to its end, so that it is closed."""
    response = client.get(place)
    if response.streaming:
        b"".join(response.streaming_content)
    return response.status_code


@pytest.fixture(params=["account", "link"])
def kettle(request, support, kasia, alice):
    """A closed ticket with a picture: (ticket, the browser of its customer, every address that shows something of it to each browser)."""
    customer = kasia if request.param == "account" else make_customer("Marta", account=False, email="marta@mail.example")
    files = check_uploads([photo()], UploadLimits())
    store = support.stores.get()
    ticket = open_ticket(store=store, department=support, customer=customer, subject="Dented kettle", text="Look.", files=files)
    close_ticket(ticket, by=alice)
    own, file, link = Client(), Attachment.objects.get(message__ticket=ticket).pk, f"/t/{token_for(ticket)}/"
    theirs = [link, f"{link}sent/", f"{link}files/{file}/", f"{link}files/{file}/thumbnail/"]
    theirs.append(f"/survey/{survey_token(Survey.objects.get(ticket=ticket))}/")
    files = [f"/files/{file}/label.png", reverse("thumbnail", args=[file])]
    if customer.user:
        own.force_login(customer.user)
        theirs += [*files, f"/tickets/{ticket.number}/", f"/tickets/{ticket.number}/sent/"]
    ours = [*files, *(f"/desk/tickets/{ticket.number}/{part}" for part in ("", "answers/", "assignment/", "merge/", "deletion/"))]
    return ticket, own, theirs, ours


def test_a_deleted_ticket_is_nowhere(browser, desk, kettle, dan):
    """Pages, files, small pictures, links and the survey: for staff, for its customer, and for whoever holds a link."""
    ticket, own, theirs, ours = kettle
    asked = [(own, place) for place in theirs] + [(browser, place) for place in ours]
    assert 404 not in [code(client, place) for client, place in asked]

    delete_ticket(ticket, by=dan)

    assert {place: code(client, place) for client, place in asked} == {place: 404 for _client, place in asked}
    for place in ("/desk/?view=all", "/desk/?view=closed", "/desk/?q=kettle", f"/desk/customers/{ticket.customer_id}/", "/desk/notices/"):
        assert "Dented kettle" not in desk.get(place).content.decode()
    for place in ("/", "/tickets/") if ticket.customer.user else ("/",):
        assert "Dented kettle" not in own.get(place).content.decode()


def test_the_list_shows_what_one_would_see_and_may_delete(browser, desk_of, ticket, sales, support, kasia, dan):
    theirs = make_ticket("Discount", department=sales, customer=kasia)
    for each in (ticket, theirs):
        delete_ticket(each, by=dan)
    watcher = make_staff("Watcher", support, role=RoleKey.OBSERVER)

    page = browser.get(LIST).content.decode()
    assert ticket.number in page and "Discount" not in page
    assert browser.post(address(theirs, "restoration")).status_code == 404
    assert desk_of(watcher).get(LIST).status_code == 403
    assert desk_of(watcher).post(address(ticket, "restoration")).status_code == 404
    assert fresh(ticket).is_deleted and fresh(theirs).is_deleted


def test_a_status_or_a_share_that_shows_nothing_shows_nothing_deleted_either(browser, ticket, dan, alice, support, sales, kasia):
    shared = make_ticket("Discount", department=sales, customer=kasia)
    share_ticket(shared, user=dan, right=ShareRight.NOTE, by=alice)
    for each in (ticket, shared):
        delete_ticket(each, by=alice)
    withdraw(dan, WorkflowRight.VIEW_ALL, support.workflow)
    assert ticket.number not in browser.get(LIST).content.decode()
    grant(dan, StatusRight.VIEW, ticket.status)

    page = browser.get(LIST).content.decode()

    assert ticket.number in page and "Discount" not in page


def test_who_may_not_delete_is_refused(desk, ticket, alice):
    assert desk.get(address(ticket)).status_code == desk.post(address(ticket)).status_code == 403
    page = desk.get(f"/desk/tickets/{ticket.number}/").content.decode()
    assert "/deletion/" not in page and LIST not in page
    add_note(ticket, text="Still here.", by=alice)


def test_without_customer_data_the_list_names_nobody(desk_of, support, ticket):
    erin = make_staff("Erin", support, role=RoleKey.SENIOR, sees_customers=False)
    withdraw(erin, "view_customers", support.stores.get())
    delete_ticket(ticket, by=erin)

    page = desk_of(erin).get(LIST).content.decode()

    assert ticket.number in page and "Kasia" not in page
