"""The rows of My day: those of the inbox, with the reason why they stand there before their other signs."""

from django import template
from django.utils.html import format_html, format_html_join

from backoffice.templatetags.ticket_rows import RowWriter

register = template.Library()


class ReasonedRowWriter(RowWriter):
    def signs(self, ticket):
        return format_html('<span class="chip{}">{}</span>{}', ticket.reason_tone, ticket.reason, super().signs(ticket))


@register.simple_tag
def day_rows(tickets):
    """Tickets with `reason` and `reason_tone`."""
    writer = ReasonedRowWriter()
    return format_html_join("", "{}", ((writer.row(ticket),) for ticket in tickets))
