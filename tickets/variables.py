"""Words in braces that owners and staff put into their texts: {customer}, {number}, {field:serial}.

There is no engine behind them. One regular expression finds a name; a name that is known becomes its value, once, and everything
else in braces stays what was typed. So no text reaches anything but the values listed here.
"""

import difflib
import re
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from common.moments import format_moment, reader_today
from common.numbers import local_digits
from common.text import clean_line, clean_text
from custom_fields.models import Field
from customers.masking import OPEN
from customers.models import Customer
from customers.names import customer_words
from tickets.covering import known_stores
from tickets.field_words import field_facts
from tickets.links import link_for

# Every repetition is bounded, so no text makes looking for variables slow.
_VARIABLE = re.compile(r"(?<!\{)\{([a-z_]{1,40}|field:[A-Za-z0-9_-]{1,40})\}(?!\})")
_LIKE_A_VARIABLE = re.compile(r"\{{1,3}[ \t]{0,3}([\w.:-]{1,60})[ \t]{0,3}\}{1,3}")
FIELD = "field:"


@dataclass(frozen=True)
class Variable:
    """What an owner may name: what it is, in words, and how it may look."""

    label: str
    example: str


VARIABLES = {
    "customer": Variable(gettext_lazy("the customer’s name"), pgettext_lazy("example", "Maja Lis")),
    "first_name": Variable(gettext_lazy("first name of whoever reads it"), pgettext_lazy("example", "Maja")),
    "company": Variable(gettext_lazy("the customer’s company"), pgettext_lazy("example", "Café Pod Lipą")),
    "email": Variable(gettext_lazy("the customer’s e-mail address"), "maja@example.com"),
    "phone": Variable(gettext_lazy("the customer’s mobile number"), "+48512345678"),
    "number": Variable(gettext_lazy("number of the request"), "481902"),
    "subject": Variable(gettext_lazy("subject of the request"), pgettext_lazy("example", "The grinder rattles")),
    "department": Variable(gettext_lazy("department"), pgettext_lazy("example", "Repairs")),
    "status": Variable(gettext_lazy("status, in the reader’s words for it"), pgettext_lazy("example", "Waiting for you")),
    "request_type": Variable(gettext_lazy("kind of request"), pgettext_lazy("example", "Repair")),
    "assignee": Variable(gettext_lazy("who has the ticket"), pgettext_lazy("example", "Alice Warren")),
    "team": Variable(gettext_lazy("team that has the ticket"), pgettext_lazy("example", "Night shift")),
    "author": Variable(gettext_lazy("who writes or does it"), pgettext_lazy("example", "Alice Warren")),
    "words": Variable(
        gettext_lazy("the text of the answer, note or action"), pgettext_lazy("example", "Please send us a photo of the label.")
    ),
    "store": Variable(gettext_lazy("name of the store"), "Narvan"),
    "date": Variable(gettext_lazy("today’s date"), pgettext_lazy("example", "Thursday, 19 November 2026")),
    "link": Variable(gettext_lazy("the way to the request"), "https://help.narvan.example/tickets/481902/"),
}


class Facts(dict):
    """Values by name. Those of the owner's fields are looked up when the first of them is asked for; `fields` says how."""

    def __init__(self, values, fields=None):
        super().__init__(values)
        self._fields = fields

    def __missing__(self, name):
        if self._fields is None or not name.startswith(FIELD):
            raise KeyError(name)
        fields, self._fields = self._fields, None
        self.update(fields())
        return self[name]

    def known_to(self, other):
        """The same, but of the owner's fields only what the `other` Facts know as well."""
        mine, theirs = self._fields, other._fields
        if mine is not None:
            self._fields = lambda: _in_both(mine(), theirs() if theirs else {})
        return self


def _in_both(mine, theirs):
    return {name: words if theirs.get(name) else "" for name, words in mine.items()}


def pieces(text, facts):
    """The text in parts: (None, what was typed) and (name, its value). A value is never searched for variables again."""
    end = 0
    for found in _VARIABLE.finditer(text):
        try:
            value = facts[found.group(1)]
        except KeyError:
            continue
        yield None, text[end : found.start()]
        yield found.group(1), str(value)
        end = found.end()
    yield None, text[end:]


