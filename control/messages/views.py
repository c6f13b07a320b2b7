"""Who hears of what, and how: the owner's table for the store and its departments; what keeps a flood away; and “who would hear of this?”"""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from control.messages.forms import AskForm, LimitsForm
from control.messages.table import always, columns, groups, said_in
from departments.models import Department
from notifications.rules import change_settings, forget_rules, set_rules
from notifications.ways import settings_of
from notifications.who_hears import who_hears
from tickets.covering import cover_ticket, known_stores


@require_http_methods(["GET", "HEAD", "POST"])
def table(request, store):
    """For the store, or with `?department=` for one of its departments."""
    departments = list(Department.objects.active().filter(stores=store).select_related("responsible"))
    department = _chosen(request, departments)
    if request.method == "POST":
        if "reset" in request.POST:
            forget_rules(store, by=request.user, department=department)
            messages.success(request, _("Everything here is as it was at first."))
        else:
            set_rules(store, said_in(request.POST, department), by=request.user, department=department)
            messages.success(request, _("Saved. It counts from the next message on."))
        return redirect(_url(department))
    form, answer = _asked(request, store)
    shown = groups(store, department)
    context = {
        "store": store, "department": department, "departments": departments, "columns": columns(), "groups": shown, "always": always(),
        "has_own": any(cell and cell.is_own for group in shown for row in group.rows for cell in row.cells),
        "ask": form, "answer": answer, "limits": None if department else _limits(store), "here": _url(department),
    }  # fmt: skip
    return render(request, "control/messages/table.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def limits(request, store):
    """Its fields stand on the table's page; a mistake in them is shown here."""
    form = LimitsForm(request.POST) if request.method == "POST" else _limits(store)
    if form.is_bound and form.is_valid():
        change_settings(store, by=request.user, **form.cleaned_data)
        messages.success(request, _("Saved. It counts from the next message on."))
        return redirect("control:messages")
    return render(request, "control/messages/limits.html", {"limits": form}, status=422 if form.is_bound else 200)


def _limits(store):
    row = settings_of(store.pk)
    return LimitsForm(initial={name: getattr(row, name) for name in LimitsForm.base_fields})


def _chosen(request, departments):
    chosen = request.GET.get("department", "")
    found = next((one for one in departments if str(one.pk) == chosen), None)
    if chosen and found is None:
        raise Http404
    return found


def _url(department):
    return reverse("control:messages") + (f"?department={department.pk}" if department else "")


def _asked(request, store):
    """(the form, what it was answered)."""
    form = AskForm(request.GET if "number" in request.GET else None, user=request.user, store=store)
    if not form.is_bound or not form.is_valid():
        return form, None
    ticket = cover_ticket(form.ticket, known_stores(request.user).mask(form.ticket))
    return form, {"ticket": ticket, "template": form.template, "lines": who_hears(form.template, ticket)}
