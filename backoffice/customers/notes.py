"""Notes and warnings about a customer: written from the customer's page or a ticket, changed and deleted on a page of their own."""

from django.contrib import messages
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from backoffice.customers.forms import CustomerNoteForm
from backoffice.customers.page import CustomerPage
from backoffice.customers.ways import go_back, to_manage, way_back
from backoffice.doors import customer_or_404, may_write_about, require
from backoffice.pages import desk_page
from common.form_keys import claim_form
from customers.models import CustomerNote
from customers.services import add_customer_note, change_customer_note, remove_customer_note


@require_POST
def notes(request, pk):
    """Keep a note or a warning about the customer."""
    found = to_manage(request, pk)
    form = CustomerNoteForm(request.POST, auto_id="note_%s")
    if not form.is_valid():
        return CustomerPage(request, found).show(note_form=form, status=422)
    given = form.cleaned_data
    with transaction.atomic():
        sent = claim_form(form, request)
        if sent.is_first:
            add_customer_note(found, text=given["text"], is_warning=given["is_warning"], is_pinned=given["is_pinned"], by=request.user)
            sent.finish(way_back(found, given["ticket"]))
            messages.success(request, _("The warning is kept.") if given["is_warning"] else _("The note is kept."))
    return redirect(sent.outcome_url)


def _note(request, pk, note_pk):
    """(customer, note) for its author, or for who manages customers here."""
    found = customer_or_404(request.user, pk)
    note = CustomerNote.objects.filter(customer=found, pk=note_pk).first()
    if note is None:
        raise Http404
    may = note.author_id == request.user.pk or may_write_about(request.user, found)
    require(may, _("You may change your own notes only. Others take the right to manage customers."))
    return found, note


@require_http_methods(["GET", "HEAD", "POST"])
def note(request, pk, note_pk):
    found, note = _note(request, pk, note_pk)
    deletion_url = reverse("backoffice:customer_note_deletion", args=[pk, note.pk])
    return note_page(request, note, about=found, back=way_back(found), deletion_url=deletion_url)


def note_page(request, note, *, about, back, deletion_url):
    """Change a note about a customer or an organisation, and go `back`."""
    initial = {"text": note.text, "is_warning": note.is_warning, "is_pinned": note.is_pinned}
    form = CustomerNoteForm(request.POST if request.method == "POST" else None, initial=initial, auto_id="note_%s")
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        change_customer_note(note, text=given["text"], is_warning=given["is_warning"], is_pinned=given["is_pinned"], by=request.user)
        messages.success(request, _("The note is changed."))
        return redirect(back)
    context = {"about": about, "back": back, "deletion_url": deletion_url, "note": note, "form": form}
    return desk_page(request, "backoffice/customers/note.html", context, status=422 if form.is_bound else 200)


@require_POST
def note_deletion(request, pk, note_pk):
    found, note = _note(request, pk, note_pk)
    remove_customer_note(note, by=request.user)
    messages.success(request, _("The note is deleted."))
    return go_back(found)
