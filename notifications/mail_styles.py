"""The look of mails. Templates only name classes m-…; the light look is written into each element, because many mail programs
drop style sheets, and the dark look comes as a style sheet for those that do not.
"""

import re

from django.utils.safestring import mark_safe

from common.colours import to_hex
from notifications.directions import marks_to_markup

# The tokens of the product: (light, dark), each lightness, chroma, hue.
GROUND = ((0.977, 0.004, 220), (0.180, 0.012, 232))
# Not quite white: some programs turn pure white, and only that, into black.
SURFACE = ((0.995, 0.002, 220), (0.222, 0.013, 232))
SUNKEN = ((0.962, 0.005, 220), (0.262, 0.015, 232))
LINE = ((0.912, 0.007, 220), (0.305, 0.014, 232))
INK = ((0.235, 0.022, 235), (0.950, 0.006, 220))
INK_3 = ((0.505, 0.018, 230), (0.700, 0.013, 225))
OUR_HUE, OUR_CHROMA = 212, 0.077

FONT = "-apple-system,BlinkMacSystemFont,'Segoe UI',Roboto,Helvetica,Arial,sans-serif"
PERSIAN_FONT = "Tahoma,'Segoe UI',Arial,sans-serif"

# Inside a tag only: in people's own words a quotation mark may stand as it is, in their tags it never does.
# A paragraph people wrote: programs would give it margins of a whole line.
_PLAIN_PARAGRAPH = re.compile(r"<p(?=[ >])(?![^<>]*\b(?:class|style)=)")
_CLASS = re.compile(r'(?<=<)([a-z0-9]+\b[^<>]*?)class="(m-[a-z]+)"')


def dress(html, language, store=None):
    """The mail with its looks. The accent is the store's own, as in its portal."""
    persian = language == "fa"
    styles, dark = _looks(persian, store.hue if store else OUR_HUE, min(store.chroma if store else OUR_CHROMA, 0.13))
    html = _PLAIN_PARAGRAPH.sub('<p style="margin:0 0 8px"', marks_to_markup(html))
    html = _CLASS.sub(lambda found: f'{found.group()} style="{styles[found.group(2)]}"', html)
    sheet = "".join(f".{name}{{{rules}}}" for name, rules in dark.items())
    return mark_safe(html.replace("</head>", f"<style>@media (prefers-color-scheme:dark){{{sheet}}}</style></head>", 1))  # noqa: S308


def _looks(persian, hue, chroma):
    light = {name: to_hex(*pair[0]) for name, pair in _NAMED.items()}
    dark = {name: to_hex(*pair[1]) for name, pair in _NAMED.items()}
    fill, on_fill = to_hex(0.44, min(chroma, 0.13), hue), "#fefefe"
    dark_fill, dark_on_fill = to_hex(0.80, min(chroma, 0.11), hue), to_hex(0.20, 0.03, hue)
    link, dark_link = to_hex(0.415, min(chroma, 0.12), hue), to_hex(0.82, min(chroma, 0.10), hue)
    font, lead = (PERSIAN_FONT, 1.9) if persian else (FONT, 1.6)
    text = f"margin:0 0 16px;font-family:{font};font-size:16px;line-height:{lead};color:{light['ink']};overflow-wrap:anywhere"
    small = f"margin:0 0 8px;font-family:{font};font-size:13px;line-height:{lead};color:{light['ink_3']}"
    styles = {
        "m-ground": f"margin:0;padding:24px 12px;background:{light['ground']}",
        "m-sheet": "max-width:600px;margin:0 auto",
        "m-name": f"margin:0 0 16px;padding:0 24px;font-family:{font};font-size:18px;line-height:1.5;font-weight:600;color:{light['ink']}",
        "m-card": f"padding:24px;background:{light['surface']};border:1px solid {light['line']};border-radius:18px",
        "m-p": text,
        "m-quote": f"{text};padding:12px 16px;background:{light['sunken']};border-radius:12px",
        "m-link": f"color:{link};word-break:break-word",
        "m-action": "margin:24px 0 16px",
        "m-button": f"display:inline-block;padding:12px 24px;background:{fill};color:{on_fill};border-radius:8px;font-family:{font};"
        f"font-size:16px;line-height:1.4;font-weight:600;text-decoration:none",
        "m-choice": "display:inline-block;margin:0 0 8px;padding:10px 16px;border-radius:8px;"
        f"border:1px solid {light['line']};color:{link};font-family:{font};font-size:16px;line-height:1.4;text-decoration:none",
        "m-code": "margin:0 0 16px;font-family:Consolas,Menlo,monospace;font-size:30px;line-height:1.4;letter-spacing:4px;"
        f"color:{light['ink']}",
        "m-small": small,
        "m-foot": f"padding:16px 24px 0;{small}",
    }
    rules = {
        "m-ground": f"background:{dark['ground']}!important",
        "m-card": f"background:{dark['surface']}!important;border-color:{dark['line']}!important",
        "m-quote": f"background:{dark['sunken']}!important;color:{dark['ink']}!important",
        **dict.fromkeys(("m-name", "m-p", "m-code"), f"color:{dark['ink']}!important"),
        **dict.fromkeys(("m-small", "m-foot"), f"color:{dark['ink_3']}!important"),
        "m-link": f"color:{dark_link}!important",
        "m-button": f"background:{dark_fill}!important;color:{dark_on_fill}!important",
        "m-choice": f"color:{dark_link}!important;border-color:{dark['line']}!important",
    }
    return styles, rules


_NAMED = {"ground": GROUND, "surface": SURFACE, "sunken": SUNKEN, "line": LINE, "ink": INK, "ink_3": INK_3}
