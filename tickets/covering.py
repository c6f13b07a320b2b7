"""Tickets as those read them who may not know the customer: covered at the door, so that no page, list or mail can forget it.

What is covered is for reading. A ticket in that state refuses to be saved; services lock and read their own.
"""

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import pgettext

from customers.masking import OPEN, Mask
from customers.names import stand_in
from permissions.querysets import stores_where
from permissions.rights import StoreRight
from permissions.sight import Sight
from stores.models import Store
from tickets.models.tag import tags_on


class KnownStores(frozenset):
    """Ids of the stores whose customers a person may know; `regions`: where each store's phone numbers belong."""

    regions = {}

    def mask(self, ticket):
        """What has to be covered in this ticket. A reveal opens the ticket's own page, not lists, news and mails."""
        if _is_covered(ticket):
            return ticket.mask
        return OPEN if ticket.store_id in self else Mask.of(ticket.customer, region=self.regions.get(ticket.store_id, ""))


def may_know(user, right=StoreRight.VIEW_CUSTOMERS):
    """The condition on a store that this person has the right there; who looks through a colleague's eyes must know customers too."""
    known = Q(Exists(stores_where(user, right).filter(pk=OuterRef("pk"))))
    viewer = getattr(user, "seen_by", None)
    return known & may_know(viewer) if viewer else known


def known_stores(seer):
    """For a person by one query; for their Sight by none, unless somebody looks through their eyes."""
    if isinstance(seer, Sight) and seer.regions:
        known, viewer = seer.places_with(StoreRight.VIEW_CUSTOMERS), getattr(seer.user, "seen_by", None)
        found = KnownStores(known & known_stores(viewer) if viewer else known)
        found.regions = seer.regions
        return found
    known = may_know(seer.user if isinstance(seer, Sight) else seer)
    rows = Store.objects.annotate(known=known).order_by().values_list("pk", "known", "phone_region")
    found = KnownStores(pk for pk, is_known, region in rows if is_known)
    found.regions = {pk: region for pk, is_known, region in rows}
    return found


def mask_of(access):
    """What has to be covered on the ticket's own page, where a running reveal counts."""
    ticket = access.ticket
    if _is_covered(ticket):
        return ticket.mask
    viewer = getattr(access.user, "seen_by", None)
    is_open = access.can_see_customer and (viewer is None or ticket.store_id in known_stores(viewer))
    return OPEN if is_open else Mask.of(ticket.customer, region=ticket.store.phone_region)


def _is_covered(ticket):
    """Whether this was covered before: whoever stands in its customer's place tells nothing of what is to be hidden."""
    return "mask" in ticket.__dict__ and ticket.mask.covers


def cover_ticket(ticket, mask):
    """Its words without the customer's name and addresses, and in the customer's place somebody without any. Twice is as good as once."""
    if mask.covers and not _is_covered(ticket):
        for name in ("subject", "last_words", "last_public_words", "rating_comment"):
            if ticket.__dict__.get(name):
                setattr(ticket, name, mask.text(getattr(ticket, name)))
        ticket.customer = stand_in(ticket.customer)
        ticket.save = _refuse_to_save
    ticket.mask = mask
    return ticket


def tags_before(ticket):
    """The tags of a covered ticket as its reader may know them: a tag can be somebody's name, too."""
    tags = tags_on(ticket)
    if ticket.mask.covers:
        for tag in tags:
            tag.name = ticket.mask.text(tag.name)
    return tags


def _refuse_to_save(*args, **kwargs):
    raise RuntimeError("This ticket was covered for its reader. Lock the stored one before you change it.")


def cover_message(message, mask):
    """Its words, as HTML and as text. Another member of the customer's organisation who wrote it is covered as well."""
    if mask.covers and message.customer_id not in {None, mask.customer_id}:
        own = Mask.of(message.customer)
        message.body_html, message.body_text = own.html(message.body_html), own.text(message.body_text)
    if mask.covers:
        message.body_html = mask.html(message.body_html)
        message.body_text = mask.text(message.body_text)
    return message


def cover_file(attachment, mask, *, from_customer):
    """A customer's file goes by what it is; a file of staff keeps its name while it tells nothing."""
    if mask.covers and (from_customer or mask.text(attachment.name) != attachment.name):
        attachment.name = neutral_name(attachment, mask)
    return attachment


def neutral_name(attachment, mask):
    """photo-3fa2.jpg: what kind of file it is, and enough to tell two of them apart."""
    dot, ending = attachment.name.rpartition(".")[1:]
    ending = f".{ending.lower()}" if dot and ending.isascii() and ending.isalnum() and len(ending) <= 5 else ""
    if mask.text(ending) != ending:
        ending = ""
    kind = pgettext("name of a file", "photo") if attachment.is_image else pgettext("name of a file", "file")
    return f"{kind}-{attachment.pk.hex[:4]}{ending}"
