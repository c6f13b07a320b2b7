"""A second matter in one ticket: a page that chooses the message with which a new one begins, and where it goes."""

from django import forms
from django.contrib import messages
from django.db import transaction
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_http_methods

from backoffice.doors import require
from backoffice.pages import desk_page
from backoffice.tickets.forms import departments_to_open_in, read_id
from backoffice.tickets.ways import address, find, is_in_sight
from common.errors import DeskError
from common.fields import LineField
from common.form_keys import OneTimeForm, claim_form, outcome_of
from common.numbers import local_digits
from common.templatetags.formats import isolate
from common.text import excerpt
from departments.models import Department
from tickets.covering import cover_message
from tickets.services.splitting import split_ticket

#: The latest messages are offered; to split an older one, `?message=` names it.
MOST_OFFERED = 50


class SplitForm(OneTimeForm):
    message = forms.TypedChoiceField(
        label=gettext_lazy("Begins with"),
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose the message with which it begins.")},
    )
    and_later = forms.BooleanField(
        label=gettext_lazy("Take all that came later along"), required=False, help_text=gettext_lazy("Notes too.")
    )
    department = forms.ModelChoiceField(Department.objects.none(), label=gettext_lazy("Department"), empty_label=None)
    subject = LineField(
        label=pgettext_lazy("of the new ticket", "Subject"), limit=200, widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"})
    )

    def __init__(self, *args, said, departments, **kwargs):
        super().__init__(*args, **kwargs)
        self.said = {message.pk: message for message in said}
        self.fields["message"].choices = [(message.pk, message.pk) for message in said]
        self.fields["department"].queryset = departments


@require_http_methods(["GET", "HEAD", "POST"])
def split(request, number):
    """Make a ticket of its own from a message. It goes to a department of the same store in which one may open tickets."""
    ticket, can = find(request, number)
    require(can.can_split, _("You may not split tickets of this department."))
    departments = departments_to_open_in(request.user).filter(stores=ticket.store_id)
    require(departments.exists(), _("You may not open tickets in any department."))
    typed = read_id(request.POST.get("message") or request.GET.get("message", ""))
    said = _said(ticket, typed)
    initial = {"message": typed, "department": ticket.department_id, "subject": ticket.subject}
    if request.method == "POST" and (outcome_url := outcome_of(request)):  # sent twice: the message has moved already
        return redirect(outcome_url)
    form = SplitForm(request.POST if request.method == "POST" else None, said=said, departments=departments, initial=initial)
    if form.is_bound and form.is_valid():
        try:
            return _split(request, ticket, form)
        except DeskError as refusal:
            refusal.add_to(form)
    context = {"ticket": ticket, "form": form, "said": said, "chosen": typed}
    return desk_page(request, "backoffice/tickets/split.html", context, status=422 if form.is_bound else 200)


def _said(ticket, chosen):
    """What the customer sees of the talk, the latest part, with the chosen one; covered, and `line` says how each begins."""
    shown = ticket.messages.shown_to_customer().select_related("author").order_by("-created_at", "-pk")
    found = list(shown[:MOST_OFFERED])
    if chosen and chosen not in {message.pk for message in found}:
        found += shown.filter(pk=chosen)
    for message in found:
        cover_message(message, ticket.mask)
        message.line = excerpt(message.body_text, 160)
        message.who = str(ticket.customer) if message.is_from_customer else str(message.author or "")
    return found[::-1]


@transaction.atomic
def _split(request, ticket, form):
    given, sent = form.cleaned_data, claim_form(form, request)
    if sent.is_first:
        new = split_ticket(
            ticket, message=form.said[given["message"]], and_later=given["and_later"], department=given["department"],
            subject=_subject(ticket, given["subject"]), by=request.user,
        )  # fmt: skip
        sees = is_in_sight(request, new.number)
        sent.finish(address(new.number if sees else ticket.number))
        words = (
            _("Ticket %(number)s begins here. The customer was not told.") if sees else _("Ticket %(number)s was made, out of your sight.")
        )
        messages.success(request, words % {"number": isolate(local_digits(new.number))})
    return redirect(sent.outcome_url)


def _subject(ticket, typed):
    """Nothing where the subject was left as it was shown: who read it covered must not write the cover into it."""
    return "" if typed == ticket.subject else typed
