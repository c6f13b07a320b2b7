"""What each kind of field is: how it is asked, stored, shown, found and exported.

A value is neutral: text, Decimal, date, an option's key, a tuple of keys, True or False, a CheckedFile on its way in and the
attachment's id once it is kept. None is no value, for every kind. Words are made for a reader.
"""

from datetime import date
from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from common.fields import FilesField, JalaliDateField, LineField, LongTextField, NumberField, PhoneField
from common.moments import format_moment
from common.numbers import format_number
from common.phones import format_phone
from common.text import clean_line, excerpt
from custom_fields.models import FieldKind
from custom_fields.options import NO, YES, in_order, kept_options, words_of_key
from custom_fields.widgets import SecretInput

TEXT_LIMIT, LONG_LIMIT, LINK_LIMIT, SECRET_LIMIT = 300, 5_000, 1_000, 4_000
#: Beyond these a year could be taken for one of the other calendar.
EARLIEST, LATEST = date(1800, 1, 1), date(2299, 12, 31)
#: So many options stand as buttons below each other; more are a list to open.
MOST_BUTTONS = 5
_is_link = URLValidator(schemes=["http", "https"])


class Text:
    """One line. What the other kinds do not say of themselves, they do like this."""

    column, empty = "text", ""

    def form_field(self, field, **given):
        return LineField(limit=TEXT_LIMIT, widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}), **given)

    def rows(self, value):
        """The columns of each row that keeps the value."""
        return [{self.column: value}]

    def read(self, rows):
        """The value of the rows that were kept, None where there are none."""
        return next((getattr(row, self.column) for row in rows), None)

    def plain(self, value):
        """For JSON: the history, and what lists show. `from_plain` reads it again."""
        return value

    def from_plain(self, value):
        return value

    def words(self, field, value, language=None):
        return value

    def found_by(self, field, value):
        """The words a search finds it by."""
        return value

    def cell(self, field, value):
        return value

    def keys(self, value):
        """What other fields may depend on, and lists may be narrowed to: keys of options, nothing for what is written freely."""
        return ()


class LongText(Text):
    def form_field(self, field, **given):
        return LongTextField(limit=LONG_LIMIT, widget=forms.Textarea(attrs={"dir": "auto", "rows": 4}), **given)


class Number(Text):
    column = "number"

    def form_field(self, field, **given):
        return NumberField(**given)

    def read(self, rows):
        value = super().read(rows)
        return None if value is None else self.from_plain(value)

    def plain(self, value):
        return f"{self.from_plain(value):f}"

    def from_plain(self, value):
        value = Decimal(value)
        return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()

    def words(self, field, value, language=None):
        return format_number(value, language=language)

    def found_by(self, field, value):
        return self.plain(value)

    def cell(self, field, value):
        return int(value) if value == value.to_integral_value() else float(value)


class Date(Text):
    column = "date"

    def form_field(self, field, **given):
        return JalaliDateField(earliest=EARLIEST, latest=LATEST, **given)

    def plain(self, value):
        return value.isoformat()

    def from_plain(self, value):
        return date.fromisoformat(value) if isinstance(value, str) else value

    def words(self, field, value, language=None):
        return format_moment(value, "day_long")

    def found_by(self, field, value):
        return ""

    def cell(self, field, value):
        return value.isoformat()


class Choice(Text):
    column = "option"

    def form_field(self, field, **given):
        options = self.options(field)
        widget = forms.RadioSelect if len(options) <= MOST_BUTTONS else forms.Select
        empty = [] if given.get("required") and widget is forms.RadioSelect else [("", _("not said"))]
        return _ChoiceField(choices=[*empty, *options], coerce=self.from_key, empty_value=None, widget=widget, **given)

    def options(self, field):
        return kept_options(field)

    def from_key(self, key):
        return key

    def words(self, field, value, language=None):
        return words_of_key(field, value, language)

    def found_by(self, field, value):
        option = next((option for option in field.options if option["key"] == value), None)
        return " ".join(option["label"].values()) if option else ""

    def cell(self, field, value):
        return self.words(field, value)

    def keys(self, value):
        return (value,)


class Several(Choice):
    def form_field(self, field, **given):
        return _SeveralField(field, choices=kept_options(field), widget=forms.CheckboxSelectMultiple, **given)

    def rows(self, value):
        return [{"option": key} for key in value]

    def read(self, rows):
        keys = [row.option for row in rows]
        return in_order(rows[0].field, keys) if keys else None

    def plain(self, value):
        return list(value)

    def from_plain(self, value):
        return tuple(value)

    def words(self, field, value, language=None):
        return _(", ").join(words_of_key(field, key, language) for key in value)

    def found_by(self, field, value):
        return " ".join(super(Several, self).found_by(field, key) for key in value)

    def keys(self, value):
        return tuple(value)


