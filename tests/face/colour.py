"""OKLCH to sRGB and the contrast of WCAG, so that colours can be measured without a browser."""

import re
from functools import cache
from math import cos, radians, sin
from pathlib import Path

TOKENS = Path(__file__).resolve().parents[2] / "static" / "css" / "tokens.css"


def to_rgb(lightness, chroma, hue):
    """Red, green and blue from 0 to 1 (linear light), clipped to what a screen can show."""
    a, b = chroma * cos(radians(hue)), chroma * sin(radians(hue))
    long, middle, short = (
        (lightness + x * a + y * b) ** 3
        for x, y in ((0.3963377774, 0.2158037573), (-0.1055613458, -0.0638541728), (-0.0894841775, -1.2914855480))
    )
    channels = (
        4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short,
    )
    return tuple(min(1.0, max(0.0, channel)) for channel in channels)


def contrast(one, other):
    """From 1 to 21, of two colours written as (lightness, chroma, hue)."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour):
    red, green, blue = to_rgb(*colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@cache
def tokens():
    """{name: (light, dark)} of every plain colour in tokens.css; the portal's own recipe is left out."""
    text = TOKENS.read_text().split('[data-face="portal"]')[0]
    number = r"([\d.]+) ([\d.]+) ([\d.]+)"
    pattern = rf"--([\w-]+):\s*light-dark\(\s*oklch\({number}\),\s*oklch\({number}\)\)"
    found = re.findall(pattern, text)
    return {name: (tuple(map(float, values[:3])), tuple(map(float, values[3:]))) for name, *values in found}
