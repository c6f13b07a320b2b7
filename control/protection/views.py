"""Protection: the captcha and limits, what is held back, and what was."""

from django.contrib import messages
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from common.errors import DeskError
from common.form_keys import claim_form
from common.google_captcha import last_fault
from common.limits import limit_or_refuse
from common.numbers import local_digits
from common.paging import Section, page_at
from control.protection.forms import ProtectionForm, RuleForm
from control.protection.keys import said_of, try_keys
from permissions.querysets import stores_where
from permissions.rights import StoreRight
from stores.blocking import add_rule, remove_rule
from stores.models import BlockRule, CaptchaChoice
from stores.services import change_settings
from tickets.models import HeldRequest
from tickets.services.holding import KEPT_FOR, answers_of, delete_held, release_request, said_in_fields

PAGE_SIZE = 30


@require_http_methods(["GET", "HEAD", "POST"])
def protection(request, store):
    form = ProtectionForm(request.POST if request.method == "POST" else None, store=store)
    if form.is_bound and form.is_valid():
        try:
            change_settings(store, form.changes, by=request.user)
        except DeskError as error:
            error.add_to(form)
        else:
            messages.success(request, _("The settings are saved."))
            return redirect("control:protection")
    return _page(request, store, form, status=422 if form.is_bound else 200)


@require_POST
def keys(request, store):
    """Ask Google about the keys that stand in the form, saved or not. Nothing is stored, and nothing typed is lost."""
    limit_or_refuse(f"keys of {store.pk}", 20, 600)
    form = ProtectionForm(request.POST, store=store)
    form.is_valid()
    return _page(request, store, form, tried=try_keys(form.secret_key))


def _page(request, store, form, *, tried=None, status=200):
    fault = last_fault() if store.captcha == CaptchaChoice.GOOGLE else None
    context = {"form": form, "tried": tried, "fault": fault and {"words": said_of(fault[0]), "at": fault[1]}}
    return render(request, "control/protection/protection.html", context, status=status)


# --- Rules ------------------------------------------------------------------------------------------
@require_http_methods(["GET", "HEAD", "POST"])
def rules(request, store):
    """What is held back, and how often each rule did; a new one at the top."""
    form = RuleForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            return redirect(_add(request, store, form))
        except DeskError as error:
            error.add_to(form)
    context = {"form": form, "rules": store.block_rules.order_by("kind", "value")}
    return render(request, "control/protection/rules.html", context, status=422 if form.is_bound else 200)


@transaction.atomic
def _add(request, store, form):
    sent = claim_form(form, request)
    if sent.is_first:
        add_rule(store, kind=form.cleaned_data["kind"], value=form.cleaned_data["value"], by=request.user)
        sent.finish(reverse("control:block_rules"))
        messages.success(request, _("New requests that meet this rule are held back from now on."))
    return sent.outcome_url


@require_POST
def rule_removal(request, store, pk):
    rule = get_object_or_404(BlockRule, store=store, pk=pk)
    remove_rule(rule, by=request.user)
    messages.success(request, _("The rule is gone. What it held stays held until somebody decides."))
    return redirect("control:block_rules")


# --- What was held ----------------------------------------------------------------------------------
def _held(store):
    return HeldRequest.objects.filter(store=store).select_related("department", "customer", "request_type")


def _knows_customers(request, store):
    return stores_where(request.user, StoreRight.VIEW_CUSTOMERS).filter(pk=store.pk).exists()


@require_safe
@never_cache
def held(request, store):
    """Newest first: who, when, and by which rule."""
    page = page_at([Section("held", _held(store), "-created_at")], request.GET, size=PAGE_SIZE, address="?")
    context = {"page": page, "knows_customers": _knows_customers(request, store), "days": KEPT_FOR.days}
    return render(request, "control/protection/held.html", context)


@require_safe
@never_cache
def held_request(request, store, pk):
    found = get_object_or_404(_held(store).prefetch_related("files"), pk=pk)
    context = {
        "held": found,
        "knows_customers": _knows_customers(request, store),
        "answers": said_in_fields(answers_of(found)),
        "ends_at": found.created_at + KEPT_FOR,
    }
    return render(request, "control/protection/request.html", context)


@require_POST
def release(request, store, pk):
    """Let it through: it becomes a ticket under the number its sender was told."""
    found = get_object_or_404(_held(store), pk=pk)
    try:
        ticket = release_request(found, by=request.user)
    except DeskError as error:  # its department was archived meanwhile, say
        messages.error(request, str(error))
        return redirect("control:held_request", pk)
    if ticket:
        messages.success(request, _("It is ticket %(number)s now, and its sender is thanked.") % {"number": local_digits(ticket.number)})
    return redirect("control:held_requests")


@require_POST
def deletion(request, store, pk):
    found = get_object_or_404(_held(store), pk=pk)
    delete_held(found, by=request.user)
    messages.success(request, _("The held request is deleted."))
    return redirect("control:held_requests")
