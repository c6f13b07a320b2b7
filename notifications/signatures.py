"""What stands under answers that leave by e-mail: the department's words in this store, else the store's, in the reader's language."""

from django.db import transaction
from i18nfield.strings import LazyI18nString

from audit.choices import Deed
from audit.log import differences, note
from common.kept import kept
from notifications.directions import apart, without_marks
from notifications.models import MailSignature
from tickets.variables import VARIABLES, fill

#: What its words may name; everything else in braces stays what was typed.
NAMES = ("author", "store", "department")
#: So long it is in one language, at most.
LIMIT = 600


def variables():
    """{name: Variable}, as they are offered beside the box."""
    return {name: VARIABLES[name] for name in NAMES}


def signature_of(delivery, facts):
    """[line] of the signature, its variables filled in; empty where there is none."""
    ticket = delivery.ticket
    found = kept(("signatures", delivery.store_id), lambda: _signatures(delivery.store_id))
    text = found.get(ticket.department_id) or found.get(None)
    words = text.localize(delivery.language) if text else ""
    told = {name: without_marks(str(facts.get(name) or "")) for name in NAMES}
    return [line.rstrip() for line in fill(words, told, treat=apart).strip().splitlines()]


def _signatures(store_id):
    return dict(MailSignature.objects.filter(store=store_id).values_list("department", "text"))


def signature_in(store, department=None):
    """The row, or one that says nothing yet."""
    return MailSignature.objects.filter(store=store, department=department).first() or MailSignature(
        store=store, department=department, text=LazyI18nString({})
    )


@transaction.atomic
def save_signature(store, words, *, department=None, by):
    """`words`: {language: text}. One that says nothing is not kept, and the department has the store's again."""
    MailSignature.objects.select_for_update().filter(store=store, department=department).first()
    row = signature_in(store, department)
    was, now = differences(_facts(row), {f"signature:{language}": text for language, text in words.items() if text})
    row.text = LazyI18nString({language: text for language, text in words.items() if text})
    if row.text.data:
        row.save()
    elif row.pk:
        row.delete()
    if was or now:
        named = {"department": str(department)} if department else {}
        note(Deed.SETTINGS_CHANGED, by=by, on=store, before=was | named, after=now | named)


def _facts(row):
    data = getattr(row.text, "data", None)
    return {f"signature:{language}": text for language, text in data.items() if text} if isinstance(data, dict) else {}
