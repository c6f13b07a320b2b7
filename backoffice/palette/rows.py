"""A row of the palette, and what fits what was typed."""

from dataclasses import dataclass, field
from functools import cache

from django.conf import settings
from django.utils.translation import get_language, override

from common.normaliser import tokens
from common.templatetags.components import icon as draw_icon


@dataclass(frozen=True)
class Row:
    """What can be chosen: `url` leads there; with `fields` it is sent there as a form. `where`: what kind of thing it is, or where it
    is found; `key`: the key that does the same."""

    icon: str
    words: str
    where: str = ""
    url: str = ""
    fields: dict = field(default_factory=dict)

    @property
    def plain(self):
        row = {"icon": draw_icon(self.icon), "words": self.words, "where": self.where, "url": self.url}
        return row | ({"fields": self.fields} if self.fields else {})


@dataclass(frozen=True)
class Place:
    """A page that is found by its name in any language, or by `others`: what people call it besides, in all languages at once.

    `words`, `where`: lazy, in the reader's language when shown.
    """

    icon: str
    words: str
    url: str
    where: str = ""
    others: str = ""

    @property
    def row(self):
        return Row(self.icon, str(self.words), str(self.where), self.url)


def fits(typed, words):
    """Whether every word that was typed begins one of these words."""
    return all(any(word.startswith(each) for word in words) for each in typed)


def fitting(typed, places):
    """Those of the places that fit the words typed; before others those that are called so where the reader reads."""
    language = get_language()
    found = [place for place in places if fits(typed, _all_words(place.words, place.where, place.others))]
    return sorted(found, key=lambda place: not fits(typed, _own_words(place.words, language)))


def begins_a_word_of(text, typed):
    return bool(typed) and fits(typed, tokens(text))


@cache
def _all_words(words, where, others):
    found = set(tokens(others))
    for code, _name in settings.LANGUAGES:
        with override(code):
            found.update(tokens(f"{words} {where}"))
    return found


@cache
def _own_words(words, _language):
    return tokens(words)
