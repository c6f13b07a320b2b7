"""Google's reCAPTCHA (the checkbox), through django-recaptcha, without its traps.

Its field lets timeouts and missing names become a 500, believes any X-Forwarded-For, and its template holds an inline
script that our policy refuses. Stores on networks without Google should choose proof of work.
"""

import json
import logging
from http.client import HTTPException

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django_recaptcha.constants import DEFAULT_RECAPTCHA_DOMAIN
from django_recaptcha.fields import ReCaptchaField
from django_recaptcha.widgets import ReCaptchaV2Checkbox

logger = logging.getLogger(__name__)


class GoogleWidget(ReCaptchaV2Checkbox):
    """The checkbox, drawn by Google's own script; no inline script of ours."""

    template_name = "common/google_captcha.html"

    def build_attrs(self, base_attrs, extra_attrs=None):
        attrs = super().build_attrs(base_attrs, extra_attrs)
        # It names a function of the inline script that we do not have.
        attrs.pop("data-callback", None)
        return attrs


class GoogleField(ReCaptchaField):
    """Asks Google whether the box was ticked by a person. When Google cannot be asked, CAPTCHA_FAILS_OPEN decides (no by default)."""

    widget = GoogleWidget

    def __init__(self, *, public_key, private_key, remote_ip="", **kwargs):
        self.remote_ip = remote_ip
        messages = {
            "required": _("Please tick the box that says you are not a robot."),
            "captcha_invalid": _("Google did not accept the answer. Please tick the box again."),
            "captcha_error": _("Google cannot be asked right now. Please try again in a moment."),
        }
        super().__init__(public_key=public_key, private_key=private_key, label=_("Are you a person?"), error_messages=messages, **kwargs)

    def get_remote_ip(self):
        return self.remote_ip

    def validate(self, value):
        try:
            super().validate(value)
        except ValidationError as error:
            if error.code == "captcha_error" and _fails_open():
                return
            raise
        except (OSError, HTTPException, json.JSONDecodeError, KeyError, UnicodeError) as error:
            logger.warning("reCAPTCHA could not be asked: %s", error)
            if not _fails_open():
                raise ValidationError(self.error_messages["captcha_error"], code="captcha_error") from error


def _fails_open():
    return getattr(settings, "CAPTCHA_FAILS_OPEN", False)


def policy_for_google() -> dict:
    """What a page with the checkbox must be allowed to load; for csp.decorators.csp_update or response._csp_update."""
    domain = getattr(settings, "RECAPTCHA_DOMAIN", DEFAULT_RECAPTCHA_DOMAIN)
    return {
        "script-src": ["'self'", f"https://{domain}/recaptcha/", "https://www.gstatic.com/recaptcha/"],
        "frame-src": [f"https://{domain}/recaptcha/", "https://recaptcha.google.com/recaptcha/"],
        "connect-src": ["'self'", f"https://{domain}/recaptcha/"],
    }
