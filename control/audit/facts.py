"""What a line knows besides its sentence, in words: each fact before and after. Codes become words, names stay as they were."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext, pgettext_lazy

from accounts.choices import Language
from audit.choices import Deed
from common.moments import format_moment
from common.numbers import format_number
from common.templatetags.formats import isolate
from common.text import cut
from control.store.forms import StoreForm
from notifications.choices import Template
from permissions.rights import RIGHTS_ON, DepartmentRight, StoreRight, WorkflowRight
from stores.models import Store
from tickets.choices import ShareRight

LABELS = {
    "rights": pgettext_lazy("audit log", "Rights"),
    "role": gettext_lazy("Through the role"),
    "until": pgettext_lazy("audit log", "Until"),
    "name": gettext_lazy("Name"),
    "description": gettext_lazy("Whom it suits"),
    "department_rights": gettext_lazy("Rights in a department"),
    "workflow_rights": gettext_lazy("Rights in all statuses of its workflow"),
    "store_rights": gettext_lazy("Rights in the whole store"),
    "members": gettext_lazy("Members"),
    "staff": gettext_lazy("Colleague"),
    "active": gettext_lazy("May sign in"),
    "had_account": gettext_lazy("Had an account before"),
    "right": gettext_lazy("May do"),
    "department": gettext_lazy("Department"),
    "published": gettext_lazy("Published"),
    "stores": gettext_lazy("Stores"),
    "chosen:person": gettext_lazy("Only done by"),
    "chosen:deed": gettext_lazy("Only these deeds"),
    "chosen:thing": gettext_lazy("Only about"),
    "chosen:since": gettext_lazy("From the day"),
    "chosen:until": gettext_lazy("To the day"),
    "chosen:q": gettext_lazy("Words in names"),
    "lines": gettext_lazy("Lines"),
    "files": gettext_lazy("Files"),
    "field": gettext_lazy("What was shown"),
    "message": pgettext_lazy("audit log", "Message"),
    "carries_answer": gettext_lazy("The message carries the text of the answer"),
    "by_mail": gettext_lazy("Sent by e-mail"),
    "by_sms": gettext_lazy("Sent by SMS"),
    "mail_host": gettext_lazy("Mail server"),
    "mail_port": gettext_lazy("Port"),
    "mail_security": gettext_lazy("Security of the line"),
    "mail_user": gettext_lazy("User name"),
    "mail_sender": gettext_lazy("Address e-mails leave from"),
    "password": gettext_lazy("Password"),
    "sms_gateway": gettext_lazy("SMS gateway"),
    "sms_sender": gettext_lazy("Sender"),
    "sms_templates": gettext_lazy("Approved templates (Kavenegar)"),
    "sms_method": gettext_lazy("Kind of call"),
    "sms_success": gettext_lazy("Words of a good answer"),
    "key": gettext_lazy("Key"),
}
SPOKEN = {
    "question": gettext_lazy("Question (%(language)s)"),
    "answer": gettext_lazy("Answer (%(language)s)"),
    "title": gettext_lazy("Title (%(language)s)"),
    "text": gettext_lazy("Text (%(language)s)"),
    "subject": gettext_lazy("Subject (%(language)s)"),
    "body": gettext_lazy("E-mail (%(language)s)"),
    "sms": gettext_lazy("SMS (%(language)s)"),
}
# They stand in the sentence already, or are numbers of rows that say nothing to a reader.
NOT_SHOWN = {"did", "what", "way", "method", "whom", "kind", "deleted", "for_good", "holders", "customer", "ticket"}
RIGHTS_OF = {"department_rights": DepartmentRight, "workflow_rights": WorkflowRight, "store_rights": StoreRight}
LONGEST = 300


def rows_of(line, longest=LONGEST):
    """(what, before, after) of everything that differed, in the order it was noted."""
    secrets = [(label_of(name), "", _("changed, the value is not kept")) for name in line.after.get("secrets", ())]
    names = [name for name in {**line.before, **line.after} if name not in NOT_SHOWN and name != "secrets"]
    return [(label_of(name), *_both(name, line.before.get(name), line.after.get(name), longest)) for name in names] + secrets


def label_of(name):
    """What a fact is called on the page where it is changed."""
    what, _colon, language = name.partition(":")
    if what in SPOKEN:
        return SPOKEN[what] % {"language": isolate(dict(Language.choices).get(language, language))}
    return LABELS.get(name) or _setting(name)


def _setting(name):
    field = StoreForm.base_fields.get(name)
    return field.label if field else name


def _both(name, before, after, longest):
    before, after = in_words(name, before), in_words(name, after)
    begin = _first_difference(before, after) if max(len(before), len(after)) > longest else 0
    return tuple(_part(words, begin, longest) for words in (before, after))


def _first_difference(one, other):
    """Where to begin when both are too long to be shown whole: a little before they part."""
    alike = next((place for place, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    return max(0, alike - 40) if one and other else 0


def _part(words, begin, longest):
    shown = cut(words[begin:], longest)
    return ("…" if begin else "") + shown + ("…" if begin + len(shown) < len(words) else "")


def in_words(name, value):
    """One value as its reader says it; nothing for nothing."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, int | float):
        return format_number(value)
    if name == "until":
        return moment_in_words(value)
    if name == "right":
        return str(dict(ShareRight.choices).get(value, value))
    if name == "rights" and isinstance(value, list):
        return rights_in_words(value)
    if name in RIGHTS_OF and isinstance(value, list):
        return listed(RIGHTS_OF[name](code).label if code in RIGHTS_OF[name].values else code for code in value)
    if isinstance(value, list):
        return listed(_one_of_many(name, each) for each in value)
    if isinstance(value, dict):
        return listed(str(words) for words in value.values())
    return _choice(name, value)


def _one_of_many(name, each):
    if isinstance(each, dict):
        return isolate(each.get("name", ""))
    return dict(Deed.choices if name == "chosen:deed" else Language.choices if name == "languages" else []).get(each, each)


def _choice(name, value):
    """A setting that is one of a few is said as on its page; everything else is text."""
    if name == "message":
        return str(dict(Template.choices).get(value, value))
    field = StoreForm.base_fields.get(name) and Store._meta.get_field(name)
    return str(dict(field.flatchoices).get(value, value)) if field else str(value)


def moment_in_words(text):
    try:
        return format_moment(datetime.fromisoformat(text), "moment_full")
    except (TypeError, ValueError):
        return str(text)


def listed(words):
    return pgettext("between words of a list", ", ").join(str(each) for each in words)


def parted(words):
    """A list of what may hold commas itself."""
    return pgettext("between parts of a list", "; ").join(str(each) for each in words)


def rights_in_words(facts, most=None):
    """“answer, write notes (Payment); see customer data (Narvan)”. With `most`: no more of either, and how many are left out."""
    places = {}
    for fact in facts:
        kind = fact.get("on", "")
        code = fact.get("right", "")
        label = RIGHTS_ON[kind](code).label if kind in RIGHTS_ON and code in RIGHTS_ON[kind].values else code
        places.setdefault((kind, fact.get("id"), fact.get("name", "")), []).append(str(label))
    told = [
        pgettext("audit log", "%(rights)s (%(place)s)") % {"rights": listed(_few(labels, most)), "place": isolate(name)}
        for (_kind, _id, name), labels in places.items()
    ]
    return parted(_few(told, most))


def _few(words, most):
    if not most or len(words) <= most:
        return words
    left = len(words) - most + 1
    return [*words[: most - 1], ngettext("%(number)s more", "%(number)s more", left) % {"number": format_number(left)}]
