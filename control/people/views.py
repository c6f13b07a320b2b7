"""Colleagues: who is one, how they come in, how their access ends and comes back."""

from django.contrib import messages
from django.contrib.auth import get_user_model
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from common.errors import DeskError
from common.form_keys import claim_form
from control.people.forms import ColleagueForm, EndingForm
from control.people.reading import colleagues
from departments.models import Department
from notifications.granters import invite
from permissions.managing import guard_person
from permissions.people import add_colleague, end_access, give_access_back
from permissions.viewing import may_view_as
from stores.addresses import lasting_url
from tickets.services.handing_over import hand_over, open_tickets_of, people_who_see_all


@require_safe
def people(request):
    everybody = colleagues(request.user)
    context = {
        "people": [person for person in everybody if person.is_active],
        "ended": [person for person in everybody if not person.is_active],
    }
    return render(request, "control/people/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new_colleague(request):
    form = ColleagueForm(request.POST if request.method == "POST" else None, store=request.store)
    if form.is_bound and form.is_valid():
        try:
            return redirect(_add(request, form))
        except DeskError as error:
            error.add_to(form)
    return render(request, "control/people/new.html", {"form": form}, status=422 if form.is_bound else 200)


@transaction.atomic
def _add(request, form):
    """Add the colleague once, however often the form is sent, and tell them. Returns where to go."""
    sent = claim_form(form, request)
    if not sent.is_first:
        return sent.outcome_url
    given = {name: form.cleaned_data[name] for name in ("name", "email", "phone", "language")}
    person, had_account = add_colleague(**given, by=request.user)
    invite(person, store=request.store, by=request.user)
    if had_account:
        messages.info(request, _("%(name)s had an account already. It is a colleague's account now.") % {"name": person})
    else:
        messages.success(request, _("%(name)s is a colleague now.") % {"name": person})
    url = reverse("control:person", args=[person.pk])
    sent.finish(url)
    return url


@require_safe
def colleague(request, pk):
    person = _colleague_or_404(pk)
    context = {
        "person": colleagues(request.user, pk=person.pk)[0],
        "sign_in_url": lasting_url("account_login"),
        "may_view_as": may_view_as(request.user, person),
        "hindrance": _hindrance(request.user, person),
    }
    return render(request, "control/people/colleague.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def access(request, pk):
    """End this colleague's access, or give it back: each is asked in plain words first."""
    person = _colleague_or_404(pk)
    guard_person(request.user, person)
    deed = "end" if person.is_active else "give_back"
    if request.method == "POST" and request.POST.get("deed") != deed:
        return redirect("control:person", person.pk)  # somebody else was quicker
    return _end(request, person) if person.is_active else _give_back(request, person)


def _end(request, person):
    tickets = open_tickets_of(person)
    others = people_who_see_all(tickets).exclude(pk=person.pk)
    form = EndingForm(request.POST if request.method == "POST" else None, people=others, has_tickets=tickets.exists())
    if form.is_bound and form.is_valid():
        try:
            _end_and_hand_over(request, person, form)
        except DeskError as error:
            error.add_to(form)
        else:
            messages.success(request, _("The access of %(name)s has ended.") % {"name": person})
            return redirect("control:people")
    responsible_for = Department.objects.active().filter(responsible=person)
    context = {"person": person, "form": form, "tickets_open": tickets.count(), "responsible_for": responsible_for}
    return render(request, "control/people/ending.html", context, status=422 if form.is_bound else 200)


@transaction.atomic
def _end_and_hand_over(request, person, form):
    end_access(person, by=request.user)
    choice = form.cleaned_data.get("tickets", EndingForm.LEAVE)
    if choice != EndingForm.LEAVE:
        to = form.cleaned_data["assignee"] if choice == EndingForm.ANOTHER else None
        hand_over(open_tickets_of(person), to=to, by=request.user)


def _give_back(request, person):
    if request.method == "POST":
        give_access_back(person, by=request.user)
        messages.success(request, _("%(name)s may sign in again.") % {"name": person})
        return redirect("control:person", person.pk)
    return render(request, "control/people/giving_back.html", {"person": person})


def _hindrance(user, person):
    """Why this person's access is not this granter's matter; nothing when it is."""
    try:
        guard_person(user, person)
    except DeskError as refusal:
        return str(refusal)
    return ""


def _colleague_or_404(pk):
    return get_object_or_404(get_user_model(), pk=pk, is_staff=True)
