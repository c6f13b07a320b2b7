"""Drawing the page of one person or team: the same page after a mistake, with everything as it was typed."""

from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import ngettext

from control.audit.reading import story_of
from control.rights.forms import RoleForm, UntilForm, WhyForm
from control.rights.in_words import in_words
from control.rights.people import everybody
from control.rights.sheet import HEADS
from control.rights.why import why
from control.rights.words import joined, listed, plain
from permissions.rights import DepartmentRight
from permissions.viewing import may_view_as

#: A count of each plural form that one of our languages has, by the names browsers give them.
PLURALS = {"one": 1, "few": 2, "many": 5, "other": 5}
COLUMNS = [(right, HEADS[right]) for right in DepartmentRight]


def address(sheet, part=""):
    """The address of this person's or team's page, or of a part of it: review, saving, role_review, role_saving."""
    kind = "team" if sheet.is_team else "person"
    return reverse(f"control:rights_{kind}{'_' if part else ''}{part}", args=[sheet.who.pk])


def frame(request, sheet):
    """What both the sheet and its review show around themselves."""
    teams, people = everybody(request.user, places=sheet.places)
    return {
        "sheet": sheet,
        "who": sheet.who,
        "teams": teams,
        "people": people,
        "here": address(sheet),
        "review_url": address(sheet, "review"),
        "role_review_url": address(sheet, "role_review"),
    }


def change_words():
    """What the bar says for so many changes, one sentence for each plural form; the page's script fills in the number."""
    return {form: ngettext("%(count)s change not saved yet", "%(count)s changes not saved yet", count) for form, count in PLURALS.items()}


def by_place(boxes):
    """[(places, kind of place, words of their rights)], for the review: places with the same rights share a line."""
    places, lines = {}, {}
    for box in boxes:
        place = box.on.status if box.kind == "action" else box.on
        places.setdefault((place._meta.model_name, place.pk), (place, []))[1].append(box.name)
    for (kind, _pk), (place, names) in places.items():
        lines.setdefault((kind, tuple(map(str, names))), []).append(place)
    return [(joined(map(plain, found)), found[0]._meta.verbose_name, listed(names)) for (_kind, names), found in lines.items()]


def sheet_page(request, sheet, *, until=None, role=None, error=None, at="", status=200):
    """The matrix. `error` stands above it, and `at` is the id of the row it is about."""
    asks = "why" in request.GET and not sheet.is_team
    question = WhyForm(request.GET if asks else None)
    answer = why(sheet, question) if asks and question.is_valid() else None
    context = frame(request, sheet) | {
        "columns": COLUMNS,
        "sentences": in_words(sheet),
        "until": until or UntilForm(),
        "role": role or RoleForm(sheet=sheet),
        "question": question,
        "answer": answer,
        "error": error,
        "error_row": at,
        "may_view_as": not sheet.is_team and may_view_as(request.user, sheet.who),
        "change_words": change_words(),
        "last_changes": story_of(sheet.who, reader=request.user),
    }
    return render(request, "control/rights/sheet.html", context, status=status)


def review_page(request, sheet, change, seen, *, kept, save_to):
    """What the change gives and takes. `kept`: (name, value) of what is sent again, to be saved or to be changed once more."""
    context = frame(request, sheet) | {
        "preview": seen,
        "change": change,
        "given_places": by_place(seen.gives),
        "taken_places": by_place(seen.takes),
        "kept": kept,
        "save_to": address(sheet, save_to),
    }
    return render(request, "control/rights/review.html", context)
