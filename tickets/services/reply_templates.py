"""Keeping the prepared answers that staff put into their replies."""

from django.db import transaction
from django.db.models import F, Max
from i18nfield.strings import LazyI18nString

from audit.choices import Deed
from audit.log import differences, note
from common.ordering import move_row
from common.text import clean_line, clean_text
from tickets.models import ReplyTemplate


@transaction.atomic
def write_reply_template(*, words, department=None, team=None, store=None, owner=None, template=None, by=None):
    """Make a prepared answer, or rewrite one. words: {language: (title, text)}, all of them: a language left out has none.

    Given none of department, team, store and owner, it is offered in every ticket; each of them narrows that. A new one, or
    one that is offered elsewhere from now on, comes last there.
    """
    template = template or ReplyTemplate()
    before = _facts(ReplyTemplate.objects.get(pk=template.pk)) if template.pk else {}
    places = {"department": department, "team": team, "store": store, "owner": owner}
    moved = template.pk is None or any(getattr(template, name) != place for name, place in places.items())
    for name, place in places.items():
        setattr(template, name, place)
    if moved:
        template.position = _next_position(template)
    template.title = LazyI18nString({language: clean_line(title, 120) for language, (title, _text) in words.items()})
    template.text = LazyI18nString({language: clean_text(text) for language, (_title, text) in words.items()})
    template.save()
    _note(template, "changed" if before else "made", by=by, before=before, after=_facts(template))
    return template


def _next_position(template):
    last = ReplyTemplate.objects.beside(template).exclude(pk=template.pk).aggregate(last=Max("position"))["last"]
    return 0 if last is None else last + 1


@transaction.atomic
def move_reply_template(template, *, places, by=None):
    """Move it among those offered in the same place; negative: up. At the end it stays where it is."""
    rows = ReplyTemplate.objects.beside(template).select_for_update()
    if move_row(rows.order_by("position", "pk"), template, places):
        _note(template, "moved", by=by)


@transaction.atomic
def delete_reply_template(template, *, by=None):
    """Gone; replies that were written with it keep their words, and a question it was published as goes on by itself."""
    _note(template, "removed", by=by, before=_facts(template))
    template.delete()


def count_use(template):
    """Somebody put it into a reply."""
    ReplyTemplate.objects.filter(pk=template.pk).update(used=F("used") + 1)


def _facts(template):
    """What the audit log compares."""
    facts = {"scope": str(template.scope), "department": str(template.department) if template.department else None}
    facts |= {"team": str(template.team) if template.team else None, "store": str(template.store) if template.store else None}
    for language, (title, text) in template.words.items():
        facts |= {f"title:{language}": title, f"text:{language}": text}
    return facts


def _note(template, did, *, by, before=None, after=None):
    """One line, unless nothing changed. It belongs to a store when only that one is offered it. What somebody keeps for themselves
    is their own matter."""
    before, after = differences(before or {}, after or {})
    if template.owner_id or (did == "changed" and before == after):
        return
    stores = [template.store] if template.store else template.department.stores.all()[:2] if template.department else []
    store = stores[0] if len(stores) == 1 else None
    note(Deed.SETTINGS_CHANGED, by=by, on=template, before=before, after=after | {"did": did}, store=store)
