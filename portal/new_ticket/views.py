"""A new request in three plain pages: department, its answers, the message."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from common.captcha import guarded
from common.errors import DeskError, TooManyRequests
from common.form_keys import claim_form
from common.limits import client_ip
from common.prepared import Prepared
from custom_fields.asking import fields_to_open_with
from departments.models import Department
from departments.switches import ANSWERS_FIRST
from faq.models import FaqEntry
from portal.customer import blocked_words, customer_before
from portal.faq.searching import found_in
from portal.new_ticket.forms import NewTicketForm, VisitorTicketForm
from portal.new_ticket.taking import take_request
from portal.stores import store_or_404
from portal.tickets.doors import door_after_opening
from portal.words import masked_addresses
from portal.writing.forms import upload_limits
from portal.writing.keeping import files_arrived, hold_files, kept_files
from portal.writing.limits import NEW_TICKETS, count_request, refusal
from tickets.errors import DepartmentIsGone
from tickets.search.understood import Understood

#: So many answers are worth a search among them.
MANY_ANSWERS = 6
FORM, PUBLISHED = "portal/new_ticket/form.html", "portal/new_ticket/published.html"


@require_safe
@login_not_required
def choose_department(request):
    """First page. Where there is no choice, nobody is asked."""
    departments = list(_offered(request))
    if len(departments) == 1:
        return redirect("portal:new_ticket_answers", departments[0].pk)
    return render(request, "portal/new_ticket/department.html", {"departments": departments, **_blocked(request)})


@require_safe
@login_not_required
def answers(request, pk):
    """Second page: what the department has answered before, or those of it in which the words of `q` stand. Without answers it is skipped."""
    department = _offered(request).filter(pk=pk).first()
    if department is None:
        return _choose_again(request, pk)
    every, search = _answers_of(request, department), Understood(request.GET.get("q"))
    entries = list(found_in(every, search) if every and search else every)
    if not entries and not search:
        return redirect("portal:new_ticket_form", pk)
    context = {"department": department, "entries": entries, "words": search.typed, "may_search": search or len(entries) >= MANY_ANSWERS}
    context |= _blocked(request)
    return render(request, "portal/new_ticket/answers.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_not_required
def write(request, pk):
    """Third page: the message."""
    department = _offered_by_id(store_or_404(request), pk)
    if department is None and request.method != "POST":
        return sign_in_first(request) or _choose_again(request, pk)
    return answer(request, department, FORM)


@require_http_methods(["GET", "HEAD", "POST"])
@login_not_required
def published(request, address):
    """The form of one department, to be linked from anywhere. An address whose form is not published does not exist."""
    department = Department.objects.with_form_at(address, store_or_404(request))
    if department is None:
        raise Http404
    return answer(request, department, PUBLISHED)


def answer(request, department, template):
    """Show the form, or take what was sent. `department` is None when it is gone; then another one has to be chosen."""
    if request.method == "POST":
        return _send(request, department, template)
    return sign_in_first(request) or _page(
        request, department, _form(request, department=department, asked=fields_to_open_with(department)), template
    )


def sign_in_first(request):
    """Where visitors may not write: the way to the sign-in page and back. None for everybody else."""
    return None if _may_write(request) else redirect_to_login(request.get_full_path())


def _may_write(request):
    return request.user.is_authenticated or store_or_404(request).visitors_may_open


def _send(request, department, template):
    refused = refusal(request, NEW_TICKETS)
    sign_in = _("Please sign in first, in another tab. What you wrote stays here: then send it again.")
    words = str(refused or "") if _may_write(request) else sign_in
    asked = fields_to_open_with(department) if department else []
    given = {"asked": asked, "data": request.POST, "files": request.FILES, "kept": kept_files(request), "refusal": words}
    form = _form(request, department=department, departments=None if department else _offered(request), **given)
    if form.is_valid():
        try:
            return redirect(_open(request, form.cleaned_data.get("department") or department, form))
        except DepartmentIsGone:
            form = _form(request, departments=_offered(request), **given)
        except TooManyRequests as error:
            refused = error
            error.add_to(form)
        except DeskError as error:
            error.add_to(form)
    hold_files(request, form)
    response = _page(request, department, form, template, status=refused.status_code if refused else 422)
    if refused:
        response.headers["Retry-After"] = str(refused.retry_after)
    return response


@transaction.atomic
def _open(request, department, form):
    """Open the ticket, or hold the request back, once however often the form is sent. Returns the page that follows."""
    sent = claim_form(form, request)
    if sent.is_first:
        count_request(request)
        taken = take_request(request, department, form)
        sent.finish(door_after_opening(taken, request.user).url("sent"))
        files_arrived(request, form)
    return sent.outcome_url


def _form(request, **kwargs):
    kwargs["limits"] = upload_limits(request.store)
    if request.user.is_authenticated:
        return NewTicketForm(**kwargs)
    return VisitorTicketForm(store=request.store, remote_ip=client_ip(request), **kwargs)


def _page(request, department, form, template, status=200):
    entries = _answers_of(request, department) if department else []
    context = {
        "department": department,
        "form": form,
        "entries": entries,
        "we_write_to": masked_addresses(request.user),
        **_blocked(request),
    }
    return guarded(render(request, template, context, status=status), form)


def _blocked(request):
    return {"blocked_words": blocked_words(customer_before(request))}


def _answers_of(request, department):
    """What the department answered before; nothing where it has its answers switched off."""
    return FaqEntry.objects.published_in(request.store).of_department(department) if department.uses(ANSWERS_FIRST) else []


def _offered(request):
    return Department.objects.offered_in(store_or_404(request))


def _offered_by_id(store, pk):
    found = _one_offered(store=store.pk, department=pk) if pk < 2**63 else []
    return found[0] if found else None


@Prepared
def _one_offered(store, department):
    """With what opening a request there asks of it."""
    return Department.objects.offered_in(store).filter(pk=department).select_related("workflow")


def _choose_again(request, pk):
    """A department that was there may be gone; one that never was is a wrong address."""
    if not Department.objects.filter(pk=pk).exists():
        raise Http404
    messages.warning(request, str(DepartmentIsGone()))
    return redirect("portal:new_ticket")
