"""Putting a ticket to sleep: a few moments that suit most, or one's own, in the reader's calendar and time zone."""

import re
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from backoffice.doors import require
from backoffice.pages import menu_page
from backoffice.tickets.ways import find, go_back
from common.errors import DeskError
from common.fields import JalaliDateField
from common.moments import current_reader, format_moment, reader_today
from common.numbers import ascii_digits, local_digits
from common.templatetags.formats import isolate
from tickets.services.snoozing import LONGEST, snooze_ticket, wake_ticket

MORNING, EVENING = time(9), time(18)
#: An evening that is nearer than this is no time to sleep.
TOO_NEAR = timedelta(hours=1)
SATURDAY, MONDAY = 5, 0
_CLOCK = re.compile(r"\s*(\d{1,2})(?:\s*[:.٫]\s*(\d{2}))?\s*\Z")


@dataclass(frozen=True)
class Moment:
    key: str
    label: str
    at: datetime


def moments():
    """This evening, tomorrow morning and the first morning of next week, as the reader counts them."""
    reader = current_reader()
    now = timezone.now().astimezone(reader.zone)
    today = now.date()
    first = SATURDAY if reader.reads_jalali else MONDAY
    days = (first - today.weekday()) % 7 or 7
    found = [
        Moment("evening", _("This evening"), datetime.combine(today, EVENING, reader.zone)),
        Moment("tomorrow", _("Tomorrow morning"), datetime.combine(today + timedelta(days=1), MORNING, reader.zone)),
    ]
    if days > 1:
        found.append(Moment("week", _("Next week"), datetime.combine(today + timedelta(days=days), MORNING, reader.zone)))
    return [moment for moment in found if moment.at - now >= TOO_NEAR]


class ClockField(forms.CharField):
    """A time of day in the digits of any script: 9, 9:30, ۹:۳۰."""

    widget = forms.TextInput
    default_error_messages = {"clock": gettext_lazy("Write the time like 9:30.")}

    def widget_attrs(self, widget):
        return {**super().widget_attrs(widget), "inputmode": "numeric", "autocomplete": "off", "dir": "ltr"}

    def clean(self, value):
        found = _CLOCK.match(ascii_digits(super().clean(value)))
        try:
            return time(int(found[1]), int(found[2] or 0)) if found else self._refuse()
        except ValueError:
            self._refuse()

    def _refuse(self):
        raise ValidationError(self.error_messages["clock"], code="clock")


class SnoozeForm(forms.Form):
    """One of the moments by its button (`when`), or a day and a time. `until` of a valid form is the moment."""

    OWN = "own"

    when = forms.CharField(required=False, max_length=10, widget=forms.HiddenInput)
    day = JalaliDateField(label=gettext_lazy("Day"), error_messages={"required": gettext_lazy("Choose a day.")})
    clock = ClockField(label=gettext_lazy("Time"), initial=lambda: local_digits(f"{MORNING:%-H:%M}"))
    through = forms.BooleanField(
        label=gettext_lazy("Sleep on, even if the customer writes"),
        required=False,
        help_text=gettext_lazy("Otherwise the customer’s next message wakes it."),
    )

    def __init__(self, data=None, **kwargs):
        super().__init__(data, **kwargs)
        self.moments = moments()
        self.fields["day"].earliest = reader_today()
        self.fields["day"].latest = reader_today() + LONGEST
        if self.is_bound and self._chosen():  # a button was pressed: what stands in the other fields plays no part
            self.fields["clock"] = forms.CharField(required=False)
            self.fields["day"] = forms.CharField(required=False)

    def _chosen(self):
        return next((moment for moment in self.moments if moment.key == self.data.get("when")), None)

    def clean(self):
        cleaned = super().clean()
        chosen = self._chosen()
        if chosen:
            self.until = chosen.at
        elif not self.errors:
            self.until = datetime.combine(cleaned["day"], cleaned["clock"], current_reader().zone)
            if self.until <= timezone.now():
                self.add_error("clock", _("This moment is over already."))
        return cleaned


@require_http_methods(["GET", "HEAD", "POST"])
def snooze(request, number):
    """Choose until when the ticket sleeps. It is out of the lists until then."""
    ticket, can = find(request, number)
    require(can.can_snooze, _("You may not put tickets of this department to sleep."))
    form = SnoozeForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            snooze_ticket(ticket, until=form.until, sleeps_through=form.cleaned_data["through"], by=request.user)
        except DeskError as refusal:
            refusal.field = None
            refusal.add_to(form)
        else:
            messages.success(request, _("The ticket sleeps until %(moment)s.") % {"moment": isolate(format_moment(form.until, "moment"))})
            return go_back(request, number)
    context = {"ticket": ticket, "form": form}
    return menu_page(request, "backoffice/tickets/snooze.html", "backoffice/tickets/_moments.html", context, refused=form.is_bound)


@require_POST
def waking(request, number):
    """Wake the ticket before its time. One that is awake stays as it is."""
    ticket, can = find(request, number)
    require(can.can_snooze, _("You may not put tickets of this department to sleep."))
    wake_ticket(ticket, by=request.user)
    messages.success(request, _("The ticket is awake."))
    return go_back(request, number)
