"""Deleting a ticket, which asks once; the list of what was deleted; and bringing it back."""

from datetime import timedelta

from django import forms
from django.contrib import messages
from django.db.models import OuterRef, Subquery
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from backoffice.doors import require
from backoffice.pages import desk_page, sight_of
from backoffice.tickets.listing import Listed, load
from backoffice.tickets.rows import dress
from backoffice.tickets.ways import find, go_back, to_list
from common.fields import LineField
from common.numbers import local_digits
from common.paging import page_at
from permissions.rights import DepartmentRight
from tickets.choices import Kind
from tickets.covering import known_stores
from tickets.models import Ticket, TicketEvent
from tickets.ranges import DELETED, Part
from tickets.services.deleting import DAYS, delete_ticket, restore_ticket

PAGE_SIZE = 50


class DeletionForm(forms.Form):
    reason = LineField(
        label=gettext_lazy("Reason"),
        limit=300,
        required=False,
        help_text=gettext_lazy("Kept in the audit log."),
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def deletion(request, number):
    """Ask, then delete. Sending it twice deletes once."""
    if request.method == "POST" and Ticket.objects.deleted_before(request.user).filter(number=number).exists():
        return to_list(request)
    ticket, can = find(request, number)
    require(can.can_delete, _("You may not delete tickets in this department."))
    form = DeletionForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        context = {"ticket": ticket, "form": form, "days": DAYS}
        return desk_page(request, "backoffice/tickets/deletion.html", context, status=422 if form.is_bound else 200)
    delete_ticket(ticket, by=request.user, reason=form.cleaned_data["reason"])
    words = _("Ticket %(number)s is deleted. It stands under “Deleted” for a while and can be brought back.")
    messages.success(request, words % {"number": local_digits(number)})
    return to_list(request)


@require_safe
def deleted(request):
    """What was deleted and can still be brought back by this person, the latest first."""
    sight = sight_of(request)
    may_delete = sight.places_with(DepartmentRight.DELETE)
    require(may_delete, _("You may not delete tickets, so you do not see deleted ones."))
    deletions = TicketEvent.objects.filter(ticket=OuterRef("pk"), kind=Kind.DELETED).order_by("-pk")
    part = Part(Ticket.objects.deleted(), DELETED, may_delete & sight.departments, frozenset(sight.statuses))
    page = page_at([Listed("all", [part], "-deleted_at")], request.GET, size=PAGE_SIZE)
    tickets = Ticket.objects.deleted_before(sight).for_inbox().annotate(deleted_by=Subquery(deletions.values("actor__name")[:1]))
    dress(load(page, tickets).rows, known_stores(sight))
    for ticket in page.rows:
        ticket.gone_at = ticket.deleted_at + timedelta(days=DAYS)
        ticket.is_last_day = ticket.gone_at - timezone.now() < timedelta(days=1)
    return desk_page(request, "backoffice/tickets/deleted.html", {"page": page, "days": DAYS})


@require_POST
def restoration(request, number):
    ticket = Ticket.objects.deleted_before(request.user).filter(number=number).first()
    if ticket is None:
        raise Http404
    restore_ticket(ticket, by=request.user)
    messages.success(request, _("Ticket %(number)s is back.") % {"number": local_digits(number)})
    return go_back(request, number)
