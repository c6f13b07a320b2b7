"""Sections, pages and pictures, as their services keep them."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation
from PIL import Image

from audit.models import AuditLine
from common.errors import DeskError
from faq.errors import AddressIsReserved, AddressIsTaken
from faq.grouping import grouped
from faq.models import FaqEntry, InfoPage
from faq.pages import write_page
from faq.pictures import address_of, as_markdown, keep_picture
from faq.sections import delete_section, move_section, write_section
from faq.services import count_vote, write_entry
from tests.make import fresh, make_department, make_store

pytestmark = pytest.mark.django_db


@pytest.fixture
def store():
    return make_store()


def picture(name="box.jpg", **more):
    drawn = BytesIO()
    Image.new("RGB", (40, 30), "teal").save(drawn, "JPEG", **more)
    return SimpleUploadedFile(name, drawn.getvalue())


def section(store, name):
    return write_section(store=store, words={"en": (name, "")}, icon="truck")


def entry(store, question, **places):
    return write_entry(stores=[store], words={"en": (question, "So.")}, as_markdown=True, **places)


def test_sections_come_first_in_their_order_then_departments(store):
    department = make_department("Support", store=store)
    later, first = section(store, "Later"), section(store, "First")
    move_section(first, places=-1)
    for question, places in {
        "a": {"department": department},
        "b": {"section": later},
        "c": {"section": first, "department": department},
        "d": {},
    }.items():
        entry(store, question, **places)

    groups = grouped(FaqEntry.objects.published_in(store).select_related("section", "department"), store)

    assert [(str(group.heading), [str(one) for one in group.entries]) for group in groups] == [
        ("First", ["c"]), ("Later", ["b"]), ("None", ["d"]), ("Support", ["a"])
    ]  # fmt: skip


def test_another_stores_section_is_no_heading_here(store):
    other = make_store()
    shared = entry(store, "Shared?", section=section(other, "Elsewhere"))
    shared.stores.add(other)

    assert [group.heading for group in grouped([fresh(shared)], store)] == [None]
    assert [str(group.heading) for group in grouped([fresh(shared)], other)] == ["Elsewhere"]


def test_a_deleted_section_leaves_its_answers(store):
    heading = section(store, "Delivery")
    one = entry(store, "Why?", section=heading)

    delete_section(heading)

    assert fresh(one).section is None


def test_an_answer_keeps_what_was_written_beside_what_is_shown(store):
    one = write_entry(stores=[store], words={"en": ("Why?", "Take **it**.")}, as_markdown=True)

    words = one.translations.get()
    assert (words.source, words.markdown) == ("Take **it**.", "Take **it**.")
    assert "<strong>it</strong>" in words.answer
    write_entry(entry=one, stores=[store], words={"en": ("Why now?", None)}, as_markdown=True)
    assert fresh(words).source == "Take **it**."


def test_a_vote_that_changes_moves(store):
    one = entry(store, "Why?")
    count_vote(one, "yes")
    count_vote(one, "no", instead_of="yes")
    count_vote(one, "no", instead_of="no")

    assert (fresh(one).solved, fresh(one).unhelpful) == (0, 1)


def test_a_page_speaks_the_readers_language_and_falls_back(store):
    page = write_page(
        store=store, address="delivery", words={"en": ("Delivery", "**Two** days"), "fa": ("ارسال", "دو روز")}, is_published=True
    )

    for language, title, words in (("fa", "ارسال", "دو روز"), ("pl", "Delivery", "<strong>Two</strong>")):
        with translation.override(language):
            assert str(fresh(page)) == title
            assert words in fresh(page).words


@pytest.mark.parametrize(("address", "error"), [("delivery", AddressIsTaken), ("new", AddressIsReserved)])
def test_an_address_that_is_taken_or_ours_is_refused(store, address, error):
    write_page(store=store, address="delivery", words={"en": ("A", "a")}, is_published=True)
    write_page(store=make_store(), address="delivery", words={"en": ("B", "b")}, is_published=True)

    with pytest.raises(error):
        write_page(store=store, address=address, words={"en": ("C", "c")}, is_published=True)
    assert InfoPage.objects.filter(store=store).count() == 1


def test_a_picture_is_drawn_anew_and_anybody_may_see_it_for_ever(store, client):
    exif = Image.Exif()
    exif[0x010F] = "SecretCamera"
    kept = keep_picture(picture(exif=exif), store=store)

    response = client.get(address_of(kept))

    content = b"".join(response.streaming_content)
    assert Image.open(BytesIO(content)).size == (40, 30)
    assert b"SecretCamera" not in content
    assert "immutable" in response["Cache-Control"] and "sandbox" in response["Content-Security-Policy"]
    assert as_markdown(kept).startswith("![box](/pictures/")


@pytest.mark.parametrize("content", [b"<svg onload=alert(1)>", b"%PDF-1.4", b"\x89PNG\r\n\x1a\nbroken", b""])
def test_what_is_no_picture_is_refused_in_words(store, content):
    with pytest.raises(DeskError):
        keep_picture(SimpleUploadedFile("a.png", content), store=store)


def test_each_change_is_in_the_audit_log_and_names_its_store(store):
    heading = section(store, "Delivery")
    write_section(section=heading, store=store, words={"en": ("Parcels", "")}, icon="truck")
    write_page(store=store, address="delivery", words={"en": ("A", "a")}, is_published=True)

    lines = AuditLine.objects.filter(subject_type__in=["faqsection", "infopage"]).order_by("pk")
    assert [(line.subject_type, line.after["did"], line.store) for line in lines] == [
        ("faqsection", "made", store.pk), ("faqsection", "changed", store.pk), ("infopage", "made", store.pk)
    ]  # fmt: skip
    assert lines[1].before == {"name:en": "Delivery"}
