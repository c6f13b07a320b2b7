"""Lines of a customer's history in words, for those who may know the customer."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from accounts.choices import Language
from common.moments import format_moment
from common.numbers import local_digits
from common.templatetags.formats import isolate
from customers.models import CustomerKind
from notifications.templatetags.wishes import in_words

ICONS = {
    CustomerKind.CHANGED: "pencil",
    CustomerKind.NOTE_ADDED: "sticky",
    CustomerKind.NOTE_CHANGED: "pencil",
    CustomerKind.NOTE_REMOVED: "trash",
    CustomerKind.BLOCKED: "slash-circle",
    CustomerKind.UNBLOCKED: "check-circle",
    CustomerKind.JOINED: "building",
    CustomerKind.LEFT: "building",
    CustomerKind.MERGED: "link-45deg",
    CustomerKind.UNMERGED: "arrow-left-right",
    CustomerKind.ERASED: "trash",
}
FIELDS = {
    "name": gettext_lazy("Name"),
    "email": gettext_lazy("E-mail"),
    "phone": gettext_lazy("Mobile number"),
    "company": gettext_lazy("Company"),
    "language": gettext_lazy("Language"),
    "hears": gettext_lazy("How they hear"),
}


def tell(event):
    """One sentence about what happened."""
    return _TELL[event.kind](event.details)


def _changed(details):
    changes = []
    for name, (before, after) in details.get("fields", {}).items():
        places = {"field": FIELDS.get(name, name), "before": isolate(_shown(name, before)), "after": isolate(_shown(name, after))}
        if not before:
            changes.append(_("%(field)s set to %(after)s") % places)
        elif not after:
            changes.append(_("%(field)s %(before)s taken away") % places)
        else:
            changes.append(_("%(field)s changed from %(before)s to %(after)s") % places)
    return _("; ").join(changes)


def _shown(name, value):
    if name == "hears":
        return in_words(value) or _("of everything, at once")
    return dict(Language.choices).get(value, value) if name == "language" else value


def _note_added(details):
    if details.get("is_warning"):
        return pgettext("customer's history", "wrote a warning")
    return pgettext("customer's history", "wrote a note")


def _note_changed(details):
    return pgettext("customer's history", "changed a note, which was: %(before)s") % {"before": isolate(details.get("before", ""))}


def _note_removed(details):
    return pgettext("customer's history", "deleted a note, which was: %(before)s") % {"before": isolate(details.get("before", ""))}


def _blocked(details):
    places = {"reason": isolate(details.get("reason", ""))}
    if details.get("until"):
        places["until"] = isolate(format_moment(datetime.fromisoformat(details["until"]), "moment_full"))
        return pgettext("customer's history", "blocked the customer until %(until)s: %(reason)s") % places
    return pgettext("customer's history", "blocked the customer: %(reason)s") % places


def _unblocked(details):
    if details.get("reason"):
        return pgettext("customer's history", "unblocked the customer: %(reason)s") % {"reason": isolate(details["reason"])}
    return pgettext("customer's history", "unblocked the customer")


def _joined(details):
    places = {"organisation": isolate(details.get("name", ""))}
    if details.get("by_domain"):
        return pgettext("customer's history", "joined %(organisation)s by their proven e-mail address") % places
    return pgettext("customer's history", "put into %(organisation)s") % places


def _left(details):
    return pgettext("customer's history", "taken out of %(organisation)s") % {"organisation": isolate(details.get("name", ""))}


def _merged(details):
    places = {"name": isolate(details.get("name", "")), "number": local_digits(details.get("other", ""))}
    if details.get("into"):
        return pgettext("customer's history", "merged this customer into %(name)s (%(number)s)") % places
    return pgettext("customer's history", "merged %(name)s (%(number)s) into this customer") % places


def _unmerged(details):
    places = {"name": isolate(details.get("name", "")), "number": local_digits(details.get("other", ""))}
    return pgettext("customer's history", "undid the merge with %(name)s (%(number)s)") % places


def _erased(details):
    return pgettext("customer's history", "erased the customer's data")


_TELL = {
    CustomerKind.CHANGED: _changed,
    CustomerKind.NOTE_ADDED: _note_added,
    CustomerKind.NOTE_CHANGED: _note_changed,
    CustomerKind.NOTE_REMOVED: _note_removed,
    CustomerKind.BLOCKED: _blocked,
    CustomerKind.UNBLOCKED: _unblocked,
    CustomerKind.JOINED: _joined,
    CustomerKind.LEFT: _left,
    CustomerKind.MERGED: _merged,
    CustomerKind.UNMERGED: _unmerged,
    CustomerKind.ERASED: _erased,
}
