"""What a search finds a ticket by, put together from words that are folded already."""

from common.fulltext.cutting import GAP, indexed
from helpdesk.generating.folding import ends_of
from helpdesk.generating.stories import CUSTOMER, NOTE

_GAP = f" {GAP} "


def document(ticket, department, number, subject_words, story, letters, files, field_words, person):
    """(ticket id, department id, [words of each zone]), as tickets.search.writing would make it. Nobody is named in notes."""
    words, notes, names = [], [], [person.words, person.addresses]
    for letter, said in zip(letters, story.said, strict=True):
        (notes if said[0] == NOTE else words).append(letter.words)
    for place, name in files:
        (names if story.said[place][0] == CUSTOMER else words).append(indexed(name))
    words += field_words
    title = f"{number}{_GAP}{ends_of(number)}" if number.isdecimal() else indexed(number)
    return ticket, department, [_GAP.join(zone) for zone in ([title, subject_words], words, notes, names, [])]
