"""SMS that came in, and what became of each; those that wait are decided here."""

from django import forms
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from common.errors import DeskError
from common.numbers import ascii_digits
from common.paging import Section, page_at
from common.text import clean_line
from departments.models import Department
from notifications.choices import InboundOutcome
from notifications.models import InboundSms
from notifications.sms_inbound import ignore, number_of, open_by_hand, reply_by_hand
from tickets.models import Ticket

PAGE_SIZE = 30
_DECIDABLE = {InboundOutcome.REVIEW, InboundOutcome.LIMITED}


class DecisionForm(forms.Form):
    number = forms.CharField(max_length=20, required=False)
    department = forms.ModelChoiceField(queryset=Department.objects.none(), required=False)

    def __init__(self, data, *, departments):
        super().__init__(data)
        self.fields["department"].queryset = departments


@require_safe
def received(request, store):
    return _page(request, store)


def _departments(store):
    return Department.objects.filter(stores=store, archived_at=None)


def _page(request, store, *, refused=None, said="", status=200):
    rows = InboundSms.objects.filter(store=store).select_related("gateway", "customer", "ticket")
    if request.GET.get("only") == "review":
        rows = rows.filter(outcome=InboundOutcome.REVIEW)
    page = page_at([Section("sms", rows, "-received_at")], request.GET, size=PAGE_SIZE)
    for row in page.rows:
        row.waits = row.outcome in _DECIDABLE
        row.sees_ticket = row.ticket and Ticket.objects.visible_to(request.user).filter(pk=row.ticket_id).exists()
        row.said = said if refused == row.pk else ""
    context = {"page": page, "departments": _departments(store), "only_review": request.GET.get("only") == "review"}
    return render(request, "control/sms/received.html", context, status=status)


@require_POST
def decision(request, store, pk):
    """Put it into a request by its number, open a new one, or leave it."""
    sms = get_object_or_404(InboundSms.objects.select_related("store"), pk=pk, store=store)
    form = DecisionForm(request.POST, departments=_departments(store))
    form.is_valid()
    try:
        said = _decide(request, store, sms, form.cleaned_data)
    except DeskError as error:
        return _page(request, store, refused=sms.pk, said=str(error), status=422)
    messages.success(request, said)
    return redirect("control:sms_received")


class _Unclear(DeskError):
    status_code = 422


def _decide(request, store, sms, asked):
    if "ignore" in request.POST:
        ignore(sms)
        return _("The SMS is left as it is.")
    if "open" in request.POST:
        if asked.get("department") is None:
            raise _Unclear(_("Choose the department of the new request."))
        if number_of(sms) is None:
            raise _Unclear(_("It has no number that can be answered. Put it into a request by its number."))
        open_by_hand(sms, department=asked["department"])
        return _("The SMS is a new request.")
    number = clean_line(ascii_digits(asked.get("number") or ""), 20).removeprefix("#").upper()
    ticket = Ticket.objects.visible_to(request.user).filter(store=store, number=number).select_related("customer__user").first()
    if ticket is None:
        raise _Unclear(_("There is no request with this number that you may see."))
    reply_by_hand(sms, ticket=ticket)
    return _("The SMS is an answer in request %(number)s.") % {"number": ticket.number}
