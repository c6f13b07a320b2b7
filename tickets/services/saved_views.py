"""Views of the inbox: kept, changed, given to colleagues, put in order; and how each person wants their lists.

What a view asks for comes validated from the door (backoffice.tickets.lists.Choice.given); whoever may do this is the door's matter too.
"""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from audit.choices import Deed
from audit.log import differences, note
from common.errors import DeskError
from common.text import clean_line
from tickets.models import ListSetup, SavedView
from tickets.models.saved_view import NAME_LIMIT, Audience

MOST_VIEWS = 100
#: Of one person's lists and places of views; of more some are forgotten.
MOST_KEPT = 300


class TooManyViews(DeskError):
    status_code = 409
    message = _("You keep very many views. Delete some first.")


@transaction.atomic
def save_view(*, name, query, layout="", by):
    """Keep a list under a name, for oneself, at the end of one's own."""
    if SavedView.objects.filter(owner=by).count() >= MOST_VIEWS:
        raise TooManyViews()
    return SavedView.objects.create(owner=by, name=clean_line(name, NAME_LIMIT), query=query, layout=layout)


@transaction.atomic
def rename_view(view, *, name, by):
    view = _locked(view)
    return _write(view, by, name=clean_line(name, NAME_LIMIT))


@transaction.atomic
def change_view(view, *, query, layout, by):
    """From now on it asks for this."""
    view = _locked(view)
    return _write(view, by, query=query, layout=layout)


@transaction.atomic
def give_view(view, *, audience, teams=(), people=(), by):
    """Put it into the panels of these, and out of those of all others. Teams and people count for an audience of some."""
    view = _locked(view)
    before = _facts(view)
    is_some = audience == Audience.SOME
    view.audience = audience
    view.save(update_fields=["audience"])
    view.teams.set(teams if is_some else [])
    view.people.set(people if is_some else [])
    _note(view, by, before, _facts(view))
    return view


@transaction.atomic
def delete_view(view, *, by):
    view = _locked(view)
    _note(view, by, _facts(view), {})
    view.delete()


def _locked(view):
    return SavedView.objects.select_for_update().get(pk=view.pk)


def _write(view, by, **changes):
    before = _facts(view)
    for name, value in changes.items():
        setattr(view, name, value)
    view.save(update_fields=list(changes))
    _note(view, by, before, _facts(view))
    return view


def _facts(view):
    facts = {"name": view.name, "audience": view.audience, "query": view.query}
    if view.audience == Audience.SOME:
        facts |= {
            "teams": sorted(view.teams.order_by("pk").values_list("pk", flat=True)),
            "people": sorted(view.people.order_by("pk").values_list("pk", flat=True)),
        }
    return facts


def _note(view, by, before, after):
    """What one keeps for oneself is one's own matter; what colleagues are given stands in the audit log."""
    if {before.get("audience"), after.get("audience")} <= {Audience.ONESELF, None}:
        return
    # What was asked for may name a customer, whom not every reader of the log may know.
    before, after = ({key: value for key, value in facts.items() if key != "query"} for facts in (before, after))
    before, after = differences(before, after)
    note(Deed.SETTINGS_CHANGED, by=by, on=view, before=before, after=after)


# --- One's own panel and lists ------------------------------------------------------------------------------
@transaction.atomic
def place_view(view, *, places, shown, by):
    """Move it among `shown`: the ids of the views of its part of the panel, in their present order. Negative: up. Others keep their places."""
    if view.pk not in shown:
        return
    here, moved = shown.index(view.pk), list(shown)
    moved.insert(max(0, here + places), moved.pop(here))
    setup = _locked_setup(by)
    _keep(setup, order=[*moved, *(pk for pk in setup.order if pk not in moved)][:MOST_KEPT])


@transaction.atomic
def show_view(view, *, shown, by):
    """Take it out of one's own panel, or put it back there. Others keep theirs."""
    setup = _locked_setup(by)
    hidden = [pk for pk in setup.hidden if pk != view.pk]
    _keep(setup, hidden=hidden if shown else [*hidden, view.pk][-MOST_KEPT:])


@transaction.atomic
def choose_layout(key, layout, *, by):
    """How one list is drawn for this person from now on."""
    setup = _locked_setup(by)
    _keep(setup, layouts=_with(setup.layouts, key, layout))


@transaction.atomic
def choose_columns(key, columns, *, by):
    """The columns of one list, in their order; none: as it comes."""
    setup = _locked_setup(by)
    _keep(setup, columns=_with(setup.columns, key, list(columns)))


def _locked_setup(user):
    ListSetup.objects.get_or_create(user=user)
    return ListSetup.objects.select_for_update().get(user=user)


def _keep(setup, **changes):
    setup.given = {**setup.given, **changes}
    setup.save(update_fields=["given"])


def _with(kept, key, value):
    others = [(name, given) for name, given in kept.items() if name != key]
    return dict([*others[-MOST_KEPT:], (key, value)] if value else others)
