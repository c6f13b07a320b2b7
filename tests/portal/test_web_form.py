"""The published form of one department, to be linked from anywhere."""

import hashlib
import re

import pytest
from django.utils import timezone

from tests.fakes.google import SECRET, TICKED, GoogleServer
from tests.make import fresh, make_department, make_store
from tests.portal.pictures import text_file
from tickets.models import Message, Ticket

ABOUT = {"subject": "I would like to work with you", "text": "My letter.", "form_key": "k" * 22}
WHO = {"name": "Marta", "contact": "marta@mail.example"}


@pytest.fixture
def jobs(store):
    """An internal team that only works by its form."""
    return make_department("Jobs", store=store, is_public=False, form_address="jobs", form_published=True)


def test_a_visitor_fills_it_in_and_the_ticket_is_created_in_that_department(visitor, jobs, support):
    page = visitor.get("/forms/jobs/").content.decode()
    assert "Jobs" in page
    assert 'class="thumb' not in page

    response = visitor.post("/forms/jobs/", ABOUT | WHO)

    ticket = Ticket.objects.get()
    assert (ticket.department, ticket.subject, ticket.customer.name) == (jobs, ABOUT["subject"], "Marta")
    assert ticket.number in visitor.get(response.url).content.decode()


def test_a_signed_in_customer_is_asked_only_what_it_is_about(as_kasia, kasia, jobs):
    as_kasia.post("/forms/jobs/", ABOUT)

    assert Ticket.objects.get().customer == kasia


def test_it_asks_what_is_required_and_loses_nothing(visitor, jobs):
    response = visitor.post("/forms/jobs/", {"text": "My letter."})

    assert response.status_code == 422
    assert {"subject", "name", "contact"} <= set(response.context["form"].errors)
    assert "My letter." in response.content.decode()
    assert not Ticket.objects.exists()


@pytest.mark.parametrize(
    "fields", [{"form_published": False}, {"archived_at": timezone.now()}, {"switches": ["web_form"]}, {"form_address": "other"}]
)
def test_what_is_not_published_does_not_exist(visitor, jobs, fields):
    for name, value in fields.items():
        setattr(jobs, name, value)
    jobs.save()

    assert visitor.get("/forms/jobs/").status_code == 404
    assert visitor.post("/forms/jobs/", ABOUT | WHO).status_code == 404
    assert not Ticket.objects.exists()


def test_the_form_of_another_store_does_not_exist_here(visitor, store):
    make_department("Foreign", store=make_store(), form_address="foreign", form_published=True)

    assert visitor.get("/forms/foreign/").status_code == 404


def test_visitors_sign_in_first_where_the_store_wants_it(visitor, store, jobs):
    store.visitors_may_open = False
    store.save()

    assert visitor.get("/forms/jobs/").url.startswith("/account/login/")
    response = visitor.post("/forms/jobs/", ABOUT | WHO)
    assert response.status_code == 422
    assert "My letter." in response.content.decode()
    assert not Ticket.objects.exists()


def test_it_has_the_guards_of_every_public_form(visitor, store, jobs):
    store.captcha = "pow"
    store.save()

    assert "<proof-of-work" in visitor.get("/forms/jobs/").content.decode()
    assert visitor.post("/forms/jobs/", ABOUT | WHO).status_code == 422
    assert visitor.post("/forms/jobs/", ABOUT | WHO | {"guard_address": "http://spam.example"}).status_code == 422
    assert not Ticket.objects.exists()
    assert fresh(store).captcha == "pow"


def test_with_google_out_of_reach_the_customers_form_still_works_as_the_owner_chose(visitor, store, jobs, monkeypatch, settings):
    """From the first page to the ticket, over HTTP: Google is slow, then our own question is asked and answered."""
    settings.RECAPTCHA_VERIFY_REQUEST_TIMEOUT, settings.PROOF_OF_WORK_BITS = 0.05, 6
    store.captcha, store.captcha_public_key, store.captcha_private_key = "google", "site", SECRET
    store.save()
    with GoogleServer("slow", delay=0.2) as google:
        monkeypatch.setattr("django_recaptcha.client.recaptcha_request", google.request)
        assert "g-recaptcha" in visitor.get("/forms/jobs/").content.decode()
        asked = visitor.post("/forms/jobs/", ABOUT | WHO | {"g-recaptcha-response": TICKED, "files": [text_file("letter.txt")]})
        page = asked.content.decode()
        assert asked.status_code == 422
        assert "send it once more" in page
        assert "My letter." in page
        assert "letter.txt" in page
        assert "google.com" not in asked.headers["Content-Security-Policy"]
        work = {name: re.search(f'name="{name}" value="([^"]+)"', page)[1] for name in ("captcha_token", "kept")}
        nonce = re.search('challenge="([^"]+)"', page)[1]

        visitor.post("/forms/jobs/", ABOUT | WHO | work | {"captcha_counter": solved(nonce, 6)})

    assert Message.objects.get().body_text == "My letter."
    assert [file.name for file in Message.objects.get().attachments.all()] == ["letter.txt"]


def test_where_the_owner_lets_requests_through_google_costs_nobody_a_second_sending(visitor, store, jobs, monkeypatch):
    store.captcha, store.captcha_public_key, store.captcha_private_key, store.without_google = "google", "site", "mistyped", "accept"
    store.save()
    with GoogleServer() as google:
        monkeypatch.setattr("django_recaptcha.client.recaptcha_request", google.request)
        visitor.post("/forms/jobs/", ABOUT | WHO | {"g-recaptcha-response": TICKED})

    assert Ticket.objects.count() == 1


def test_where_the_owner_insists_on_google_the_form_says_so_and_loses_nothing(visitor, store, jobs, monkeypatch):
    store.captcha, store.captcha_public_key, store.captcha_private_key, store.without_google = "google", "site", SECRET, "refuse"
    store.save()
    with GoogleServer("broken") as google:
        monkeypatch.setattr("django_recaptcha.client.recaptcha_request", google.request)
        page = visitor.post("/forms/jobs/", ABOUT | WHO | {"g-recaptcha-response": TICKED}).content.decode()

    assert "Google cannot be asked right now" in page
    assert "My letter." in page
    assert not Ticket.objects.exists()


def solved(nonce, bits):
    counter = 0
    while int.from_bytes(hashlib.sha256(f"{nonce}:{counter}".encode()).digest(), "big") >> (256 - bits):
        counter += 1
    return str(counter)
