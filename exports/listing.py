"""What a list must tell to become a file. Doors keep their lists; settings.EXPORTED_LISTS says which there are."""

from django.conf import settings
from django.utils.module_loading import import_string

from common.errors import DeskError
from exports.choices import Reason


class RightsEnded(DeskError):
    """Who asked may not have this file: the list is closed to them now, or means something else than it did."""

    status_code = 403
    message = Reason.NO_RIGHT.label


class Listing:
    """One list as one person sees it at this moment. Made anew for each piece of work: what it reads of rights is of now.

    `key` is the word for it in addresses and in the audit log; `title` names it for its reader; `newest` says, with a
    `%(number)s`, that only the first rows are in the file.
    """

    key = ""
    title = ""
    newest = ""

    def __init__(self, user, given):
        self.user, self.given = user, given

    @property
    def chosen(self):
        """`given` as it was understood: JSON that makes the same list again. What is foreign to this person is left out."""
        raise NotImplementedError

    @property
    def back(self):
        """The address of the list on its page."""
        raise NotImplementedError

    def is_open(self):
        """Whether this person may read the list at all."""
        raise NotImplementedError

    def rights(self):
        """{kind: sorted ids}: what decides which rows and words are in the file. Held by who fetches it, or it is not given out."""
        raise NotImplementedError

    def ids(self):
        """Pages of ids, in the list's order."""
        raise NotImplementedError

    def head(self):
        """The headings of the columns."""
        raise NotImplementedError

    def rows(self, ids):
        """The rows of these ids that this person may see now, in this order: text, numbers, dates and moments; covered as on the page."""
        raise NotImplementedError


def listings():
    """{key: Listing}"""
    return {listing.key: listing for listing in import_string(settings.EXPORTED_LISTS)}


def listing_of(export, user):
    """The list an export is about, as this person sees it now. Raises RightsEnded when it is closed, or no longer the same."""
    listing = listings()[export.what](user, export.chosen)
    if not (user.is_active and user.is_staff and listing.is_open()) or listing.chosen != export.chosen:
        raise RightsEnded()
    return listing


def guard_still_held(rights, now):
    """Every right of `rights` must be among those of `now`; one that is gone raises RightsEnded."""
    for kind, ids in rights.items():
        if not set(ids) <= set(now.get(kind, ())):
            raise RightsEnded()
