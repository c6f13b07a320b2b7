"""A new request in three plain pages: department, its answers, the message."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from common.captcha import guarded
from common.errors import DeskError
from common.form_keys import claim_form
from common.limits import client_ip
from custom_fields.asking import fields_to_open_with
from customers.services import customer_of, visitor
from departments.models import Department
from faq.models import FaqEntry
from portal.new_ticket.forms import NewTicketForm, VisitorTicketForm
from portal.stores import store_or_404
from portal.tickets.doors import door_after_opening
from portal.words import masked_addresses
from portal.writing.forms import upload_limits
from portal.writing.keeping import files_arrived, hold_files, kept_files
from portal.writing.limits import NEW_TICKETS, refusal
from tickets.errors import DepartmentIsGone
from tickets.services.fields import write_values
from tickets.services.lifecycle import open_ticket


@require_safe
@login_not_required
def choose_department(request):
    """First page. Where there is no choice, nobody is asked."""
    departments = list(_offered(request))
    if len(departments) == 1:
        return redirect("portal:new_ticket_answers", departments[0].pk)
    return render(request, "portal/new_ticket/department.html", {"departments": departments})


@require_safe
@login_not_required
def answers(request, pk):
    """Second page: what the department has answered before. Departments without answers skip it."""
    department = _offered(request).filter(pk=pk).first()
    if department is None:
        return _choose_again(request, pk)
    entries = list(FaqEntry.objects.published_in(request.store).of_department(department))
    if not entries:
        return redirect("portal:new_ticket_form", pk)
    return render(request, "portal/new_ticket/answers.html", {"department": department, "entries": entries})


@require_http_methods(["GET", "HEAD", "POST"])
@login_not_required
def write(request, pk):
    """Third page: the message."""
    department = _offered(request).filter(pk=pk).first()
    may_write = request.user.is_authenticated or request.store.visitors_may_open
    if request.method == "POST":
        return _send(request, department, may_write)
    if not may_write:
        return redirect_to_login(request.get_full_path())
    if department is None:
        return _choose_again(request, pk)
    return _page(request, department, _form(request, asked=fields_to_open_with(department)))


def _send(request, department, may_write):
    refused = refusal(request, NEW_TICKETS)
    words = str(refused or "") if may_write else _("Please sign in first, in another tab. What you wrote stays here: then send it again.")
    asked = fields_to_open_with(department) if department else []
    given = {"asked": asked, "data": request.POST, "files": request.FILES, "kept": kept_files(request), "refusal": words}
    form = _form(request, departments=None if department else _offered(request), **given)
    if form.is_valid():
        try:
            return redirect(_open(request, form.cleaned_data.get("department") or department, form))
        except DepartmentIsGone:
            form = _form(request, departments=_offered(request), **given)
        except DeskError as error:
            error.add_to(form)
    status = refused.status_code if refused else 422
    hold_files(request, form)
    response = _page(request, department, form, status=status)
    if refused:
        response.headers["Retry-After"] = str(refused.retry_after)
    return response


@transaction.atomic
def _open(request, department, form):
    """Open the ticket, once however often the form is sent. Returns the page that follows."""
    sent = claim_form(form, request)
    if sent.is_first:
        ticket = open_ticket(
            store=request.store,
            department=department,
            customer=_customer(request, form),
            subject=form.cleaned_data["subject"],
            text=form.cleaned_data["text"],
            files=form.all_files(),
            language=get_language(),
        )
        write_values(ticket, form.field_values, by_customer=True, record_event=False)
        sent.finish(door_after_opening(ticket, request.user).url("sent"))
        files_arrived(request, form)
    return sent.outcome_url


def _customer(request, form):
    if request.user.is_authenticated:
        return customer_of(request.user)
    return visitor(name=form.cleaned_data["name"], language=get_language(), **form.address())


def _form(request, **kwargs):
    kwargs["limits"] = upload_limits(request.store)
    if request.user.is_authenticated:
        return NewTicketForm(**kwargs)
    return VisitorTicketForm(store=request.store, remote_ip=client_ip(request), **kwargs)


def _page(request, department, form, status=200):
    entries = FaqEntry.objects.published_in(request.store).of_department(department) if department else []
    context = {"department": department, "form": form, "entries": entries, "we_write_to": masked_addresses(request.user)}
    return guarded(render(request, "portal/new_ticket/form.html", context, status=status), form)


def _offered(request):
    return Department.objects.offered_in(store_or_404(request))


def _choose_again(request, pk):
    """A department that was there may be gone; one that never was is a wrong address."""
    if not Department.objects.filter(pk=pk).exists():
        raise Http404
    messages.warning(request, str(DepartmentIsGone()))
    return redirect("portal:new_ticket")
