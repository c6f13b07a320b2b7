"""What a line knows besides its sentence, in words: each fact before and after. Codes become words, names stay as they were."""

from datetime import datetime

from django.core.exceptions import FieldDoesNotExist
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext, pgettext_lazy

from accounts.choices import Language
from audit.choices import Deed
from common.moments import format_moment
from common.numbers import format_number
from common.templatetags.formats import isolate
from common.text import cut
from control.deliveries.forms import WatchForm
from control.protection.forms import ProtectionForm
from control.store.forms import SETTING_FIELDS
from departments.models import Assignment
from departments.switches import SWITCHES
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
    "section": gettext_lazy("Section"),
    "choices": gettext_lazy("Answers to choose from"),
    "own_questions": gettext_lazy("Has questions of its own"),
    "delay_minutes": gettext_lazy("Asked so many minutes after closing"),
    "survey_thanks": gettext_lazy("Said when somebody has answered"),
    "icon": gettext_lazy("Icon"),
    "address": gettext_lazy("Address"),
    "in_menu": gettext_lazy("In the menu"),
    "scope": gettext_lazy("Offered to"),
    "public": gettext_lazy("Also a question and answer"),
    "chosen:person": gettext_lazy("Only done by"),
    "chosen:deed": gettext_lazy("Only these deeds"),
    "chosen:thing": gettext_lazy("Only about"),
    "chosen:since": gettext_lazy("From the day"),
    "chosen:until": gettext_lazy("To the day"),
    "format": gettext_lazy("Kind of file"),
    "chosen:list": gettext_lazy("Only what fits"),
    "chosen:q": gettext_lazy("Words in names"),
    "workflow": gettext_lazy("Workflow"),
    "tickets_moved": gettext_lazy("Tickets that moved"),
    "is_public": gettext_lazy("Offered to customers"),
    "responsible": gettext_lazy("Responsible person"),
    "teams": gettext_lazy("Teams"),
    "departments": gettext_lazy("Departments"),
    "assignment": gettext_lazy("New tickets are given"),
    "only_present": gettext_lazy("Only to people who are present"),
    "most_open": gettext_lazy("Open tickets per person, at most"),
    "answer_hours": gettext_lazy("Answers within so many hours"),
    "form_address": gettext_lazy("Address of its form"),
    "form_published": gettext_lazy("Its form is published"),
    "switched_off": gettext_lazy("Switched off"),
    "is_after_sale": gettext_lazy("About something that was bought"),
    "in_forms": gettext_lazy("Customers may choose it"),
    "lines": gettext_lazy("Lines"),
    "files": gettext_lazy("Files"),
    "field": gettext_lazy("What was shown"),
    "message": pgettext_lazy("audit log", "Message"),
    "carries_answer": gettext_lazy("The message carries the text of the answer"),
    "by_mail": gettext_lazy("Sent by e-mail"),
    "by_sms": gettext_lazy("Sent by SMS"),
    "message_rules": gettext_lazy("Who hears what"),
    "flood_mails": gettext_lazy("E-mails of one kind to one colleague"),
    "flood_minutes": gettext_lazy("Within so many minutes"),
    "answers_minutes": gettext_lazy("Gather answers to a customer for so many minutes"),
    "mail_host": gettext_lazy("Mail server"),
    "mail_port": gettext_lazy("Port"),
    "mail_security": gettext_lazy("Security of the line"),
    "mail_user": gettext_lazy("User name"),
    "mail_sender": gettext_lazy("Address e-mails leave from"),
    "mail_way": gettext_lazy("How e-mails leave"),
    "mail_domain": gettext_lazy("Sending domain"),
    "mail_in_europe": gettext_lazy("The account stands in the EU"),
    "hook_secret": gettext_lazy("Key the reports are signed with"),
    "bounces_address": gettext_lazy("Bounce mailbox"),
    "bounces_takes_plus": gettext_lazy("It also gets what is sent to bounces+word@…"),
    "bounces_host": gettext_lazy("IMAP server"),
    "bounces_port": gettext_lazy("Port"),
    "bounces_tls": gettext_lazy("TLS from the start, usually port 993"),
    "bounces_user": gettext_lazy("User name"),
    "bounces_folder": gettext_lazy("Folder"),
    "working_address": gettext_lazy("Address that works again"),
    "password": gettext_lazy("Password"),
    "sms_name": gettext_lazy("SMS gateway"),
    "sms_kind": gettext_lazy("Gateway"),
    "sms_gateways": gettext_lazy("Gateways, in the order they are asked"),
    "sms_sender": gettext_lazy("Sender"),
    "sms_user": gettext_lazy("User name or account"),
    "sms_is_on": gettext_lazy("In use"),
    "sms_templates": gettext_lazy("Approved templates"),
    "sms_templates_only": gettext_lazy("Only by approved templates"),
    "sms_price_per_part": gettext_lazy("Price of one part"),
    "sms_currency": gettext_lazy("Currency"),
    "sms_monthly_limit": gettext_lazy("At most in a month"),
    "sms_balance_warning": gettext_lazy("Warn when less is left than"),
    "sms_plain_latin": gettext_lazy("Write Polish and other Latin letters plainly"),
    "sms_mail_instead": gettext_lazy("What no gateway takes goes by e-mail"),
    "sms_quiet_from": gettext_lazy("Quiet from"),
    "sms_quiet_until": gettext_lazy("Quiet until"),
    "sms_number_per_hour": gettext_lazy("To one number in an hour"),
    "sms_number_per_day": gettext_lazy("To one number in a day"),
    "sms_store_per_hour": gettext_lazy("Of this store in an hour"),
    "sms_department_id": gettext_lazy("New requests by SMS go to"),
    "sms_method": gettext_lazy("Kind of call"),
    "sms_success": gettext_lazy("Words of a good answer"),
    "key": gettext_lazy("Key"),
    "status": gettext_lazy("Status"),
    "assignee": gettext_lazy("Assignee"),
    "priority": gettext_lazy("Priority"),
    "tags": gettext_lazy("Tags"),
    "fills_in": gettext_lazy("Fields"),
}
LABELS |= {
    "place": gettext_lazy("About"),
    "options": gettext_lazy("The list"),
    "departments": gettext_lazy("Only in these departments"),
    "is_required": gettext_lazy("An answer is required there"),
    "required_in": gettext_lazy("Must be filled in before a ticket comes into"),
    "in_forms": gettext_lazy("Ask for it in the form of a new request"),
    "in_lists": gettext_lazy("Show it in the lists of tickets"),
    "customer_access": gettext_lazy("Customers"),
    "viewers": gettext_lazy("Teams that see it"),
    "editors": gettext_lazy("Teams that change it"),
    "shown_when": gettext_lazy("Only after an answer to"),
    "shown_when_values": gettext_lazy("Answers"),
    "wiped_after_days": gettext_lazy("Wipe a secret so many days after closing"),
}
SPOKEN = {
    "label": gettext_lazy("Label (%(language)s)"),
    "help": gettext_lazy("Help (%(language)s)"),
    "question": gettext_lazy("Question (%(language)s)"),
    "low_label": gettext_lazy("Words at the low end (%(language)s)"),
    "high_label": gettext_lazy("Words at the high end (%(language)s)"),
    "answer": gettext_lazy("Answer (%(language)s)"),
    "title": gettext_lazy("Title (%(language)s)"),
    "text": gettext_lazy("Text (%(language)s)"),
    "name": gettext_lazy("Name (%(language)s)"),
    "description": gettext_lazy("What is found here (%(language)s)"),
    "subject": gettext_lazy("Subject (%(language)s)"),
    "body": gettext_lazy("E-mail (%(language)s)"),
    "sms": gettext_lazy("SMS (%(language)s)"),
    "signature": gettext_lazy("Signature (%(language)s)"),
}
# They stand in the sentence already, or are numbers of rows that say nothing to a reader.
NOT_SHOWN = {
    "did",
    "what",
    "step",
    "way",
    "method",
    "whom",
    "kind",
    "deleted",
    "for_good",
    "holders",
    "customer",
    "ticket",
    "field_id",
    "field_name",
}
RIGHTS_OF = {"department_rights": DepartmentRight, "workflow_rights": WorkflowRight, "store_rights": StoreRight}
LONGEST = 300
SETTINGS = {**SETTING_FIELDS, **ProtectionForm.base_fields} | {f"watch_{name}": field for name, field in WatchForm.base_fields.items()}


