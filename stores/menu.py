"""The owner's own links in the portal's menu, beside “my requests”: one menu for the whole site."""

from django.db import transaction
from django.db.models import Max

from audit.choices import Deed
from audit.log import note
from common.kept import kept
from common.ordering import move_row
from stores.models import PortalLink
from stores.services import plain

#: So many stand beside our own places before the menu is too long to read.
MOST = 8


def links_of(store):
    """[(words, address, only for customers)] as the portal's menu shows them."""
    return kept(("menu", store.pk), lambda: [(link.label, link.url, link.for_customers) for link in store.links.all()])


@transaction.atomic
def write_link(*, store, link=None, label, url, for_customers, by):
    """Add a link at the end of the menu, or change one."""
    link = link or PortalLink(store=store, position=_next_position(store))
    before = _facts(link) if link.pk else {}
    link.label, link.url, link.for_customers = label, url, for_customers
    link.save()
    if _facts(link) != before:
        note(Deed.SETTINGS_CHANGED, by=by, on=link, before=before, after=_facts(link), store=store)
    return link


@transaction.atomic
def move_link(link, *, places, by):
    """Move it among the links; negative: up. At the end it stays where it is."""
    rows = PortalLink.objects.filter(store=link.store).select_for_update(of=("self",)).order_by("position", "pk")
    if move_row(rows, link, places):
        note(Deed.SETTINGS_CHANGED, by=by, on=link, store=link.store)


@transaction.atomic
def delete_link(link, *, by):
    note(Deed.SETTINGS_CHANGED, by=by, on=link, before=_facts(link), store=link.store)
    link.delete()


def _next_position(store):
    last = PortalLink.objects.filter(store=store).aggregate(last=Max("position"))["last"]
    return 0 if last is None else last + 1


def _facts(link):
    return {"label": plain(link.label), "url": link.url, "for_customers": link.for_customers}
