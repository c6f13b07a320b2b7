"""The whole story of one message, in words: written, each attempt and its answer, what became of it, and what people had done."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from common.phones import format_phone
from common.templatetags.formats import isolate
from customers.masking import Mask
from customers.models import Customer
from notifications.choices import NOT_ARRIVED, Channel, State
from notifications.fates import reason_words
from notifications.resending import DEALT_WITH


@dataclass
class Line:
    """`answer`: what the other side said, in its own words."""

    at: datetime | None
    words: str
    icon: str
    answer: str = ""
    through: str = ""
    is_bad: bool = False


def story_of(message, *, knows):
    """[Line] from its writing to its end, oldest first. One query. `knows`: whether its reader may know the customer."""
    lines = [Line(message.created_at, _("Written, and queued to leave."), "pencil")]
    steps = list(message.steps.select_related("by").order_by("at", "pk"))
    mask = None if knows else Mask.of(message.customer or Customer())
    lines += [_line_of(step, message, mask) for step in steps]
    if not steps:  # older than the steps, or a notice that is delivered by being written
        lines += _from_the_row(message)
    if message.read_at:
        lines.append(Line(message.read_at, _("Read."), "eye"))
    return lines


def _line_of(step, message, mask):
    answer = mask.text(step.remark) if mask else step.remark
    is_bad = step.state in NOT_ARRIVED and not step.by_id
    return Line(step.at, _words(step, message), _ICONS.get(step.state, "hourglass-split"), answer, step.through, is_bad)


_ICONS = {
    State.QUEUED: "arrow-counterclockwise",
    State.SENT: "send",
    State.DELIVERED: "check-circle",
    State.FAILED: "exclamation-triangle-fill",
    State.DROPPED: "slash-circle",
    State.UNKNOWN: "question-circle",
}


def _words(step, message):
    reason, name = reason_words(step.reason), isolate(str(step.by)) if step.by_id else ""
    if step.by_id and step.reason == DEALT_WITH:
        return _("%(name)s saw to it: nothing more is to be done.") % {"name": name}
    if step.by_id and step.state == State.QUEUED:
        return (_("%(name)s had it sent to this address.") if message.resent_from_id else _("%(name)s had it sent again.")) % {"name": name}
    if step.by_id:
        return _("%(name)s stopped it.") % {"name": name}
    return {
        State.QUEUED: _("Not sent yet: %(reason)s. It is tried again by itself.") % {"reason": reason},
        State.SENT: _("Sent: the other side took it."),
        State.DELIVERED: _("Delivered."),
        State.FAILED: _("Failed: %(reason)s.") % {"reason": reason},
        State.DROPPED: _("Not sent: %(reason)s.") % {"reason": reason},
        State.UNKNOWN: _("Nobody knows: %(reason)s.") % {"reason": reason},
        State.GATHERED: _("Gathered: it leaves together with others."),
    }.get(step.state, pgettext("message", "being sent"))


def _from_the_row(message):
    reason, lines = reason_words(message.reason), []
    if message.channel == Channel.IN_APP:
        return [Line(message.delivered_at, _("It stands in the bell."), "bell")]
    if message.sent_at:
        lines.append(Line(message.sent_at, _("Sent: the other side took it."), "send"))
    if message.delivered_at:
        lines.append(Line(message.delivered_at, _("Delivered."), "check-circle"))
    if message.state in NOT_ARRIVED:
        lines.append(Line(None, _("Failed: %(reason)s.") % {"reason": reason}, "exclamation-triangle-fill", is_bad=True))
    if message.state == State.DROPPED:
        lines.append(Line(None, _("Not sent: %(reason)s.") % {"reason": reason}, "slash-circle"))
    return lines


def shown_address(message, *, is_open):
    """Where it goes; nothing of it for who may not know the customer: the domain alone tells where somebody works."""
    if not message.address:
        return ""
    if not is_open:
        return "•••"
    return format_phone(message.address) if message.channel == Channel.SMS and "@" not in message.address else message.address


def advice_for(message):
    """What one can do about it, in a sentence; nothing where nothing is to be done."""
    if message.state not in NOT_ARRIVED:
        return ""
    usual = _("It may have arrived. Ask the person before you send it again.")
    if message.state == State.FAILED:
        usual = _("Try again, send it to another address, or tell the person in another way.")
    return {
        "bad_address": _("Ask the person for the right address, correct it on their page, and send it there."),
        "bad_number": _("Ask the person for the right number, correct it on their page, and send it there."),
        "undelivered": _("The phone was off or out of reach for long. Try again, or tell the person in another way."),
        "refused": _("Their server did not want it. Send it to another address, or tell them in another way."),
        "unreachable": _("Look whether the mail server or gateway works, then try again."),
        "busy": _("The other side took nothing for hours. Try again, or send it to another address."),
        "setup": _("Correct the mail server or gateway in the settings, then try again."),
        "no_credit": _("Buy credit at the SMS gateway, then try again."),
        "bad_text": _("Compare the text with the templates that your gateway approved, then try again."),
        "broken": _("Whoever runs the installation finds the cause in the log. Then try again."),
    }.get(message.reason, usual)
