from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Deed(models.TextChoices):
    """What the audit log keeps. The stored word is neutral; `before` and `after` of the line tell the rest."""

    GRANTED = "granted", _("right given")
    WITHDRAWN = "withdrawn", _("right taken away")
    GRANT_ENDED = "grant_ended", _("right ended by itself")
    EMERGENCY = "emergency", _("emergency access")
    ROLE_CHANGED = "role_changed", _("role changed")
    TEAM_CHANGED = "team_changed", _("team changed")
    PERSON_CHANGED = "person_changed", _("colleague added or changed")
    TICKET_SHARED = "ticket_shared", _("ticket shared")
    TICKET_UNSHARED = "ticket_unshared", _("sharing ended")
    TICKET_DELETED = "ticket_deleted", _("ticket deleted")
    TICKET_RESTORED = "ticket_restored", _("ticket restored")
    REVEALED = "revealed", _("customer data revealed")
    SECRET_SHOWN = "secret_shown", _("secret field shown")
    CUSTOMER_CHANGED = "customer_changed", _("customer blocked, merged or erased")
    VIEW_AS_BEGAN = "view_as_began", _("began to view as a colleague")
    VIEW_AS_ENDED = "view_as_ended", _("stopped viewing as a colleague")
    SIGNED_IN = "signed_in", _("signed in")
    SIGN_IN_FAILED = "sign_in_failed", _("sign-in failed")
    SIGNED_OUT = "signed_out", _("signed out")
    REFUSED = "refused", pgettext_lazy("audit log", "refused")
    EXPORTED = "exported", _("exported")
    SETTINGS_CHANGED = "settings_changed", _("settings changed")
