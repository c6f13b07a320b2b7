"""Sections, the look, pictures, pages, and prepared answers that are public too: the owner's side."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from faq.models import FaqEntry, FaqImage, FaqSection, InfoPage
from faq.services import write_entry
from permissions.rights import StoreRight
from permissions.services import grant
from tests.make import fresh, make_department, make_store, make_team
from tickets.models import ReplyTemplate
from tickets.services.reply_templates import write_reply_template

PUBLIC = {"scope": "department", "is_public": "on", "line_en": "How long?", "text_en": "Six **days**."}


def picture():
    drawn = BytesIO()
    Image.new("RGB", (40, 30), "teal").save(drawn, "PNG")
    return SimpleUploadedFile("box.png", drawn.getvalue())


def test_a_section_is_made_and_an_answer_stands_in_it(as_olga, client, support):
    as_olga.post("/control/faq/sections/new/", {"icon": "truck", "line_en": "Delivery", "line_fa": "ارسال"})
    section = FaqSection.objects.get()
    as_olga.post(
        "/control/faq/new/", {"department": support.pk, "section": section.pk, "is_published": "on", "line_en": "When?", "text_en": "Soon."}
    )

    assert FaqEntry.objects.get().section == section
    assert "Delivery" in client.get("/faq/").content.decode()
    assert "ارسال" in client.get("/faq/", headers={"accept-language": "fa"}).content.decode()


def test_the_list_says_which_languages_are_missing(as_olga, store, support):
    write_entry(stores=[store], department=support, words={"en": ("Why?", "So."), "fa": ("چرا؟", "چون")})

    page = as_olga.get("/control/faq/").content.decode()

    assert page.count("dot-missing") == 2


def test_the_preview_shows_before_saving(as_olga, store):
    write_entry(stores=[store], words={"en": ("Why?", "So.")})

    page = as_olga.post("/control/faq/look/", {"faq_look": "cards", "intro_en": "Look here first.", "preview": "yes"}).content.decode()

    assert "faq-cards" in page and "Look here first." in page
    assert fresh(store).faq_look == "list"


@pytest.mark.parametrize(("look", "mark"), [("list", "faq-folds"), ("cards", "faq-cards"), ("plain", "faq-plain")])
def test_the_look_of_the_answers_is_the_owners(as_olga, client, store, look, mark):
    write_entry(stores=[store], words={"en": ("Why?", "So.")})
    as_olga.post("/control/faq/look/", {"faq_look": look, "intro_en": "Look here first."})

    page = client.get("/faq/").content.decode()

    assert mark in page and "Look here first." in page


def test_the_editor_sends_a_picture_and_gets_what_stands_for_it(as_olga, client):
    answer = as_olga.post("/control/faq/pictures/", {"picture": picture()}, headers={"x-requested-with": "markdown-editor"})
    wrong = as_olga.post(
        "/control/faq/pictures/", {"picture": SimpleUploadedFile("a.png", b"no")}, headers={"x-requested-with": "markdown-editor"}
    )

    markdown = answer.json()["markdown"]
    shown = client.get(markdown.partition("(")[2].rstrip(")"))
    assert (shown.status_code, b"".join(shown.streaming_content)[:4]) == (200, b"\x89PNG")
    assert (wrong.status_code, bool(wrong.json()["error"])) == (422, True)
    assert FaqImage.objects.count() == 1


def test_the_preview_of_a_text_is_sanitised_and_stores_nothing(as_olga):
    part = as_olga.post("/control/faq/preview/", {"text": "**b** <script>x</script>"}, headers={"x-requested-with": "markdown-editor"})
    page = as_olga.post("/control/faq/preview/", {"line_fa": "چرا؟", "text_fa": "**چون**"})

    assert "<strong>b</strong>" in part.content.decode() and "<script>" not in part.content.decode()
    assert "<strong>چون</strong>" in page.content.decode()
    assert not FaqEntry.objects.exists()


def test_a_page_stands_in_the_portals_menu_until_it_is_withdrawn(as_olga, client):
    form = {"address": "delivery", "is_published": "on", "in_menu": "on", "line_en": "Delivery", "text_en": "**Two** days."}
    as_olga.post("/control/pages/new/", form)
    page = InfoPage.objects.get()
    shown = client.get("/pages/delivery/").content.decode()

    assert 'href="/pages/delivery/"' in client.get("/").content.decode()
    assert "<strong>Two</strong> days." in shown
    as_olga.post(f"/control/pages/{page.pk}/publication/", {"published": "no"})
    assert client.get("/pages/delivery/").status_code == 404
    assert "/pages/delivery/" not in client.get("/").content.decode()


@pytest.mark.parametrize("address", ["delivery", "new", "a b", "-x", "تحویل", ""])
def test_an_address_that_cannot_be_is_said_beside_it(as_olga, store, address):
    InfoPage.objects.create(store=store, address="delivery", title="Delivery")

    response = as_olga.post("/control/pages/new/", {"address": address, "line_en": "Mine", "text_en": "Kept words."})

    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["address"]
    assert "Kept words." in response.content.decode()
    assert InfoPage.objects.count() == 1


def test_another_stores_pages_and_sections_do_not_exist_here(as_olga):
    other = make_store()
    page = InfoPage.objects.create(store=other, address="x", title="X")
    section = FaqSection.objects.create(store=other, name="X")

    for part in ("", "place/", "removal/"):
        assert as_olga.post(f"/control/pages/{page.pk}/{part}").status_code == 404
        assert as_olga.post(f"/control/faq/sections/{section.pk}/{part}").status_code == 404


def test_one_text_is_both_and_is_written_in_one_place(as_olga, client, support):
    as_olga.post("/control/answers/new/", {**PUBLIC, "department": support.pk})
    template, entry = ReplyTemplate.objects.get(), FaqEntry.objects.get()

    assert template.faq_entry == entry
    assert "Six <strong>days</strong>." in client.get(f"/faq/{entry.pk}/").content.decode()
    assert f"/control/answers/{template.pk}/" in as_olga.get(f"/control/faq/{entry.pk}/").content.decode()

    as_olga.post(f"/control/faq/{entry.pk}/", {"department": support.pk, "is_published": "on", "line_en": "Hacked", "text_en": "Hacked"})
    assert str(fresh(entry)) == "How long?"
    as_olga.post(
        f"/control/answers/{template.pk}/",
        {**PUBLIC, "department": support.pk, "text_en": "Five days.", "line_pl": "Ile?", "text_pl": "Pięć."},
    )
    assert set(entry.translations.values_list("source", flat=True)) == {"Five days.", "Pięć."}


def test_not_public_any_more_it_stays_a_prepared_answer(as_olga, client, support):
    as_olga.post("/control/answers/new/", {**PUBLIC, "department": support.pk})
    template, entry = ReplyTemplate.objects.get(), FaqEntry.objects.get()

    as_olga.post(f"/control/answers/{template.pk}/", {**PUBLIC, "department": support.pk, "is_public": ""})

    assert client.get(f"/faq/{entry.pk}/").status_code == 404
    assert not fresh(template).is_public
    as_olga.post(f"/control/answers/{template.pk}/removal/")
    assert FaqEntry.objects.filter(pk=entry.pk).exists()


def test_a_public_one_has_nothing_to_fill_in(as_olga, support):
    response = as_olga.post("/control/answers/new/", {**PUBLIC, "department": support.pk, "text_en": "Dear {customer}"})

    assert list(response.context["form"].errors) == ["text_en"]
    assert "{customer}" in str(response.context["form"].errors["text_en"])
    assert not ReplyTemplate.objects.exists() and not FaqEntry.objects.exists()


def test_a_teams_answer_cannot_be_public_and_a_place_must_be_chosen(as_olga):
    team = make_team("Night shift")

    public = as_olga.post("/control/answers/new/", {**PUBLIC, "scope": "team", "team": team.pk})
    nowhere = as_olga.post("/control/answers/new/", {**PUBLIC, "scope": "department", "is_public": ""})

    assert list(public.context["form"].errors) == ["is_public"]
    assert list(nowhere.context["form"].errors) == ["department"]


def test_what_belongs_to_a_store_that_is_not_mine_is_seen_and_not_changed(as_olga, olga, store):
    other = make_store()
    shared = write_entry(stores=[store, other], words={"en": ("Shared?", "So.")})
    everybodys = write_reply_template(words={"en": ("Everybody", "Hello.")})
    both = make_department("Both", store=store)
    both.stores.add(other)
    of_both = write_reply_template(words={"en": ("Of both", "Hello.")}, department=both)

    assert "Shared?" in as_olga.get("/control/faq/").content.decode()
    assert "Everybody" in as_olga.get("/control/answers/").content.decode()
    for address in (f"faq/{shared.pk}/", f"faq/{shared.pk}/removal/", f"answers/{everybodys.pk}/", f"answers/{of_both.pk}/removal/"):
        assert as_olga.post(f"/control/{address}", {"line_en": "Mine", "text_en": "Mine"}).status_code == 403
    assert FaqEntry.objects.filter(pk=shared.pk).exists()

    grant(olga, StoreRight.CHANGE_SETTINGS, other)
    assert as_olga.get(f"/control/faq/{shared.pk}/").status_code == 200
    assert as_olga.get(f"/control/answers/{everybodys.pk}/").status_code == 200


def test_who_sets_up_one_of_two_stores_writes_for_that_one(as_olga, store):
    make_store()

    as_olga.post("/control/answers/new/", {"line_en": "Greeting", "text_en": "Hello."})

    assert ReplyTemplate.objects.get().store == store
