"""What the headers of a mail say about it: whether a person or a machine wrote it (RFC 3834), and how to stop it (RFC 8058)."""

from notifications import unsubscribing
from notifications.choices import Template
from tickets.choices import MessageKind

#: Sent because the person just wrote to us.
_REPLIED = {Template.THANKS}
#: In them stands what somebody at the desk typed.
_CARRIES_WORDS = {Template.REPLY, Template.OPENED_FOR_YOU}
# All but NDR: whether a mail came back we do want to know.
_SUPPRESSED = "DR, RN, NRN, OOF, AutoReply"


def headers_of(delivery, thread):
    return {
        "Message-ID": delivery.message_id,
        "Content-Language": delivery.language,
        **thread.headers,
        **_automatic(delivery),
        **_unsubscribing(delivery),
    }


def _automatic(delivery):
    """A person's answer is marked as nothing automatic, as RFC 3834 has it: somebody away on holiday may say so to whoever wrote."""
    if is_typed(delivery):
        return {}
    return {
        "Auto-Submitted": "auto-replied" if delivery.template in _REPLIED else "auto-generated",
        "X-Auto-Response-Suppress": _SUPPRESSED,
    }


def is_typed(delivery):
    """Whether a member of staff wrote it with their own hands."""
    message = delivery.event.message if delivery.event_id else None
    return bool(
        message
        and delivery.template in _CARRIES_WORDS
        and message.author_id
        and not message.is_from_customer
        and message.kind != MessageKind.NOTE
    )


def _unsubscribing(delivery):
    link = unsubscribing.link_for(delivery)
    return {"List-Unsubscribe": f"<{link}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"} if link else {}
