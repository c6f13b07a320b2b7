"""The pages of reports: who may open them, what stands there, and what does not."""

from datetime import timedelta

import pytest
from django.utils import timezone

from permissions.rights import RoleKey, StatusRight, StoreRight
from permissions.services import grant
from surveys.choices import QuestionKind
from tests.make import give_all_but, make_customer, make_department, make_staff, make_ticket
from tests.reports.making import make_answer_rating, make_question, make_said, make_survey

pytestmark = pytest.mark.django_db

RATINGS, ANSWERS, MINE = "/desk/reports/ratings/", "/desk/reports/ratings/answers/", "/desk/reports/me/"


@pytest.fixture
def support():
    return make_department("Support")


@pytest.fixture
def store(support):
    return support.stores.get()


@pytest.fixture
def alice(support):
    return make_staff("Alice Brown", support)


@pytest.fixture
def maria(support, store):
    """A manager: sees Support, its customers, and reports of the store."""
    maria = make_staff("Maria", support)
    grant(maria, StoreRight.VIEW_REPORTS, store)
    return maria


@pytest.fixture
def browser(client, maria):
    client.force_login(maria)
    return client


def rate(support, *scores, person=None, comment="", days=2, customer=None):
    tickets = [make_ticket(department=support, customer=customer) for _score in scores]
    at = timezone.now() - timedelta(days=days)
    return [make_survey(ticket, score=score, at=at, person=person, comment=comment) for ticket, score in zip(tickets, scores, strict=True)]


def page(browser, address, status=200):
    response = browser.get(address)
    assert response.status_code == status, address
    return response.content.decode()


def test_the_report_says_score_satisfied_and_response_with_their_definitions(browser, support, alice):
    rate(support, 5, 5, 4, 4, 2, person=alice)
    make_survey(make_ticket(department=support), at=timezone.now() - timedelta(days=3))

    html = page(browser, RATINGS)
    assert "4.0 of 5" in html
    assert "80%" in html  # satisfied
    assert "83%" in html  # 5 of 6 surveys
    assert "5 of 6 surveys" in html
    assert "The share of these ratings that are 4 or 5." in html


def test_of_few_ratings_no_mean_is_made(browser, support, alice):
    rate(support, 5, 1, person=alice)

    html = page(browser, RATINGS)
    assert "2 ratings" in html
    assert "3.0" not in html.split("report-table")[0]
    assert "Fewer than 5 answers say too little" in html


def test_each_number_leads_to_its_list(browser, support, alice):
    bob = make_staff("Bob", support)
    rate(support, 5, 2, person=alice, comment="From Alice’s customer.")
    rate(support, 2, person=bob, comment="From Bob’s customer.")

    html = page(browser, RATINGS)
    assert f"{ANSWERS}?score=2" in html
    assert f"{ANSWERS}?person={alice.pk}" in html
    both = page(browser, f"{ANSWERS}?score=2")
    assert "From Alice’s customer." in both
    assert "From Bob’s customer." in both
    one = page(browser, f"{ANSWERS}?person={alice.pk}&score=2")
    assert "From Alice’s customer." in one
    assert "From Bob’s customer." not in one


def test_people_stand_in_the_order_of_their_names(browser, support, alice):
    zoe = make_staff("Zoe", support)
    rate(support, 1, 1, 1, 1, 1, person=alice)
    rate(support, 5, 5, 5, 5, 5, person=zoe)
    rate(support, 3)

    rows = page(browser, RATINGS).split('id="people"')[1]
    assert rows.index("Alice Brown") < rows.index("Zoe") < rows.index("Nobody had it")


def test_the_list_is_read_page_by_page(browser, support):
    surveys = rate(support, *[4] * 31)
    first = page(browser, ANSWERS)
    assert first.count('class="rating"') == 30

    after = first.split('rel="next" href="')[1].split('"')[0].replace("&amp;", "&")
    second = page(browser, after)
    assert second.count('class="rating"') == 1
    assert sum(survey.ticket.number in second for survey in surveys) == 1


def test_who_sees_reports_nowhere_has_no_report(client, alice):
    client.force_login(alice)

    for address in (RATINGS, ANSWERS, "/desk/reports/ratings/export/", f"/desk/reports/people/{alice.pk}/"):
        page(client, address, 404)
    assert client.get("/desk/reports/").headers["Location"] == MINE
    assert "/desk/reports/ratings/" not in page(client, "/desk/day/")


def test_what_the_reader_may_not_see_stands_nowhere(browser, support, maria, store):
    sales = make_department("Sales", store=store)
    bob = make_staff("Bob Stone", sales)
    rate(sales, *[1] * 6, person=bob, comment="About Sales.")
    hidden = rate(support, *[1] * 6, comment="In a hidden status.")
    shown = rate(support, *[5] * 5, comment="Plain to see.")
    waiting = support.workflow.statuses.get(kind="closed")
    for survey in hidden:
        type(survey.ticket).objects.filter(pk=survey.ticket_id).update(status=waiting)
    give_all_but(waiting, StatusRight.VIEW, maria)

    for address in (RATINGS, ANSWERS, f"{RATINGS}?department={sales.pk}", f"{RATINGS}?person={bob.pk}", f"{ANSWERS}?person={bob.pk}"):
        html = page(browser, address)
        assert "About Sales." not in html
        assert "In a hidden status." not in html
        assert "Bob Stone" not in html
    assert "5.0 of 5" in page(browser, RATINGS)
    assert "Plain to see." in page(browser, ANSWERS)
    assert len(shown) == page(browser, ANSWERS).count('class="rating"')
    page(browser, f"/desk/reports/people/{bob.pk}/", 404)


