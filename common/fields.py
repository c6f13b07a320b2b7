"""Form fields that take what people type: any digits, either calendar, with words for each mistake."""

from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from common import jalali
from common.errors import DeskError
from common.moments import format_moment
from common.numbers import ascii_digits, format_number, parse_number
from common.phones import DEFAULT_REGION, parse_phone
from common.text import clean_line, clean_text
from common.uploads import check_uploads


class _CountedField(forms.CharField):
    """Text with a limit whose error says by how much it is too long. The browser is not told: cutting silently helps nobody."""

    too_long = ngettext_lazy(
        "This is %(over)s character too long; at most %(limit)s fit.",
        "This is %(over)s characters too long; at most %(limit)s fit.",
        "count",
    )
    clean_words = staticmethod(clean_line)

    def __init__(self, *, limit, **kwargs):
        self.limit = limit
        super().__init__(strip=False, **kwargs)

    def to_python(self, value):
        return self.clean_words(value)

    def validate(self, value):
        super().validate(value)
        over = len(value) - self.limit
        if over > 0:
            words = self.too_long % {"count": over, "over": format_number(over), "limit": format_number(self.limit)}
            raise ValidationError(words, code="too_long")


class LineField(_CountedField):
    """One clean line: a subject, a name. LineField(limit=200)."""


class LongTextField(_CountedField):
    """Paragraphs as typed, without characters nobody can see. LongTextField(limit=20_000)."""

    widget = forms.Textarea
    clean_words = staticmethod(clean_text)


class PhoneField(forms.CharField):
    """A phone number in any script, cleaned to E.164. `region` is where a number without country belongs."""

    widget = forms.TextInput

    def __init__(self, *, region=DEFAULT_REGION, mobile=False, **kwargs):
        self.region, self.mobile = region, mobile
        super().__init__(**kwargs)

    def widget_attrs(self, widget):
        return {**super().widget_attrs(widget), "type": "tel", "inputmode": "tel", "autocomplete": "tel", "dir": "ltr"}

    def clean(self, value):
        value = super().clean(value)
        if value in self.empty_values:
            return ""
        try:
            return parse_phone(value, self.region, mobile=self.mobile)
        except DeskError as error:
            raise ValidationError(str(error), code="phone") from error


class EmailOrPhoneField(forms.CharField):
    """An e-mail address (kept as typed but for the case of its domain) or a mobile number (E.164); the sign @ tells which."""

    default_error_messages = {
        "neither": _("Write an e-mail address or a mobile number."),
        "email": _("This e-mail address is not complete. Write it like name@mail.example."),
    }

    def __init__(self, *, region=DEFAULT_REGION, mobile=True, **kwargs):
        self.region, self.mobile = region, mobile
        super().__init__(**kwargs)

    def widget_attrs(self, widget):
        return {**super().widget_attrs(widget), "autocomplete": "username", "dir": "ltr", "autocapitalize": "none", "spellcheck": "false"}

    def clean(self, value):
        value = clean_line(super().clean(value))
        if value in self.empty_values:
            return ""
        if "@" in value:
            return self._clean_email(value)
        if not any(c.isdigit() for c in value):
            raise ValidationError(self.error_messages["neither"], code="neither")
        try:
            return parse_phone(value, self.region, mobile=self.mobile)
        except DeskError as error:
            raise ValidationError(str(error), code="phone") from error

    def _clean_email(self, value):
        name, _at, domain = value.rpartition("@")
        address = f"{name}@{domain.lower()}"
        try:
            validate_email(address)
        except ValidationError as error:
            raise ValidationError(self.error_messages["email"], code="email") from error
        if len(address) > 254:
            raise ValidationError(self.error_messages["email"], code="email")
        return address


class JalaliDateField(forms.Field):
    """A day typed in either calendar and any digits; shown back in the reader's calendar. `earliest` and `latest` are dates."""

    widget = forms.TextInput
    default_error_messages = {
        "early": _("The earliest day that can be chosen is %(day)s."),
        "late": _("The latest day that can be chosen is %(day)s."),
    }

    def __init__(self, *, earliest=None, latest=None, **kwargs):
        self.earliest, self.latest = earliest, latest
        super().__init__(**kwargs)

    def widget_attrs(self, widget):
        return {**super().widget_attrs(widget), "inputmode": "numeric", "autocomplete": "off", "dir": "ltr"}

    def prepare_value(self, value):
        """A date from the program in the reader's calendar; what a person typed stays as typed."""
        return format_moment(value, "day_numeric") if hasattr(value, "year") else value

    def to_python(self, value):
        if value in self.empty_values or (isinstance(value, str) and not value.strip()):
            return None
        if hasattr(value, "year"):
            return value
        try:
            return jalali.parse_date(str(value)[:40])
        except DeskError as error:
            raise ValidationError(str(error), code="date") from error

    def validate(self, value):
        super().validate(value)
        if value is None:
            return
        if self.earliest and value < self.earliest:
            raise ValidationError(self.error_messages["early"], code="early", params={"day": format_moment(self.earliest, "day_long")})
        if self.latest and value > self.latest:
            raise ValidationError(self.error_messages["late"], code="late", params={"day": format_moment(self.latest, "day_long")})

    def has_changed(self, initial, data):
        try:
            return self.to_python(initial) != self.to_python(data)
        except ValidationError:
            return True


class WholeNumberField(forms.IntegerField):
    """A whole number in the digits of any script."""

    widget = forms.TextInput

    def widget_attrs(self, widget):
        return {"inputmode": "numeric", "dir": "ltr"}

    def to_python(self, value):
        return super().to_python(ascii_digits(value) if isinstance(value, str) else value)


class NumberField(forms.Field):
    """Any number, read and shown back as the reader's language writes it; at most 14 digits before the decimal sign and 6 behind it."""

    widget = forms.TextInput
    default_error_messages = {"long": _("This number has too many digits: at most 14 fit, and 6 decimals.")}

    def widget_attrs(self, widget):
        return {**super().widget_attrs(widget), "inputmode": "decimal", "autocomplete": "off", "dir": "ltr"}

    def prepare_value(self, value):
        return format_number(value) if isinstance(value, Decimal) else value

    def to_python(self, value):
        if value in self.empty_values or (isinstance(value, str) and not value.strip()):
            return None
        if isinstance(value, Decimal):
            return value
        try:
            number = parse_number(str(value)[:60])
        except DeskError as error:
            raise ValidationError(str(error), code="number") from error
        _sign, digits, exponent = number.as_tuple()
        if -exponent > 6 or len(digits) + exponent > 14:
            raise ValidationError(self.error_messages["long"], code="long")
        return number


class FilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files, each looked into; cleans to a list of CheckedFile, empty when none was chosen. `limits` is an UploadLimits."""

    widget = FilesInput

    def __init__(self, *, limits=None, **kwargs):
        self.limits = limits
        super().__init__(**kwargs)

    def clean(self, data, initial=None):
        files = [file for file in (data if isinstance(data, (list, tuple)) else [data]) if file]
        if not files:
            if self.required:
                raise ValidationError(self.error_messages["required"], code="required")
            return []
        try:
            return check_uploads(files, self.limits)
        except DeskError as error:
            raise ValidationError(str(error), code="file") from error
