"""No colour an owner can choose, and none of ours, is ever hard to read."""

import pytest

from tests.face.colour import TOKENS, contrast, tokens

pytestmark = pytest.mark.once

LIGHT, DARK = 0, 1
# What stands on what, and the least contrast in the light and in the dark theme.
PAIRS = [
    ("ink", "surface", 16.5, 14.8),
    ("ink-2", "surface", 8.4, 9.1),
    ("ink-3", "surface", 5.7, 6.4),
    ("ink-3", "hover", 5.0, 5.7),
    ("ink-3", "sunken", 4.5, 4.5),
    ("line-strong", "surface", 3.5, 3.5),
    ("on-accent", "accent", 6.9, 9.0),
    ("on-accent", "accent-over", 4.5, 4.5),
    ("accent-ink", "surface", 7.8, 9.5),
    ("accent-ink", "accent-tint", 6.9, 7.8),
    ("on-accent-block", "accent-block", 6.9, 9.3),
    ("note-ink", "note-tint", 7.7, 10.0),
    ("note-ink", "note-sunken", 6.5, 8.5),
    ("ink-2", "note-tint", 4.5, 4.5),
    ("ink-3", "note-tint", 4.5, 4.5),
    ("note-line", "note-tint", 3.0, 4.2),
    ("on-note", "note-fill", 7.0, 7.0),
    ("on-danger", "danger", 6.5, 7.4),
    ("danger-ink", "danger-tint", 6.9, 7.7),
    ("ink-2", "danger-tint", 4.5, 4.5),
    ("danger-ink", "surface", 4.5, 4.5),
    ("danger-ink", "hover", 4.5, 4.5),
    ("soon-ink", "soon-tint", 6.5, 8.3),
    ("soon-ink", "hover", 4.5, 4.5),
    ("ok-ink", "ok-tint", 7.1, 8.5),
    ("focus", "surface", 6.1, 9.1),
    ("focus", "accent-tint", 3.0, 3.0),
]


@pytest.mark.parametrize(("above", "below", "light", "dark"), PAIRS)
def test_our_own_colours_can_be_read(above, below, light, dark):
    colours = tokens()
    assert contrast(colours[above][LIGHT], colours[below][LIGHT]) >= light
    assert contrast(colours[above][DARK], colours[below][DARK]) >= dark


def every_choice():
    return [(hue, step / 100) for hue in range(0, 360, 3) for step in range(0, 34, 3)]


def tone(hue, chroma):
    """The recipe .tone of tokens.css: ink, tint and mark for each theme."""
    return {
        LIGHT: ((0.43, min(chroma, 0.115), hue), (0.952, min(chroma * 0.25, 0.03), hue), (0.56, min(chroma, 0.15), hue)),
        DARK: ((0.84, min(chroma, 0.09), hue), (0.3, min(chroma * 0.4, 0.045), hue), (0.74, min(chroma, 0.12), hue)),
    }


@pytest.mark.parametrize(("theme", "least_text", "least_mark"), [(LIGHT, 6.3, 3.5), (DARK, 8.1, 6.3)])
def test_no_status_colour_is_unreadable(theme, least_text, least_mark):
    colours = tokens()
    for hue, chroma in every_choice():
        ink, tint, mark = tone(hue, chroma)[theme]
        assert contrast(ink, tint) >= least_text - 0.05, (hue, chroma)
        assert contrast(mark, colours["surface"][theme]) >= least_mark - 0.05, (hue, chroma)
        assert contrast(mark, colours["hover"][theme]) >= least_mark - 0.05, (hue, chroma)


def test_no_store_colour_is_unreadable():
    white = (1, 0, 0)
    surface = tokens()["surface"]
    for hue in range(0, 360, 3):
        for chroma in (0, 0.04, 0.077, 0.09, 0.13):
            assert contrast(white, (0.44, chroma, hue)) >= 5.2, (hue, chroma)
            assert contrast((0.415, chroma, hue), surface[LIGHT]) >= 5.1, (hue, chroma)
            assert contrast((0.415, chroma, hue), (0.955, 0.022, hue)) >= 4.5, (hue, chroma)
            assert contrast((0.21, 0.03, hue), (0.8, min(chroma, 0.11), hue)) >= 8.9, (hue, chroma)
            assert contrast((0.82, min(chroma, 0.1), hue), surface[DARK]) >= 8.0, (hue, chroma)
            assert contrast((0.82, min(chroma, 0.1), hue), (0.268, 0.034, hue)) >= 4.5, (hue, chroma)
            assert contrast((0.96, 0.01, 205), (0.36, min(chroma, 0.065), hue)) >= 4.5, (hue, chroma)


def test_the_recipe_measured_here_is_the_one_served():
    text = TOKENS.read_text()
    assert "oklch(.430 min(var(--c), .115) var(--h)), oklch(.840 min(var(--c), .090) var(--h))" in text
    assert "oklch(.952 min(calc(var(--c) * .25), .030) var(--h)), oklch(.300 min(calc(var(--c) * .40), .045) var(--h))" in text
    assert "oklch(.560 min(var(--c), .150) var(--h)), oklch(.740 min(var(--c), .120) var(--h))" in text