def test_names_are_covered_for_who_may_not_know_the_customer(client, support, store):
    reader = make_staff("Reader", support, role=RoleKey.OBSERVER, sees_customers=False)
    grant(reader, StoreRight.VIEW_REPORTS, store)
    kasia = make_customer("Kasia Nowak", email="kasia.nowak@mail.example")
    surveys = rate(support, 2, comment="Regards, Kasia Nowak, kasia.nowak@mail.example", customer=kasia)
    question = make_question(store, QuestionKind.TEXT, "Anything else?")
    make_said(surveys[0], question, text="Ask for Nowak.")
    client.force_login(reader)

    for address in (RATINGS, ANSWERS, f"{ANSWERS}?question={question.pk}"):
        html = page(client, address)
        assert "Regards" in html
        assert "Nowak" not in html
        assert "kasia" not in html.lower()


def test_a_persons_page_stands_beside_their_departments_not_in_a_ranking(browser, support, alice):
    bob = make_staff("Bob Stone", support)
    rate(support, *[5] * 5, person=alice, comment="Alice was quick.")
    rate(support, *[3] * 5, person=bob, comment="Bob was not.")

    html = page(browser, f"/desk/reports/people/{alice.pk}/")
    assert "5.0 of 5" in html
    assert "4.0, of 10 ratings" in html
    assert "Alice was quick." in html
    assert "Bob was not." not in html
    assert 'id="people"' not in html


def test_ones_own_page_needs_no_right_and_tells_of_oneself_alone(client, support, alice):
    rate(support, *[5] * 5, person=alice, comment="Alice was quick.")
    rate(support, *[1] * 5, person=make_staff("Bob", support), comment="Bob was not.")
    client.force_login(alice)

    html = page(client, MINE)
    assert "5.0 of 5" in html
    assert "Alice was quick." in html
    assert "Bob was not." not in html
    assert "/desk/reports/ratings/" not in html


def test_words_of_tickets_one_may_no_longer_see_are_not_on_ones_own_page(client, alice):
    sales = make_department("Sales")
    rate(sales, *[5] * 5, person=alice, comment="Of a ticket in Sales.")
    client.force_login(alice)

    html = page(client, MINE)
    assert "5.0 of 5" in html
    assert "Of a ticket in Sales." not in html


def test_single_answers_and_own_questions_have_their_bars(browser, support, store, alice):
    surveys = rate(support, *[5] * 5)
    speed = make_question(store, QuestionKind.SCALE_5, "How fast were we?")
    for survey in surveys:
        make_said(survey, speed, number=4)
        make_answer_rating(survey.ticket, at=timezone.now() - timedelta(days=1))

    html = page(browser, RATINGS)
    assert "How fast were we?" in html
    assert "100%" in html
    assert "5 answers marked" in html


def test_nothing_in_a_period_says_what_to_do(browser):
    html = page(browser, RATINGS)
    assert "No survey was sent or answered in this period." in html
    assert "<table" not in html


def test_a_wrong_day_keeps_what_was_typed_and_says_why(browser):
    html = page(browser, f"{RATINGS}?period=own&since=someday&until=2026-01-01")
    assert 'value="someday"' in html
    assert "This is not a date we can read." in html
    assert "The last day is before the first one." in page(browser, f"{RATINGS}?period=own&since=2026-02-01&until=2026-01-01")
    assert "three years at most" in page(browser, f"{RATINGS}?period=own&since=2020-02-01&until=2026-01-01")


@pytest.mark.parametrize(
    "query",
    ["period=x", "department=zz", "department=99999999999999", "person=%00", "team=-1", "tag=1'", "type=9", "language=xx", "day=0001-01-01",
     "by=second", "after=zzz", "score=9", "question=%F0%9F", "store=999", "period=own", "day=%27%3E%3Cscript%3E", "period=year&by=day"],
)  # fmt: skip
def test_damaged_addresses_count_as_not_given(browser, support, query):
    rate(support, 5)
    for address in (RATINGS, ANSWERS):
        assert "<script>" not in page(browser, f"{address}?{query}").replace("<script type", "")


def test_the_report_reads_in_four_languages(browser, maria, support, alice):
    rate(support, *[5] * 6, person=alice, comment="خیلی خوب بود")
    for language, calendar in (("fa", "auto"), ("pl", "auto"), ("ru", "jalali"), ("en", "gregorian")):
        type(maria).objects.filter(pk=maria.pk).update(language=language, calendar=calendar)
        for query in ("", "?period=month", "?period=year", "?period=90", "?period=own"):
            html = page(browser, RATINGS + query)
            assert "%(" not in html
    type(maria).objects.filter(pk=maria.pk).update(language="fa", calendar="auto")
    assert "۵٫۰" in page(browser, RATINGS)
