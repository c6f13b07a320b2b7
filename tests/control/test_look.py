import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from stores.looks import LOGO_SIZE
from tests.make import fresh

LOOK = "/control/store/look/"


def a_picture(size=(1200, 300), kind="PNG"):
    out = io.BytesIO()
    Image.new("RGB", size, "#1f7a5c").save(out, kind)
    return SimpleUploadedFile("logo.png", out.getvalue())


def test_a_chosen_colour_becomes_the_portals_accent(as_olga, client, store):
    as_olga.post(LOOK, {"colour": "1F7A5C"})

    store = fresh(store)
    assert store.colour == "#1f7a5c"
    assert 160 < store.hue < 175
    sheet = client.get(client.get("/").context["look_url"]).content.decode()
    assert f"--h-store:{store.hue:g};--c-store:{store.chroma:g}" in sheet


def test_a_light_colour_may_stay_with_dark_words(as_olga, client, store):
    as_olga.post(LOOK, {"colour": "#ffd23f", "keeps_light_colour": "on"})

    sheet = client.get(client.get("/").context["look_url"]).content.decode()
    assert "--accent:light-dark(#ffd23f" in sheet


@pytest.mark.parametrize(
    ("typed", "field", "words"),
    [
        ({"colour": "#ffffff"}, "colour", "1.0 to 1"),
        ({"colour": "#f7f8f9"}, "colour", "nearly white"),
        ({"colour": "green"}, "colour", "six signs"),
        ({"colour": "#12345"}, "colour", "six signs"),
        ({"colour": "#1f7a5c", "keeps_light_colour": "on"}, "keeps_light_colour", "at least 4.5"),
    ],
)
def test_a_colour_that_cannot_serve_is_refused_with_its_contrast(as_olga, store, typed, field, words):
    response = as_olga.post(LOOK, typed | {"logo": a_picture()})

    assert response.status_code == 422
    assert words in response.context["form"].errors[field][0].replace("\u2068", "").replace("\u2069", "")
    assert typed["colour"] in response.content.decode()
    assert (fresh(store).colour, fresh(store).logo.name) == ("", "")


def test_the_preview_saves_nothing(as_olga, store):
    page = as_olga.post(LOOK, {"colour": "#b5651d", "preview": "1"})

    assert page.status_code == 200
    assert page.context["typed"] == "#b5651d"
    assert fresh(store).colour == ""
    assert as_olga.get(LOOK + "samples/", {"colour": "#b5651d"}).content.decode().count("<svg") >= 10
    assert "nearly white" in as_olga.get(LOOK + "samples/", {"colour": "#fff"}).content.decode()


def test_a_logo_is_drawn_anew_and_small_and_can_be_taken_away(as_olga, client, store):
    as_olga.post(LOOK, {"colour": "#1f7a5c", "logo": a_picture()})

    shown = client.get(fresh(store).logo_url)
    picture = Image.open(io.BytesIO(b"".join(shown.streaming_content)))
    assert picture.format == "PNG"
    assert picture.width <= LOGO_SIZE[0] and picture.height <= LOGO_SIZE[1]
    as_olga.post(LOOK, {"colour": "#1f7a5c", "removes_logo": "on"})
    assert not fresh(store).logo


@pytest.mark.parametrize("content", [b"<svg onload='alert(1)'/>", b"\x89PNG broken", b"MZ program"])
def test_what_is_no_picture_is_no_logo(as_olga, store, content):
    response = as_olga.post(LOOK, {"colour": "#1f7a5c", "logo": SimpleUploadedFile("logo.png", content)})

    assert set(response.context["form"].errors) == {"logo"}
    assert fresh(store).colour == ""
