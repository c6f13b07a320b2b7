"""The rail of the settings: which pages there are, and which of them this person may open."""

from dataclasses import dataclass

from django.contrib.auth import get_user_model
from django.db.models import Exists
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from permissions.querysets import stores_where
from permissions.rights import StoreRight
from stores.addresses import all_places

SETTINGS, GRANTING, AUDIT = StoreRight.CHANGE_SETTINGS, StoreRight.GRANT_RIGHTS, StoreRight.VIEW_AUDIT
EMERGENCY = StoreRight.TAKE_EMERGENCY


@dataclass(frozen=True)
class Place:
    """A page of the rail. `words_of_names`: what the names of its addresses and of those below it have in them."""

    url_name: str
    icon: str
    words: str
    right: str
    words_of_names: tuple


#: Title, and the places under it.
RAIL = [
    (
        _("The store"),
        [
            Place("guide", "check2-all", _("First steps"), SETTINGS, ("guide",)),
            Place("store", "shop", _("Store"), SETTINGS, ("store_languages", "store_requests", "store_messages")),
            Place("store_look", "sun", _("Look"), SETTINGS, ("store_look",)),
            Place("store_portal", "globe", _("Portal and addresses"), SETTINGS, ("portal",)),
            Place("stores", "building", _("Stores"), SETTINGS, ("new_store",)),
        ],
    ),
    (
        pgettext_lazy("settings", "Tickets"),
        [
            Place("departments", "inbox", _("Departments"), SETTINGS, ("department",)),
            Place("request_types", "tag", _("Request types"), SETTINGS, ("request_type",)),
            Place("tags", "bookmark", _("Tags"), SETTINGS, ("tag",)),
            Place("workflows", "diagram-3", _("Workflows"), SETTINGS, ("workflow",)),
            Place("fields", "list-ol", _("Fields"), SETTINGS, ("field",)),
        ],
    ),
    (
        _("Words"),
        [
            Place("faq", "question-circle", _("Questions and answers"), SETTINGS, ("faq",)),
            Place("pages", "file-earmark-text", _("Information pages"), SETTINGS, ("page",)),
            Place("answers", "lightning", _("Prepared answers"), SETTINGS, ("answer",)),
            Place("surveys", "star", _("Survey"), SETTINGS, ("survey",)),
            Place("texts", "chat-dots", _("Texts"), SETTINGS, ("text",)),
            Place("messages", "bell", _("Who hears what"), SETTINGS, ("message_limits",)),
        ],
    ),
    (
        pgettext_lazy("settings", "Protection"),
        [
            Place("protection", "shield-lock", _("Captcha and limits"), SETTINGS, ("protection",)),
            Place("block_rules", "slash-circle", _("Block rules"), SETTINGS, ("block_rule",)),
            Place("held_requests", "hourglass-split", _("Held requests"), SETTINGS, ("held",)),
        ],
    ),
    (
        _("Technology"),
        [
            Place("deliveries", "envelope-check", pgettext_lazy("to people", "Messages"), SETTINGS, ("deliver",)),
            Place("senders", "send", _("E-mail"), SETTINGS, ("sender",)),
            Place("sms", "phone", _("SMS"), SETTINGS, ("sms",)),
            Place("configuration", "file-earmark-text", _("Configuration file"), SETTINGS, ("configuration",)),
        ],
    ),
    (
        _("People"),
        [
            Place("people", "people", _("Staff and teams"), GRANTING, ("people", "person", "team")),
            Place("roles", "person-badge", _("Roles"), GRANTING, ("role",)),
            Place("rights", "shield-check", _("Rights"), GRANTING, ("rights",)),
        ],
    ),
    (
        _("Security"),
        [
            Place("audit", "clock-history", _("Audit log"), AUDIT, ("audit",)),
            Place("emergency", "life-preserver", _("Emergency access"), EMERGENCY, ("emergency",)),
        ],
    ),
]


def rail_of(user, here):
    """[(title, [(place, address, "page", "true" or "")])]: only what this person may open and what there is. One query."""
    allowed = _rights_of(user)
    groups = []
    for title, places in RAIL:
        links = [(place, _address(place), _current(place, here)) for place in places if place.right in allowed]
        links = [link for link in links if link[1]]
        if links:
            groups.append((title, links))
    return groups


def _rights_of(user):
    """With the right to give rights comes emergency access; a superuser who was given nothing gives rights all the same."""
    asked = {str(right): Exists(stores_where(user, right)) for right in (SETTINGS, GRANTING, AUDIT, EMERGENCY)}
    held = {right for right, is_held in get_user_model().objects.filter(pk=user.pk).values(**asked).get().items() if is_held}
    return held | ({str(EMERGENCY)} if GRANTING in held else set()) | ({str(GRANTING)} if user.is_superuser else set())


def _address(place):
    """Empty for a page that this installation does not have; who has one store never hears of several."""
    if place.url_name == "stores" and len(all_places()) < 2:
        return ""
    try:
        return reverse(f"control:{place.url_name}")
    except NoReverseMatch:
        return ""


def _current(place, here):
    """For aria-current: the page itself, or a page below it. A page of rights belongs to the rights, whomever it is about."""
    if here == place.url_name:
        return "page"
    is_of_rights = "rights" in here and place.url_name != "rights"
    return "true" if not is_of_rights and any(word in here for word in place.words_of_names) else ""
