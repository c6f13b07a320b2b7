"""Guarding public forms: a trap and a stopwatch always, and the captcha the store chose, if any.

    class NewTicketForm(GuardedForm): …
    form = NewTicketForm(request.POST, store=request.store, remote_ip=client_ip(request))
    return guarded(render(request, "…", {"form": form}), form)

The page draws `form["guard"]` like any hidden field, and `form["captcha"]` when the form has one.
"""

import time

from django import forms
from django.conf import settings
from django.core import signing
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from common import proof_of_work
from common.google_captcha import GoogleField, GoogleIsAway, policy_for_google

SALT = "common.captcha"
LEAST_SECONDS = 2
OPEN_FOR = 24 * 3600

# What a store's owner chose for the time in which Google cannot be asked (stores.models.WithoutGoogle).
WORK, ACCEPT, REFUSE = "work", "accept", "refuse"
OTHER_WAY = "captcha_other_way"

TOO_QUICK = _("That was very quick. Please look it over and send it again.")
OPEN_TOO_LONG = _("This page was open for too long. Nothing you typed is lost: please send it again.")
TRAPPED = _("This looks like it was sent by a program. Please leave the hidden fields empty and send it again.")
GOOGLE_IS_AWAY = _("Google cannot be asked right now, and requests are only taken with its word. Please try again in a moment.")
OUR_OWN_WAY = _("Google cannot be asked right now, so we ask ourselves. Nothing you typed is lost: please send it once more.")
ANOTHER_WAY = _("Here is the other way to show that you are a person. Nothing you typed is lost: please send it once more.")
NOT_SOLVED = _("We could not make sure that you are a person. Please answer again.")


class GuardWidget(forms.Widget):
    """An input no person sees, and the signed moment the form was opened. A moment that is still good stays after a mistake."""

    template_name = "common/guard.html"
    is_hidden = True

    def get_context(self, name, value, attrs):
        opened = (value or {}).get("opened", "") if isinstance(value, dict) else ""
        kept = opened if _seconds_open(opened) is not None else _signer().sign("form")
        return {"widget": {"name": name, "opened": kept}}

    def value_from_datadict(self, data, files, name):
        return {"opened": data.get(f"{name}_opened", ""), "trap": data.get(f"{name}_address", "")}

    def value_omitted_from_data(self, data, files, name):
        return False


def _signer():
    return signing.TimestampSigner(salt=SALT)


def _seconds_open(opened):
    """How long ago the form was opened, or None when the moment is not ours or too old."""
    signer, opened = _signer(), str(opened)[:200]
    try:
        signer.unsign(opened, max_age=OPEN_FOR)
    except signing.BadSignature:
        return None
    return max(0, int(time.time()) - signing.b62_decode(opened.rsplit(":", 2)[1]))


class GuardField(forms.Field):
    """Refuses programs that fill in everything or answer within a blink. FORM_LEAST_SECONDS = 0 stops the stopwatch, for tests."""

    widget = GuardWidget

    def __init__(self, **kwargs):
        super().__init__(**{"required": False, "label": "", **kwargs})

    def clean(self, value):
        least = getattr(settings, "FORM_LEAST_SECONDS", LEAST_SECONDS)
        if value.get("trap"):
            raise ValidationError(TRAPPED, code="trapped")
        if not least:
            return
        seconds = _seconds_open(value.get("opened"))
        if seconds is None:
            raise ValidationError(OPEN_TOO_LONG, code="opened")
        if seconds < least:
            raise ValidationError(TOO_QUICK, code="too_quick")
        return


class WorkWidget(forms.Widget):
    """A fresh challenge each time it is drawn: one that was sent is used up."""

    template_name = "common/proof_of_work.html"

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        context["challenge"] = proof_of_work.new_challenge()
        return context

    def value_from_datadict(self, data, files, name):
        return {part: data.get(f"{name}_{part}", "") for part in ("token", "counter", "answer")}

    def value_omitted_from_data(self, data, files, name):
        return False

    def id_for_label(self, id_):
        return f"{id_}_answer" if id_ else id_


class WorkField(forms.Field):
    widget = WorkWidget

    def __init__(self, **kwargs):
        super().__init__(**{"label": _("Are you a person?"), **kwargs})

    def clean(self, value):
        if not proof_of_work.is_solved(value["token"], value["counter"], value["answer"]):
            raise ValidationError(NOT_SOLVED, code="captcha")
        return


def captcha_fields(store, remote_ip="", data=None) -> dict:
    """The captcha the store chose, as {"captcha": field}, or nothing. Google without both keys counts as off.

    `data` is what was sent: who asks for the other way, or has answered it, is given our own captcha instead of Google's,
    unless the store would rather refuse.
    """
    choice = getattr(store, "captcha", "off")
    if choice == "pow":
        return {"captcha": WorkField()}
    if choice == "google" and store.captcha_public_key and store.captcha_private_key:
        goes_other_way = without_google(store) != REFUSE
        if goes_other_way and data and (data.get(OTHER_WAY) or data.get("captcha_token")):
            return {"captcha": WorkField()}
        keys = {"public_key": store.captcha_public_key, "private_key": store.captcha_private_key}
        return {"captcha": GoogleField(**keys, remote_ip=remote_ip, offers_other_way=goes_other_way)}
    return {}


def without_google(store):
    """What the store's owner chose for the time in which Google cannot be asked."""
    return getattr(store, "without_google", WORK)


class CaptchaMixin:
    """For a form: adds the trap, the stopwatch and the store's captcha. The captcha is only asked when all else is right.

    A captcha is good for one sending, and a person who mistyped a phone number should not have to prove themselves twice.
    """

    def __init__(self, *args, store=None, remote_ip="", **kwargs):
        super().__init__(*args, **kwargs)
        self._without_google = without_google(store)
        self.fields["guard"] = GuardField()
        self.fields.update(captcha_fields(store, remote_ip, self.data if self.is_bound else None))

    @property
    def has_captcha(self):
        return "captcha" in self.fields

    def _clean_fields(self):
        captcha = self.fields.pop("captcha", None)
        super()._clean_fields()
        if captcha is not None:
            self.fields["captcha"] = captcha
        if guard_error := self._errors.pop("guard", None):
            # A hidden field's error would be introduced as one; the sentence stands above the form by itself.
            self.add_error(None, guard_error.as_data())

    def _clean_form(self):
        super()._clean_form()
        if self.has_captcha and not self._errors:
            self._ask_captcha()

    def _ask_captcha(self):
        bound = self["captcha"]
        try:
            bound.field.clean(bound.data)
        except GoogleIsAway:
            self._go_on_without_google()
        except ValidationError as error:
            asks_first = isinstance(bound.field, WorkField) and not self.data.get("captcha_token") and self.data.get(OTHER_WAY)
            self.add_error("captcha", ANOTHER_WAY if asks_first else error)

    def _go_on_without_google(self):
        """Google cannot be asked: do what the store's owner chose. All that was typed stays on the form."""
        if self._without_google == ACCEPT:
            return
        if self._without_google == REFUSE:
            self.add_error("captcha", GOOGLE_IS_AWAY)
            return
        self.fields["captcha"] = WorkField()
        self._bound_fields_cache.pop("captcha", None)
        self.add_error("captcha", OUR_OWN_WAY)


class GuardedForm(CaptchaMixin, forms.Form):
    """A public form."""


def guarded(response, form):
    """The response, allowed to load Google's script when the form shows it. Every view that draws a public form returns through this."""
    if isinstance(form.fields.get("captcha"), GoogleField):
        response._csp_update = policy_for_google()
    return response
