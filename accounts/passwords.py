"""What a password must be, said in our words: Django says them in English to readers of some languages, or two ways in one form."""

from django.contrib.auth import password_validation as django_rules
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from common.numbers import format_number


class LongEnough(django_rules.MinimumLengthValidator):
    def get_error_message(self):
        words = ngettext(
            "This password is too short: it takes at least %(number)s character.",
            "This password is too short: it takes at least %(number)s characters.",
            self.min_length,
        )
        return words % {"number": format_number(self.min_length)}


class NotCommon(django_rules.CommonPasswordValidator):
    def get_error_message(self):
        return _("Many people use this password. Choose another one.")


class NotOnlyDigits(django_rules.NumericPasswordValidator):
    def get_error_message(self):
        return _("This password has nothing but digits. Add letters or signs.")
