import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from faq.models import FaqEntry
from faq.services import count_reading, count_solved, move_entry, write_entry
from permissions.rights import StoreRight
from permissions.services import grant
from tests.make import fresh, make_department, make_store


@pytest.fixture
def entry(store, support):
    return write_entry(
        stores=[store],
        department=support,
        words={"en": ("How long?", "<p>Six <b>days</b>.</p>"), "fa": ("چقدر؟", "<p>شش روز.</p>")},
    )


def questions(store, department):
    return [str(entry) for entry in FaqEntry.objects.published_in(store).of_department(department)]


def typed(department=None, **words):
    return {"department": department.pk if department else "", "is_published": "on", **words}


def test_a_new_answer_stands_before_the_form_of_its_department(as_olga, client, support):
    words = {"line_en": "Where is my parcel?", "text_en": "Look here: https://carrier.example/track\n\nIt takes <2 days."}

    response = as_olga.post("/control/faq/new/", typed(support, **words), follow=True)
    portal = client.get(f"/tickets/new/{support.pk}/answers/").content.decode()

    assert "The answer is saved." in response.content.decode()
    assert "Where is my parcel?" in portal
    assert 'href="https://carrier.example/track"' in portal
    assert "It takes &lt;2 days." in portal


def test_the_same_form_sent_twice_makes_one_answer(as_olga, support):
    form = typed(support, line_en="Why?", text_en="So.", form_key="a-key-of-this-form-1")

    assert as_olga.post("/control/faq/new/", form)["Location"] == as_olga.post("/control/faq/new/", form)["Location"]
    assert FaqEntry.objects.count() == 1


@pytest.mark.parametrize(
    ("words", "wrong"),
    [
        ({}, "line_en"),
        ({"line_fa": "چرا؟"}, "text_fa"),
        ({"line_en": "Why?", "text_en": "So.", "text_pl": "Bo tak."}, "line_pl"),
        ({"line_en": "W" * 201, "text_en": "So."}, "line_en"),
    ],
)
def test_mistakes_keep_what_was_typed(as_olga, support, words, wrong):
    response = as_olga.post("/control/faq/new/", typed(support, **words))

    assert response.status_code == 422
    assert list(response.context["form"].errors) == [wrong]
    assert all(text in response.content.decode() for text in words.values())
    assert not FaqEntry.objects.exists()


def test_an_answer_nobody_touched_keeps_its_markup(as_olga, entry, support):
    page = as_olga.get(f"/control/faq/{entry.pk}/").content.decode()
    as_olga.post(
        f"/control/faq/{entry.pk}/", typed(support, line_en="How long now?", text_en="Six **days**.", line_fa="چقدر؟", text_fa="پنج روز.")
    )

    assert ">\nSix **days**.</textarea>" in page
    answers = dict(entry.translations.values_list("language", "answer"))
    assert answers["en"] == "<p>Six <b>days</b>.</p>"
    assert "پنج روز." in answers["fa"]
    assert fresh(entry).words.question == "How long now?"


def test_an_emptied_language_is_gone(as_olga, entry, support):
    as_olga.post(f"/control/faq/{entry.pk}/", typed(support, line_en="How long?", text_en="Six days."))

    assert list(entry.translations.values_list("language", flat=True)) == ["en"]


def test_editing_keeps_the_other_stores_of_an_answer(as_olga, olga, entry, support, store):
    other = make_store()
    grant(olga, StoreRight.CHANGE_SETTINGS, other)
    entry.stores.add(other)

    as_olga.post(f"/control/faq/{entry.pk}/", typed(support, line_en="How long?", text_en="Long."))

    assert set(entry.stores.all()) == {store, other}


def test_the_list_says_what_each_answer_was_good_for(as_olga, entry):
    for count in (count_reading, count_reading, count_solved):
        count(entry)

    page = as_olga.get("/control/faq/").content.decode()

    assert "read 2 times" in page
    assert "solved it 1 time<" in page


def test_a_withdrawn_answer_leaves_the_portal_until_it_is_published(as_olga, client, entry):
    address = f"/control/faq/{entry.pk}/publication/"

    as_olga.post(address, {"published": "no"})
    withdrawn = client.get(f"/faq/{entry.pk}/").status_code
    listed = as_olga.get("/control/faq/").content.decode()
    as_olga.post(address, {"published": "yes"})

    assert withdrawn == 404
    assert "Draft" in listed
    assert client.get(f"/faq/{entry.pk}/").status_code == 200


def test_up_and_down_change_the_order_customers_see(as_olga, store, support, sales):
    first, second, third = (
        write_entry(stores=[store], department=support, words={"en": (f"{word}?", "<p>So.</p>")}) for word in ("One", "Two", "Three")
    )
    write_entry(stores=[store], department=sales, words={"en": ("Elsewhere?", "<p>So.</p>")})

    as_olga.post(f"/control/faq/{third.pk}/place/", {"move": "up"})
    assert questions(store, support) == ["One?", "Three?", "Two?"]

    as_olga.post(f"/control/faq/{first.pk}/place/", {"move": "down"})
    assert questions(store, support) == ["Three?", "One?", "Two?"]

    for ends, move in ((third, "up"), (second, "down"), (first, "")):
        as_olga.post(f"/control/faq/{ends.pk}/place/", {"move": move})
    assert questions(store, support) == ["Three?", "One?", "Two?"]
    assert questions(store, sales) == ["Elsewhere?"]


def test_answers_in_the_same_place_can_be_moved_too(store, support):
    same = [write_entry(stores=[store], department=support, position=4, words={"en": (word, "So.")}) for word in "ABC"]

    move_entry(same[2], places=-1, store=store)

    assert questions(store, support) == ["A", "C", "B"]


def test_an_answer_that_changes_its_department_comes_last_there(as_olga, store, entry, sales):
    write_entry(stores=[store], department=sales, words={"en": ("First?", "So.")})

    as_olga.post(f"/control/faq/{entry.pk}/", typed(sales, line_en="Moved?", text_en="Yes."))

    assert questions(store, sales) == ["First?", "Moved?"]


def test_deleting_asks_first(as_olga, entry):
    address = f"/control/faq/{entry.pk}/removal/"

    assert "Delete this answer?" in as_olga.get(address).content.decode()
    assert FaqEntry.objects.filter(pk=entry.pk).exists()
    assert as_olga.post(address)["Location"] == "/control/faq/"
    assert not FaqEntry.objects.filter(pk=entry.pk).exists()


@pytest.mark.parametrize("part", ["", "place/", "publication/", "removal/"])
def test_another_stores_answer_does_not_exist_here(as_olga, part):
    other = make_store()
    foreign = write_entry(stores=[other], words={"en": ("Foreign?", "So.")})

    assert as_olga.post(f"/control/faq/{foreign.pk}/{part}", typed(line_en="Mine", text_en="Mine")).status_code == 404
    assert str(fresh(foreign)) == "Foreign?"


def test_an_answer_cannot_be_put_into_another_stores_department(as_olga):
    foreign = make_department("Foreign", store=make_store())

    response = as_olga.post("/control/faq/new/", typed(foreign, line_en="Why?", text_en="So."))

    assert list(response.context["form"].errors) == ["department"]


def test_the_list_costs_the_same_for_any_number_of_answers(as_olga, store, support):
    costs = []
    for count in (1, 5):
        for number in range(count):
            write_entry(stores=[store], department=support, words={"en": (f"{number}?", "So.")})
        as_olga.get("/control/faq/")
        with CaptureQueriesContext(connection) as queries:
            as_olga.get("/control/faq/")
        costs.append(len(queries))

    assert costs[0] == costs[1] <= 11
