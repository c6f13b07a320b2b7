"""Writing FAQ entries, and counting what they were good for."""

from django.db import transaction
from django.db.models import F, Max

from common.html import html_to_text, sanitise_html
from common.normaliser import normalise
from common.ordering import move_row
from common.text import clean_line
from faq.models import FaqEntry, FaqTranslation


@transaction.atomic
def write_entry(*, stores, words, department=None, position=None, is_published=True, entry=None):
    """Make an entry, or rewrite one. words: {language: (question, answer as HTML), or None to take the text away};
    languages left out keep their text. Without a position a new entry, or one that changes its department, comes last there.
    """
    entry = entry or FaqEntry()
    if position is not None:
        entry.position = position
    elif entry.pk is None or entry.department != department:
        entry.position = _next_position(department)
    entry.department, entry.is_published = department, is_published
    entry.save()
    entry.stores.set(stores)
    entry.translations.filter(language__in=[language for language, text in words.items() if text is None]).delete()
    for language, (question, answer) in ((language, text) for language, text in words.items() if text is not None):
        question, answer = clean_line(question, 200), sanitise_html(answer)
        FaqTranslation.objects.update_or_create(
            entry=entry,
            language=language,
            defaults={"question": question, "answer": answer, "search_text": normalise(f"{question} {html_to_text(answer)}")},
        )
    return entry


def _next_position(department):
    last = FaqEntry.objects.of_department(department).aggregate(last=Max("position"))["last"]
    return 0 if last is None else last + 1


@transaction.atomic
def move_entry(entry, *, places, store):
    """Move the entry among those of its department in this store; negative: up. At the end it stays where it is."""
    rows = FaqEntry.objects.filter(stores=store).of_department(entry.department).select_for_update(of=("self",))
    move_row(rows.order_by("position", "pk"), entry, places)


def publish_entry(entry):
    """Show it to everybody. Publishing twice changes nothing."""
    FaqEntry.objects.filter(pk=entry.pk).update(is_published=True)


def withdraw_entry(entry):
    """Make it a draft again; its words and numbers stay."""
    FaqEntry.objects.filter(pk=entry.pk).update(is_published=False)


def delete_entry(entry):
    """Gone in all languages, with the numbers of its readings. A text that only should not be seen is withdrawn instead."""
    entry.delete()


def count_reading(entry):
    FaqEntry.objects.filter(pk=entry.pk).update(reads=F("reads") + 1)


def count_solved(entry):
    FaqEntry.objects.filter(pk=entry.pk).update(solved=F("solved") + 1)
