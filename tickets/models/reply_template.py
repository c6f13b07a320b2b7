from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from i18nfield.fields import I18nCharField, I18nTextField

from common.keys import KeyField


class Scope(models.TextChoices):
    """Who is offered a prepared answer."""

    ALL = "all", _("Everybody, in every department")
    STORE = "store", _("One store")
    DEPARTMENT = "department", _("One department")
    TEAM = "team", _("One team")
    OWN = "own", _("Only its writer")


class ReplyTemplateQuerySet(models.QuerySet):
    def offered_to(self, user, ticket):
        """What this person may insert into this ticket: their own first, then the department's, their teams', the store's, those for all."""
        fits = (Q(department=ticket.department_id) | Q(department=None)) & (Q(store=ticket.store_id) | Q(store=None))
        shared = Q(owner=None) & (Q(team=None) | Q(team__in=user.groups.values("pk")))
        nearness = models.Case(
            models.When(owner__isnull=False, then=0),
            models.When(department__isnull=False, then=1),
            models.When(team__isnull=False, then=2),
            models.When(store__isnull=False, then=3),
            default=4,
        )
        return self.filter(fits & (shared | Q(owner=user))).order_by(nearness, "position", "pk")

    def own_of(self, user):
        return self.filter(owner=user).order_by("position", "pk")

    def shared(self):
        return self.filter(owner=None)

    def beside(self, template):
        """Those among which it has its place."""
        return self.filter(owner=template.owner_id, department=template.department_id, team=template.team_id, store=template.store_id)

    def known_in(self, store):
        """What this store's staff are offered: answers of its departments, its own, and those for all and for teams."""
        places = Q(department__in=store.departments.values("pk")) | Q(department=None)
        return self.shared().filter(places & (Q(store=store) | Q(store=None)))


class ReplyTemplate(models.Model):
    """A prepared answer that staff put into a reply with one button and may edit before sending."""

    key = KeyField(unique=True)
    title = I18nCharField(_("title"), max_length=120)
    text = I18nTextField(_("text"))
    department = models.ForeignKey(
        "departments.Department", models.CASCADE, null=True, blank=True, related_name="reply_templates", verbose_name=_("department")
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="reply_templates", verbose_name=_("only for")
    )
    team = models.ForeignKey(
        "auth.Group", models.CASCADE, null=True, blank=True, related_name="reply_templates", verbose_name=_("only for the team")
    )
    store = models.ForeignKey(
        "stores.Store", models.CASCADE, null=True, blank=True, related_name="reply_templates", verbose_name=_("only in the store")
    )
    faq_entry = models.OneToOneField(
        "faq.FaqEntry", models.SET_NULL, null=True, blank=True, related_name="reply_template", verbose_name=_("published as"),
        help_text=_("The same text, as a question and answer for everybody."),
    )  # fmt: skip
    used = models.PositiveIntegerField(_("times inserted"), default=0, editable=False)
    position = models.PositiveSmallIntegerField(_("place"), default=0)

    objects = ReplyTemplateQuerySet.as_manager()

    class Meta:
        verbose_name = _("prepared answer")
        verbose_name_plural = _("prepared answers")
        ordering = ["position", "pk"]

    def __str__(self):
        return str(self.title)

    @property
    def scope(self):
        if self.owner_id:
            return Scope.OWN
        if self.team_id:
            return Scope.TEAM
        if self.department_id:
            return Scope.DEPARTMENT
        return Scope.STORE if self.store_id else Scope.ALL

    @property
    def is_public(self):
        """Whether the same text is read by everybody as a question and answer."""
        return self.faq_entry is not None and self.faq_entry.is_published

    @property
    def words(self):
        """Title and text in each language that has any: {language: (title, text)}."""
        titles, texts = _by_language(self.title), _by_language(self.text)
        return {language: (titles.get(language, ""), texts.get(language, "")) for language in {*titles, *texts}}


def _by_language(words):
    """What was stored as one plain text belongs to the first language of the product."""
    return words.data if isinstance(words.data, dict) else {settings.LANGUAGE_CODE: words.data} if words.data else {}
