import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from faq.services import write_entry
from tests.make import fresh, make_store


def make_entry(store, department, question="How do I clean the grinder?", answer="<p>With a brush.</p>", **fields):
    return write_entry(stores=[store], department=department, words={"en": (question, answer)}, **fields)


def test_answers_are_read_without_signing_in_and_stand_by_department(visitor, store, support, sales):
    make_entry(store, sales, "Do you sell beans?")
    make_entry(store, support)

    groups = visitor.get("/faq/").context["groups"]()

    assert [
        (str(department), [str(entry) for entry in entries]) for department, entries in [(group.heading, group.entries) for group in groups]
    ] == [
        ("Support", ["How do I clean the grinder?"]),
        ("Sales", ["Do you sell beans?"]),
    ]


def test_drafts_and_answers_of_other_stores_do_not_exist(visitor, store, support):
    draft = make_entry(store, support, "A draft?", is_published=False)
    elsewhere = make_entry(make_store(key="other"), support, "Elsewhere?")

    assert visitor.get("/faq/").context["groups"]() == []
    for entry in (draft, elsewhere):
        assert visitor.get(f"/faq/{entry.pk}/").status_code == 404
        assert visitor.post(f"/faq/{entry.pk}/solved/").status_code == 404


@pytest.mark.parametrize("words", ["GRINDER", "clean grinder", "brush"])
def test_the_search_looks_into_questions_and_answers(visitor, store, support, words):
    make_entry(store, support)
    make_entry(store, support, "Do you sell beans?", "<p>Yes.</p>")

    assert [str(entry) for entry in visitor.get("/faq/", {"q": words}).context["found"]] == ["How do I clean the grinder?"]


def test_persian_is_found_however_it_is_typed(visitor, store, support):
    write_entry(stores=[store], department=support, words={"fa": ("آسیاب را چطور تمیز می‌کنم؟", "<p>با ۲ برس.</p>")})

    for words in ("اسياب", "میکنم", "2 برس"):
        assert len(visitor.get("/faq/", {"q": words}).context["found"]) == 1


@pytest.mark.parametrize("words", ["zzz", "???", "\x00", "%", "' OR 1=1 --", "x" * 3000])
def test_a_search_without_result_offers_to_write(visitor, store, support, words):
    make_entry(store, support)

    page = visitor.get("/faq/", {"q": words}).content.decode()

    if words == "\x00":  # nothing was typed at all
        assert "How do I clean" in page
    else:
        assert "No answer fits." in page
        assert "/tickets/new/" in page


def test_what_was_searched_is_shown_back_as_text(visitor, store, support):
    page = visitor.get("/faq/", {"q": "<script>alert(1)</script>"}).content.decode()

    assert "<script>alert" not in page


def test_a_reading_is_counted_once_an_hour_and_looking_ahead_is_not(visitor, store, support):
    entry = make_entry(store, support)
    visitor.head(f"/faq/{entry.pk}/")
    visitor.get(f"/faq/{entry.pk}/", headers={"sec-purpose": "prefetch"})
    assert fresh(entry).reads == 0

    page = visitor.get(f"/faq/{entry.pk}/").content.decode()
    visitor.get(f"/faq/{entry.pk}/")

    assert fresh(entry).reads == 1
    assert "With a brush." in page
    assert f"/tickets/new/{support.pk}/" in page


def test_who_was_helped_leaves_without_a_ticket_and_is_counted_once(visitor, store, support):
    entry = make_entry(store, support)

    response = visitor.post(f"/faq/{entry.pk}/solved/", follow=True)
    visitor.post(f"/faq/{entry.pk}/solved/")

    assert "Good to hear" in response.content.decode()
    assert fresh(entry).solved == 1


def test_asking_for_the_address_of_solved_counts_nothing(visitor, store, support):
    entry = make_entry(store, support)

    assert visitor.get(f"/faq/{entry.pk}/solved/").url == f"/faq/{entry.pk}/"
    assert fresh(entry).solved == 0


@pytest.mark.parametrize("pk", ["0", "999999", "9" * 30])
def test_unknown_answers_are_404(visitor, store, pk):
    assert visitor.get(f"/faq/{pk}/").status_code == 404


def test_an_answer_speaks_the_readers_language_where_it_can(visitor, store, support):
    entry = write_entry(
        stores=[store], department=support, words={"en": ("Cleaning", "<p>Brush</p>"), "pl": ("Czyszczenie", "<p>Pędzel</p>")}
    )

    assert "Pędzel" in visitor.get(f"/faq/{entry.pk}/", headers={"accept-language": "pl"}).content.decode()
    assert "Brush" in visitor.get(f"/faq/{entry.pk}/", headers={"accept-language": "ru"}).content.decode()


def test_the_list_costs_the_same_with_one_answer_and_with_five(visitor, store, support, sales):
    def measure():
        visitor.get("/faq/")
        with CaptureQueriesContext(connection) as queries:
            visitor.get("/faq/")
        return len(queries)

    make_entry(store, support)
    with_one = measure()
    for number in range(4):
        make_entry(store, sales, f"Question {number}?")

    assert measure() == with_one <= 8
