"""Organisations: the list, one with its members and what is noted about all of them, and changing it."""

from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from backoffice.customers.forms import CustomerNoteForm
from backoffice.customers.notes import note_page
from backoffice.customers.ways import customers_or_404, to_manage
from backoffice.doors import customers_visible_to, require, sees_nobody
from backoffice.pages import desk_page
from common.errors import DeskError
from common.fields import LineField, LongTextField
from common.form_keys import OneTimeForm, claim_form
from common.normaliser import normalise
from common.paging import Section, page_at
from common.text import clean_line
from customers.finding import matching
from customers.models import Customer, CustomerNote, Organisation, Sharing
from customers.services import (
    add_organisation_note,
    put_into_organisation,
    remove_customer_note,
    remove_organisation,
    save_organisation,
    take_out_of_organisation,
)
from permissions.rights import StoreRight

SIZE, FOUND = 50, 8


class OrganisationForm(OneTimeForm):
    name = LineField(label=gettext_lazy("Name"), limit=120, widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}))
    domains = LongTextField(
        label=gettext_lazy("Mail domains"),
        limit=4000,
        required=False,
        help_text=gettext_lazy(
            "One on each line, firm.example say. Whoever has proved an e-mail address there belongs to the organisation by itself."
        ),
        widget=forms.Textarea(attrs={"dir": "ltr", "rows": 3, "spellcheck": "false"}),
    )
    sharing = forms.ChoiceField(
        label=gettext_lazy("In the portal, members with an account"),
        choices=Sharing.choices,
        initial=Sharing.NOTHING,
        widget=forms.RadioSelect,
        help_text=gettext_lazy(
            "Members read who asked and all that was said to the customer, with its files; never notes, nor filled-in fields."
        ),
    )

    @property
    def given(self):
        given = self.cleaned_data
        return {"name": given["name"], "sharing": given["sharing"], "domains": given["domains"].split()}


def organisations_visible_to(user):
    """Those with a member this person may know, and those without any."""
    visible = customers_visible_to(user)
    if sees_nobody(visible):
        raise Http404
    members = Customer.objects.filter(organisation=OuterRef("pk"))
    known = Exists(visible.filter(organisation=OuterRef("pk")))
    return Organisation.objects.filter(known | ~Exists(members))


def organisation_or_404(user, pk):
    found = organisations_visible_to(user).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def may_manage(user, organisation=None):
    """Takes the right to manage each of its members: what is decided here opens the requests of all of them."""
    manageable = customers_visible_to(user, StoreRight.MANAGE_CUSTOMERS)
    if sees_nobody(manageable):
        return False
    return organisation is None or not organisation.members.exclude(pk__in=manageable.values("pk")).exists()


def _to_manage(request, pk):
    found = organisation_or_404(request.user, pk)
    require(may_manage(request.user, found), _("You may not manage this organisation: that takes the right to manage all its members."))
    return found


@require_safe
def organisations(request):
    visible, words = organisations_visible_to(request.user), clean_line(request.GET.get("q", ""), 120)
    if words:
        visible = visible.filter(folded__contains=normalise(words))
    section = Section("all", visible, "name")
    page = page_at([section], request.GET, size=SIZE, address="?" + urlencode({"q": words} if words else {}))
    context = {"page": page, "words": words, "may_manage": may_manage(request.user)}
    return desk_page(request, "backoffice/organisations/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request):
    customers_or_404(request.user)
    require(may_manage(request.user), _("You may not manage customers here: that takes a right of its own."))
    return _edit(request, None)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request, pk):
    return _edit(request, _to_manage(request, pk))


def _edit(request, found):
    initial = {"name": found.name, "sharing": found.sharing, "domains": "\n".join(map(str, found.domains.all()))} if found else {}
    form = OrganisationForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_bound and form.is_valid():
        try:
            with transaction.atomic():
                sent = claim_form(form, request)
                if sent.is_first:
                    saved = save_organisation(found, **form.given, by=request.user)
                    sent.finish(reverse("backoffice:organisation", args=[saved.pk]))
                    messages.success(request, _("The organisation is saved."))
            return redirect(sent.outcome_url)
        except DeskError as error:
            error.add_to(form)
    context = {"organisation": found, "form": form}
    return desk_page(request, "backoffice/organisations/edit.html", context, status=422 if form.is_bound else 200)


