"""One text as both: a prepared answer whose words are also read by everybody as a question and answer. The prepared answer is the source."""

from django.db import transaction

from faq.services import withdraw_entry, write_entry
from stores.models import Store


@transaction.atomic
def publish_with(template, *, is_public, by):
    """Make or refresh the question of this prepared answer. Not public any more it becomes a draft and keeps its words and numbers."""
    entry = template.faq_entry
    if not is_public and entry is None:
        return None
    languages = {words.language for words in entry.translations.all()} if entry else set()
    words = dict.fromkeys(languages - set(template.words)) | template.words
    entry = write_entry(
        entry=entry,
        stores=_stores(template),
        department=template.department,
        section=entry.section if entry else None,
        words=words,
        is_published=entry.is_published if entry and not is_public else is_public,
        as_markdown=True,
        by=by,
    )
    if not is_public:
        withdraw_entry(entry, by=by)
    if template.faq_entry_id != entry.pk:
        template.faq_entry = entry
        template.save(update_fields=["faq_entry"])
    return entry


def _stores(template):
    """Where it is read: in its store, in those of its department, or in all."""
    if template.store_id:
        return [template.store]
    return list(template.department.stores.all()) if template.department_id else list(Store.objects.all())
