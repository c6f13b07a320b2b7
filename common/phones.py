"""Phone numbers: taken as people write them, stored as E.164, shown spaced, masked for those who only need a hint."""

import phonenumbers
from django.utils.translation import gettext_lazy as _
from phonenumbers import NumberParseException, PhoneNumberFormat, PhoneNumberType

from common.errors import DeskError
from common.numbers import NO_BREAK_SPACE, ascii_digits
from common.text import clean_line

DEFAULT_REGION = "IR"
_MAY_TAKE_SMS = {PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE, PhoneNumberType.PERSONAL_NUMBER, PhoneNumberType.UNKNOWN}
_ALLOWED = set("0123456789+-./() \u00a0\u2011\u2010\u2013")


class BadPhone(DeskError):
    field = "phone"
    message = _("This phone number cannot be right. Write it like 0912 345 6789, or with the country: +48 600 100 200.")


class NotAMobile(DeskError):
    field = "phone"
    message = _("This looks like a landline. Please give a mobile number, so that messages can reach it.")


def region_choices():
    """Countries a number without one may belong to: their two letters, and how their numbers begin."""
    return [(region, f"{region} +{phonenumbers.country_code_for_region(region)}") for region in sorted(phonenumbers.SUPPORTED_REGIONS)]


def parse_phone(text, region=DEFAULT_REGION, *, mobile=False) -> str:
    """E.164 of a number written in any script, with or without its country. `region` is where numbers without one belong.

    Letters, extensions and anything after the number are refused rather than dropped. Raises BadPhone, and NotAMobile if asked.
    """
    typed = (
        ascii_digits(clean_line(text)).translate({ord(mark): None for mark in "\u200b\u200c\u200d\u200e\u200f\ufeff"}).replace("＋", "+")
    )
    if not typed or len(typed) > 40 or not set(typed) <= _ALLOWED or typed.rfind("+") > 0:
        raise BadPhone()
    try:
        number = phonenumbers.parse(typed, region)
    except NumberParseException as error:
        raise BadPhone() from error
    if number.extension or not phonenumbers.is_valid_number(number):
        raise BadPhone()
    if mobile and phonenumbers.number_type(number) not in _MAY_TAKE_SMS:
        raise NotAMobile()
    return phonenumbers.format_number(number, PhoneNumberFormat.E164)


def format_phone(e164) -> str:
    """+48 600 100 200, kept on one line. What is not a number comes back as it is."""
    try:
        number = phonenumbers.parse(str(e164 or ""), None)
    except NumberParseException:
        return str(e164 or "")
    return phonenumbers.format_number(number, PhoneNumberFormat.INTERNATIONAL).replace(" ", NO_BREAK_SPACE)


def mask_phone(e164) -> str:
    """+48 ••• ••• 214: enough for the owner to recognise it, too little for anybody else."""
    try:
        number = phonenumbers.parse(str(e164 or ""), None)
    except NumberParseException:
        return "•••"
    national = str(number.national_number)
    return f"+{number.country_code} ••• ••• {national[-3:]}".replace(" ", NO_BREAK_SPACE)


def mask_email(address) -> str:
    """k•••@mail.example. The number of dots tells nothing."""
    name, at, domain = str(address or "").rpartition("@")
    return f"{name[0]}•••@{domain}" if at and name and domain else "•••"
