"""The checklist of a ticket: what has to be done, in an order, and who did it."""

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from common.text import clean_line
from tickets.choices import Kind
from tickets.errors import NothingToDo, TooLongList
from tickets.history import record
from tickets.models import ChecklistItem
from tickets.models.checklist import ITEM_LIMIT
from tickets.search import writing as search
from tickets.services.lifecycle import locked
from tickets.services.writing import touch

MOST_ITEMS = 50


@transaction.atomic
def add_items(ticket, names, *, by):
    """Put these at the end of the list. Raises NothingToDo or TooLongList, and then adds none."""
    ticket = locked(ticket)
    names = [name for name in (clean_line(name, ITEM_LIMIT) for name in names[: MOST_ITEMS + 1]) if name]
    if not names:
        raise NothingToDo()
    if ticket.checklist.count() + len(names) > MOST_ITEMS:
        raise TooLongList(MOST_ITEMS)
    last = ticket.checklist.aggregate(last=Max("position"))["last"]
    first = 0 if last is None else last + 1
    items = [ChecklistItem.objects.create(ticket=ticket, name=name, position=first + place) for place, name in enumerate(names)]
    search.append_items(ticket, names)
    _changed(ticket, "added", items, by=by)
    return items


@transaction.atomic
def tick_item(item, *, done, by):
    """Done, or not done after all. An item that is so already keeps who did it and when."""
    ticket = locked(item.ticket)
    item = ticket.checklist.filter(pk=item.pk).first()
    if item is None or item.is_done == done:
        return item
    item.done_at, item.done_by = (timezone.now(), by) if done else (None, None)
    item.save(update_fields=["done_at", "done_by"])
    _changed(ticket, "ticked" if done else "unticked", [item], by=by)
    return item


@transaction.atomic
def move_item(item, *, up, by):
    """One place up or down. The first stays first, and the last last."""
    ticket = locked(item.ticket)
    items = list(ticket.checklist.all())
    place = next((place for place, one in enumerate(items) if one.pk == item.pk), None)
    other = None if place is None else place + (-1 if up else 1)
    if other is None or not 0 <= other < len(items):
        return ticket
    items[place], items[other] = items[other], items[place]
    for position, one in enumerate(items):
        one.position = position
    ChecklistItem.objects.bulk_update(items, ["position"])
    touch(ticket)
    return ticket


@transaction.atomic
def remove_item(item, *, by):
    ticket = locked(item.ticket)
    if ticket.checklist.filter(pk=item.pk).exists():
        _changed(ticket, "removed", [item], by=by)
        ticket.checklist.filter(pk=item.pk).delete()
        search.write(ticket)
    return ticket


def _changed(ticket, did, items, *, by):
    touch(ticket)
    record(ticket, Kind.CHECKLIST_CHANGED, by=by, did=did, items=[item.pk for item in items])
