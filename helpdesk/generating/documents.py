"""What a search finds a ticket by, put together from words that are folded already."""

from helpdesk.generating.extras import file_words
from helpdesk.generating.folding import words_of
from helpdesk.generating.stories import NOTE

#: Between two texts, so that no phrase is found across their border.
GAP = " ¶ "


def document(ticket, department, number, subject_words, story, letters, files, field_words, person):
    """(ticket id, department id, title, words, notes, names) as token strings."""
    words, notes = [], []
    for letter, said in zip(letters, story.said, strict=True):
        (notes if said[0] == NOTE else words).append(letter.words)
    words += file_words(files)
    words += field_words
    return (
        ticket,
        department,
        f"{number if number.isdecimal() else words_of(number)}{GAP}{subject_words}",
        GAP.join(words),
        GAP.join(notes),
        person.identity,
    )
