from django.db import models
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.choices import Language


class FaqEntryQuerySet(models.QuerySet):
    def published_in(self, store):
        """Entries a visitor of this store may read, with their words, in the owner's order."""
        return self.filter(is_published=True, stores=store).with_words().order_by("position", "pk")

    def of_department(self, department):
        return self.filter(department=department)

    def with_words(self):
        return self.prefetch_related("translations")

    def matching(self, terms):
        """Entries in which every normalised word occurs, in any language."""
        entries = self
        for term in terms:
            entries = entries.filter(translations__search_text__contains=term)
        return entries.distinct()


class FaqEntry(models.Model):
    """One question and its answer, in one or more languages."""

    department = models.ForeignKey(
        "departments.Department", models.CASCADE, null=True, blank=True, related_name="faq_entries", verbose_name=_("department")
    )
    stores = models.ManyToManyField("stores.Store", related_name="faq_entries", verbose_name=_("stores"))
    position = models.PositiveIntegerField(_("place"), default=0)
    is_published = models.BooleanField(_("published"), default=True)
    reads = models.PositiveIntegerField(_("times read"), default=0, editable=False)
    solved = models.PositiveIntegerField(_("times it solved the matter"), default=0, editable=False)
    created_at = models.DateTimeField(_("created at"), default=timezone.now, editable=False)

    objects = FaqEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("FAQ entry")
        verbose_name_plural = _("FAQ entries")
        ordering = ["position", "pk"]

    def __str__(self):
        return self.words.question if self.words else ""

    @property
    def words(self):
        """Question and answer in the reader's language, else in English, else in whatever there is; None without any."""
        by_language = {words.language: words for words in self.translations.all()}
        return by_language.get(get_language()) or by_language.get("en") or next(iter(by_language.values()), None)


class FaqTranslation(models.Model):
    """An entry in one language. The answer is sanitised HTML; search_text is question and answer, normalised."""

    entry = models.ForeignKey(FaqEntry, models.CASCADE, related_name="translations")
    language = models.CharField(_("language"), max_length=8, choices=Language)
    question = models.CharField(_("question"), max_length=200)
    answer = models.TextField(_("answer"))
    search_text = models.TextField(editable=False, default="")

    class Meta:
        verbose_name = _("FAQ text")
        verbose_name_plural = _("FAQ texts")
        constraints = [models.UniqueConstraint(fields=["entry", "language"], name="one_faq_text_per_language")]

    def __str__(self):
        return self.question
