"""Markup in everything people and owners name: on every page it is read as words, never as markup."""

from html.parser import HTMLParser

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from i18nfield.strings import LazyI18nString

from common.uploads import CheckedFile, clean_file_name
from customers.services import add_customer_note
from faq.models import FaqEntry
from faq.services import write_entry
from permissions.rights import StoreRight
from permissions.services import grant
from surveys.models import Survey
from surveys.services import token_for as survey_token
from tests.make import make_customer, make_department, make_message, make_staff, make_store, make_ticket
from tickets.links import token_for
from tickets.models import ReplyTemplate
from tickets.services.lifecycle import assign_ticket, close_ticket
from tickets.services.writing import attach

pytestmark = pytest.mark.django_db

XSS = """'"><img src=x onerror=alert(1)><script>alert(1)</script>{{ 7|add:7 }}</title></textarea>"""
LINK = '<a href="JaVaScRiPt:alert(1)">x</a><svg onload=alert(1)><form action="https://evil.example"><base href="//evil.example">'


class Reader(HTMLParser):
    """What a browser would run, load from elsewhere or be led to."""

    def __init__(self, page):
        super().__init__()
        self.bad = []
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        self.bad += [f"{tag} {name}" for name in given if name.startswith("on") or name == "style"]
        if tag in {"base", "iframe", "object", "embed"} or (tag == "script" and not given.get("src", "").startswith("/static/")):
            self.bad.append(tag)
        for name in ("href", "src", "action", "formaction", "poster"):
            address = given.get(name) or "/"
            is_link = (tag, name) == ("a", "href") and address.startswith(
                ("https://", "http://", "mailto:")
            )  # web addresses people write become links
            if not is_link and (not address.startswith(("/", "#", "?")) or address.startswith("//")):
                self.bad.append(f"{tag} {name}={address}")


@pytest.fixture
def scene(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    settings.MAIL_FOLDER, settings.SMS_FOLDER = tmp_path / "mail", tmp_path / "sms"
    settings.MAIL_FOLDER.mkdir()
    (settings.MAIL_FOLDER / "1.eml").write_text(f"To: kasia@mail.example\nSubject: Hello {XSS}\n\nhttp://127.0.0.1:8000/ {XSS} {LINK}\n")
    store = make_store(name=LazyI18nString({"en": f"Shop {XSS}"}))
    support = make_department(LazyI18nString({"en": f"Support {XSS}"}), store=store)
    make_department("Sales", store=store)
    support.workflow.statuses.update(name=LazyI18nString({"en": f"Status {XSS}"}), customer_name=LazyI18nString({"en": f"Stage {XSS}"}))
    alice = make_staff(f"Alice {XSS}", support)
    for right in (StoreRight.CHANGE_SETTINGS, StoreRight.GRANT_RIGHTS):
        grant(alice, right, store)
    customer = make_customer(f"Kasia {XSS}", email="kasia@mail.example", company=XSS)
    visitor = make_customer(f"Marta {XSS}", email="marta@mail.example", account=False)
    write_entry(stores=[store], department=support, words={"en": (f"Why? {XSS}", f"<p>Because. {XSS}{LINK}</p>")})
    ReplyTemplate.objects.create(title=XSS, text=XSS)
    add_customer_note(customer, text=XSS, is_warning=True, by=alice)
    tickets = [
        make_ticket(f"Subject {XSS}"[:200], department=support, customer=one, text=XSS + LINK) for one in (customer, visitor, customer)
    ]
    file = CheckedFile(name=clean_file_name(f"{XSS}.txt"), content_type="text/plain", size=1, content=ContentFile(b"a"))
    attach(tickets[0].messages.get(), file)
    type(tickets[0]).objects.update(has_files=True)
    make_message(tickets[0], XSS + LINK, by=alice)
    make_message(tickets[0], XSS, by=alice, note=True)
    assign_ticket(tickets[1], to=alice, by=alice)
    close_ticket(tickets[2], by=alice)
    return alice, customer, tickets


def pages(person, addresses):
    client = Client()
    if person:
        client.force_login(person)
    for address in addresses:
        response = client.get(address)
        assert response.status_code == 200, address
        yield address, response


def test_markup_in_names_and_messages_is_read_as_words_on_every_page(scene):
    alice, customer, (ticket, by_link, closed) = scene
    department, survey = ticket.department_id, survey_token(Survey.objects.get(ticket=closed))
    shown = [
        *pages(None, ["/", "/faq/", "/faq/?q=why", "/tickets/new/", f"/tickets/new/{department}/", f"/tickets/new/{department}/answers/"]),
        *pages(None, [f"/t/{token_for(by_link)}/", f"/t/{token_for(by_link)}/sent/", f"/survey/{survey}/", "/account/login/"]),
        *pages(customer.user, ["/", "/tickets/", "/tickets/?q=subject", f"/tickets/{ticket.number}/", "/account/profile/"]),
        *pages(alice, ["/desk/", "/desk/tickets/?view=all", "/desk/tickets/?view=closed", "/desk/notices/", "/desk/outbox/"]),
        *pages(alice, ["/control/faq/", *(f"/control/faq/{entry.pk}/" for entry in FaqEntry.objects.all())]),
        *pages(alice, ["/control/answers/", *(f"/control/answers/{answer.pk}/" for answer in ReplyTemplate.objects.all())]),
        *pages(alice, ["/desk/customers/", f"/desk/customers/{customer.pk}/", "/desk/tickets/new/?new=1"]),
        *pages(alice, [f"/desk/tickets/{ticket.number}/{part}" for part in ("", "answers/", "assignment/", "department/", "?answer=1")]),
    ]
    found = {address: Reader(response.text).bad for address, response in shown}

    assert {address: bad for address, bad in found.items() if bad} == {}
    assert sum("onerror=alert" in response.text for _address, response in shown) > 15  # it was there to be seen


def test_what_is_said_after_a_deed_is_read_as_words(scene):
    alice, _customer, (ticket, *_others) = scene
    client = Client()
    client.force_login(alice)

    for part, given in [("assignment/", {"assignee": alice.pk}), ("status/", {"status": ticket.department.workflow.statuses.last().pk})]:
        page = client.post(f"/desk/tickets/{ticket.number}/{part}", given, follow=True)
        assert page.status_code == 200
        assert Reader(page.text).bad == []


def test_every_page_forbids_what_none_of_them_needs(scene):
    alice, customer, (ticket, *_others) = scene
    for _address, response in [
        *pages(alice, [f"/desk/tickets/{ticket.number}/"]),
        *pages(customer.user, ["/"]),
        *pages(None, ["/account/login/"]),
    ]:
        policy = response.headers["Content-Security-Policy"]
        assert "'unsafe" not in policy
        for rule in ("default-src 'self'", "object-src 'none'", "base-uri 'none'", "form-action 'self'", "frame-ancestors 'none'"):
            assert rule in policy
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert response.headers["Referrer-Policy"] == "same-origin"
        assert "server" not in response.headers
