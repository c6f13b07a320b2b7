"""Words of messages in each language, and what to look at while writing them."""

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.choices import Language
from common.fields import LineField, LongTextField
from common.form_keys import OneTimeForm
from common.numbers import ascii_digits
from common.templatetags.formats import isolate
from common.text import clean_line
from notifications.originals import original_of
from notifications.own_words import own_in
from notifications.texts import PARTS, SWITCHES, is_ours
from tickets.models import Ticket
from tickets.variables import complaint_about, unknown_variables, variables_in

LABELS = {"subject": _("Subject (%(language)s)"), "body": _("E-mail (%(language)s)"), "sms": _("SMS (%(language)s)")}
LIMITS = {"subject": 200, "body": 10_000, "sms": 600}


class MessageForm(OneTimeForm):
    """Subject, e-mail and SMS in each language, and a preview. `words`: {language: (subject, body, sms)} to begin with.

    `variables`: {name: Variable} that may be named; `user` sees the tickets a preview may speak of.
    """

    number = forms.CharField(label=_("Request to try it on"), required=False, help_text=_("A number. Empty: a made-up request."))
    shown_language = forms.ChoiceField(label=_("Language of the preview"), required=False)

    def __init__(self, data=None, *, store, user, variables, words, has_sms, **kwargs):
        super().__init__(data, **kwargs)
        self.store, self.user, self.variables, self.has_sms = store, user, variables, has_sms
        self.helper = FormHelper()
        self.helper.hide_optional = True
        self.languages = store.languages_to_write_in
        self.parts_shown = [part for part in PARTS if part != "sms" or has_sms]
        self.ticket = None
        self.fields["shown_language"].choices = [(code, Language(code).label) for code in self.languages]
        self.fields["number"].widget.attrs |= {"inputmode": "numeric", "autocomplete": "off", "dir": "ltr"}
        for code in self.languages:
            for place, part in enumerate(PARTS):
                if part in self.parts_shown:
                    self._add(code, part, words.get(code, ("", "", ""))[place])

    def _add(self, code, part, initial):
        attrs = {"lang": code, "dir": "rtl" if code == "fa" else "ltr", "autocomplete": "off"}
        kind, widget = (LineField, forms.TextInput(attrs=attrs)) if part == "subject" else (LongTextField, forms.Textarea(attrs=attrs))
        if part != "subject":
            widget.attrs["rows"] = 10 if part == "body" else 3
        label = LABELS[part] % {"language": isolate(Language(code).label)}
        self.fields[f"{part}_{code}"] = kind(label=label, limit=LIMITS[part], required=False, initial=initial, widget=widget)

    def clean(self):
        cleaned = super().clean()
        for code in self.languages:
            for part in self.parts_shown:
                self._check(f"{part}_{code}", cleaned.get(f"{part}_{code}") or "")
        if not cleaned.get("shown_language"):
            cleaned["shown_language"] = self.languages[0]
        return cleaned

    def _check(self, name, words):
        for typed in unknown_variables(words, self.variables):
            self.add_error(name, complaint_about(typed, self.variables))

    def clean_number(self):
        number = clean_line(ascii_digits(self.cleaned_data["number"]), 12)
        if number:
            self.ticket = Ticket.objects.visible_to(self.user).filter(store=self.store, number=number).for_page().first()
            if self.ticket is None:
                raise forms.ValidationError(_("There is no request with this number, or you may not see it."))
        return number

    @property
    def words(self):
        """{language: (subject, body, sms)} as typed."""
        return {code: tuple(self.cleaned_data.get(f"{part}_{code}", "") for part in PARTS) for code in self.languages}

    @property
    def parts(self):
        """For the page: each language with its fields. Open are the first one and those with mistakes."""
        for place, code in enumerate(self.languages):
            fields = [self[f"{part}_{code}"] for part in self.parts_shown]
            is_open = place == 0 or any(field.errors for field in fields)
            is_own = code in self.own_languages
            yield {"code": code, "name": Language(code).label, "fields": fields, "is_open": is_open, "is_own": is_own}

    own_languages = ()


class EventTextForm(MessageForm):
    """The words for one event. They begin as what is sent now; whoever changes nothing keeps the product's words."""

    carries_answer = forms.BooleanField(
        label=_("The message carries the text of the answer"),
        required=False,
        help_text=_("Otherwise it carries only the link, and the text is read on the page."),
    )

    def __init__(self, data=None, *, row, about, **kwargs):
        self.row, self.about = row, about
        switches = {name: getattr(row, name) for name in SWITCHES}
        words = {code: _now(row, code) for code in Language.values}
        super().__init__(data, words=words, has_sms=about.has_sms, variables=about.variables(), initial=switches, **kwargs)
        self.own_languages = [code for code in self.languages if any(own_in(getattr(row, part), code) for part in PARTS)]
        if not about.carries_words:
            del self.fields["carries_answer"]

    @property
    def switches(self):
        return {name: self.cleaned_data[name] for name in SWITCHES if name in self.fields}

    def _check(self, name, words):
        super()._check(name, words)
        if not words or name in self.errors:
            return
        needs = self.about.needs
        if needs and not name.startswith("subject") and not set(needs) & set(variables_in(words)):
            self.add_error(
                name,
                _("Without %(variable)s nobody can do what the message asks. Put it where it belongs.") % {"variable": f"{{{needs[0]}}}"},
            )
        part, _line, code = name.partition("_")
        says_it = "words" in variables_in(words) and not is_ours(self.row.template, code, part, words)
        if says_it and self.cleaned_data.get("carries_answer") is False:
            self.add_error(name, _("The message is not to carry the text of the answer, so {words} cannot stand in it."))


def _now(row, code):
    """What is sent in this language now: the owner's words, else ours."""
    original = original_of(row.template, code, carries_answer=row.carries_answer)
    return tuple(own_in(getattr(row, part), code) or getattr(original, part) for part in PARTS)


class ActionTextForm(MessageForm):
    """A text that actions send: a name for staff, and words in one language at least."""

    name = LineField(label=_("Name, for staff"), limit=80)

    field_order = ["form_key", "name"]

    def clean(self):
        cleaned = super().clean()
        written = 0
        for code in self.languages:
            subject, body, sms = self.words[code]
            if subject and not body and f"body_{code}" in cleaned:
                self.add_error(f"body_{code}", _("The e-mail is missing. Write it, or empty the other fields of this language too."))
            elif (body or sms) and not subject and f"subject_{code}" in cleaned:
                self.add_error(f"subject_{code}", _("The subject is missing. Write it, or empty the other fields of this language too."))
            elif sms and not body and f"body_{code}" in cleaned:
                self.add_error(f"body_{code}", _("The e-mail is missing. Write it, or empty the other fields of this language too."))
            written += bool(subject and body)
        if not written and not self.errors:
            self.add_error(f"subject_{self.languages[0]}", _("Write it in one language at least."))
        return cleaned

    @property
    def parts(self):
        for part in super().parts:
            part["has_words"] = any(field.value() for field in part["fields"])
            part["is_open"] = part["is_open"] or part["has_words"]
            yield part
