"""What the settings' own pages would not let pass, said of a thing that came from a file. A file must not set up what no page could."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from accounts.choices import Language
from common.colours import clean_hex
from common.errors import DeskError
from common.numbers import format_number
from common.templatetags.formats import isolate
from control.fields.forms import NOT_OF_CUSTOMERS, WITH_LIST
from control.fields.uses import uses_of
from control.store.forms import SETTING_FIELDS, LanguagesForm
from control.store.places import LinkForm
from custom_fields.models import Field, FieldPlace
from departments.models import Department
from departments.switches import SWITCHES
from faq.errors import AddressIsReserved
from faq.models import InfoPage
from faq.pages import RESERVED
from notifications.about import about, about_action
from notifications.models import ActionText, EventText, MailSignature
from notifications.signatures import LIMIT as SIGNATURE_LIMIT
from notifications.signatures import variables as signature_variables
from notifications.texts import PARTS
from stores.blocking import tidy
from stores.colours import guard_colour
from stores.models import BlockRule, PortalLink, Store
from stores.moving import guard_place
from tickets.services.changing_workflow import statuses_in_use
from tickets.variables import complaint_about, unknown_variables

_FROM_ITS_PAGE = "max_files", "max_file_mb", "retention_months", "survey_delay_minutes", "undo_seconds", "number_prefix"
_OF_LANGUAGES = "time_zone", "phone_region"


def broken_rules(row):
    """[(setting, sentence)] of what the file changed in the row, which is not stored yet. What was there before may stay."""
    rules = _RULES.get(type(row))
    if rules is None:
        return []
    old = type(row).objects.filter(pk=row.pk).first() if row.pk else None
    return list(rules(row, lambda *names: old is None or any(getattr(old, name) != getattr(row, name) for name in names)))


def _store(store, differs):
    if differs("address", "host", "is_default"):
        yield from _refused("address", guard_place, store)
    if differs("colour", "keeps_light_colour"):
        yield from _colour(store)
    if differs("languages") and not _is_list_of(store.languages, Language.values):
        yield "languages", _("Here stands a list of languages: en, fa, pl, ru.")
    elif differs("languages", "language") and store.language not in store.offered_languages:
        yield "language", _("The first language must be one of those you offer.")
    for name in _FROM_ITS_PAGE:
        if differs(name):
            yield from _refused(name, _on_its_page, name, getattr(store, name))
    zones = LanguagesForm(store=Store())  # of a store that has nothing special yet
    for name in _OF_LANGUAGES:
        if differs(name):
            yield from _refused(name, zones.fields[name].clean, getattr(store, name))


def _on_its_page(name, value):
    SETTING_FIELDS[name].clean("" if value is None else str(value))
    if name == "number_prefix" and value and not (value.isascii() and value.isalnum() and value[0].isalpha() and value == value.upper()):
        raise ValidationError(_("Use Latin letters and digits only, beginning with a letter: NV, RMA2."))


def _colour(store):
    if store.colour and clean_hex(store.colour) != store.colour:
        yield "colour", _("Write the colour as # and six signs from 0 to 9 and a to f: #1f7a5c.")
    elif store.colour:
        yield from _refused("colour", lambda: guard_colour(store.colour, keeps_light=store.keeps_light_colour))


def _link(link, differs):
    form = LinkForm.base_fields["url"]
    if differs("url"):
        yield from _refused("url", form.clean, link.url)
        if not link.url.startswith(("https://", "http://")):
            yield "url", _("Write an address that begins with https://.")


def _rule(rule, differs):
    if differs("kind", "value"):
        try:
            tidied = tidy(rule.kind, rule.value, region=rule.store.phone_region)
        except DeskError as error:
            yield "value", str(error)
        else:
            if tidied != rule.value:
                yield "value", _("Write it as it is kept: %(value)s") % {"value": isolate(tidied)}


def _page(page, differs):
    if differs("body") and not _is_words(page.body):
        yield "body", _("Here stand words by language: en, fa, pl, ru.")
    if differs("address") and page.address in RESERVED:
        yield "address", str(AddressIsReserved())


def _department(department, differs):
    if differs("switches") and not _is_list_of(department.switches, SWITCHES):
        yield "switches", _("Here stands a list of what is switched off: %(names)s.") % {"names": ", ".join(SWITCHES)}
    if department.form_published and not department.form_address:
        yield "form_address", _("Write an address first: without one the form cannot be published.")
    if differs("form_address") and department.form_address != department.form_address.lower():
        yield "form_address", _("Use small Latin letters, digits and hyphens only, such as “job-applications”.")
    if department.pk and differs("workflow") and statuses_in_use(department, department.workflow).exists():
        yield (
            "workflow",
            _("Tickets stand in the statuses of its workflow. Choose the other one on the department’s page, which asks where they go."),
        )


def _field(field, differs):
    if differs("options") and not _is_options(field.options):
        yield "options", _("Here stands a list of answers, each with a key of its own and words by language.")
    elif field.kind in WITH_LIST and not any(not option.get("archived") for option in field.options):
        yield "options", _("A list needs at least one answer to choose.")
    if differs("shown_when_values") and not _is_list_of(field.shown_when_values):
        yield "shown_when_values", _("Here stands a list.")
    if field.place == FieldPlace.CUSTOMER and field.kind in NOT_OF_CUSTOMERS:
        yield "kind", _("Secrets and files belong to a request, since they are wiped and removed with it. Choose another kind.")
    if field.pk and differs("kind", "place") and uses_of(field).is_held:
        yield "kind", _("It is filled in already, so what it is about and its kind stay.")
    if differs("shown_when") and _goes_round(field):
        yield "shown_when", _("This would go round in a circle: that field hangs on this one already.")


def _goes_round(field):
    seen, above = set(), field.shown_when
    while above is not None and above.pk not in seen:
        if above.pk == field.pk:
            return True
        seen.add(above.pk)
        above = above.shown_when
    return False


def _event_text(text, differs):
    return _unknown_variables(text, differs, about(text.template).variables())


def _action_text(text, differs):
    return _unknown_variables(text, differs, about_action().variables())


def _signature(signature, differs):
    words = getattr(signature.text, "data", None) or {}
    if not any(words.values()):
        yield "text", _("Here stand words by language: en, fa, pl, ru.")
    if differs("text") and any(len(each) > SIGNATURE_LIMIT for each in words.values()):
        yield "text", _("At most %(number)s characters in each language.") % {"number": format_number(SIGNATURE_LIMIT)}
    yield from _unknown_variables(signature, differs, signature_variables(), parts=["text"])


def _unknown_variables(text, differs, known, parts=PARTS):
    for part in parts:
        data = getattr(getattr(text, part), "data", None)
        for words in data.values() if differs(part) and isinstance(data, dict) else ():
            yield from ((part, complaint_about(typed, known)) for typed in unknown_variables(words, known))


def _refused(name, check, *args):
    try:
        check(*args)
    except ValidationError as error:
        yield from ((name, words) for words in error.messages)
    except DeskError as error:
        yield error.field or name, str(error)


def _is_list_of(value, known=None):
    return isinstance(value, list) and all(isinstance(one, str) and (known is None or one in known) for one in value)


def _is_words(value):
    return isinstance(value, dict) and all(code in Language.values and isinstance(words, str) for code, words in value.items())


def _is_options(options):
    if not isinstance(options, list) or not all(isinstance(option, dict) for option in options):
        return False
    keys = [option.get("key") for option in options]
    return (
        all(isinstance(key, str) and 0 < len(key) <= 40 and " " not in key for key in keys)
        and len(set(keys)) == len(keys)
        and all(option.get("label") and _is_words(option["label"]) for option in options)
        and all(option.keys() <= {"key", "label", "archived"} for option in options)
    )


_RULES = {
    Store: _store,
    PortalLink: _link,
    BlockRule: _rule,
    InfoPage: _page,
    Department: _department,
    Field: _field,
    EventText: _event_text,
    ActionText: _action_text,
    MailSignature: _signature,
}
