"""Whatever colour an owner chooses, what is derived from it can be read."""

import pytest

from common.colours import clean_hex, contrast, to_hex, to_oklch
from stores.colours import accent_of, guard_colour, is_light, samples
from stores.errors import ColourIsNearlyWhite, ColourIsTooDarkToStay

pytestmark = pytest.mark.once

STEPS = range(0, 256, 51)
EVERY = [f"#{red:02x}{green:02x}{blue:02x}" for red in STEPS for green in STEPS for blue in STEPS]
LEAST = {
    "light": {"button": 5.2, "pressed": 5.2, "link": 5.1, "own": 5.1, "banner": 5.2},
    "dark": dict.fromkeys(["button", "pressed"], 9.0),
}


def test_no_choice_gives_words_that_cannot_be_read():
    for colour in EVERY:
        for theme, drawn in samples(*accent_of(colour)).items():
            for sample in drawn:
                assert sample.contrast >= LEAST[theme].get(sample.key, 4.5), (colour, theme, sample)


def test_no_hue_and_no_strength_gives_words_that_cannot_be_read():
    for hue in range(0, 360, 3):
        for chroma in (0.0, 0.04, 0.08, 0.13):
            assert all(sample.contrast >= 4.5 for drawn in samples(hue, chroma).values() for sample in drawn), (hue, chroma)


def test_a_light_colour_that_may_stay_carries_dark_words():
    kept = 0
    for colour in EVERY:
        try:
            guard_colour(colour, keeps_light=True)
        except (ColourIsNearlyWhite, ColourIsTooDarkToStay):
            continue
        kept += 1
        drawn = samples(*accent_of(colour), kept=colour)["light"]
        assert is_light(colour)
        assert all(sample.contrast >= 4.5 for sample in drawn), colour
    assert kept > 50


@pytest.mark.parametrize("colour", EVERY[::7])
def test_a_colour_goes_to_oklch_and_back(colour):
    assert to_hex(*to_oklch(colour)) == colour


def test_white_and_what_is_nearly_white_are_refused_and_greys_are_not():
    for colour in ("#ffffff", "#fefefe", "#f4f6f5"):
        with pytest.raises(ColourIsNearlyWhite):
            guard_colour(colour)
    for colour in ("#000000", "#808080", "#ffd23f", "#ff0000"):
        guard_colour(colour)


def test_contrast_is_what_everybody_measures():
    assert round(contrast("#000000", "#ffffff"), 1) == 21
    assert round(contrast("#767676", "#ffffff"), 2) == 4.54


@pytest.mark.parametrize(
    ("typed", "clean"), [("1F7A5C", "#1f7a5c"), (" #abc ", "#aabbcc"), ("#abcd", ""), ("red", ""), ("", ""), (None, "")]
)
def test_what_was_typed_becomes_one_spelling(typed, clean):
    assert clean_hex(typed) == clean
