"""Views of the inbox: saved from what is on the screen, given to colleagues, put in order. And how each list is drawn for its reader."""

from django import forms
from django.contrib import messages
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db import transaction
from django.http import Http404, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from backoffice.doors import require
from backoffice.pages import desk_page, menu_page
from backoffice.tickets.columns import columns_in_order, columns_there_are
from backoffice.tickets.inbox import Asked
from backoffice.tickets.lists import VIEWS, narrowing
from backoffice.tickets.narrowings import options_of
from backoffice.tickets.searching import everywhere
from common.fields import LineField
from common.form_keys import OneTimeForm, claim_form
from custom_fields.forms import PREFIX
from tickets.models import Tag
from tickets.models.saved_view import NAME_LIMIT, Audience, Layout
from tickets.services import saved_views

MOVES = {"up": -1, "down": 1}
MOST_PLACES = 200
MOST_TAGS = 300


class NameForm(OneTimeForm):
    name = LineField(
        label=gettext_lazy("Name of the view"), limit=NAME_LIMIT, widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"})
    )


class ViewForm(forms.Form):
    """A name and, for those who may give views to colleagues, who has it."""

    name = LineField(
        label=gettext_lazy("Name of the view"), limit=NAME_LIMIT, widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"})
    )
    audience = forms.ChoiceField(label=gettext_lazy("Who has it in the panel"), choices=Audience.choices, widget=forms.RadioSelect)
    teams = forms.ModelMultipleChoiceField(
        Group.objects.none(), label=gettext_lazy("Teams"), required=False, widget=forms.CheckboxSelectMultiple
    )
    people = forms.ModelMultipleChoiceField(
        get_user_model().objects.none(), label=gettext_lazy("Persons"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args, may_share, by, **kwargs):
        super().__init__(*args, **kwargs)
        if not may_share:
            for name in ("audience", "teams", "people"):
                del self.fields[name]
            return
        self.fields["teams"].queryset = Group.objects.order_by("name", "pk")
        self.fields["people"].queryset = get_user_model().objects.staff().exclude(pk=by.pk)

    def clean(self):
        given = super().clean()
        if given.get("audience") == Audience.SOME and not given.get("teams") and not given.get("people"):
            self.add_error("audience", _("Choose a team or a person."))
        return given


def _asked(request):
    """What the posted form, or the address, says is on the screen."""
    query = QueryDict(mutable=True)
    query.update({name: value[:300] for name, value in (request.POST if request.method == "POST" else request.GET).items()})
    return Asked(request, query)


def _find(request, pk):
    asked = Asked(request, QueryDict(f"saved={pk}"))
    if asked.saved is None:
        raise Http404
    return asked, asked.saved


def _list_of(view):
    return f"{reverse('backoffice:inbox')}?saved={view.pk}"


def _back(asked):
    return redirect(reverse("backoffice:inbox") + asked.choice.query)


# --- Views --------------------------------------------------------------------------------------------------
@require_http_methods(["GET", "HEAD", "POST"])
def views(request):
    """All that one has, to be put in order; a POST saves what is on the screen under a name."""
    if request.method != "POST":
        panel = Asked(request, QueryDict("")).panel
        groups = [
            (_("My views"), [view for view in panel.views if view.owner_id == request.user.pk]),
            (_("Shared views"), [view for view in panel.views if view.owner_id != request.user.pk]),
        ]
        return desk_page(request, "backoffice/tickets/views.html", {"panel": panel, "groups": groups})
    asked, form = _asked(request), NameForm(request.POST)
    if not form.is_valid():
        return desk_page(
            request, "backoffice/tickets/view_name.html", {"form": form, "choice": asked.choice, "layout": _layout(request)}, status=422
        )
    with transaction.atomic():
        sent = claim_form(form, request)
        if sent.is_first:
            view = saved_views.save_view(name=form.cleaned_data["name"], query=asked.choice.asked, layout=_layout(request), by=request.user)
            sent.finish(_list_of(view))
            messages.success(request, _("The view is saved. It stands under “My views”."))
    return redirect(sent.outcome_url)


def _layout(request):
    layout = request.POST.get("layout", "")
    return layout if layout in Layout.values else ""


@require_safe
def view(request, pk):
    """The address one sends to a colleague."""
    return redirect(_list_of(_find(request, pk)[1]))


@require_http_methods(["GET", "HEAD", "POST"])
def view_settings(request, pk):
    """Its name, and who has it."""
    asked, found = _find(request, pk)
    require(asked.panel.may_change(found), _("You may not change this view. You can save one of your own."))
    initial = {"name": found.name, "audience": found.audience, "teams": found.teams.all(), "people": found.people.all()}
    form = ViewForm(request.POST if request.method == "POST" else None, initial=initial, may_share=asked.panel.may_share, by=request.user)
    if not form.is_valid():
        return desk_page(request, "backoffice/tickets/view.html", {"form": form, "view": found}, status=422 if form.is_bound else 200)
    with transaction.atomic():
        if form.cleaned_data["name"] != found.name:
            saved_views.rename_view(found, name=form.cleaned_data["name"], by=request.user)
        if "audience" in form.cleaned_data:
            given = {name: form.cleaned_data[name] for name in ("audience", "teams", "people")}
            saved_views.give_view(found, **given, by=request.user)
    messages.success(request, _("The view is saved."))
    return redirect(_list_of(found))


@require_POST
def view_filter(request, pk):
    """From now on it asks for what is on the screen."""
    asked, found = _find(request, pk)
    require(asked.panel.may_change(found), _("You may not change this view. You can save one of your own."))
    saved_views.change_view(found, query=_asked(request).choice.asked, layout=_layout(request), by=request.user)
    messages.success(request, _("The view asks for this now."))
    return redirect(_list_of(found))


@require_http_methods(["GET", "HEAD", "POST"])
def view_removal(request, pk):
    """Asks first: whoever has it has it no more."""
    asked, found = _find(request, pk)
    require(asked.panel.may_delete(found), _("You may not delete this view. You can take it out of your panel."))
    if request.method != "POST":
        return desk_page(request, "backoffice/tickets/view_removal.html", {"view": found})
    saved_views.delete_view(found, by=request.user)
    messages.success(request, _("The view is deleted. Its tickets are where they were."))
    return redirect("backoffice:views")


@require_POST
def view_place(request, pk):
    """One up or down, or by as many places as it was dragged."""
    asked, found = _find(request, pk)
    places = MOVES.get(request.POST.get("move"), 0)
    typed, before = request.POST.get("places", ""), request.POST.get("before")
    shown = [other.pk for other in asked.panel.beside(found)]
    if typed.lstrip("-").isascii() and typed.lstrip("-").isdigit() and len(typed) < 6:
        places = max(-MOST_PLACES, min(MOST_PLACES, int(typed)))
        # The rail leaves hidden ones out: the row it was dropped before says more than the number of places.
        there = [other for other in shown if other != found.pk]
        if before and before.isascii() and before.isdigit() and int(before) in there:
            places = there.index(int(before)) - shown.index(found.pk)
        elif before == "":
            places = len(shown)
    saved_views.place_view(found, places=places, shown=shown, by=request.user)
    return redirect(_list_of(found) if request.POST.get("from") == "rail" else f"{reverse('backoffice:views')}#view-{found.pk}")


@require_POST
def view_showing(request, pk):
    """Into one's own panel, or out of it."""
    _panel, found = _find(request, pk)
    saved_views.show_view(found, shown=request.POST.get("shown") == "1", by=request.user)
    return redirect(f"{reverse('backoffice:views')}#view-{found.pk}")


# --- How a list is drawn ------------------------------------------------------------------------------------
@require_POST
def layout(request):
    """How this list is drawn for its reader, now and next time."""
    asked = _asked(request)
    if chosen := _layout(request):
        saved_views.choose_layout(asked.choice.key, chosen, by=request.user)
    return _back(asked)


@require_http_methods(["GET", "HEAD", "POST"])
def columns(request):
    """Which columns the dense list has, in which order. Each button sends all of it, so nothing that was ticked is lost."""
    asked = _asked(request)
    key = asked.choice.key
    if request.method == "POST":
        there = {column.key for column in columns_there_are(asked.fields)}
        order = [name for name in dict.fromkeys(request.POST.getlist("order")) if name in there]
        name, _colon, way = request.POST.get("move", "").partition(":")
        if name in order and way in MOVES:
            here = order.index(name)
            order.insert(max(0, here + MOVES[way]), order.pop(here))
        shown = set(request.POST.getlist("shown"))
        chosen = [] if "usual" in request.POST else [name for name in order if name in shown]
        saved_views.choose_columns(key, chosen, by=request.user)
        if "save" in request.POST:
            saved_views.choose_layout(key, Layout.DENSE, by=request.user)
            return _back(asked)
        return redirect(reverse("backoffice:list_columns") + asked.choice.query)
    rows = columns_in_order(asked.setup.columns.get(key), asked.fields)
    return desk_page(request, "backoffice/tickets/columns.html", {"rows": rows, "choice": asked.choice, "title": title_of(asked)})


def title_of(asked):
    return asked.saved.name if asked.saved else str(VIEWS[asked.choice.view])


@require_safe
def filters(request):
    """All a list can be narrowed to, fetched when the menu is opened; a page of its own without script."""
    asked = _asked(request)
    chosen = dict(asked.choice.filters)
    rows = [
        (each, [(str(value), str(words)) for value, words in options], chosen.get(each.name, ""))
        for each, options in options_of(asked.sight)
    ]
    tags = []
    if everywhere(asked.known) is None:
        # A tag can be somebody's name, so whoever may not know every customer types it.
        there = Tag.objects.filter(store__departments__in=[department.pk for department in asked.departments]).by_name()
        tags = list(dict.fromkeys(there.values_list("name", flat=True)[:MOST_TAGS]))
    shown = {*chosen, "type", "since"}
    kept = [(name, value) for name, value in asked.choice.given.items() if name not in shown and not name.startswith(PREFIX)]
    context = {
        "rows": rows,
        "tags": tags,
        "kept": kept,
        "choice": asked.choice,
        "types": asked.types,
        "narrowing": narrowing(asked.choice, asked.fields),
    }
    return menu_page(request, "backoffice/tickets/filters.html", "backoffice/tickets/_filter_panel.html", context)
