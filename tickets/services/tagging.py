"""Tags on tickets, and the tags of a store: made where staff first write them, renamed, merged and deleted by its owner."""

from django.db import transaction

from audit.choices import Deed
from audit.log import differences, note
from tickets.choices import Kind
from tickets.errors import StoreFullOfTags, TagIsThereAlready, TagNameUnfit, TooManyTags
from tickets.history import record
from tickets.models import Tag, Tagging
from tickets.models.tag import NAME_LIMIT, folded_name, tag_name
from tickets.services.lifecycle import locked
from tickets.services.writing import touch

MOST_ON_A_TICKET = 20
MOST_IN_A_STORE = 2000


# --- On a ticket ------------------------------------------------------------------------------------
@transaction.atomic
def tag_ticket(ticket, names, *, by=None):
    """Put tags of these names on the ticket; those its store does not have are made. What it carries already stays.

    Raises TagNameUnfit, TooManyTags or StoreFullOfTags, and then puts none.
    """
    ticket = locked(ticket)
    carried = set(ticket.taggings.values_list("tag", flat=True))
    tags = [tag for tag in _found_or_made(ticket.store_id, names) if tag.pk not in carried]
    if not tags:
        return ticket
    if len(carried) + len(tags) > MOST_ON_A_TICKET:
        raise TooManyTags()
    put_tags(ticket, [tag.pk for tag in tags])
    touch(ticket)
    record(ticket, Kind.TAGGED, by=by, tags=[tag.pk for tag in tags])
    return ticket


@transaction.atomic
def untag_ticket(ticket, tags, *, by=None):
    """Take these tags (rows or ids) off the ticket. What it does not carry is left out."""
    ticket = locked(ticket)
    carried = ticket.taggings.filter(tag__in=tags)
    taken = sorted(carried.values_list("tag", flat=True))
    if not taken:
        return ticket
    carried.delete()
    touch(ticket)
    record(ticket, Kind.UNTAGGED, by=by, tags=taken)
    return ticket


def put_tags(ticket, tags):
    """Rows alone, for services that have locked the ticket. `tags`: ids of tags of its store that it does not carry."""
    Tagging.objects.bulk_create([Tagging(tag_id=pk, ticket=ticket) for pk in tags])


def take_over_tags(into, ticket):
    """Let a ticket carry what the one that is merged into it carries, as far as both are of one store. Returns the ids that came."""
    if ticket.store_id != into.store_id:
        return []
    carried = into.taggings.values("tag")
    coming = sorted(ticket.taggings.exclude(tag__in=carried).values_list("tag", flat=True))
    put_tags(into, coming)
    return coming


def _found_or_made(store, names):
    """The tags of the store with these names, each once, in the order of their folded names, so that two writers never wait for each other."""
    wanted = {}
    for name in map(tag_name, names):
        wanted.setdefault(folded_name(name), name)
    if not all(folded and len(name) <= NAME_LIMIT for folded, name in wanted.items()):
        raise TagNameUnfit()
    found = {tag.folded: tag for tag in Tag.objects.filter(store=store, folded__in=wanted)}
    missing = sorted(wanted.keys() - found.keys())
    if missing and Tag.objects.filter(store=store).count() + len(missing) > MOST_IN_A_STORE:
        raise StoreFullOfTags()
    for folded in missing:
        found[folded] = Tag.objects.get_or_create(store_id=store, folded=folded, defaults={"name": wanted[folded]})[0]
    return [found[folded] for folded in sorted(found)]


# --- Of a store -------------------------------------------------------------------------------------
@transaction.atomic
def change_tag(tag, *, name, hue, by):
    """Call the tag differently, or show it in another colour, on every ticket that carries it. Raises TagNameUnfit or TagIsThereAlready."""
    tag = Tag.objects.select_for_update().get(pk=tag.pk)
    name, before = tag_name(name), {"name": tag.name, "hue": tag.hue}
    folded = folded_name(name)
    if not folded or len(name) > NAME_LIMIT:
        raise TagNameUnfit()
    if Tag.objects.filter(store=tag.store_id, folded=folded).exclude(pk=tag.pk).exists():
        raise TagIsThereAlready()
    old, new = differences(before, {"name": name, "hue": hue})
    if not new:
        return tag
    tag.name, tag.folded, tag.hue = name, folded, hue
    tag.save(update_fields=["name", "folded", "hue"])
    _note(tag, "changed", by=by, before={"name": old["name"]} if "name" in old else {})
    return tag


@transaction.atomic
def merge_tags(tag, *, into, by):
    """Let every ticket that carries the tag carry the other one of its store, and the tag go. Merged with itself it stays."""
    if tag.pk == into.pk or tag.store_id != into.store_id:
        return into
    list(Tag.objects.select_for_update().filter(pk__in=[tag.pk, into.pk]).order_by("pk").values_list("pk"))
    carrying_both = Tagging.objects.filter(tag=into).values("ticket")
    Tagging.objects.filter(tag=tag).exclude(ticket__in=carrying_both).update(tag=into)
    _note(into, "merged", by=by, before={"name": tag.name})
    Tag.objects.filter(pk=tag.pk).delete()
    return into


@transaction.atomic
def delete_tag(tag, *, by):
    """Take the tag off every ticket, for good."""
    _note(tag, "removed", by=by)
    Tag.objects.filter(pk=tag.pk).delete()


def _note(tag, did, *, by, before=None):
    note(Deed.SETTINGS_CHANGED, by=by, on=tag, before=before, after={"did": did, **({"name": tag.name} if before else {})})
