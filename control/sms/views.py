"""The SMS gateways of a store: in which order they are asked, what each needs, trying one, and what SMS cost."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from common.csv_export import BOM, csv_text
from common.errors import DeskError
from common.moments import format_moment
from control.moves import places_asked_for
from control.sms.forms import GatewayForm, RulesForm, TestSmsForm
from control.texts.trying import parts_in_words
from notifications.choices import GatewayKind, InboundOutcome
from notifications.gateways import way_of
from notifications.models import InboundSms, SmsGateway
from notifications.sms_costs import costs_of
from notifications.sms_gateways import (
    move_gateway,
    remove_gateway,
    save_gateway,
    send_test_sms,
    set_rules,
    sms_state,
    switch_gateway,
)
from notifications.sms_limits import spent_this_month
from notifications.sms_rules import rules_of
from notifications.sms_sending import inbound_address, report_address
from notifications.sms_texts import measure


@require_safe
def gateways(request, store):
    rows = list(SmsGateway.objects.filter(store=store).select_related("store"))
    for row in rows:
        row.spent = spent_this_month(row)
    waiting = InboundSms.objects.filter(store=store, outcome=InboundOutcome.REVIEW)[:100].count()
    context = {"rows": rows, "state": sms_state(store), "waiting": waiting}
    return render(request, "control/sms/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new_gateway(request, store):
    asked = request.GET.get("kind", "")
    kind = asked if asked in GatewayKind.values else GatewayKind.KAVENEGAR
    form = GatewayForm(request.POST if request.method == "POST" else None, kind=kind)
    return _saved(request, store, form) or _page(request, store, form)


@require_http_methods(["GET", "HEAD", "POST"])
def gateway(request, store, pk):
    row = own_gateway(store, pk)
    form = GatewayForm(request.POST if request.method == "POST" else None, gateway=row)
    return _saved(request, store, form, row) or _page(request, store, form, row)


def own_gateway(store, pk):
    return get_object_or_404(SmsGateway.objects.select_related("store"), pk=pk, store=store)


def _saved(request, store, form, row=None):
    if form.is_bound and form.is_valid():
        try:
            saved = save_gateway(store, row, by=request.user, **form.values)
        except DeskError as error:
            error.add_to(form)
        else:
            messages.success(request, _("The SMS gateway is saved. Send yourself a test SMS."))
            return redirect("control:sms_gateway", saved.pk)
    return None


def _page(request, store, form, row=None, **more):
    context = {"form": form, "gateway": row}
    if row:
        text = _("%(store)s: SMS of your help desk arrive.") % {"store": store}
        trying = more.pop("trying", None) or TestSmsForm(store=store, initial={"to": request.user.phone, "text": text})
        typed = (trying.data.get("text") if trying.is_bound else text) or ""
        context |= {
            "trying": trying, "parts": parts_in_words(measure(typed)), "spent": spent_this_month(row), "templates": row.templates.count(),
            "report_address": report_address(row), "inbound_address": inbound_address(row), "speaks": way_of(row).gateway,
        }  # fmt: skip
    status = 422 if form.is_bound or more.pop("is_wrong", False) else 200
    return render(request, "control/sms/gateway.html", context | more, status=status)


@require_POST
def test(request, store, pk):
    row = own_gateway(store, pk)
    trying, form = TestSmsForm(request.POST, store=store), GatewayForm(gateway=row)
    if not trying.is_valid():
        return _page(request, store, form, row, trying=trying, is_wrong=True)
    outcome = None
    if "count" not in request.POST:
        outcome = send_test_sms(row, trying.cleaned_data["to"], trying.cleaned_data["text"], by=request.user)
    return _page(request, store, form, row, trying=trying, outcome=outcome)


@require_POST
def place(request, store, pk):
    move_gateway(own_gateway(store, pk), places=places_asked_for(request), by=request.user)
    return redirect("control:sms")


@require_POST
def switch(request, store, pk):
    switch_gateway(own_gateway(store, pk), is_on=request.POST.get("is_on") == "1", by=request.user)
    return redirect("control:sms")


@require_http_methods(["GET", "HEAD", "POST"])
def removal(request, store, pk):
    """Asks first: its key and templates do not come back."""
    row = own_gateway(store, pk)
    if request.method != "POST":
        return render(request, "control/sms/removal.html", {"gateway": row})
    remove_gateway(row, by=request.user)
    messages.success(request, _("The SMS gateway is forgotten."))
    return redirect("control:sms")


@require_http_methods(["GET", "HEAD", "POST"])
def rules(request, store):
    form = RulesForm(request.POST if request.method == "POST" else None, store=store, rules=rules_of(store))
    if form.is_bound and form.is_valid():
        set_rules(store, by=request.user, **form.values)
        messages.success(request, _("The rules for SMS are saved."))
        return redirect("control:sms")
    return render(request, "control/sms/rules.html", {"form": form}, status=422 if form.is_bound else 200)


@require_safe
def costs(request, store):
    return render(request, "control/sms/costs.html", {"lines": costs_of(store)})


@require_safe
def costs_file(request, store):
    """The same table for a spreadsheet."""
    head = [_("Month begins"), _("Gateway"), _("SMS"), _("Delivered"), _("Not delivered"), _("Parts"), _("Cost"), _("Currency")]
    rows = [
        [format_moment(line.month, "day_numeric"), line.gateway, line.sent, line.delivered, line.failed, line.parts, float(line.cost), line.currency]
        for line in costs_of(store)
    ]  # fmt: skip
    answer = HttpResponse(BOM + csv_text([head, *rows]), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="sms-costs.csv"'
    return answer
