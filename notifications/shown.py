"""A message that stands in the ledger as it left or would leave, for somebody else's eyes: covered as they read tickets, without its secrets."""

import json
import logging

from notifications.choices import Channel
from notifications.directions import without_marks
from notifications.gathering import CARRIERS
from notifications.rendering import Preview, sms_of, undressed_mail
from notifications.samples import Shown, sheet_of
from notifications.sms_texts import measure

log = logging.getLogger(__name__)
HIDDEN = "••••••"


def show_delivery(delivery, *, viewer):
    """What it says, with the ticket as it stands now and a link that opens nothing. None when that cannot be told.

    `delivery` comes with what its words need (`for_sending`) and is covered by this: read nothing else from it afterwards.
    """
    if delivery.template in CARRIERS:
        return None  # its lines are of several messages, each with readers of its own
    secrets = ("code",) if delivery.expires_at or delivery.secret_context else ()
    delivery.secret_context = json.dumps(dict.fromkeys(secrets, HIDDEN)) if secrets else ""
    preview = Preview(viewer=viewer)
    try:
        if delivery.channel == Channel.SMS:
            sms = sms_of(delivery, preview).text
            return Shown("", "", "", "", sms, measure(sms))
        if delivery.channel != Channel.MAIL:
            return Shown("", without_marks(delivery.notice), "", "", "", measure(""))
        subject, plain, html = undressed_mail(delivery, preview)
        return Shown(without_marks(subject), plain, sheet_of(html), html, "", measure(""))
    except Exception:
        log.warning("message %s can be shown no more", delivery.pk, exc_info=True)
        return None
