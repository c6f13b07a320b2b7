"""has: is: — tickets by what they have, and how they stand."""

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _
from django.utils.translation import pgettext, pgettext_lazy

from tickets.models import Ticket
from tickets.search import values
from tickets.search.operators import Narrowing, nothing, operator


@operator(
    "has",
    pgettext_lazy("search", "has"),
    "دارای",
    "دارد",
    "با",
    "ma",
    "есть",
    "имеет",
    example="has:file",
    help=pgettext_lazy("search help", "with files"),
)
def having(searcher, value):
    if values.means(value, values.FILE):
        return Narrowing(Q(has_files=True), pgettext("search", "a file"))
    return nothing(_("After “%(name)s” can stand: %(words)s.") % {"name": "has:", "words": "file"})


@operator(
    "is",
    pgettext_lazy("search", "is"),
    "هست",
    "است",
    "jest",
    "это",
    example="is:unread",
    help=pgettext_lazy("search help", "unread, open, closed or snoozed"),
)
def being(searcher, value):
    if values.means(value, values.UNREAD):
        marks = Ticket._meta.get_field("read_marks").related_model.objects
        seen = Exists(marks.filter(ticket=OuterRef("pk"), user=searcher.user, read_at__gte=OuterRef("last_message_at")))
        return Narrowing(Q(~seen), _("unread"))
    if values.means(value, values.IS_OPEN):
        return Narrowing(Q(closed_at=None), pgettext("search", "open"))
    if values.means(value, values.IS_CLOSED):
        return Narrowing(Q(closed_at__isnull=False), pgettext("search", "closed"))
    if values.means(value, values.SNOOZED):
        return Narrowing(Q(snoozed_until__isnull=False), pgettext("search", "snoozed"))
    return nothing(_("After “%(name)s” can stand: %(words)s.") % {"name": "is:", "words": "unread, open, closed, snoozed"})