def fill(text, facts, treat=str) -> str:
    """The text with its variables filled in. `treat` is done to each value: escaping, keeping directions apart."""
    return "".join(words if name is None else treat(words) for name, words in pieces(str(text or ""), facts))


def variables_in(text):
    """Names of what stands in braces as a variable does, known or not, in order and once."""
    return list(dict.fromkeys(_VARIABLE.findall(str(text or ""))))


def field_variables():
    """{“field:serial”: Variable} for every field that texts may name. Secrets are none of them."""
    fields = Field.objects.kept()
    return {f"{FIELD}{field.key}": Variable(str(field), "") for field in fields if not field.is_secret}


def unknown_variables(text, known=None) -> list:
    """What looks like a variable and is none, as it was typed. `known`: names that may be used here, else all."""
    typed = [found.group() for found in _LIKE_A_VARIABLE.finditer(str(text or ""))]
    if not typed:
        return []
    names = _names(known, typed)
    return list(dict.fromkeys(one for one in typed if not (_VARIABLE.fullmatch(one) and one[1:-1] in names)))


def complaint_about(typed, known=None) -> str:
    """A sentence that names what is unknown, and the known variable that comes nearest."""
    name = typed.strip("{} \t")
    nearest = difflib.get_close_matches(name.lower(), sorted(_names(known, [typed])), n=1, cutoff=0.6)
    if nearest:
        return _("There is no variable %(typed)s here. Did you mean %(nearest)s?") % {"typed": typed, "nearest": f"{{{nearest[0]}}}"}
    return _("There is no variable %(typed)s here. Choose one from the list, or write the words without braces.") % {"typed": typed}


def _names(known, typed):
    names = set(VARIABLES if known is None else known)
    return names | set(field_variables()) if any(FIELD in one for one in typed) else names


def facts_for(ticket, *, reader=None, by=None, words="", link=None) -> Facts:
    """What the variables stand for, in the active language, as `reader` may know it: a customer, a member of staff, or nobody we know.

    `by`: who writes or does it; `words`: the text they entered. A member of staff who may not know the customer reads
    everything covered; whom we do not know gets no link.
    """
    is_staff = reader is not None and not isinstance(reader, Customer)
    mask = known_stores(reader).mask(ticket) if is_staff else OPEN
    customer = ticket.customer
    account = customer.user if customer.user_id else None
    status = ticket.status.portal_name if isinstance(reader, Customer) else ticket.status
    values = {
        "customer": clean_line(customer_words(customer, not mask.covers), 80),
        "first_name": clean_line(reader.first_name, 40) if reader is not None else "",
        "company": "" if mask.covers else clean_line(customer.company, 120),
        "email": "" if mask.covers else (account.email if account else "") or customer.email,
        "phone": "" if mask.covers else (account.phone if account else "") or customer.phone,
        "number": local_digits(ticket.number),
        "subject": mask.text(clean_line(ticket.subject, 120)),
        "department": clean_line(str(ticket.department), 80),
        "status": clean_line(str(status), 80),
        "request_type": clean_line(str(ticket.request_type or ""), 80),
        "assignee": clean_line(_public_name(ticket.assignee, reader), 80),
        "team": clean_line(ticket.team.name if ticket.team_id else "", 80),
        "author": clean_line(_author(by, mask, reader) or (str(ticket.store) if by is not None else ""), 80),
        "words": mask.text(clean_text(words)),
        "store": clean_line(str(ticket.store), 60),
        "date": format_moment(reader_today(), "day_long"),
        "link": link if link is not None else link_for(ticket, reader) if reader is not None else "",
    }
    return Facts(values, fields=lambda: field_facts(ticket, reader=reader, mask=mask))


def _public_name(person, reader):
    """Of staff, others read the name, never an address that stands in its place."""
    if person is None:
        return ""
    return person.name if reader is None or isinstance(reader, Customer) else str(person)


def _author(by, mask, reader):
    if isinstance(by, Customer):
        return mask.text(str(by))
    return _public_name(by, reader)
