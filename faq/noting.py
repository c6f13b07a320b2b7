"""Lines of the audit log about answers, their sections, pages and pictures."""

from audit.choices import Deed
from audit.log import differences, note


def note_about(thing, did, *, by, before=None, after=None, stores=()):
    """One line, unless nothing changed. It belongs to a store when the thing is in that one only."""
    before, after = differences(before or {}, after or {})
    if did == "changed" and before == after:
        return
    named = type(thing)._default_manager.get(pk=thing.pk)
    stores = list(stores)[:2]
    note(Deed.SETTINGS_CHANGED, by=by, on=named, before=before, after=after | {"did": did}, store=stores[0] if len(stores) == 1 else None)


def words_of(i18n, name):
    """{“title:en”: …}: each language of a name by itself, so that the log shows which was changed."""
    data = getattr(i18n, "data", i18n)
    data = data if isinstance(data, dict) else {"": data}
    return {f"{name}:{language}": words for language, words in data.items() if words}
