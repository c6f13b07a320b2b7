"""What a search finds a ticket by, put together from words that are folded already."""

from helpdesk.generating.extras import file_words
from helpdesk.generating.folding import words_of
from tickets.choices import MessageKind

#: Between two texts, so that no phrase is found across their border.
GAP = " ¶ "


def document(ticket, department, number, subject_words, story, letters, files, field_words, person):
    """(ticket id, department id, title, words, notes, names) as token strings."""
    words, notes = [], []
    for letter, said in zip(letters, story.said, strict=True):
        (notes if said[0] == MessageKind.NOTE.value else words).append(letter.words)
    words += file_words(files)
    words += field_words
    return ticket, department, f"{words_of(number)}{GAP}{subject_words}", GAP.join(words), GAP.join(notes), person.identity
