"""Blacking words out of a message: blocks stand in their place, in its HTML and in its text, and nothing tells how long they were."""

import re

from customers.masked_html import masked_html

BLOCKS = "█████"
#: What is shorter stands inside half of all words.
SHORTEST = 2
MOST_PHRASES = 40


class Blackout:
    """A mask as customers.masked_html takes it, for these phrases: whatever their case, and however they are parted into lines."""

    covers, html_mark, spares_links = True, BLOCKS, True

    def __init__(self, phrases):
        patterns = [r"\s+".join(map(re.escape, phrase.split())) for phrase in phrases]
        self._pattern = re.compile("|".join(sorted(patterns, key=len, reverse=True)), re.IGNORECASE)

    def spans(self, text):
        return [found.span() for found in self._pattern.finditer(text)]

    def text(self, text):
        return self._pattern.sub(BLOCKS, str(text or ""))

    def html(self, html):
        return masked_html(html, self)

    def finds(self, html):
        return self.html(html) != str(html or "")
