"""The dense list as a table, and the cards of the board. Written as ticket_rows.py is, and for the same reason.

{% load ticket_tables %}{% ticket_lines tickets columns %} · {% ticket_cards tickets %}
"""

from django import template
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from backoffice.templatetags.ticket_rows import Plain, RowWriter
from common.covered import with_marks
from common.drawing import draw, joined
from common.moments import format_moment, write_moment
from common.numbers import format_number, local_digits
from common.templatetags.components import avatar, icon, mark
from custom_fields.kinds import kind_of

register = template.Library()

_LINE = '<tr class="row line{}"><td class="line-tick">{}</td><td class="line-mark">{}</td>{}</tr>'
_CELL = '<td class="line-{}">{}</td>'
_CARD = (
    '<li class="card{}" data-number="{}" data-version="{}"><div class="card-head">{}<span class="card-number">{}</span>{}{}</div>'
    '<a class="card-subject" href="{}" dir="auto">{}</a>{}'
    '<div class="card-foot"><span class="clip"><bdi>{}</bdi></span>{}{}</div></li>'
)


class LineWriter(RowWriter):
    """Draws dressed tickets as lines of a table with these columns."""

    def __init__(self, columns):
        super().__init__(can_tick=True)
        self.columns = [(column, getattr(self, f"cell_{column.key}", None)) for column in columns]

    def line(self, ticket):
        number = local_digits(ticket.number, self.reader.language)
        self.shown = getattr(ticket, "found", None) or Plain(ticket, number)
        cells = joined(
            draw(_CELL, column.key, cell(ticket)) if cell else draw(_CELL, "field", self.field(ticket, column.field))
            for column, cell in self.columns
        )
        return draw(_LINE, " row-unread" if ticket.is_unread else "", self.box(ticket, number), self.mark(ticket), cells)

    def field(self, ticket, field):
        plain = ticket.fields.get(str(field.pk)) if ticket.fields else None
        if plain is None:
            return ""
        kind = kind_of(field)
        return draw("<bdi>{}</bdi>", with_marks(ticket.mask.text(str(kind.words(field, kind.from_plain(plain))))))

    def moment(self, moment, words, tone=""):
        if moment is None:
            return ""
        machine, full = format_moment(moment, "machine", self.reader), write_moment(moment, "moment_full", self.reader)
        return draw('<time class="{}" datetime="{}" title="{}">{}</time>', tone, machine, full, words)

    def cell_number(self, ticket):
        return draw("<bdi>{}</bdi>", self.shown.number)

    def cell_subject(self, ticket):
        address = f"{self.address[0]}{ticket.number}{self.address[2]}#end"
        signs = self.unread if ticket.is_unread else ""
        files = self.with_files if ticket.has_files else ""
        return draw('<div class="row-subject"><a href="{}" dir="auto">{}</a>{}{}</div>', address, self.shown.subject, signs, files)

    def cell_last(self, ticket):
        return draw("{}<bdi>{}</bdi>", self.said_by.get(self.shown.kind, ""), self.shown.line)

    def cell_customer(self, ticket):
        return draw("<bdi>{}</bdi>", self.shown.customer)

    def cell_status(self, ticket):
        return self.status(ticket)

    def cell_department(self, ticket):
        return draw("<bdi>{}</bdi>", self.name(ticket, "department"))

    def cell_assignee(self, ticket):
        holder = ticket.team if ticket.team_id else ticket.assignee
        if holder is None:
            return draw('<span class="muted">{}</span>', _("Nobody"))
        sign = avatar(holder, size="sm", team=bool(ticket.team_id))
        return draw('<span class="line-person">{}<bdi>{}</bdi></span>', sign, str(holder))

    def cell_priority(self, ticket):
        return self.priority(ticket)

    def cell_type(self, ticket):
        if not ticket.request_type_id:
            return ""
        return draw("{}<bdi>{}</bdi>", icon(ticket.request_type.icon), self.name(ticket, "request_type"))

    def cell_tags(self, ticket):
        return joined(self.tag(tag) for tag in ticket.tag_chips)

    def cell_due(self, ticket):
        return self.moment(ticket.answer_due_at, ticket.when, ticket.when_tone) if ticket.answer_due_at else ""

    def cell_opened(self, ticket):
        return self.moment(ticket.created_at, write_moment(ticket.created_at, "day", self.reader))

    def cell_said(self, ticket):
        return self.moment(ticket.last_message_at, write_moment(ticket.last_message_at, "ago", self.reader))

    def cell_waiting(self, ticket):
        return self.moment(ticket.waiting_since, ticket.waiting_since and write_moment(ticket.waiting_since, "ago", self.reader))

    def cell_source(self, ticket):
        return ticket.get_source_display()

    def cell_rating(self, ticket):
        return _("%(score)s of 5") % {"score": format_number(ticket.rating)} if ticket.rating else ""


