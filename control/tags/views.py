"""The tags of a store: staff make them by writing them, its owner keeps them in order."""

from django.contrib import messages
from django.db.models import IntegerField, OuterRef, Subquery
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from common.errors import DeskError
from common.templatetags.formats import isolate
from common.text import clean_line
from control.tags.forms import MergingForm, TagForm
from tickets.models import Tag, Tagging
from tickets.models.tag import NAME_LIMIT, folded_name
from tickets.services.tagging import change_tag, delete_tag, merge_tags

MOST_SHOWN = 100
#: Tickets of one tag are counted up to here.
COUNT_LIMIT = 1000


class UsedOn(Subquery):
    """On how many tickets the tag is, counting one more than COUNT_LIMIT at most."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) counted)"
    output_field = IntegerField()


@require_safe
def tags(request, store):
    """The first hundred by name, or those in whose names the words occur."""
    words = clean_line(request.GET.get("q", ""), NAME_LIMIT)
    found = Tag.objects.filter(store=store).by_name()
    if words:
        found = found.filter(folded__contains=folded_name(words))
    taggings = Tagging.objects.filter(tag=OuterRef("pk")).order_by().values("pk")[: COUNT_LIMIT + 1]
    rows = list(found.annotate(used=UsedOn(taggings))[: MOST_SHOWN + 1])
    context = {"rows": rows[:MOST_SHOWN], "has_more": len(rows) > MOST_SHOWN, "words": words, "limit": COUNT_LIMIT}
    return render(request, "control/tags/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def tag(request, store, pk):
    """Its name and colour, and beside them the ways to be rid of it."""
    found = get_object_or_404(Tag, store=store, pk=pk)
    form = TagForm(request.POST if request.method == "POST" else None, tag=found)
    if form.is_bound and form.is_valid():
        try:
            change_tag(found, **form.changes, by=request.user)
            messages.success(request, _("The tag is saved."))
            return redirect("control:tags")
        except DeskError as refusal:
            refusal.add_to(form)
    return _page(request, found, form, MergingForm(tag=found), refused=form.is_bound)


@require_POST
def merging(request, store, pk):
    """Tickets that carry this tag carry the other one, and this one goes."""
    found = get_object_or_404(Tag, store=store, pk=pk)
    form = MergingForm(request.POST, tag=found)
    if not form.is_valid():
        return _page(request, found, TagForm(tag=found), form, refused=True)
    into = merge_tags(found, into=form.cleaned_data["into"], by=request.user)
    messages.success(request, _("%(tag)s is part of %(into)s now.") % {"tag": isolate(found), "into": isolate(into)})
    return redirect("control:tags")


def _page(request, found, form, merging_form, *, refused):
    context = {"tag": found, "form": form, "merging": merging_form}
    return render(request, "control/tags/tag.html", context, status=422 if refused else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def removal(request, store, pk):
    found = get_object_or_404(Tag, store=store, pk=pk)
    if request.method == "POST":
        delete_tag(found, by=request.user)
        messages.success(request, _("The tag is gone from every ticket."))
        return redirect("control:tags")
    return render(request, "control/tags/removal.html", {"tag": found})
