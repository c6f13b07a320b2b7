from django.db import connection
from django.test.utils import CaptureQueriesContext

from faq.services import write_entry
from tests.make import make_department, make_message, make_ticket


def test_a_visitor_sees_who_we_are_and_how_to_ask(visitor, support, sales):
    page = visitor.get("/").content.decode()

    assert "How can we help?" in page
    assert f"/tickets/new/{support.pk}/answers/" in page
    assert "answers within 4 hours" in page
    assert "/account/login/" in page


def test_kasia_is_greeted_by_name_and_sees_first_what_waits_for_her(as_kasia, kasia, support, alice):
    waiting = make_ticket("The lid is missing", customer=kasia, department=support)
    make_message(waiting, "Which colour?", by=alice)
    make_ticket("Where is my parcel?", customer=kasia, department=support)

    response = as_kasia.get("/")

    assert "Kasia" in response.content.decode()
    assert [row.ticket.subject for row in response.context["requests"]] == ["The lid is missing", "Where is my parcel?"]
    assert response.context["waiting_for_you"] == 1


def test_requests_of_others_are_not_on_my_home(as_kasia, nour, support):
    make_ticket("Nour's grinder", customer=nour, department=support)

    assert "Nour&#x27;s grinder" not in as_kasia.get("/").content.decode()


def test_departments_that_are_internal_or_archived_are_not_offered(visitor, store, support):
    make_department("Warehouse", store=store, is_public=False)

    page = visitor.get("/").content.decode()

    assert "Support" in page
    assert "Warehouse" not in page


def test_answers_read_most_stand_on_the_home_page(visitor, store, support):
    entry = write_entry(stores=[store], department=support, words={"en": ("How do I clean it?", "<p>With a brush.</p>")})

    assert f'href="/faq/{entry.pk}/"' in visitor.get("/").content.decode()


def test_before_there_is_a_store_the_page_only_says_so(client, db):
    response = client.get("/")

    assert response.status_code == 503
    assert "not set up yet" in response.content.decode()


def test_the_home_page_costs_the_same_with_one_request_and_with_five(as_kasia, kasia, store):
    def measure():
        as_kasia.get("/")
        with CaptureQueriesContext(connection) as queries:
            as_kasia.get("/")
        return len(queries)

    for number in range(1):
        make_ticket(f"Question {number}", customer=kasia, department=make_department(f"Department {number}", store=store))
    with_one = measure()
    for number in range(1, 5):
        make_ticket(f"Question {number}", customer=kasia, department=make_department(f"Department {number}", store=store))

    assert measure() == with_one <= 8


def test_every_page_and_every_profile_leads_to_the_request_form(visitor, as_kasia, support):
    assert 'href="/tickets/new/"' in visitor.get("/faq/").content.decode()
    assert 'href="/tickets/new/"' in as_kasia.get("/account/profile/").content.decode()
