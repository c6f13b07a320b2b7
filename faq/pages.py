"""Information pages of a store's portal: delivery, warranty, opening hours."""

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone
from i18nfield.strings import LazyI18nString

from common.ordering import move_row
from common.text import clean_line, clean_text
from faq.errors import AddressIsReserved, AddressIsTaken
from faq.models import InfoPage
from faq.noting import note_about, words_of

# Words that may lead somewhere one day.
RESERVED = frozenset("new edit index search all preview admin api static".split())


@transaction.atomic
def write_page(*, store, address, words, is_published, in_menu=True, page=None, by=None):
    """Make a page, or rewrite one. words: {language: (title, text as Markdown)}, all of them. A new one comes last."""
    page = page or InfoPage(store=store, position=_next_position(store))
    before = _facts(InfoPage.objects.get(pk=page.pk)) if page.pk else {}
    if address in RESERVED:
        raise AddressIsReserved()
    if InfoPage.objects.filter(store=store, address=address).exclude(pk=page.pk).exists():
        raise AddressIsTaken()
    page.address, page.is_published, page.in_menu = address, is_published, in_menu
    page.title = LazyI18nString({language: clean_line(title, 120) for language, (title, _text) in words.items()})
    page.body = {language: clean_text(text) for language, (_title, text) in words.items()}
    page.changed_at = timezone.now()
    try:
        with transaction.atomic():
            page.save()
    except IntegrityError:
        raise AddressIsTaken() from None
    note_about(page, "changed" if before else "made", by=by, before=before, after=_facts(page), stores=[store])
    return page


def _next_position(store):
    last = store.info_pages.aggregate(last=Max("position"))["last"]
    return 0 if last is None else last + 1


@transaction.atomic
def move_page(page, *, places, by=None):
    """Move it among the store's pages, and so in the menu; negative: up."""
    if move_row(InfoPage.objects.filter(store=page.store_id).select_for_update().order_by("position", "pk"), page, places):
        note_about(page, "moved", by=by, stores=[page.store])


@transaction.atomic
def publish_page(page, *, is_published, by=None):
    """Show it to everybody, or make it a draft again. Twice changes nothing."""
    if InfoPage.objects.filter(pk=page.pk, is_published=not is_published).update(is_published=is_published):
        note_about(page, "published" if is_published else "withdrawn", by=by, stores=[page.store])


@transaction.atomic
def delete_page(page, *, by=None):
    """Gone in all languages."""
    note_about(page, "removed", by=by, before=_facts(page), stores=[page.store])
    page.delete()


def _facts(page):
    facts = {"address": page.address, "published": page.is_published, "in_menu": page.in_menu, **words_of(page.title, "title")}
    return facts | {f"text:{language}": text for language, text in page.body.items()}
