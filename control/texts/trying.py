"""Seeing a message as it would leave, and sending it to oneself."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from common.numbers import format_number
from notifications.mail_styles import dress
from notifications.samples import show
from notifications.senders import Outcome, send_mail_now
from notifications.sms_gateways import send_sms_now


def shown(request, store, template, text, form, *, reader=""):
    """The message with these words about the request that was chosen, or a made-up one; and how long its SMS is, in words."""
    valid = form.is_bound and form.is_valid()
    language = form.cleaned_data["shown_language"] if valid else store.offered_languages[0]
    message = show(
        template, text, language=language, store=store, ticket=form.ticket if valid else None, viewer=request.user, reader=reader
    )
    return {"message": message, "language": language, "parts": parts_in_words(message.length), "is_real": valid and form.ticket is not None}


def parts_in_words(length):
    """“1 part of 160 signs, 93 used”, “2 parts of 67 signs, 41 in the last one”."""
    facts = {"parts": format_number(length.parts), "per_part": format_number(length.per_part), "used": format_number(length.used_in_last)}
    if length.parts <= 1:
        return _("1 part of %(per_part)s signs, %(used)s used") % facts
    words = ngettext(
        "%(parts)s part of %(per_part)s signs, %(used)s in the last one",
        "%(parts)s parts of %(per_part)s signs, %(used)s in the last one",
        length.parts,
    )
    return words % facts


def try_out(request, store, template, text, form, *, reader=""):
    """Send it to whoever writes it, when one of the buttons for that was pressed. Returns the Outcome, or None."""
    asked = {"mail_me", "sms_me"} & set(request.POST)
    if not asked:
        return None
    found = shown(request, store, template, text, form, reader=reader)
    message, language, user = found["message"], found["language"], request.user
    if "mail_me" in asked:
        if not user.email:
            return Outcome(False, _("Your account has no e-mail address."))
        html = dress(message.whole, language, store)
        return send_mail_now(store, user.email, message.subject, message.plain, html, language=language, by=user)
    if not user.phone or not message.sms:
        return Outcome(False, _("Your account has no mobile number, or there is no SMS to send."))
    return send_sms_now(store, user.phone, message.sms, by=user)
