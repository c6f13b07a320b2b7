"""Questions and answers: what customers read before they write."""

from itertools import groupby

from django.contrib import messages
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from common.form_keys import claim_form
from control.faq.forms import FaqEntryForm
from control.moves import places_asked_for
from faq.models import FaqEntry
from faq.services import delete_entry, move_entry, publish_entry, withdraw_entry, write_entry


def _entries(store):
    return FaqEntry.objects.filter(stores=store).select_related("department").with_words()


def _row(entry):
    """The list, opened at this entry."""
    return f"{reverse('control:faq')}#entry-{entry.pk}"


@require_safe
def entries(request, store):
    """Grouped as customers see them: what belongs to no department first, then the departments in their order."""
    rows = sorted(_entries(store).order_by("position", "pk"), key=_place)
    groups = [(department, list(group)) for department, group in groupby(rows, key=lambda entry: entry.department)]
    return render(request, "control/faq/list.html", {"groups": groups})


def _place(entry):
    return (entry.department.position, entry.department_id) if entry.department else (-1, 0)


@require_http_methods(["GET", "HEAD", "POST"])
def new_entry(request, store):
    data = request.POST if request.method == "POST" else None
    form = FaqEntryForm(data, store=store, initial={"department": request.GET.get("department", "")})
    if form.is_bound and form.is_valid():
        with transaction.atomic():
            sent = claim_form(form, request)
            if sent.is_first:
                sent.finish(_row(_write(form, stores=[store], by=request.user)))
                messages.success(request, _("The answer is saved."))
        return redirect(sent.outcome_url)
    return render(request, "control/faq/entry.html", {"form": form}, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def entry(request, store, pk):
    found = get_object_or_404(_entries(store), pk=pk)
    stored = {words.language: (words.question, words.answer) for words in found.translations.all()}
    initial = {"department": found.department, "is_published": found.is_published}
    data = request.POST if request.method == "POST" else None
    form = FaqEntryForm(data, store=store, stored=stored, initial=initial)
    if form.is_bound and form.is_valid():
        _write(form, entry=found, stores=found.stores.all(), by=request.user)
        messages.success(request, _("The answer is saved."))
        return redirect(_row(found))
    return render(request, "control/faq/entry.html", {"form": form, "entry": found}, status=422 if form.is_bound else 200)


def _write(form, **which):
    given = form.cleaned_data
    return write_entry(words=form.html_words, department=given["department"], is_published=given["is_published"], **which)


@require_POST
def place(request, store, pk):
    """One up, or one down."""
    found = get_object_or_404(_entries(store), pk=pk)
    move_entry(found, places=places_asked_for(request), store=store, by=request.user)
    return redirect(_row(found))


@require_POST
def publication(request, store, pk):
    found = get_object_or_404(_entries(store), pk=pk)
    if request.POST.get("published") == "yes":
        publish_entry(found, by=request.user)
        messages.success(request, _("The answer is published."))
    elif request.POST.get("published") == "no":
        withdraw_entry(found, by=request.user)
        messages.success(request, _("The answer is a draft now. Customers do not see it."))
    return redirect(_row(found))


@require_http_methods(["GET", "HEAD", "POST"])
def removal(request, store, pk):
    """Asks first; what is deleted does not come back."""
    found = get_object_or_404(_entries(store), pk=pk)
    if request.method != "POST":
        return render(request, "control/faq/removal.html", {"entry": found})
    delete_entry(found, by=request.user)
    messages.success(request, _("The answer is deleted."))
    return redirect("control:faq")
