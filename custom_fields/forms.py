"""The owner's fields in a form."""

from django import forms
from django.utils import translation
from django.utils.html import conditional_escape
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from common.numbers import format_number
from custom_fields.kinds import kind_of
from custom_fields.models import FieldKind
from custom_fields.options import option_words
from custom_fields.showing import asked_among

PREFIX, CLEAR = "field-", "clear-"
_SECRETS_AGAIN = gettext_lazy("Type this again: it is never sent back to the page.")


def field_for(field, language=None, *, required=None, label=None):
    """The form field for any kind, with its label and help in this language (None: the active one). It cleans to a neutral value, or nothing."""
    with translation.override(language or translation.get_language()):
        return kind_of(field).form_field(
            field,
            label=label or str(field.label),
            help_text=_sentences(str(field.help), secret_promise(field) if field.is_secret else ""),
            required=field.is_required if required is None else required,
        )


def _sentences(*parts):
    """Help is drawn as HTML, and this one was typed by people."""
    return mark_safe(" ".join(conditional_escape(part) for part in parts if part))  # noqa: S308  each part was escaped


def secret_promise(field):
    """What becomes of a secret: how it is kept, and for how long."""
    days = field.wiped_after_days
    if days is None:
        return _("Stored encrypted; shown to our team only on a click that is written down.")
    words = ngettext(
        "Stored encrypted; wiped %(number)s day after closing.", "Stored encrypted; wiped %(number)s days after closing.", days
    )
    return words % {"number": format_number(days)}


class FieldsMixin:
    """A form that also asks for fields of the owner. Call `add_fields` in __init__; the answers are in `field_values` once it is valid.

    A field that hangs on the answer to another one is neither required nor kept where it plays no part. Secrets are never sent back.
    """

    _asked = ()
    _beside = {}
    _is_cleaning = False

    def add_fields(self, fields, *, values=None, required=(), optional=False, language=None, upload_limits=None, add_clearing=False):
        """Ask for these. `values`: {field id: neutral value} of what is known already, also of fields that are not asked here;
        `required`: ids of those that must be answered besides the always required ones; `optional`: none must.
        """
        self._asked = [*self._asked, *fields]
        self._beside = {**self._beside, **(values or {})}
        asked_ids = {field.pk for field in self._asked}
        for field in fields:
            known = self._beside.get(field.pk)
            is_kept = known is not None and field.kind in {FieldKind.SECRET, FieldKind.FILE}
            is_required = not optional and (field.is_required or field.pk in required) and not is_kept
            made = field_for(field, language, required=is_required)
            if field.kind == FieldKind.FILE and upload_limits:
                made.limits = upload_limits
            if is_kept:
                made.help_text = _sentences(made.help_text, _("Something is kept already. Leave this empty to keep it."))
            elif known is not None:
                made.initial = self._initial(field, known)
            self._mark(made, field, asked_ids)
            self.fields[name_of(field)] = made
            if is_kept and add_clearing and not field.is_required:
                words = _("Remove what is kept: %(field)s") % {"field": made.label}
                self.fields[f"{CLEAR}{field.key}"] = forms.BooleanField(label=words, required=False)

    @staticmethod
    def _initial(field, value):
        keys = kind_of(field).keys(value)
        return (list(keys) if field.kind == FieldKind.SEVERAL else keys[0]) if keys else value

    @staticmethod
    def _mark(made, field, asked_ids):
        """Say when a field plays a part: to the script that hides it, and in words for where there is none."""
        parent = field.shown_when if field.shown_when_id in asked_ids else None
        if parent is None:
            return
        made.widget.attrs["data-shown-when"] = name_of(parent)
        made.widget.attrs["data-shown-values"] = " ".join(map(str, field.shown_when_values))
        made.help_text = _sentences(made.help_text, only_when(field, parent))

    @property
    def asked_fields(self):
        """The form's own bound fields for them, in their order, for pages that draw them apart from the rest."""
        names = [name for name in self.fields if name.startswith((PREFIX, CLEAR))]
        return [self[name] for name in names]

    # --- Cleaning -----------------------------------------------------------------------------------
    def full_clean(self):
        self._is_cleaning = True
        try:
            super().full_clean()
        finally:
            self._is_cleaning = False
        if self.is_bound and self._errors:
            self._ask_for_secrets_again()

    def clean(self):
        cleaned = super().clean()
        asked = {field.pk for field in asked_among(self._asked, {**self._beside, **self._answers()})}
        for field in self._asked:
            if field.pk not in asked:
                self._errors.pop(name_of(field), None)
                self.cleaned_data.pop(name_of(field), None)
        return cleaned

    def add_error(self, field, error):
        super().add_error(field, error)
        if not self._is_cleaning:
            self._ask_for_secrets_again()

    def _ask_for_secrets_again(self):
        for field in self._asked:
            name = name_of(field)
            if field.is_secret and name not in self._errors and self.data.get(self.add_prefix(name), "").strip():
                super().add_error(name, str(_SECRETS_AGAIN))

    def _answers(self):
        """{field id: neutral value}. Secrets and files left empty say nothing: what is kept stays."""
        answers = {}
        for field in self._asked:
            if name_of(field) not in self.cleaned_data:
                continue
            value = self.cleaned_data[name_of(field)]
            value = None if value in ("", ()) else value
            stays = field.kind in {FieldKind.SECRET, FieldKind.FILE} and not self.cleaned_data.get(f"{CLEAR}{field.key}")
            if value is None and stays:
                continue
            answers[field.pk] = value
        return answers

    @property
    def field_values(self):
        """{Field: neutral value or None} as write_values takes it. A field that plays no part is emptied, if it held something."""
        answers = self._answers()
        values = {field: answers[field.pk] for field in self._asked if field.pk in answers}
        gone = [field for field in self._asked if name_of(field) not in self.cleaned_data and self._beside.get(field.pk) is not None]
        return {**values, **dict.fromkeys(gone)}


def name_of(field):
    """What its input is called. The key may hold nothing that a name may not."""
    return f"{PREFIX}{field.key}"


def only_when(field, parent):
    """“Only when “Kind of question” is “technical”.”"""
    words = {option["key"]: option_words(option) for option in parent.options}
    if parent.kind == FieldKind.YES_NO:
        words = dict(kind_of(parent).options(parent))
    chosen = [f"\u2068{words[key]}\u2069" for key in field.shown_when_values if key in words]
    names = {"field": f"\u2068{parent.label}\u2069", "values": _(" or ").join(chosen)}
    return _("Only when “%(field)s” is %(values)s.") % names