def rows_of(line, longest=LONGEST):
    """(what, before, after) of everything that differed, in the order it was noted."""
    secrets = [(label_of(name), "", _("changed, the value is not kept")) for name in line.after.get("secrets", ())]
    names = [name for name in {**line.before, **line.after} if name not in NOT_SHOWN and name != "secrets"]
    return [(label_of(name), *_both(name, line.before.get(name), line.after.get(name), longest)) for name in names] + secrets


def label_of(name):
    """What a fact is called on the page where it is changed."""
    what, _colon, language = name.partition(":")
    if what in SPOKEN and language:
        return SPOKEN[what] % {"language": isolate(dict(Language.choices).get(language, language))}
    return LABELS.get(name) or _setting(name)


def _setting(name):
    field = SETTINGS.get(name)
    return field.label if field else _of_store(name, "verbose_name") or name


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
    if name == "switched_off":
        return SWITCHES[each].label if each in SWITCHES else each
    return dict(Deed.choices if name == "chosen:deed" else Language.choices if name == "languages" else []).get(each, each)


def _choice(name, value):
    """A setting that is one of a few is said as on its page; everything else is text."""
    if name == "message":
        return str(dict(Template.choices).get(value, value))
    if name == "assignment":
        return str(dict(Assignment.choices).get(value, value))
    return str(dict(_of_store(name, "flatchoices") or ()).get(value, value))


def _of_store(name, what):
    """What the store's own field of this name knows; nothing when it has no such field."""
    try:
        return getattr(Store._meta.get_field(name), what, "")
    except FieldDoesNotExist:
        return ""


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
