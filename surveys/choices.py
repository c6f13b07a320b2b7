from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tickets.choices import Helped

__all__ = ["AskedBy", "Helped", "QuestionKind", "WhyNot"]


class AskedBy(models.TextChoices):
    """By which way one survey really was asked."""

    MAIL = "mail", _("e-mail")
    SMS = "sms", _("SMS")
    PORTAL = "portal", _("portal")


class WhyNot(models.TextChoices):
    """Why a closing was not followed by a question, in words staff read on the ticket."""

    AUTOMATIC = "automatic", _("the ticket was closed automatically")
    OWN = "own", _("the ticket is of one of your own people")
    BLOCKED = "blocked", _("the customer is blocked")
    RECENT = "recent", _("the customer was asked a short while before")
    REFUSED = "refused", _("the customer does not want to be asked")
    UNREACHABLE = "unreachable", _("there is no address by which to ask")
    REOPENED = "reopened", _("the ticket was opened again")
    MERGED = "merged", _("the ticket was merged into another")
    DELETED = "deleted", _("the ticket was deleted")
    SWITCHED_OFF = "switched_off", _("asking was switched off meanwhile")


class QuestionKind(models.TextChoices):
    SCALE_5 = "scale_5", _("scale from 1 to 5")
    SCALE_10 = "scale_10", _("scale from 0 to 10")
    ONE = "one", pgettext_lazy("question", "one of several answers")
    SEVERAL = "several", pgettext_lazy("question", "several answers at once")
    TEXT = "text", _("words of one’s own")
