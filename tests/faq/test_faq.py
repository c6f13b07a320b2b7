import pytest
from django.utils import translation

from faq.models import FaqEntry
from faq.services import count_reading, count_solved, write_entry
from tests.make import fresh, make_department, make_store

pytestmark = pytest.mark.django_db


@pytest.fixture
def store():
    return make_store()


@pytest.fixture
def entry(store):
    return write_entry(
        stores=[store],
        department=make_department("Repairs", store=store),
        words={"en": ("How long does a repair take?", "<p>Six days.</p>"), "fa": ("تعمیر چقدر طول می‌کشد؟", "<p>شش روز.</p>")},
    )


def test_an_entry_speaks_the_readers_language_and_falls_back_to_english(entry):
    for language, question in (("fa", "تعمیر چقدر طول می‌کشد؟"), ("pl", "How long does a repair take?")):
        with translation.override(language):
            assert fresh(entry).words.question == question


def test_search_finds_words_however_they_are_typed(entry, store):
    def found(text):
        return list(FaqEntry.objects.published_in(store).matching(text))

    assert found("REPAIR six") == [entry]
    assert found("ميكشد") == [entry]  # Arabic letters, no half-space
    assert found("repair seven") == []


def test_drafts_and_other_stores_entries_are_not_published(entry, store):
    other = make_store()
    assert list(FaqEntry.objects.published_in(other)) == []

    write_entry(entry=entry, stores=[store], words={}, is_published=False)
    assert list(FaqEntry.objects.published_in(store)) == []


def test_answers_are_sanitised_when_stored(store):
    entry = write_entry(stores=[store], words={"en": ("<b>Why?</b>", '<p onclick="x()">Because<script>alert(1)</script></p>')})

    answer = entry.translations.get().answer
    assert "<script" not in answer and "onclick" not in answer
    assert "Because" in answer


def test_rewriting_keeps_languages_that_were_left_out(entry, store):
    write_entry(entry=entry, stores=[store], department=entry.department, words={"en": ("How long?", "<p>Five days.</p>")})

    assert set(entry.translations.values_list("language", "question")) == {("en", "How long?"), ("fa", "تعمیر چقدر طول می‌کشد؟")}


def test_readings_and_solved_matters_are_counted(entry):
    count_reading(entry)
    count_reading(entry)
    count_solved(entry)

    assert (fresh(entry).reads, fresh(entry).solved) == (2, 1)
