"""The guide: from a fresh installation to the first answered request. Left and taken up again at will; it shows what is still missing."""

from django.contrib import messages
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from common.errors import DeskError
from common.form_keys import claim_form
from common.numbers import format_number
from control.guide.doors import Guide
from control.guide.forms import DepartmentsForm
from control.guide.services import DONE, WAITS, answer_everywhere, mark_door, take_departments
from notifications.senders import send_test_mail
from permissions.querysets import stores_to_grant_in
from stores.addresses import portal_url


@require_safe
def guide(request, store):
    return _page(request, store, DepartmentsForm())


def _page(request, store, form, status=200):
    guide = Guide(store)
    context = {
        "guide": guide,
        "form": form,
        "portal_url": portal_url(store, "home"),
        "new_ticket_url": portal_url(store, "new_ticket"),
        "may_grant": stores_to_grant_in(request.user).filter(pk=store.pk).exists(),
    }
    return render(request, "control/guide/guide.html", context, status=status)


@require_POST
def departments(request, store):
    form = DepartmentsForm(request.POST)
    if not form.is_valid():
        return _page(request, store, form, status=422)
    with transaction.atomic():
        sent = claim_form(form, request)
        if sent.is_first:
            made = take_departments(store, form.cleaned_data["departments"], by=request.user)
            sent.finish(_door("departments"))
            words = ngettext("%(count)s department is made.", "%(count)s departments are made.", len(made))
            messages.success(request, words % {"count": format_number(len(made))})
    return redirect(sent.outcome_url)


@require_POST
def answering(request, store):
    """The owner answers themselves, everywhere. Only who gives rights in the store gives them to themselves."""
    if not stores_to_grant_in(request.user).filter(pk=store.pk).exists():
        raise Http404
    answer_everywhere(request.user, store, by=request.user)
    messages.success(request, _("You may answer in every department of the store now."))
    return redirect(_door("people"))


@require_POST
def test_mail(request, store):
    try:
        outcome = send_test_mail(store, to=request.user.email, by=request.user)
    except DeskError as error:
        messages.error(request, str(error))
    else:
        (messages.success if outcome.ok else messages.error)(request, outcome.words)
    return redirect(_door("mail"))


@require_POST
def mark(request, store, door):
    """This door can wait, is done, or is taken up again."""
    known = {found.key for found in Guide(store).doors}
    mark = request.POST.get("mark", "")
    if door not in known or mark not in {WAITS, DONE, ""} or (mark == DONE and door != "link"):
        raise Http404
    mark_door(store, door, mark or None, by=request.user)
    return redirect(_door(door))


def _door(key):
    return f"{reverse('control:guide')}#door-{key}"