class YesNo(Choice):
    def options(self, field):
        return [(YES, pgettext_lazy("answer", "Yes")), (NO, pgettext_lazy("answer", "No"))]

    def from_key(self, key):
        return key == YES

    def rows(self, value):
        return [{"option": YES if value else NO}]

    def read(self, rows):
        return next((row.option == YES for row in rows), None)

    def words(self, field, value, language=None):
        return str(dict(self.options(field))[YES if value else NO])

    def found_by(self, field, value):
        return ""

    def keys(self, value):
        return (YES if value else NO,)


class File(Text):
    """One of the ticket's attachments. It is read with the ticket's rights, and hangs on the first message."""

    column = "attachment_id"

    def form_field(self, field, **given):
        return _FileField(**given)

    def read(self, rows):
        return next((str(row.attachment_id) for row in rows), None)

    def words(self, field, value, language=None):
        return _("a file")

    def found_by(self, field, value):
        return ""

    def cell(self, field, value):
        return _("a file")


class Email(Text):
    def form_field(self, field, **given):
        attrs = {"autocomplete": "off", "dir": "ltr", "inputmode": "email"}
        return forms.EmailField(max_length=254, widget=forms.TextInput(attrs=attrs), **given)


class Phone(Text):
    def form_field(self, field, **given):
        return PhoneField(**given)

    def words(self, field, value, language=None):
        return format_phone(value)

    def found_by(self, field, value):
        return value


class Link(Text):
    def form_field(self, field, **given):
        return _LinkField(widget=forms.TextInput(attrs={"dir": "ltr", "inputmode": "url", "autocomplete": "off"}), **given)

    def words(self, field, value, language=None):
        return excerpt(value.removeprefix("https://").removeprefix("http://").rstrip("/"), 80)


class Secret(Text):
    """Encrypted in the database. Nothing but showing it by a click ever tells more than that there is one."""

    column = "secret"

    def form_field(self, field, **given):
        return LongTextField(limit=SECRET_LIMIT, widget=SecretInput(), **given)

    def plain(self, value):
        return True

    def words(self, field, value, language=None):
        return "••••••"

    def found_by(self, field, value):
        return ""

    def cell(self, field, value):
        return "••••••"


class _ChoiceField(forms.TypedChoiceField):
    default_error_messages = {"invalid_choice": _("This is not in the list. Choose one of what is offered.")}


class _SeveralField(forms.MultipleChoiceField):
    default_error_messages = {"invalid_choice": _("This is not in the list. Choose among what is offered.")}

    def __init__(self, of, **given):
        self.of = of
        super().__init__(**given)

    def clean(self, value):
        return in_order(self.of, super().clean(value)) or None


class _FileField(FilesField):
    """One file that was looked into. `limits` are set by the form that knows the store."""

    widget = forms.FileInput

    def clean(self, data, initial=None):
        return next(iter(super().clean(data, initial)), None)


class _LinkField(forms.CharField):
    default_error_messages = {"link": _("This is not the address of a page. Write it like https://shop.example/page.")}

    def clean(self, value):
        value = clean_line(super().clean(value))
        if not value:
            return ""
        address = value if "://" in value or ":" in value.partition("/")[0].partition(".")[0] else f"https://{value}"
        try:
            _is_link(address)
        except ValidationError as error:
            raise ValidationError(self.error_messages["link"], code="link") from error
        if len(address) > LINK_LIMIT:
            raise ValidationError(self.error_messages["link"], code="link")
        return address


KINDS = {
    FieldKind.TEXT: Text(),
    FieldKind.LONG_TEXT: LongText(),
    FieldKind.NUMBER: Number(),
    FieldKind.DATE: Date(),
    FieldKind.CHOICE: Choice(),
    FieldKind.SEVERAL: Several(),
    FieldKind.YES_NO: YesNo(),
    FieldKind.FILE: File(),
    FieldKind.EMAIL: Email(),
    FieldKind.PHONE: Phone(),
    FieldKind.LINK: Link(),
    FieldKind.SECRET: Secret(),
}
#: Kinds whose answer comes from a list: what other fields may depend on, and lists may be narrowed to.
FROM_A_LIST = {FieldKind.CHOICE, FieldKind.SEVERAL, FieldKind.YES_NO}


def kind_of(field):
    return KINDS[FieldKind(field.kind)]
