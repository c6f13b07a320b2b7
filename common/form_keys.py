"""Forms that are safe to send twice: a double click, Back and send again, or a retry after a lost answer make one thing.

form = NewTicketForm(request.POST)            # a OneTimeForm
with transaction.atomic():
    sent = claim_form(form, request)
    if sent.is_first:
        ticket = open_ticket(…)
        sent.finish(ticket.get_absolute_url())
return redirect(sent.outcome_url)
"""

import re
import secrets
from dataclasses import dataclass
from datetime import timedelta

from django import forms
from django.db import connection, transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from common.errors import Conflict
from common.models import FormKey
from common.planned import planned_cursor

KEPT_FOR = timedelta(days=2)
_KEY = re.compile(r"[A-Za-z0-9_-]{16,64}\Z")
#: Where another transaction is about to take the same key, the database waits for its end. Nothing fails, so nothing has to be undone.
_TAKE = "INSERT INTO common_formkey (owner, key, outcome_url, created_at) VALUES (%s, %s, '', %s) ON CONFLICT DO NOTHING"
_FINISH = "UPDATE common_formkey SET outcome_url = %s WHERE owner = %s AND key = %s"


class SentTwice(Conflict):
    """The same form came twice, and the first one led nowhere we know of."""

    message = _("This form was already sent. Look at the list before you send it again.")


def new_form_key() -> str:
    return secrets.token_urlsafe(16)


class FormKeyField(forms.CharField):
    """A hidden one-time key. A missing or damaged one counts as new, so a form made by hand still works, once per sending."""

    widget = forms.HiddenInput

    def __init__(self, **kwargs):
        super().__init__(**{"required": False, "initial": new_form_key, "label": "", **kwargs})

    def clean(self, value):
        return value if isinstance(value, str) and _KEY.match(value) else new_form_key()


class OneTimeForm(forms.Form):
    """A form with a key. After a mistake it comes back with the same key, since nothing was stored."""

    form_key = FormKeyField()


@dataclass
class Claim:
    key: str
    owner: str
    is_first: bool
    led_to: str = ""

    @property
    def outcome_url(self) -> str:
        """Where the first sender was led. Raises SentTwice when the first one left no address."""
        if not self.led_to:
            raise SentTwice()
        return self.led_to

    def finish(self, outcome_url):
        """Remember where to lead whoever sends this again. Stored, or lost, together with the work itself."""
        self.led_to = outcome_url
        with planned_cursor(connection) as cursor:
            cursor.execute(_FINISH, [outcome_url, self.owner, self.key])


def claim(key, owner) -> Claim:
    """Take the key inside the caller's transaction. Of two callers at once the second waits for the first one's end.

    When the first one's transaction fails, its key is gone with it and the second is first.
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("A form key is claimed inside the transaction of the work it guards.")
    with planned_cursor(connection) as cursor:
        cursor.execute(_TAKE, [owner, key, connection.ops.adapt_datetimefield_value(timezone.now())])
        is_first = cursor.rowcount == 1
    if is_first:
        return Claim(key, owner, is_first=True)
    row = FormKey.objects.filter(key=key, owner=owner).first()
    if row is None:  # forgotten between the two questions (clear_old_keys)
        raise SentTwice()
    return Claim(key, owner, is_first=False, led_to=row.outcome_url)


def claim_form(form, request) -> Claim:
    """The claim of a valid OneTimeForm for whoever sent it."""
    return claim(form.cleaned_data["form_key"], sender_of(request))


def outcome_of(request) -> str:
    """Where this sender was led when they sent the same form before; empty when they did not."""
    key = request.POST.get("form_key", "")
    row = FormKey.objects.filter(key=key, owner=sender_of(request)).first() if _KEY.match(key) else None
    return row.outcome_url if row else ""


def sender_of(request) -> str:
    """Who sends: a person who signed in, else a browser. A key is worth nothing in other hands.

    A browser is told by its CSRF cookie, which unlike the session is there before the first sending and stays.
    """
    user = getattr(request, "user", None)
    if user is not None and user.is_authenticated:
        return f"user:{user.pk}"
    secret = request.META.get("CSRF_COOKIE") or getattr(request.session, "session_key", None) or ""
    return "browser:" + salted_hmac("common.form_keys", secret, algorithm="sha256").hexdigest()


def clear_old_keys() -> int:
    """Forget the keys nobody will send again."""
    return FormKey.objects.filter(created_at__lt=timezone.now() - KEPT_FOR).delete()[0]
