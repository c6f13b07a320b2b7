import uuid

from django.db import models
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from i18nfield.fields import I18nCharField

from accounts.choices import Language
from common.fulltext.conditions import matches
from common.fulltext.index import FullText
from common.fulltext.models import Document
from common.fulltext.wanted import Wanted
from common.keys import KeyField
from common.markdown import html_to_markdown, markdown_to_html
from common.uploads import random_path

ENTRIES = FullText("faq_faqdocument", key="entry_id", zones=("questions", "answers"))


class FaqEntryQuerySet(models.QuerySet):
    def published_in(self, store):
        """Entries a visitor of this store may read, with their words, in the owner's order."""
        return self.filter(is_published=True, stores=store).with_words().order_by("position", "pk")

    def of_department(self, department):
        return self.filter(department=department)

    def of_group(self, entry):
        """Those that stand under the same heading: of its section, or without one of its department."""
        return self.filter(section=entry.section_id) if entry.section_id else self.filter(section=None, department=entry.department_id)

    def with_words(self):
        return self.prefetch_related("translations")

    def matching(self, wanted):
        """Entries that hold what is wanted (a Wanted, or text whose every word is), in any language. Signs alone are found nowhere."""
        wanted = wanted if isinstance(wanted, Wanted) else Wanted.of(wanted)
        return self.filter(matches(ENTRIES, wanted)) if wanted else self.none()


class FaqSection(models.Model):
    """A heading under which a store's answers stand. Without any they stand by department."""

    key = KeyField(unique=True)
    store = models.ForeignKey("stores.Store", models.CASCADE, related_name="faq_sections", verbose_name=_("store"))
    name = I18nCharField(_("name"), max_length=80)
    description = I18nCharField(_("what is found here"), max_length=160, blank=True)
    icon = models.SlugField(_("icon"), max_length=40, default="question-circle")
    position = models.PositiveSmallIntegerField(_("place"), default=0)

    class Meta:
        default_permissions = ()
        verbose_name = _("section of the FAQ")
        verbose_name_plural = _("sections of the FAQ")
        ordering = ["position", "pk"]

    def __str__(self):
        return str(self.name)


class FaqEntry(models.Model):
    """One question and its answer, in one or more languages."""

    key = KeyField(unique=True)
    section = models.ForeignKey(FaqSection, models.SET_NULL, null=True, blank=True, related_name="entries", verbose_name=_("section"))

    department = models.ForeignKey(
        "departments.Department", models.CASCADE, null=True, blank=True, related_name="faq_entries", verbose_name=_("department")
    )
    stores = models.ManyToManyField("stores.Store", related_name="faq_entries", verbose_name=_("stores"))
    position = models.PositiveIntegerField(_("place"), default=0)
    is_published = models.BooleanField(_("published"), default=True)
    reads = models.PositiveIntegerField(_("times read"), default=0, editable=False)
    solved = models.PositiveIntegerField(_("times it solved the matter"), default=0, editable=False)
    unhelpful = models.PositiveIntegerField(_("times it did not help"), default=0, editable=False)
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

    @property
    def languages(self):
        """Codes of the languages it is written in."""
        return {words.language for words in self.translations.all()}


class FaqTranslation(models.Model):
    """An entry in one language. The answer is sanitised HTML."""

    entry = models.ForeignKey(FaqEntry, models.CASCADE, related_name="translations")
    language = models.CharField(_("language"), max_length=8, choices=Language)
    question = models.CharField(_("question"), max_length=200)
    answer = models.TextField(_("answer"))
    source = models.TextField(_("answer as it was written"), blank=True, default="", help_text=_("Markdown. Empty for plain text of old."))

    class Meta:
        verbose_name = _("FAQ text")
        verbose_name_plural = _("FAQ texts")
        constraints = [models.UniqueConstraint(fields=["entry", "language"], name="one_faq_text_per_language")]

    def __str__(self):
        return self.question

    @property
    def markdown(self):
        """The answer for its editor, also where it was stored before there was Markdown."""
        return self.source or html_to_markdown(self.answer)


class FaqDocument(Document):
    """What an entry is found by, in all its languages (faq.services)."""

    entry = models.OneToOneField(FaqEntry, models.CASCADE, primary_key=True, related_name="search_document")

    class Meta:
        default_permissions = ()

    def __str__(self):
        return str(self.entry_id)


class FaqImage(models.Model):
    """A picture in an answer or on a page. Its address is public and cannot be guessed; the file behind it never changes."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    store = models.ForeignKey("stores.Store", models.CASCADE, related_name="faq_images", verbose_name=_("store"))
    file = models.FileField(_("file"), upload_to=random_path, max_length=120)
    name = models.CharField(_("name"), max_length=255)
    content_type = models.CharField(_("type"), max_length=40)
    width = models.PositiveIntegerField(_("width"))
    height = models.PositiveIntegerField(_("height"))
    created_at = models.DateTimeField(_("stored at"), default=timezone.now, editable=False)

    class Meta:
        default_permissions = ()
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        ordering = ["created_at", "pk"]

    def __str__(self):
        return self.name


class InfoPageQuerySet(models.QuerySet):
    def published_in(self, store):
        return self.filter(store=store, is_published=True).order_by("position", "pk")


class InfoPage(models.Model):
    """A page of the support section that says something: delivery, warranty, opening hours. `body`: {language: Markdown}."""

    key = KeyField(unique=True)
    store = models.ForeignKey("stores.Store", models.CASCADE, related_name="info_pages", verbose_name=_("store"))
    address = models.SlugField(_("address"), max_length=40)
    title = I18nCharField(_("title"), max_length=120)
    body = models.JSONField(_("text"), default=dict, blank=True)
    in_menu = models.BooleanField(_("in the menu"), default=True)
    is_published = models.BooleanField(_("published"), default=False)
    position = models.PositiveSmallIntegerField(_("place"), default=0)
    changed_at = models.DateTimeField(_("changed at"), default=timezone.now, editable=False)

    objects = InfoPageQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        verbose_name = _("information page")
        verbose_name_plural = _("information pages")
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["store", "address"], name="one_page_per_address")]

    def __str__(self):
        return str(self.title)

    @property
    def words(self):
        """Its text as HTML in the reader's language, else in English, else in whatever there is."""
        source = self.body.get(get_language()) or self.body.get("en") or next((text for text in self.body.values() if text), "")
        return markdown_to_html(source)

    @property
    def languages(self):
        return {language for language, text in self.body.items() if text}
