"""Changing the words of messages: what owners write for events, and the texts that actions send. All of it stands in the audit log."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from i18nfield.strings import LazyI18nString

from accounts.choices import Language
from audit.choices import Deed
from audit.log import differences, note
from common.errors import Conflict
from notifications.models import ActionMessage, ActionText, EventText
from notifications.originals import original_of
from notifications.own_words import own_in

PARTS = ("subject", "body", "sms")
SWITCHES = ("carries_answer",)


class TextIsInUse(Conflict):
    message = _("Actions still send this text. Take it out of them first, then archive it.")


def event_text(store, template):
    """The owner's row, or one that says nothing of its own yet."""
    return EventText.objects.filter(store=store, template=template).first() or EventText(
        store=store, template=template, subject=LazyI18nString({}), body=LazyI18nString({}), sms=LazyI18nString({})
    )


@transaction.atomic
def save_event_text(store, template, *, words, by, **switches):
    """`words`: {language: (subject, body, sms)}. What is empty, or no other than the product's own, stays the product's.

    A row that says nothing of its own is not kept, so that later improvements of our words reach the store.
    """
    EventText.objects.select_for_update().filter(store=store, template=template).first()
    row = event_text(store, template)
    before = _facts(row, SWITCHES)
    spoken = {language: _own(template, language, said) for language, said in words.items()}
    for place, part in enumerate(PARTS):
        data = {language: own_in(getattr(row, part), language) for language in Language.values}
        data |= {language: said[place] for language, said in spoken.items()}
        setattr(row, part, LazyI18nString({language: said for language, said in data.items() if said}))
    for name, value in switches.items():
        setattr(row, name, value)
    was, now = differences(before, _facts(row, SWITCHES))
    if not (was or now):
        return row
    if any(getattr(row, part).data for part in PARTS) or not all(getattr(row, name) for name in SWITCHES):
        row.save()
    elif row.pk:
        row.delete()
    note(Deed.SETTINGS_CHANGED, by=by, on=store, before=_named(template, was), after=_named(template, now))
    return row


def reset_event_text(store, template, language, *, by):
    """Back to the product's words in this language."""
    return save_event_text(store, template, words={language: ("", "", "")}, by=by)


@transaction.atomic
def write_action_text(*, name, words, by, store, text=None):
    """A new text of actions, or other words for one. `words`: {language: (subject, body, sms)}; empty languages are left out."""
    before = _facts(text, ("name",)) if text else {}
    text = ActionText.objects.select_for_update().get(pk=text.pk) if text else ActionText()
    text.name = name
    for place, part in enumerate(PARTS):
        setattr(text, part, LazyI18nString({language: said[place] for language, said in words.items() if said[place]}))
    text.save()
    was, now = differences(before, _facts(text, ("name",)))
    if was or now:
        note(Deed.SETTINGS_CHANGED, by=by, on=text, store=store, before=was, after=now | {"did": "changed" if before else "made"})
    return text


@transaction.atomic
def archive_action_text(text, *, by, store):
    """Offered to no action any more; what was sent stays readable. Refused while actions send it."""
    text = ActionText.objects.select_for_update().get(pk=text.pk)
    if text.archived_at:
        return text
    if uses_of(text).exists():
        raise TextIsInUse()
    text.archived_at = timezone.now()
    text.save(update_fields=["archived_at"])
    note(Deed.SETTINGS_CHANGED, by=by, on=text, store=store, after={"did": "archived"})
    return text


def uses_of(text):
    """The messages of actions in use that send it."""
    uses = ActionMessage.objects.filter(text=text, action__archived_at=None, action__status__archived_at=None)
    return uses.select_related("action__status__workflow")


def _own(template, language, said):
    """(subject, body, sms) without what is the product's anyway, with or without the text of the answer."""
    return tuple("" if is_ours(template, language, part, one) else one for part, one in zip(PARTS, said, strict=True))


def is_ours(template, language, part, words):
    """Whether these are the product's own words."""
    ours = (original_of(template, language, carries_answer=carries) for carries in (True, False))
    return any(_same(words, getattr(our, part)) for our in ours)


def _same(one, other):
    return [line.strip() for line in one.strip().splitlines()] == [line.strip() for line in other.strip().splitlines()]


def _facts(row, names):
    said = {f"{part}:{language}": words for part in PARTS for language, words in _data(getattr(row, part)).items() if words}
    return {name: getattr(row, name) for name in names} | said


def _data(words):
    data = getattr(words, "data", words)
    return data if isinstance(data, dict) else {}


def _named(template, facts):
    """The message's name beside what changed in it."""
    return {"message": str(template)} | facts if facts else {}
