"""Writing FAQ entries, and counting what they were good for."""

from django.db import transaction
from django.db.models import F, Max

from common.fulltext.cutting import GAP, indexed
from common.html import html_to_text, sanitise_html
from common.markdown import markdown_to_html
from common.ordering import move_row
from common.text import clean_line
from faq.models import ENTRIES, FaqEntry, FaqTranslation
from faq.noting import note_about


@transaction.atomic
def write_entry(*, stores, words, department=None, section=None, position=None, is_published=True, entry=None, by=None, as_markdown=False):
    """Make an entry, or rewrite one. words: {language: (question, answer), or None to take the text away}; languages left out keep
    their text, and an answer that is None keeps its own. Answers are HTML, or Markdown as somebody typed it.

    Without a position a new entry, or one that comes under another heading, comes last there.
    """
    entry = entry or FaqEntry()
    before = _facts(entry) if entry.pk else {}
    moved = entry.pk is None or (entry.section, entry.department) != (section, department)
    entry.department, entry.section, entry.is_published = department, section, is_published
    if position is not None:
        entry.position = position
    elif moved:
        entry.position = _next_position(entry)
    entry.save()
    entry.stores.set(stores)
    entry.translations.filter(language__in=[language for language, text in words.items() if text is None]).delete()
    for language, (question, answer) in ((language, text) for language, text in words.items() if text is not None):
        _write_words(entry, language, clean_line(question, 200), answer, as_markdown)
    write_all([entry.pk])
    note_about(entry, "changed" if before else "made", by=by, before=before, after=_facts(entry), stores=entry.stores.all())
    return entry


def _write_words(entry, language, question, answer, as_markdown):
    words = FaqTranslation.objects.filter(entry=entry, language=language).first() or FaqTranslation(entry=entry, language=language)
    words.question = question
    if answer is not None:
        words.source = answer if as_markdown else ""
        words.answer = markdown_to_html(answer) if as_markdown else sanitise_html(answer)
    words.save()


@transaction.atomic
def write_all(pks):
    """Let a search find these entries by what they say now, in all languages."""
    rows = []
    for entry in FaqEntry.objects.select_for_update().filter(pk__in=pks).with_words().order_by("pk"):
        words = sorted(entry.translations.all(), key=lambda words: words.language)
        questions = f" {GAP} ".join(indexed(one.question) for one in words)
        rows.append((entry.pk, None, [questions, f" {GAP} ".join(indexed(html_to_text(one.answer)) for one in words)]))
    ENTRIES.write(rows)


def _next_position(entry):
    last = FaqEntry.objects.of_group(entry).exclude(pk=entry.pk).aggregate(last=Max("position"))["last"]
    return 0 if last is None else last + 1


@transaction.atomic
def move_entry(entry, *, places, store, by=None):
    """Move the entry among those under its heading in this store; negative: up. At the end it stays where it is."""
    rows = FaqEntry.objects.filter(stores=store).of_group(entry).select_for_update(of=("self",))
    if move_row(rows.order_by("position", "pk"), entry, places):
        note_about(entry, "moved", by=by, stores=entry.stores.all())


@transaction.atomic
def publish_entry(entry, *, by=None):
    """Show it to everybody. Publishing twice changes nothing."""
    if FaqEntry.objects.filter(pk=entry.pk, is_published=False).update(is_published=True):
        note_about(entry, "published", by=by, stores=entry.stores.all())


@transaction.atomic
def withdraw_entry(entry, *, by=None):
    """Make it a draft again; its words and numbers stay."""
    if FaqEntry.objects.filter(pk=entry.pk, is_published=True).update(is_published=False):
        note_about(entry, "withdrawn", by=by, stores=entry.stores.all())


@transaction.atomic
def delete_entry(entry, *, by=None):
    """Gone in all languages, with the numbers of its readings. A text that only should not be seen is withdrawn instead."""
    note_about(entry, "removed", by=by, before=_facts(entry), stores=entry.stores.all())
    entry.delete()


def count_reading(entry):
    FaqEntry.objects.filter(pk=entry.pk).update(reads=F("reads") + 1)


def count_solved(entry):
    FaqEntry.objects.filter(pk=entry.pk).update(solved=F("solved") + 1)


def count_vote(entry, vote, *, instead_of=""):
    """Count “yes” or “no” to “was this helpful?”; a vote given before by the same reader is taken back."""
    columns = {"yes": "solved", "no": "unhelpful"}
    if vote == instead_of or vote not in columns:
        return
    changes = {columns[vote]: F(columns[vote]) + 1}
    FaqEntry.objects.filter(pk=entry.pk).update(**changes)
    if old := columns.get(instead_of):
        FaqEntry.objects.filter(pk=entry.pk, **{f"{old}__gt": 0}).update(**{old: F(old) - 1})


def _facts(entry):
    """What the audit log compares; answers as they were written, old ones as plain text."""
    facts = {
        "department": str(entry.department) if entry.department else None,
        "section": str(entry.section) if entry.section else None,
        "published": entry.is_published,
        "stores": sorted(str(store) for store in entry.stores.all()),
    }
    for words in FaqTranslation.objects.filter(entry=entry):
        facts |= {f"question:{words.language}": words.question, f"answer:{words.language}": words.source or html_to_text(words.answer)}
    return facts
