from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

NAME_LIMIT = 60


class Audience(models.TextChoices):
    """Whose panel a view stands in."""

    ONESELF = "oneself", _("Only me")
    EVERYBODY = "everybody", _("Everybody")
    SOME = "some", _("Chosen teams and persons")


class Layout(models.TextChoices):
    COMFORTABLE = "comfortable", pgettext_lazy("layout of a list", "Comfortable")
    DENSE = "dense", pgettext_lazy("layout of a list", "Dense")
    BOARD = "board", pgettext_lazy("layout of a list", "Board")


class SavedViewQuerySet(models.QuerySet):
    def visible_to(self, user):
        """One's own, and those that colleagues gave: to everybody, to a team of theirs, to them. What the view shows is asked elsewhere."""
        given = Q(people=user) | Q(teams__user=user)
        some = self.model.objects.filter(given, audience=Audience.SOME).order_by().values("pk")
        return self.filter(Q(owner=user) | Q(audience=Audience.EVERYBODY) | Q(pk__in=some))


class SavedView(models.Model):
    """A list of the inbox that somebody named. It keeps what was asked for, never what was found: every reader finds what they may see."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="saved_views", verbose_name=_("owner"))
    name = models.CharField(_("name"), max_length=NAME_LIMIT)
    query = models.JSONField(_("what is asked for"), default=dict, blank=True)
    layout = models.CharField(_("layout"), max_length=12, choices=Layout, blank=True)
    audience = models.CharField(_("who has it"), max_length=12, choices=Audience, default=Audience.ONESELF)
    teams = models.ManyToManyField("auth.Group", related_name="given_views", blank=True, verbose_name=_("teams"))
    people = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="given_views", blank=True, verbose_name=_("persons"))
    created_at = models.DateTimeField(_("made at"), default=timezone.now, editable=False)

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        verbose_name = _("view of the inbox")
        verbose_name_plural = _("views of the inbox")
        # Those of one person, and those of everybody, are read for each of their pages.
        indexes = [models.Index(fields=["id"], condition=Q(audience=Audience.EVERYBODY), name="views_of_everybody")]

    def __str__(self):
        return self.name

    @property
    def is_shared(self):
        return self.audience != Audience.ONESELF


class ListSetup(models.Model):
    """How one person wants their lists, in one column, so that a page that reads something else of theirs reads it along."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="list_setup", verbose_name=_("member of staff")
    )
    given = models.JSONField(_("setup"), default=dict, blank=True)

    class Meta:
        default_permissions = ()
        verbose_name = _("setup of lists")
        verbose_name_plural = _("setups of lists")

    def __str__(self):
        return str(self.user_id)

    @property
    def layouts(self):
        """{list: layout}"""
        return self.given.get("layouts", {})

    @property
    def columns(self):
        """{list: [columns]}"""
        return self.given.get("columns", {})

    @property
    def order(self):
        """Ids of views in the order of the panel; those that are not among them come last."""
        return self.given.get("order", [])

    @property
    def hidden(self):
        """Ids of views that were taken out of the panel."""
        return self.given.get("hidden", [])
