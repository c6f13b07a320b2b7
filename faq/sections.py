"""The headings under which a store's answers stand."""

from django.db import transaction
from django.db.models import Max
from i18nfield.strings import LazyI18nString

from common.ordering import move_row
from common.text import clean_line
from faq.models import FaqSection
from faq.noting import note_about, words_of


@transaction.atomic
def write_section(*, store, words, icon, section=None, by=None):
    """Make a section, or rewrite one. words: {language: (name, what is found here)}, all of them. A new one comes last."""
    section = section or FaqSection(store=store, position=_next_position(store))
    before = _facts(FaqSection.objects.get(pk=section.pk)) if section.pk else {}
    section.name = LazyI18nString({language: clean_line(name, 80) for language, (name, _text) in words.items()})
    section.description = LazyI18nString({language: clean_line(text, 160) for language, (_name, text) in words.items() if text})
    section.icon = icon
    section.save()
    note_about(section, "changed" if before else "made", by=by, before=before, after=_facts(section), stores=[store])
    return section


def _next_position(store):
    last = store.faq_sections.aggregate(last=Max("position"))["last"]
    return 0 if last is None else last + 1


@transaction.atomic
def move_section(section, *, places, by=None):
    """Move it among the store's sections; negative: up."""
    if move_row(FaqSection.objects.filter(store=section.store_id).select_for_update().order_by("position", "pk"), section, places):
        note_about(section, "moved", by=by, stores=[section.store])


@transaction.atomic
def delete_section(section, *, by=None):
    """The heading goes; its answers stay and stand by their department again."""
    note_about(section, "removed", by=by, before=_facts(section), stores=[section.store])
    section.delete()


def _facts(section):
    return {"icon": section.icon, **words_of(section.name, "name"), **words_of(section.description, "description")}
