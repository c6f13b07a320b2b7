"""Information pages: what the portal's menu leads to beside the answers."""

from django.contrib import messages
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from common.errors import DeskError
from common.form_keys import claim_form
from control.moves import places_asked_for
from control.pages.forms import PageForm
from control.words import missing_languages
from faq.models import InfoPage
from faq.pages import delete_page, move_page, publish_page, write_page
from stores.addresses import portal_url


def _row(page):
    return f"{reverse('control:pages')}#page-{page.pk}"


@require_safe
def pages(request, store):
    rows = list(InfoPage.objects.filter(store=store).order_by("position", "pk"))
    for page in rows:
        page.dots = missing_languages(store, page.languages)
    return render(request, "control/pages/list.html", {"pages": rows})


@require_http_methods(["GET", "HEAD", "POST"])
def new_page(request, store):
    form = PageForm(request.POST if request.method == "POST" else None, store=store)
    if form.is_bound and form.is_valid():
        try:
            with transaction.atomic():
                sent = claim_form(form, request)
                if sent.is_first:
                    sent.finish(_row(_write(form, store=store, by=request.user)))
                    messages.success(request, _("The page is saved."))
            return redirect(sent.outcome_url)
        except DeskError as refusal:
            refusal.add_to(form)
    return render(request, "control/pages/page.html", {"form": form}, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def page(request, store, pk):
    found = get_object_or_404(InfoPage, store=store, pk=pk)
    initial = {name: getattr(found, name) for name in ("address", "is_published", "in_menu")}
    form = PageForm(request.POST if request.method == "POST" else None, store=store, words=_words(found), initial=initial)
    if form.is_bound and form.is_valid():
        try:
            _write(form, store=store, page=found, by=request.user)
            messages.success(request, _("The page is saved."))
            return redirect(_row(found))
        except DeskError as refusal:
            refusal.add_to(form)
    found = InfoPage.objects.get(pk=found.pk)
    context = {"form": form, "page": found, "seen_at": portal_url(store, "info_page", found.address)}
    return render(request, "control/pages/page.html", context, status=422 if form.is_bound else 200)


def _words(page):
    titles = page.title.data if isinstance(page.title.data, dict) else {page.store.language: page.title.data}
    return {language: (titles.get(language, ""), page.body.get(language, "")) for language in {*titles, *page.body}}


def _write(form, **which):
    given = form.cleaned_data
    return write_page(**{name: given[name] for name in ("address", "words", "is_published", "in_menu")}, **which)


@require_POST
def place(request, store, pk):
    found = get_object_or_404(InfoPage, store=store, pk=pk)
    move_page(found, places=places_asked_for(request), by=request.user)
    return redirect(_row(found))


@require_POST
def publication(request, store, pk):
    found = get_object_or_404(InfoPage, store=store, pk=pk)
    if request.POST.get("published") in {"yes", "no"}:
        is_published = request.POST["published"] == "yes"
        publish_page(found, is_published=is_published, by=request.user)
        words = _("The page is published.") if is_published else _("The page is a draft now. Customers do not see it.")
        messages.success(request, words)
    return redirect(_row(found))


@require_http_methods(["GET", "HEAD", "POST"])
def removal(request, store, pk):
    """Asks first; what is deleted does not come back."""
    found = get_object_or_404(InfoPage, store=store, pk=pk)
    if request.method != "POST":
        return render(request, "control/pages/removal.html", {"page": found})
    delete_page(found, by=request.user)
    messages.success(request, _("The page is deleted."))
    return redirect("control:pages")