@require_safe
def organisation(request, pk):
    return _show(request, organisation_or_404(request.user, pk))


def _show(request, found, *, note_form=None, status=200):
    visible, words = customers_visible_to(request.user), clean_line(request.GET.get("q", ""), 200)
    manages = may_manage(request.user, found)
    members = Section("all", visible.filter(organisation=found), "name")
    notes = list(found.notes.select_related("author"))
    context = {
        "organisation": found,
        "domains": list(found.domains.all()),
        "page": page_at([members], request.GET, size=SIZE),
        "words": words,
        "found": list(matching(visible.exclude(organisation=found), words).order_by("name", "pk")[:FOUND]) if words and manages else [],
        "warnings": [note for note in notes if note.is_warning],
        "notes": [note for note in notes if not note.is_warning],
        "note_form": note_form or CustomerNoteForm(auto_id="note_%s"),
        "may_write": manages,
    }
    return desk_page(request, "backoffice/organisations/organisation.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def deletion(request, pk):
    """Ask, then delete. Its customers stay."""
    if request.method == "POST" and not Organisation.objects.filter(pk=pk).exists():
        customers_or_404(request.user)
        return redirect("backoffice:organisations")
    found = _to_manage(request, pk)
    if request.method != "POST":
        return desk_page(request, "backoffice/organisations/deletion.html", {"organisation": found})
    remove_organisation(found, by=request.user)
    messages.success(request, _("The organisation is deleted. Its customers stay."))
    return redirect("backoffice:organisations")


@require_POST
def members(request, pk):
    """Put a customer into it by hand."""
    found = _to_manage(request, pk)
    chosen = request.POST.get("customer", "")
    customer = to_manage(request, int(chosen) if chosen.isascii() and chosen.isdigit() and len(chosen) < 19 else 0)
    put_into_organisation(customer, found, by=request.user)
    messages.success(request, _("The customer belongs to the organisation now."))
    return redirect("backoffice:organisation", pk)


@require_POST
def member_removal(request, pk, customer_pk):
    """Take a customer out of it by hand. Who is not in it stays where they are."""
    found, customer = _to_manage(request, pk), to_manage(request, customer_pk)
    if customer.organisation_id == found.pk:
        take_out_of_organisation(customer, by=request.user)
        messages.success(request, _("The customer does not belong to the organisation any more."))
    return redirect("backoffice:organisation", pk)


@require_POST
def notes(request, pk):
    found = _to_manage(request, pk)
    form = CustomerNoteForm(request.POST, auto_id="note_%s")
    if not form.is_valid():
        return _show(request, found, note_form=form, status=422)
    given = form.cleaned_data
    with transaction.atomic():
        sent = claim_form(form, request)
        if sent.is_first:
            add_organisation_note(found, text=given["text"], is_warning=given["is_warning"], is_pinned=given["is_pinned"], by=request.user)
            sent.finish(reverse("backoffice:organisation", args=[pk]))
            messages.success(request, _("The warning is kept.") if given["is_warning"] else _("The note is kept."))
    return redirect(sent.outcome_url)


def _note(request, pk, note_pk):
    found = _to_manage(request, pk)
    note = CustomerNote.objects.filter(organisation=found, pk=note_pk).first()
    if note is None:
        raise Http404
    return found, note


@require_http_methods(["GET", "HEAD", "POST"])
def note(request, pk, note_pk):
    found, note = _note(request, pk, note_pk)
    back = reverse("backoffice:organisation", args=[pk])
    return note_page(
        request, note, about=found, back=back, deletion_url=reverse("backoffice:organisation_note_deletion", args=[pk, note.pk])
    )


@require_POST
def note_deletion(request, pk, note_pk):
    _found, note = _note(request, pk, note_pk)
    remove_customer_note(note, by=request.user)
    messages.success(request, _("The note is deleted."))
    return redirect("backoffice:organisation", pk)
