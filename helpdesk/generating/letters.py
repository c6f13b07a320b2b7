"""Letters put together from prepared pieces: what a customer writes, what staff answer, what they note among themselves."""

from typing import NamedTuple

from common.fulltext.cutting import GAP
from helpdesk.generating.pieces import Piece

# How many sentences: many short letters, a few long ones.
_LENGTHS = (2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 8, 9, 10, 13, 18)
_NOTE_LENGTHS = (1, 1, 1, 2, 2, 3)


class Letter(NamedTuple):
    """`words` without the customer's name, wherever it stands in the text: not everybody finds a ticket by it."""

    text: str
    html: str
    words: str


class Matter:
    """What one ticket is about: every letter in it draws from the same topic."""

    def __init__(self, tongue, topic, order, person, random):
        self.tongue, self.order, self.person, self._random = tongue, order, person, random
        self._topic = tongue.topics[topic]

    def subject(self):
        """(text, words) of the subject; some name the product as well."""
        random = self._random
        subjects = self._topic.subjects
        piece = subjects[int(random() * len(subjects))]
        if random() < 0.3:
            slot = "brand" if random() < 0.4 else "thing"
            more = self.tongue.fill(slot, random, self.order)
            return f"{piece.text} – {more.text}", _words([piece, more])
        return piece.text, _words([piece])

    def by_customer(self):
        tongue, random = self.tongue, self._random
        greeting = tongue.greetings[int(random() * len(tongue.greetings))]
        closing = tongue.closings[int(random() * len(tongue.closings))]
        body = self._sentences(self._topic.customer, tongue.customer, tongue.details, _LENGTHS)
        return _letter(greeting, body, closing, f"\n{self.person.name}" if random() < 0.7 else "")

    def by_staff(self):
        tongue, random = self.tongue, self._random
        greeting = tongue.staff_greetings[int(random() * len(tongue.staff_greetings))]
        if greeting.slots:
            name = self.person.first
            text, html = greeting.text, greeting.html
            greeting = greeting._replace(
                text=f"{text[0]}{name}{text[1]}", html=f"{html[0]}{name}{html[1]}", words=" ".join(greeting.words).strip()
            )
        closing = tongue.staff_closings[int(random() * len(tongue.staff_closings))]
        return _letter(greeting, self._sentences(self._topic.staff, tongue.staff, tongue.staff_details, _LENGTHS), closing, "")

    def note(self):
        tongue = self.tongue
        pieces = self._sentences(self._topic.notes, tongue.notes, tongue.staff_details, _NOTE_LENGTHS)
        html = " ".join([piece.html for piece in pieces])
        return Letter(" ".join([piece.text for piece in pieces]), f'<p dir="auto">{html}</p>', _words(pieces))

    def _sentences(self, topical, general, detailed, lengths):
        random, pieces, chosen = self._random, [], set()
        for _ in range(lengths[int(random() * len(lengths))]):
            kind = random()
            if kind < 0.42:
                piece = topical[int(random() * len(topical))]
            elif kind < 0.75:
                piece = general[int(random() * len(general))]
            else:
                piece = detailed[int(random() * len(detailed))]
            if piece.words not in chosen:
                chosen.add(piece.words)
                pieces.append(self._filled(piece) if piece.slots else piece)
        return pieces

    def _filled(self, piece):
        tongue, ends = self.tongue, [piece.ends] if piece.ends else []
        text, html, words = [piece.text[0]], [piece.html[0]], [piece.words[0]]
        for place, slot in enumerate(piece.slots, start=1):
            filling = tongue.fill(slot, self._random, self.order)
            text += filling.text, piece.text[place]
            html += filling.html, piece.html[place]
            words += filling.words, piece.words[place]
            if filling.ends:
                ends.append(filling.ends)
        return Piece("".join(text), "".join(html), " ".join([word for word in words if word]), (), " ".join(ends))


def _letter(greeting, body, closing, signature):
    text = f"{greeting.text}\n\n{' '.join([piece.text for piece in body])}\n\n{closing.text}{signature}"
    middle = " ".join([piece.html for piece in body])
    end = closing.html + signature.replace("\n", "<br>")
    html = f'<p dir="auto">{greeting.html}</p>\n<p dir="auto">{middle}</p>\n<p dir="auto">{end}</p>'
    return Letter(text, html, _words([greeting, *body, closing]))


def _words(pieces):
    """In their order; behind a gap, the ends of the numbers among them and the parts of words with half-spaces."""
    words = " ".join([piece.words for piece in pieces])
    ends = [piece.ends for piece in pieces if piece.ends]
    return f"{words} {GAP} {' '.join(ends)}" if ends else words
