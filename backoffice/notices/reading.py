"""What the bell shows: things told to this person about tickets they may still see."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from notifications.choices import Template
from notifications.models import Delivery
from tickets.covering import cover_ticket, known_stores

#: So many stand in the bell's menu.
NEWEST = 8


class About(TextChoices):
    """What the news can be narrowed to."""

    ALL = "", pgettext_lazy("news", "All")
    UNREAD = "unread", pgettext_lazy("news", "Unread")
    MINE = "mine", _("My tickets")
    MENTIONS = "mentions", _("Mentions")
    WATCHED = "watched", pgettext_lazy("news", "Watched")
    NOBODYS = "nobodys", _("New ones for all")


_TEMPLATES = {
    About.MINE: [
        Template.ASSIGNED, Template.TEAM_ASSIGNED, Template.CUSTOMER_REPLIED, Template.REOPENED, Template.RATED, Template.BAD_RATING, Template.SHARED,
        Template.ACTION,
    ],
    About.MENTIONS: [Template.MENTIONED],
    About.WATCHED: [Template.WATCHED],
    About.NOBODYS: [Template.OPENED, Template.PASSED_ON],
}  # fmt: skip


def notices_of(seer):
    return Delivery.objects.notices_of(seer)


def unread_notices(seer):
    return notices_of(seer).unread()


def notices_about(seer, about):
    """The news narrowed to an About."""
    if about == About.UNREAD:
        return unread_notices(seer)
    return notices_of(seer).filter(template__in=_TEMPLATES[about]) if about in _TEMPLATES else notices_of(seer)


def cover(notices, sight):
    """The same, each ticket covered where its customer is not to be known."""
    known = known_stores(sight)
    for notice in notices:
        if notice.ticket:
            cover_ticket(notice.ticket, known.mask(notice.ticket))
    return notices
