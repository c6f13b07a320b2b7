"""Questions and answers: what customers read before they write."""

from django.contrib import messages
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from common.form_keys import claim_form
from common.text import clean_line
from control.belonging import Own, require_own
from control.faq.forms import FaqEntryForm
from control.moves import places_asked_for
from control.words import missing_languages
from faq.grouping import grouped
from faq.models import FaqEntry
from faq.services import delete_entry, move_entry, publish_entry, withdraw_entry, write_entry
from stores.addresses import portal_url
from tickets.models import ReplyTemplate


def _entries(store):
    return FaqEntry.objects.filter(stores=store).select_related("department", "section__store").prefetch_related("stores").with_words()


def _row(entry):
    """The list, opened at this entry."""
    return f"{reverse('control:faq')}#entry-{entry.pk}"


def _own_entry(request, store, pk):
    """The entry, which this person may change."""
    found = get_object_or_404(_entries(store), pk=pk)
    require_own(Own(request.user).has_entry(found))
    return found


@require_safe
def entries(request, store):
    """Grouped as customers see them: the store's sections, then what belongs to no department, then the departments."""
    words = clean_line(request.GET.get("q"), 100)
    rows = _entries(store).order_by("position", "pk")
    rows = list(rows.matching(words) if words else rows)
    own, prepared = Own(request.user), set(_source_of(rows))
    for entry in rows:
        entry.is_own, entry.comes_prepared = own.has_entry(entry), entry.pk in prepared
        entry.dots = missing_languages(store, entry.languages)
    return render(request, "control/faq/list.html", {"groups": grouped(rows, store), "words": words})


def _source_of(rows):
    return ReplyTemplate.objects.filter(faq_entry__in=[entry.pk for entry in rows]).values_list("faq_entry", flat=True)


@require_http_methods(["GET", "HEAD", "POST"])
def new_entry(request, store):
    own = Own(request.user)
    data = request.POST if request.method == "POST" else None
    initial = {"department": request.GET.get("department", ""), "section": request.GET.get("section", ""), "stores": [store]}
    form = FaqEntryForm(data, store=store, own_stores=own.stores, initial=initial)
    if form.is_bound and form.is_valid():
        with transaction.atomic():
            sent = claim_form(form, request)
            if sent.is_first:
                sent.finish(_row(_write(form, stores=_stores(form, [store]), by=request.user)))
                messages.success(request, _("The answer is saved."))
        return redirect(sent.outcome_url)
    return render(request, "control/faq/entry.html", {"form": form}, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def entry(request, store, pk):
    found = _own_entry(request, store, pk)
    stored = {words.language: words for words in found.translations.all()}
    source = ReplyTemplate.objects.filter(faq_entry=found).first()
    initial = {name: getattr(found, name) for name in ("department", "section", "is_published")} | {"stores": found.stores.all()}
    data = request.POST if request.method == "POST" else None
    own = Own(request.user)
    form = FaqEntryForm(data, store=store, own_stores=own.stores, stored=stored, fixed=bool(source), initial=initial)
    if form.is_bound and form.is_valid():
        _write(form, entry=found, stores=_stores(form, found.stores.all()), by=request.user)
        messages.success(request, _("The answer is saved."))
        return redirect(_row(found))
    context = {"form": form, "entry": found, "source": source, "seen_at": portal_url(store, "faq_entry", found.pk)}
    return render(request, "control/faq/entry.html", context, status=422 if form.is_bound else 200)


def _stores(form, otherwise):
    """Those chosen; without a choice the store whose pages these are."""
    return form.cleaned_data.get("stores") or otherwise


def _write(form, **which):
    given = form.cleaned_data
    section = given.get("section") if "section" in form.fields else getattr(which.get("entry"), "section", None)
    places = {"department": given["department"], "section": section, "is_published": given["is_published"]}
    return write_entry(words=form.written_words, as_markdown=True, **places, **which)


@require_POST
def place(request, store, pk):
    """One up, or one down; or as far as it was dragged."""
    found = _own_entry(request, store, pk)
    move_entry(found, places=places_asked_for(request), store=store, by=request.user)
    return redirect(_row(found))


@require_POST
def publication(request, store, pk):
    found = _own_entry(request, store, pk)
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
    found = _own_entry(request, store, pk)
    if request.method != "POST":
        return render(request, "control/faq/removal.html", {"entry": found})
    delete_entry(found, by=request.user)
    messages.success(request, _("The answer is deleted."))
    return redirect("control:faq")
