"""The rows of a list of tickets as HTML. They stand fifty times on the page that staff look at most, so they are written here: as a
template, with its includes, conditions and tags, they would take longer than all the rest of the page.

{% load ticket_rows %}{% ticket_rows tickets can_tick=True %}
"""

from django import template
from django.urls import reverse
from django.utils.translation import gettext as _

from common.covered import with_marks
from common.drawing import draw, escaped, joined
from common.moments import current_reader, format_moment, write_moment
from common.numbers import format_number, local_digits
from common.templatetags.components import avatar, icon, mark, status, tag_chip
from tickets.choices import MessageKind, Priority

register = template.Library()

_PRIORITIES = Priority.choices
_ROW = (
    '<li class="row{}">{}{}\n  <span class="row-number">{}</span>\n  <div class="row-what">'
    '\n    <div class="row-subject"><a href="{}" dir="auto">{}</a>{}</div>'
    '\n    <div class="row-under">{}{}<bdi>{}</bdi></div>\n  </div>'
    '\n  <span class="row-status">{}</span><span class="row-dept"><bdi>{}</bdi></span>{}'
    '<time class="row-when{}" datetime="{}" title="{}">{}</time></li>'
)
_CHIP = '<span class="chip{}">{}{}</span>'
_FIELD = '<span class="chip chip-field" title="{0}: {1}"><span class="visually-hidden">{0}: </span><bdi>{2}</bdi></span>'


class Plain:
    """The words of a row as they are. In a search a ticket has others: `found` (searching.py), with its hits marked."""

    __slots__ = ("number", "subject", "customer", "kind", "line")

    def __init__(self, ticket, number):
        self.number, self.subject, self.customer = number, with_marks(ticket.subject), ticket.customer_words
        self.kind, self.line = ticket.last_message_kind, with_marks(ticket.last_words)


class RowWriter:
    """Draws dressed tickets (rows.py) for whoever reads now. What is the same in many rows is made once: words, addresses, names.

    `can_tick`: with a box to choose the ticket; `hide_customer`: on the page of this customer.
    """

    def __init__(self, *, can_tick=False, hide_customer=False):
        self.can_tick, self.hide_customer = can_tick, hide_customer
        self.reader = current_reader()
        self.address = reverse("backoffice:ticket", args=["NUMBER"]).partition("NUMBER")
        self.names = {}
        self.priorities = {value: str(label) for value, label in _PRIORITIES}
        self.unread = draw('<i class="unread-dot"></i><span class="visually-hidden">{}</span>', _("unread"))
        self.blocked = icon("slash-circle", label=_("the customer is blocked"), css="row-warned")
        self.warned = icon("exclamation-triangle-fill", label=_("there is a warning about the customer"), css="row-warned")
        self.with_files = icon("paperclip", label=_("with files"))
        self.asleep = icon("moon", label=_("asleep until:"))
        self.select_number = _("Select %(number)s")
        self.said_by = {
            MessageKind.REPLY: draw("{} ", icon("reply", label=_("Our answer:"))),
            MessageKind.NOTE: draw("{} ", icon("lock-fill", label=_("Note:"))),
        }

    def row(self, ticket):
        number = local_digits(ticket.number, self.reader.language)
        shown = getattr(ticket, "found", None) or Plain(ticket, number)
        return draw(
            _ROW,
            " row-unread" if ticket.is_unread else "",
            self.box(ticket, number),
            self.mark(ticket),
            shown.number,
            f"{self.address[0]}{ticket.number}{self.address[2]}#end",
            shown.subject,
            self.signs(ticket),
            "" if self.hide_customer else draw("<b><bdi>{}</bdi></b> · ", shown.customer),
            self.said_by.get(shown.kind, ""),
            shown.line,
            self.status(ticket),
            self.name(ticket, "department"),
            self.holder(ticket),
            f" {ticket.when_tone}" if ticket.when_tone else "",
            format_moment(ticket.when_at, "machine", self.reader),
            write_moment(ticket.when_at, "moment_full", self.reader),
            ticket.when,
        )

    def once(self, key, make):
        """What `make` draws. Many rows share it under this key."""
        if key not in self.names:
            self.names[key] = make()
        return self.names[key]

    def mark(self, ticket):
        return self.once(("mark", ticket.status_id), lambda: mark(ticket.status))

    def status(self, ticket):
        return self.once(("pill", ticket.status_id), lambda: status(ticket.status, plain=True))

    def priority(self, ticket):
        return self.priorities.get(ticket.priority, ticket.priority)

    def holder(self, ticket):
        """The sign of the person or the team that has the ticket."""
        team, person = ticket.team_id, ticket.assignee_id
        key = ("team", team) if team else ("person", person)
        return self.once(key, lambda: avatar(ticket.team if team else ticket.assignee, size="sm", title=True, team=bool(team)))

    def box(self, ticket, number):
        if not self.can_tick:
            return ""
        box = '<input class="tick row-tick" type="checkbox" name="ticket" value="{}" form="bulk" aria-label="{}">'
        return draw(box, ticket.number, self.select_number % {"number": number})

    def signs(self, ticket):
        """What stands behind the subject."""
        signs = []
        if ticket.is_unread:
            signs.append(self.unread)
        if ticket.snoozed_until:
            signs.append(self.asleep)
        if ticket.customer.is_blocked and not self.hide_customer:
            signs.append(self.blocked)
        elif ticket.customer.has_warning and not self.hide_customer:
            signs.append(self.warned)
        if ticket.has_files:
            signs.append(self.with_files)
        if ticket.request_type_id:
            words = draw("<bdi>{}</bdi>", self.name(ticket, "request_type"))
            signs.append(draw(_CHIP, "", icon(ticket.request_type.icon), words))
        if ticket.priority > Priority.NORMAL:
            signs.append(draw(_CHIP, " chip-soon", "", self.priority(ticket)))
        if ticket.rating:
            tone = " chip-ok" if ticket.rating > 3 else " chip-danger" if ticket.rating < 3 else ""
            words = _("%(score)s of 5") % {"score": format_number(ticket.rating)}
            signs.append(draw(_CHIP, tone, icon("star"), words))
        signs += [self.tag(tag) for tag in ticket.tag_chips]
        signs += [self.field_chip(label, words) for label, words in ticket.chips]
        return joined(signs)

    def tag(self, tag):
        return self.once(("tag", tag.id, tag.name), lambda: tag_chip(tag))

    def field_chip(self, label, words):
        return self.once(("field", escaped(label), escaped(words)), lambda: draw(_FIELD, label, words, with_marks(words)))

    def name(self, ticket, kind):
        """The name of its department, or of its request type, in the reader's language, escaped."""
        return self.once((kind, getattr(ticket, f"{kind}_id")), lambda: escaped(getattr(ticket, kind).name))


@register.simple_tag
def ticket_rows(tickets, can_tick=False, hide_customer=False):
    writer = RowWriter(can_tick=can_tick, hide_customer=hide_customer)
    return joined(writer.row(ticket) for ticket in tickets)
