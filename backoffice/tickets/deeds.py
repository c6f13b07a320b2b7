"""What is done to a ticket: find what may be seen, ask for the right, act, answer. GET shows the choices, where they are many."""

from django.contrib import messages
from django.contrib.auth.models import Group
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from backoffice.doors import require
from backoffice.pages import desk_page, menu_page
from backoffice.tickets.forms import AssignmentForm, DepartmentForm, PriorityForm, RequestTypeForm, StatusForm
from backoffice.tickets.in_the_way import in_the_way
from backoffice.tickets.page import TicketPage
from backoffice.tickets.ways import find, go_back
from common.numbers import local_digits
from common.templatetags.formats import isolate
from tickets.audience import people_who_see, teams_who_see
from tickets.errors import ChangedMeanwhile, FieldsMissing
from tickets.services import lifecycle
from tickets.services.request_types import change_request_type


@require_http_methods(["GET", "HEAD", "POST"])
def assignment(request, number):
    """Give the ticket to a person, to a team, to oneself (“me”) or back to nobody."""
    ticket, can = find(request, number)
    require(can.can_assign, _("You may not assign tickets in this department."))
    form = AssignmentForm(request.POST if request.method == "POST" else None, access=can)
    if not form.is_valid():
        context = {"ticket": ticket, "people": people_who_see(ticket), "teams": teams_who_see(ticket), "complaint": form.complaint}
        return menu_page(request, "backoffice/tickets/assignment.html", "backoffice/tickets/_people.html", context, refused=form.is_bound)
    to = form.cleaned_data["assignee"]
    lifecycle.assign_ticket(ticket, to=to, by=request.user)
    if to is None:
        messages.success(request, _("Nobody has this ticket now."))
    elif to == request.user:
        messages.success(request, _("The ticket is yours."))
    elif isinstance(to, Group):
        messages.success(request, _("The ticket is with the team %(team)s now.") % {"team": isolate(to)})
    else:
        messages.success(request, _("The ticket is with %(name)s now.") % {"name": isolate(to)})
    return go_back(request, number)


@require_http_methods(["GET", "HEAD", "POST"])
def department(request, number):
    """Pass the ticket on. Whoever does not see the other department finds themselves in the inbox."""
    ticket, can = find(request, number)
    require(can.can_pass_on, _("You may not pass on tickets of this department."))
    form = DepartmentForm(request.POST if request.method == "POST" else None, access=can)
    if not form.is_valid():
        context = {"ticket": ticket, "departments": can.departments_to_pass_to(), "complaint": form.complaint}
        return menu_page(
            request, "backoffice/tickets/department.html", "backoffice/tickets/_departments.html", context, refused=form.is_bound
        )
    to = form.cleaned_data["department"]
    lifecycle.pass_on_ticket(ticket, to=to, by=request.user)
    words = _("Ticket %(number)s is with %(department)s now.")
    messages.success(request, words % {"number": local_digits(number), "department": isolate(to)})
    return go_back(request, number)


@require_POST
def status(request, number):
    ticket, can = find(request, number)
    require(can.can_change_status, _("You may not change the status in this department."))
    form = StatusForm(request.POST, access=can)
    if not form.is_valid():
        return TicketPage(request, ticket, can).show(complaint=form.complaint, status=422)
    to = form.cleaned_data["status"]
    require(can.decide_move(to), _("You may not move tickets to this status."))
    if to.is_closed and not ticket.is_closed and (blockers := in_the_way(request, ticket)):
        return _ask_about(request, ticket, blockers, form)
    try:
        lifecycle.change_status(ticket, to=to, by=request.user, seen_version=form.cleaned_data["version"], even_blocked=True)
    except ChangedMeanwhile:
        words = _("Somebody changed this ticket meanwhile. Look at it as it is now, then decide.")
        return TicketPage(request, *find(request, number)).show(complaint=words, status=409)
    except FieldsMissing as refusal:
        return TicketPage(request, ticket, can).show(complaint=str(refusal), status=refusal.status_code)
    messages.success(request, _("The status is “%(status)s” now.") % {"status": isolate(to)})
    return go_back(request, number)


@require_POST
def priority(request, number):
    ticket, can = find(request, number)
    require(can.can_change_priority, _("You may not change the priority in this department."))
    form = PriorityForm(request.POST, access=can)
    if not form.is_valid():
        return TicketPage(request, ticket, can).show(complaint=form.complaint, status=422)
    lifecycle.change_priority(ticket, to=form.cleaned_data["priority"], by=request.user)
    return go_back(request, number)


@require_http_methods(["GET", "HEAD", "POST"])
def request_type(request, number):
    """Say what kind of request it is, or that it is none in particular."""
    ticket, can = find(request, number)
    require(can.can_change_type, _("You may not change the request type in this department."))
    form = RequestTypeForm(request.POST if request.method == "POST" else None, access=can)
    if not form.is_valid():
        context = {"ticket": ticket, "types": form.fields["request_type"].queryset, "complaint": form.complaint}
        return menu_page(request, "backoffice/tickets/type.html", "backoffice/tickets/_types.html", context, refused=form.is_bound)
    to = form.cleaned_data["request_type"]
    change_request_type(ticket, to=to, by=request.user)
    if to:
        messages.success(request, _("The request type is “%(type)s” now.") % {"type": isolate(to)})
    else:
        messages.success(request, _("The ticket has no request type now."))
    return go_back(request, number)


@require_POST
def closure(request, number):
    """Close the ticket. Closing one that is closed changes nothing."""
    ticket, can = find(request, number)
    require(can.can_reopen if ticket.is_closed else can.can_close, _("You may not close tickets in this department."))
    if not ticket.is_closed and (blockers := in_the_way(request, ticket)):
        return _ask_about(request, ticket, blockers)
    try:
        lifecycle.close_ticket(ticket, by=request.user, even_blocked=True)
    except FieldsMissing as refusal:
        return TicketPage(request, ticket, can).show(complaint=str(refusal), status=refusal.status_code)
    messages.success(request, _("Ticket %(number)s is closed.") % {"number": local_digits(number)})
    return go_back(request, number)


def _ask_about(request, ticket, blockers, form=None):
    """Nothing is closed yet: the page names what is in the way, and closes when that is meant. `form`: the move that would close it."""
    context = {"ticket": ticket, "blockers": blockers, "move": form and form.cleaned_data}
    return desk_page(request, "backoffice/tickets/closing_blocked.html", context, status=409)


@require_POST
def reopening(request, number):
    """Open a closed ticket again. One that is open stays as it is."""
    ticket, can = find(request, number)
    require(can.can_reopen if ticket.is_closed else can.can_close, _("You may not open closed tickets again in this department."))
    lifecycle.reopen_ticket(ticket, by=request.user)
    messages.success(request, _("Ticket %(number)s is open again.") % {"number": local_digits(number)})
    return go_back(request, number)
