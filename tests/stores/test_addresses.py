import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from notifications.models import Delivery
from notifications.rendering import facts_of
from stores.addresses import is_reserved, portal_url
from surveys.models import Survey
from surveys.services import token_for as survey_token
from tests.make import fresh, make_customer, make_department, make_staff, make_store, make_ticket
from tickets.links import token_for
from tickets.services.lifecycle import close_ticket

pytestmark = pytest.mark.django_db


@pytest.fixture
def store():
    return make_store()


@pytest.fixture
def support(store):
    return make_department("Support", store=store)


@pytest.fixture
def jobs(store):
    """A second stream, with a word of its own."""
    jobs = make_store(name="Jobs at Narvan", address="jobs")
    make_department("Applications", store=jobs)
    return jobs


def move(store, **where):
    for name, value in {"address": "", "host": "", **where}.items():
        setattr(store, name, value)
    store.save()


def test_the_portal_answers_at_the_word_and_nowhere_else(client, store, support):
    assert client.get("/tickets/new/").status_code == 302

    move(store, address="help")

    assert client.get("/help/").status_code == 200
    assert f'href="/help/tickets/new/{support.pk}/answers/"' in client.get("/help/").content.decode()
    assert client.get("/tickets/new/").status_code == client.get("/faq/").status_code == 404

    move(store, address="support")

    assert client.get("/support/faq/").status_code == 200
    assert client.get("/help/").status_code == client.get("/help/faq/").status_code == 404


def test_the_root_leads_to_the_portal(client, store):
    move(store, address="help")

    assert client.get("/")["Location"] == "/help/"
    assert client.get("/help")["Location"] == "/help/"


def test_people_sign_in_with_the_face_of_the_store_they_came_to(client, store, jobs):
    page = client.get("/jobs/account/login/")

    assert page.context["store"] == jobs
    assert 'action="/jobs/language/"' in page.content.decode()
    assert client.get("/jobs/tickets/")["Location"] == "/jobs/account/login/?next=/jobs/tickets/"
    assert client.get("/account/login/").context["store"] == store


def test_staff_work_where_they_always_do(client, store, support):
    alice = make_staff("Alice", support)
    ticket = make_ticket(department=support)
    client.force_login(alice)
    move(store, address="help")

    page = client.get(f"/desk/tickets/{ticket.number}/")

    assert page.status_code == 200
    assert 'href="/help/account/profile/"' in page.content.decode()


def test_a_customer_sees_the_requests_of_that_store_only(client, store, support, jobs):
    kasia = make_customer()
    here = make_ticket("Grinder", department=support, customer=kasia)
    there = make_ticket("My application", department=jobs.departments.get(), customer=kasia)
    client.force_login(kasia.user)

    mine, theirs = client.get("/tickets/").content.decode(), client.get("/jobs/tickets/").content.decode()

    assert here.subject in mine and there.subject not in mine
    assert there.subject in theirs and here.subject not in theirs
    assert there.subject not in client.get("/").content.decode()


def test_a_request_under_another_stores_address_leads_to_its_own(client, store, support, jobs):
    kasia, visitor = make_customer(), make_customer("Piotr", account=False)
    mine = make_ticket(department=jobs.departments.get(), customer=kasia)
    linked = make_ticket(department=jobs.departments.get(), customer=visitor)
    token = token_for(linked)

    assert client.get(f"/t/{token}/")["Location"] == portal_url(jobs, "ticket_link", token)
    client.force_login(kasia.user)
    assert client.get(f"/tickets/{mine.number}/")["Location"].endswith(f"/jobs/tickets/{mine.number}/")
    assert client.get(f"/jobs/tickets/{mine.number}/").status_code == 200


def test_links_in_messages_outlive_every_move(client, store, support):
    ticket = make_ticket(department=support, customer=make_customer("Piotr", account=False))
    token = token_for(ticket)
    delivery = Delivery(ticket=ticket, customer=ticket.customer, store=store, template="thanks", language="en")

    for word in ("help", "support", ""):
        move(store, address=word)
        link = facts_of(delivery)["link"]
        assert "/t/" in link and "/help/" not in link and "/support/" not in link
        page = client.get(f"/t/{token}/", follow=True)
        assert page.status_code == 200
        assert page.context["ticket"] == ticket
        assert not page.redirect_chain or page.redirect_chain[-1][0] == f"/{word}/t/{token}/"


def test_a_survey_keeps_its_answer_on_the_way(client, store, support):
    ticket = make_ticket(department=support, customer=make_customer("Piotr", account=False))
    close_ticket(ticket, by_customer=True)
    survey = Survey.objects.get(ticket=ticket)
    move(store, address="help")

    page = client.get(f"/survey/{survey_token(survey)}/?score=5", follow=True)

    assert page.redirect_chain[-1][0].endswith("?score=5")
    assert page.context["clicked"]


def test_people_with_an_account_are_led_to_the_portal_where_it_stands(store, support):
    ticket = make_ticket(department=support, customer=make_customer())
    move(store, address="help")
    ticket = fresh(ticket)

    assert facts_of(Delivery(ticket=ticket, customer=ticket.customer, store=store, template="thanks", language="en"))["link"].endswith(
        f"/help/tickets/{ticket.number}/"
    )


def test_a_host_of_its_own_answers_and_every_other_stays_refused(client, store, jobs, settings):
    settings.SITE_URL = "https://help.example.com"
    move(jobs, host="jobs.example.com")

    page = client.get("/", headers={"host": "jobs.example.com"})

    assert page.status_code == 200
    assert page.context["store"] == jobs
    assert client.get("/", headers={"host": "evil.example.com"}).status_code == 400
    assert client.get("/jobs/").status_code == 404
    assert portal_url(jobs, "faq") == "https://jobs.example.com/faq/"
    move(jobs, address="jobs")
    assert client.get("/", headers={"host": "jobs.example.com"}).status_code == 400


def test_where_the_first_store_has_a_host_its_pages_are_looked_for_there(client, store, settings):
    settings.SITE_URL = "https://example.com"
    move(store, host="help.example.com")

    assert client.get("/faq/?q=milk")["Location"] == "https://help.example.com/faq/?q=milk"
    assert client.get("/account/login/").status_code == 200
    assert client.get("/faq/?q=milk", headers={"host": "help.example.com"}).status_code == 200


def test_finding_the_store_costs_no_query_once_the_table_is_kept(client, store, jobs):
    client.get("/jobs/account/login/")

    with CaptureQueriesContext(connection) as queries:
        client.get("/desk/")

    assert not [query for query in queries if '"stores_store"."is_default" DESC' in query["sql"]]


@pytest.mark.parametrize(
    "word", ["desk", "control", "account", "tickets", "faq", "t", "survey", "static", "healthz", "robots.txt", "widget"]
)
def test_words_that_are_ours_are_reserved(word):
    assert is_reserved(word)
    assert not is_reserved("help")
