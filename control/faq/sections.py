"""Sections: the headings under which a store's answers stand."""

from django.contrib import messages
from django.db import transaction
from django.db.models import Count
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from common.form_keys import claim_form
from control.faq.forms import SectionForm
from control.moves import places_asked_for
from control.words import missing_languages
from faq.models import FaqSection
from faq.sections import delete_section, move_section, write_section


def _by_language(words):
    data = getattr(words, "data", words)
    return data if isinstance(data, dict) else {"en": data} if data else {}


def _words(section):
    names, texts = _by_language(section.name), _by_language(section.description)
    return {language: (name, texts.get(language, "")) for language, name in names.items()}


@require_safe
def sections(request, store):
    rows = list(store.faq_sections.annotate(count=Count("entries")).order_by("position", "pk"))
    for section in rows:
        section.dots = missing_languages(store, {code for code, name in _by_language(section.name).items() if name})
    return render(request, "control/faq/sections.html", {"sections": rows})


@require_http_methods(["GET", "HEAD", "POST"])
def new_section(request, store):
    form = SectionForm(request.POST if request.method == "POST" else None, store=store)
    if form.is_bound and form.is_valid():
        with transaction.atomic():
            sent = claim_form(form, request)
            if sent.is_first:
                _write(form, store=store, by=request.user)
                sent.finish(request.path.removesuffix("new/"))
                messages.success(request, _("The section is saved."))
        return redirect(sent.outcome_url)
    return render(request, "control/faq/section.html", {"form": form}, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def section(request, store, pk):
    found = get_object_or_404(FaqSection, store=store, pk=pk)
    data = request.POST if request.method == "POST" else None
    form = SectionForm(data, store=store, words=_words(found), initial={"icon": found.icon})
    if form.is_bound and form.is_valid():
        _write(form, store=store, section=found, by=request.user)
        messages.success(request, _("The section is saved."))
        return redirect("control:faq_sections")
    return render(request, "control/faq/section.html", {"form": form, "section": found}, status=422 if form.is_bound else 200)


def _write(form, **which):
    return write_section(words=form.cleaned_data["words"], icon=form.cleaned_data["icon"], **which)


@require_POST
def place(request, store, pk):
    found = get_object_or_404(FaqSection, store=store, pk=pk)
    move_section(found, places=places_asked_for(request), by=request.user)
    return redirect("control:faq_sections")


@require_http_methods(["GET", "HEAD", "POST"])
def removal(request, store, pk):
    """Asks first; the answers stay."""
    found = get_object_or_404(FaqSection, store=store, pk=pk)
    if request.method != "POST":
        return render(request, "control/faq/section_removal.html", {"section": found})
    delete_section(found, by=request.user)
    messages.success(request, _("The section is deleted. Its answers stand by their departments again."))
    return redirect("control:faq_sections")
