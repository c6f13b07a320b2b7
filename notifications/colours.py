"""Colours for mails. Mail programs know no oklch(), so our tokens are turned into #rrggbb here."""

from functools import lru_cache
from math import cos, radians, sin


@lru_cache(maxsize=256)
def to_hex(lightness, chroma, hue):
    """#rrggbb of an OKLCH colour. What a screen cannot show loses chroma, never lightness."""
    while True:
        channels = _to_linear_srgb(lightness, chroma * cos(radians(hue)), chroma * sin(radians(hue)))
        if chroma <= 0 or all(-0.0005 <= channel <= 1.0005 for channel in channels):
            return "#" + "".join(f"{round(_gamma(min(max(channel, 0), 1)) * 255):02x}" for channel in channels)
        chroma = max(0, chroma - 0.004)


def _to_linear_srgb(lightness, a, b):
    l_ = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    m_ = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    s_ = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * l_ - 3.3077115913 * m_ + 0.2309699292 * s_,
        -1.2684380046 * l_ + 2.6097574011 * m_ - 0.3413193965 * s_,
        -0.0041960863 * l_ - 0.7034186147 * m_ + 1.7076147010 * s_,
    )


def _gamma(channel):
    return 12.92 * channel if channel <= 0.0031308 else 1.055 * channel ** (1 / 2.4) - 0.055
