"""From the colour an owner chose to the store's accent: the hue stays, the strength is tamed, the lightness is ours.

The same recipe stands in static/css/tokens.css ([data-face="portal"]). So no choice can be unreadable; what is refused here is a
colour of which nothing would be left, and a light one that cannot carry dark words.
"""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from common.colours import contrast, to_hex, to_oklch
from stores.errors import ColourIsNearlyWhite, ColourIsTooDarkToStay

STRONGEST = 0.13
LIGHT = 0.72  # from here on a colour may stay as it is, with dark words on it
READABLE = 4.5
NO_COLOUR = 0.03  # what has less chroma than this is a grey
GREY_HUE = 225
NEARLY_WHITE = 0.9
INK = (0.21, 0.03)  # dark words on a light fill
SURFACES = {"light": "#ffffff", "dark": to_hex(0.222, 0.013, 232)}


@dataclass(frozen=True)
class Sample:
    """One of the derived colours as it stands in the portal: words on a ground."""

    key: str
    label: str
    ground: str
    ink: str

    @property
    def contrast(self):
        return contrast(self.ground, self.ink)


def accent_of(colour):
    """(hue, chroma) of the accent that is made from #rrggbb. A grey becomes our own cool grey: it has no hue to keep."""
    _lightness, chroma, hue = to_oklch(colour)
    return (round(hue, 1), round(min(chroma, STRONGEST), 3)) if chroma >= NO_COLOUR else (GREY_HUE, round(chroma / 2, 3))


def is_light(colour):
    return to_oklch(colour)[0] > LIGHT


def guard_colour(colour, *, keeps_light=False):
    """Raises why this colour cannot be the store's: ColourIsNearlyWhite, or ColourIsTooDarkToStay as it is."""
    lightness, chroma, hue = to_oklch(colour)
    if lightness > NEARLY_WHITE and chroma < NO_COLOUR:
        raise ColourIsNearlyWhite(contrast(colour, SURFACES["light"]))
    words = contrast(colour, to_hex(*INK, hue))
    if keeps_light and (lightness <= LIGHT or words < READABLE):
        raise ColourIsTooDarkToStay(words)


def samples(hue, chroma, kept=""):
    """{theme: five Samples}. `kept`: the light colour that stays as it is in light pages."""
    ink = to_hex(*INK, hue)
    light_fill, on_light = (kept, ink) if kept else (to_hex(0.440, chroma, hue), "#ffffff")
    light_over = to_hex(max(to_oklch(kept)[0] - 0.06, LIGHT - 0.06), to_oklch(kept)[1], hue) if kept else to_hex(0.380, chroma, hue)
    dark_fill, dark_block = to_hex(0.800, min(chroma, 0.11), hue), to_hex(0.360, min(chroma, 0.065), hue)
    light = (
        (light_fill, on_light),
        (light_over, on_light),
        (SURFACES["light"], to_hex(0.415, chroma, hue)),
        (to_hex(0.955, 0.022, hue), to_hex(0.415, chroma, hue)),
        (light_fill, on_light),
    )
    dark = (
        (dark_fill, ink),
        (to_hex(0.855, min(chroma, 0.10), hue), ink),
        (SURFACES["dark"], to_hex(0.820, min(chroma, 0.10), hue)),
        (to_hex(0.268, 0.034, hue), to_hex(0.820, min(chroma, 0.10), hue)),
        (dark_block, to_hex(0.960, 0.010, 205)),
    )
    return {
        theme: [Sample(key, label, *pair) for (key, label), pair in zip(SAMPLES, pairs, strict=True)]
        for theme, pairs in (("light", light), ("dark", dark))
    }


SAMPLES = [
    ("button", pgettext_lazy("sample of a colour", "Button")),
    ("pressed", _("Button under the pointer")),
    ("link", pgettext_lazy("sample of a colour", "Link")),
    ("own", _("The customer’s own message")),
    ("banner", pgettext_lazy("sample of a colour", "Banner")),
]


def rules(store):
    """The store's accent as CSS: for one that stays light, the fills are the colour itself."""
    css = f"--h-store:{store.hue:g};--c-store:{store.chroma:g}"
    if store.keeps_light_colour and store.colour:
        button, over = (sample.ground for sample in samples(store.hue, store.chroma, kept=store.colour)["light"][:2])
        ink = to_hex(*INK, store.hue)
        css += (
            f";--accent:light-dark({button},oklch(.8 min({store.chroma:g},.11) {store.hue:g}))"
            f";--accent-over:light-dark({over},oklch(.855 min({store.chroma:g},.1) {store.hue:g}))"
            f";--on-accent:{ink}"
            f";--accent-block:light-dark({button},oklch(.36 min({store.chroma:g},.065) {store.hue:g}))"
            f";--on-accent-block:light-dark({ink},oklch(.96 .01 205))"
        )
    return f'[data-face="portal"]{{{css}}}'
