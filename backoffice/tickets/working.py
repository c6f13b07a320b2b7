"""Time worked on a ticket: typed, measured, taken back."""

from collections import defaultdict

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from backoffice.doors import require
from backoffice.pages import menu_page
from backoffice.tickets.ways import address, find, go_back
from common.durations import format_minutes, parse_minutes
from common.errors import DeskError
from common.fields import LineField
from common.form_keys import OneTimeForm, claim_form
from departments.switches import TIMESHEETS
from tickets.models.work import NOTE_LIMIT
from tickets.services.work import drop_timer, record_time, start_timer, stop_timer, take_back_time

#: As many records as the page lists; the sums are of all.
MOST_LISTED = 200


class TimeForm(OneTimeForm):
    duration = LineField(
        label=gettext_lazy("How long"),
        limit=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "text", "dir": "auto"}),
        help_text=gettext_lazy("Like 1h 20m, 1:20, or minutes alone."),
    )
    note = LineField(label=gettext_lazy("What was done"), limit=NOTE_LIMIT, required=False, widget=forms.TextInput(attrs={"dir": "auto"}))

    def clean_duration(self):
        try:
            return parse_minutes(self.cleaned_data["duration"])
        except DeskError as refusal:
            raise forms.ValidationError(str(refusal)) from refusal


@require_http_methods(["GET", "HEAD", "POST"])
def time(request, number):
    """Record time; with `start`, `stop` or `drop`, mind the timer; with `take_back`, take back a record of one's own."""
    ticket, can = find(request, number)
    if not ticket.department.uses(TIMESHEETS):
        raise Http404
    require(can.can_record_time, _("You may not write notes in this department, so you may not record time there either."))
    if any(name in request.POST for name in ("start", "stop", "drop", "take_back")):
        return _press(request, ticket)
    form = TimeForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        with transaction.atomic():
            if claim_form(form, request).is_first:
                record_time(ticket, minutes=given["duration"], note=given["note"], by=request.user)
        return go_back(request, number, address(number, "#time"))
    context = {"ticket": ticket, "form": form, "can": can, **_listed(ticket)}
    return menu_page(request, "backoffice/tickets/time.html", "backoffice/tickets/_timing.html", context, refused=form.is_bound)


def _press(request, ticket):
    if "start" in request.POST:
        start_timer(ticket, by=request.user)
    elif "stop" in request.POST:
        kept = stop_timer(ticket, by=request.user)
        if kept:
            messages.success(request, _("%(duration)s recorded.") % {"duration": format_minutes(kept.minutes)})
    elif "drop" in request.POST:
        drop_timer(ticket, by=request.user)
    else:
        wanted = request.POST["take_back"]
        work = (
            ticket.work.kept().filter(user=request.user, pk=wanted).first()
            if wanted.isascii() and wanted.isdigit() and len(wanted) < 19
            else None
        )
        if work is None:
            raise Http404
        take_back_time(work, by=request.user)
    return go_back(request, ticket.number, address(ticket.number, "#time"))


def _listed(ticket):
    """The newest records, each with its words; and the sum of each person, the longest first."""
    records, sums = list(ticket.work.kept().select_related("user")), defaultdict(int)
    for record in records:
        record.words, record.note = format_minutes(record.minutes), ticket.mask.text(record.note)
        sums[record.user] += record.minutes
    people = sorted(sums.items(), key=lambda row: -row[1])
    return {"records": records[:MOST_LISTED], "people": [(person, format_minutes(minutes)) for person, minutes in people]}
