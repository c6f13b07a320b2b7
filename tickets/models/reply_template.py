from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from i18nfield.fields import I18nCharField, I18nTextField

from common.keys import KeyField


class ReplyTemplateQuerySet(models.QuerySet):
    def for_department(self, department):
        """What may be inserted in this department's tickets: its own answers, then those for all, each in the owner's order."""
        return self.filter(models.Q(department=department) | models.Q(department=None)).order_by(
            models.F("department").asc(nulls_last=True), "position", "pk"
        )

    def of_department(self, department):
        return self.filter(department=department)

    def known_in(self, store):
        """What this store's staff are offered: answers of its departments, and those for all."""
        return self.filter(models.Q(department__in=store.departments.values("pk")) | models.Q(department=None))


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
    def words(self):
        """Title and text in each language that has any: {language: (title, text)}."""
        titles, texts = _by_language(self.title), _by_language(self.text)
        return {language: (titles.get(language, ""), texts.get(language, "")) for language in {*titles, *texts}}


def _by_language(words):
    """What was stored as one plain text belongs to the first language of the product."""
    return words.data if isinstance(words.data, dict) else {settings.LANGUAGE_CODE: words.data} if words.data else {}
