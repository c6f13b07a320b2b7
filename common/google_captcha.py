"""Google's reCAPTCHA (the checkbox), through django-recaptcha's client and widget, without their traps.

Its field lets timeouts and missing names become a 500, believes any X-Forwarded-For, and its template holds an inline
script that our policy refuses. Stores on networks without Google should choose proof of work.
"""

import logging
from http.client import HTTPException
from urllib.error import URLError

from django import forms
from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_recaptcha import client
from django_recaptcha.constants import DEFAULT_RECAPTCHA_DOMAIN
from django_recaptcha.widgets import ReCaptchaV2Checkbox

logger = logging.getLogger(__name__)

UNREACHABLE, SLOW, WRONG_KEYS, ODD = "unreachable", "slow", "wrong_keys", "odd"
WRONG_KEYS_SAID = {"missing-input-secret", "invalid-input-secret", "invalid-keys"}
LAST_FAULT = "google-captcha:last-fault"


class GoogleWidget(ReCaptchaV2Checkbox):
    """The checkbox, drawn by Google's own script; no inline script of ours. Beside it stands the way for browsers that cannot load it."""

    template_name = "common/google_captcha.html"

    def __init__(self, *args, offers_other_way=True, **kwargs):
        super().__init__(*args, **kwargs)
        self.offers_other_way = offers_other_way

    def get_context(self, name, value, attrs):
        return super().get_context(name, value, attrs) | {"offers_other_way": self.offers_other_way}

    def build_attrs(self, base_attrs, extra_attrs=None):
        attrs = super().build_attrs(base_attrs, extra_attrs)
        # It names a function of the inline script that we do not have.
        attrs.pop("data-callback", None)
        return attrs


class GoogleIsAway(Exception):
    """Google cannot be asked: `why` is one of UNREACHABLE, SLOW, WRONG_KEYS, ODD."""

    def __init__(self, why):
        self.why = why
        super().__init__(why)


def ask_google(answer, *, private_key, remote_ip="") -> bool:
    """Whether the box was ticked by a person, in Google's word. Raises GoogleIsAway.

    The host is fixed by the library and the operator (RECAPTCHA_DOMAIN); nothing an owner types changes whom we ask.
    """
    try:
        told = client.submit(recaptcha_response=answer, private_key=private_key, remoteip=remote_ip)
    except TimeoutError as error:
        raise _away(SLOW, error) from error
    except URLError as error:
        raise _away(SLOW if isinstance(error.reason, TimeoutError) else UNREACHABLE, error) from error
    except (OSError, HTTPException) as error:
        raise _away(UNREACHABLE, error) from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise _away(ODD, error) from error
    if not told.is_valid and WRONG_KEYS_SAID.intersection(told.error_codes):
        raise _away(WRONG_KEYS, told.error_codes)
    return bool(told.is_valid)


def _away(why, error):
    logger.warning("reCAPTCHA could not be asked (%s): %s", why, error)
    try:
        cache.set(LAST_FAULT, (why, timezone.now()), 7 * 24 * 3600)
    except Exception:
        logger.warning("The fault is not remembered: the cache does not answer", exc_info=True)
    return GoogleIsAway(why)


def last_fault():
    """(why, when) of the last time Google could not be asked, in the last days; None without one."""
    try:
        return cache.get(LAST_FAULT)
    except Exception:
        return None


class GoogleField(forms.CharField):
    """Asks Google whether the box was ticked by a person. Raises GoogleIsAway when Google cannot be asked: its form decides then."""

    def __init__(self, *, public_key, private_key, remote_ip="", offers_other_way=True, **kwargs):
        self.private_key, self.remote_ip = private_key, remote_ip
        messages = {
            "required": _("Please tick the box that says you are not a robot."),
            "captcha_invalid": _("Google did not accept the answer. Please tick the box again."),
        }
        widget = GoogleWidget(offers_other_way=offers_other_way, attrs={"data-sitekey": public_key})
        super().__init__(label=_("Are you a person?"), error_messages=messages, widget=widget, max_length=8000, **kwargs)

    def validate(self, value):
        super().validate(value)
        if not ask_google(value, private_key=self.private_key, remote_ip=self.remote_ip):
            raise ValidationError(self.error_messages["captcha_invalid"], code="captcha_invalid")


def policy_for_google() -> dict:
    """What a page with the checkbox must be allowed to load; for csp.decorators.csp_update or response._csp_update."""
    domain = getattr(settings, "RECAPTCHA_DOMAIN", DEFAULT_RECAPTCHA_DOMAIN)
    return {
        "script-src": ["'self'", f"https://{domain}/recaptcha/", "https://www.gstatic.com/recaptcha/"],
        "frame-src": [f"https://{domain}/recaptcha/", "https://recaptcha.google.com/recaptcha/"],
        "connect-src": ["'self'", f"https://{domain}/recaptcha/"],
    }
