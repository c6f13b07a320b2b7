"""Writing FAQ entries, and counting what they were good for."""

from django.db import transaction
from django.db.models import F, Max

from audit.choices import Deed
from audit.log import differences, note
from common.html import html_to_text, sanitise_html
from common.normaliser import normalise
from common.ordering import move_row
from common.text import clean_line
from faq.models import FaqEntry, FaqTranslation


@transaction.atomic
def write_entry(*, stores, words, department=None, position=None, is_published=True, entry=None, by=None):
    """Make an entry, or rewrite one. words: {language: (question, answer as HTML), or None to take the text away};
    languages left out keep their text. Without a position a new entry, or one that changes its department, comes last there.
    """
    entry = entry or FaqEntry()
    before = _facts(entry) if entry.pk else {}
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
    _note(entry, "changed" if before else "made", by=by, before=before, after=_facts(entry))
    return entry


def _next_position(department):
    last = FaqEntry.objects.of_department(department).aggregate(last=Max("position"))["last"]
    return 0 if last is None else last + 1


@transaction.atomic
def move_entry(entry, *, places, store, by=None):
    """Move the entry among those of its department in this store; negative: up. At the end it stays where it is."""
    rows = FaqEntry.objects.filter(stores=store).of_department(entry.department).select_for_update(of=("self",))
    if move_row(rows.order_by("position", "pk"), entry, places):
        _note(entry, "moved", by=by)


@transaction.atomic
def publish_entry(entry, *, by=None):
    """Show it to everybody. Publishing twice changes nothing."""
    if FaqEntry.objects.filter(pk=entry.pk, is_published=False).update(is_published=True):
        _note(entry, "published", by=by)


@transaction.atomic
def withdraw_entry(entry, *, by=None):
    """Make it a draft again; its words and numbers stay."""
    if FaqEntry.objects.filter(pk=entry.pk, is_published=True).update(is_published=False):
        _note(entry, "withdrawn", by=by)


@transaction.atomic
def delete_entry(entry, *, by=None):
    """Gone in all languages, with the numbers of its readings. A text that only should not be seen is withdrawn instead."""
    _note(entry, "removed", by=by, before=_facts(entry))
    entry.delete()


def count_reading(entry):
    FaqEntry.objects.filter(pk=entry.pk).update(reads=F("reads") + 1)


def count_solved(entry):
    FaqEntry.objects.filter(pk=entry.pk).update(solved=F("solved") + 1)


def _facts(entry):
    """What the audit log compares; answers as plain text."""
    facts = {
        "department": str(entry.department) if entry.department else None,
        "published": entry.is_published,
        "stores": sorted(str(store) for store in entry.stores.all()),
    }
    for words in FaqTranslation.objects.filter(entry=entry):
        facts |= {f"question:{words.language}": words.question, f"answer:{words.language}": html_to_text(words.answer)}
    return facts


def _note(entry, did, *, by, before=None, after=None):
    """One line, unless nothing changed. It belongs to the store of the entry, when there is only one."""
    before, after = differences(before or {}, after or {})
    if did == "changed" and before == after:
        return
    entry = FaqEntry.objects.get(pk=entry.pk)
    stores = entry.stores.all()[:2]
    note(Deed.SETTINGS_CHANGED, by=by, on=entry, before=before, after=after | {"did": did}, store=stores[0] if len(stores) == 1 else None)