class CardWriter(RowWriter):
    """Draws dressed tickets as cards of the board, each with the way to move it."""

    def __init__(self, *, may_move=True):
        super().__init__()
        self.may_move = may_move
        self.moving = reverse("backoffice:ticket_lane", args=["NUMBER"]).partition("NUMBER")
        self.move_to = pgettext("verb, a ticket", "Move to …")
        self.move_number = _("Move %(number)s to another status")

    def card(self, ticket):
        number = local_digits(ticket.number, self.reader.language)
        shown = getattr(ticket, "found", None) or Plain(ticket, number)
        moment = draw(
            '<time class="card-when push{}" datetime="{}" title="{}">{}</time>',
            f" {ticket.when_tone}" if ticket.when_tone else "",
            format_moment(ticket.when_at, "machine", self.reader),
            write_moment(ticket.when_at, "moment_full", self.reader),
            ticket.when,
        )
        signs = self.chips(ticket)
        return draw(
            _CARD,
            " row-unread" if ticket.is_unread else "",
            ticket.number,
            ticket.version,
            self.once(("named mark", ticket.status_id), lambda: mark(ticket.status, label=ticket.status.name)),
            draw("<bdi>{}</bdi>", shown.number),
            self.unread if ticket.is_unread else "",
            moment,
            f"{self.address[0]}{ticket.number}{self.address[2]}#end",
            shown.subject,
            draw('<div class="card-signs">{}</div>', signs) if signs else "",
            shown.customer,
            self.holder(ticket),
            self.mover(ticket, number) if self.may_move else "",
        )

    def mover(self, ticket, number):
        address = f"{self.moving[0]}{ticket.number}{self.moving[2]}"
        return draw(
            '<details class="menu menu-wide card-move"><summary class="btn btn-quiet btn-sm btn-icon">{}</summary><div class="menu-list">'
            '<menu-part src="{}"><a href="{}">{}</a></menu-part></div></details>',
            icon("three-dots", label=self.move_number % {"number": number}),
            address,
            address,
            self.move_to,
        )

    def chips(self, ticket):
        """What stands under the subject: no more than a card has room for."""
        signs = []
        if ticket.has_files:
            signs.append(self.with_files)
        if ticket.priority > 20:
            signs.append(draw('<span class="chip chip-soon">{}</span>', self.priority(ticket)))
        if ticket.rating:
            words = _("%(score)s of 5") % {"score": format_number(ticket.rating)}
            signs.append(draw('<span class="chip">{}{}</span>', icon("star"), words))
        signs += [self.tag(tag) for tag in ticket.tag_chips[:3]]
        return joined(signs)


@register.simple_tag
def ticket_lines(tickets, columns):
    writer = LineWriter(columns)
    return joined(writer.line(ticket) for ticket in tickets)


@register.simple_tag
def ticket_cards(tickets, may_move=True):
    writer = CardWriter(may_move=may_move)
    return joined(writer.card(ticket) for ticket in tickets)
