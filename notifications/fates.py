"""What became of a message, and what it was about, in words for staff. Made when shown, in the reader's language."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext
from i18nfield.strings import LazyI18nString

from common.moments import format_moment
from common.numbers import format_number, local_digits
from common.text import clean_line
from notifications.alarm_words import alarm_words, over_words
from notifications.choices import Channel, Reason, State, Template
from notifications.directions import apart
from tickets.choices import Kind

_FATES = {
    State.GATHERED: (
        gettext_noop("SMS waits to be gathered"),
        gettext_noop("e-mail waits to be gathered with others"),
        gettext_noop("notice waits to be gathered"),
    ),
    State.QUEUED: (gettext_noop("SMS queued"), gettext_noop("e-mail queued"), gettext_noop("notice queued")),
    State.SENDING: (gettext_noop("SMS is being sent"), gettext_noop("e-mail is being sent"), gettext_noop("notice is being sent")),
    State.SENT: (gettext_noop("SMS sent"), gettext_noop("e-mail sent"), gettext_noop("notice sent")),
    State.DELIVERED: (gettext_noop("SMS delivered"), gettext_noop("e-mail delivered"), gettext_noop("notice delivered")),
    State.FAILED: (
        gettext_noop("SMS failed: %(reason)s"),
        gettext_noop("e-mail failed: %(reason)s"),
        gettext_noop("notice failed: %(reason)s"),
    ),
    State.DROPPED: (
        gettext_noop("SMS not sent: %(reason)s"),
        gettext_noop("e-mail not sent: %(reason)s"),
        gettext_noop("notice not sent: %(reason)s"),
    ),
    State.UNKNOWN: (
        gettext_noop("SMS uncertain: %(reason)s"),
        gettext_noop("e-mail uncertain: %(reason)s"),
        gettext_noop("notice uncertain: %(reason)s"),
    ),
}

_QUIET = (
    gettext_noop("SMS waits for the end of the quiet hours"),
    gettext_noop("e-mail waits for the end of the quiet hours"),
    gettext_noop("notice waits for the end of the quiet hours"),
)
_LATER = (
    gettext_noop("SMS waits for another attempt: %(reason)s"),
    gettext_noop("e-mail waits for another attempt: %(reason)s"),
    gettext_noop("notice waits for another attempt: %(reason)s"),
)
_PLACES = {Channel.SMS: 0, Channel.MAIL: 1}


def fate_of(delivery):
    """“e-mail sent”, “SMS failed: number unknown”."""
    place = _PLACES.get(delivery.channel, 2)
    words = _FATES[delivery.state][place]
    if delivery.state == State.QUEUED and delivery.reason:
        words = (_QUIET if delivery.reason == Reason.QUIET else _LATER)[place]
    return _(words) % {"reason": reason_words(delivery.reason)}


def reason_words(reason):
    """Why it did not arrive, in words one can act on; nothing for a reason nobody knows."""
    return str(Reason(reason).label) if reason in Reason.values else ""


ABOUT_MESSAGES = frozenset({Template.ALARM, Template.ALARM_OVER})


def about_messages(delivery):
    """What an alarm, or its end, says."""
    told = delivery.context
    words = alarm_words if delivery.template == Template.ALARM else over_words
    return words(told["channel"], told["trouble"], told)


def notice_of(delivery):
    """One whole sentence for the bell. Needs the delivery's ticket, customer, department and event's actor."""
    if delivery.template == Template.EXPORTED:
        return _notice_of_export(delivery)
    if delivery.template in ABOUT_MESSAGES:
        return f"{apart(clean_line(str(delivery.store), 60))}: {about_messages(delivery)}"
    if delivery.ticket is None:
        return _notice_of_emergency(delivery)
    ticket, event = delivery.ticket, delivery.event
    facts = {
        "number": ticket.number,
        "subject": apart(clean_line(ticket.subject, 80)),
        "department": apart(clean_line(str(ticket.department), 60)),
        "customer": apart(clean_line(str(ticket.customer), 60)),
        "actor": apart(clean_line(str(event.actor), 60)) if event and event.actor else "",
        "team": apart(clean_line(delivery.context.get("team", ""), 60)),
        "title": apart(clean_line(delivery.context.get("title", ""), 60)),
        "reason": reason_words(delivery.context.get("reason", "")),
        "score": local_digits(event.details.get("score", "")) if event else "",
    }
    if delivery.template == Template.WATCHED:
        return _notice_of_watched(delivery, facts)
    by_staff, by_sms = bool(facts["actor"]) and not event.by_customer, delivery.context.get("by") == Channel.SMS
    return _notice_words(delivery.template, by_staff=by_staff, by_sms=by_sms) % facts


def _notice_of_watched(delivery, facts):
    """What happened last; of several things how many they were."""
    event, what = delivery.event, {"what": happened(delivery.event)}
    if delivery.changes > 1:
        words = ngettext(
            "%(count)s change in “%(subject)s”: %(what)s", "%(count)s changes in “%(subject)s”, the last: %(what)s", delivery.changes
        )
        return words % (facts | what | {"count": format_number(delivery.changes)})
    if event.kind == Kind.CUSTOMER_REPLIED:
        return _("%(customer)s wrote in “%(subject)s”") % facts
    if not facts["actor"] or event.by_customer:
        return _("“%(subject)s”: %(what)s") % (facts | what)
    return _("“%(subject)s”: %(what)s (%(actor)s)") % (facts | what)


def happened(event):
    """The kind of event in a few words."""
    return str(Kind(event.kind).label) if event.kind in Kind.values else event.kind


def _notice_of_emergency(delivery):
    told = delivery.context
    return _("%(actor)s took emergency access to %(department)s, until %(until)s. The reason: %(reason)s") % {
        "actor": apart(clean_line(told["actor"], 60)),
        "department": apart(clean_line(str(LazyI18nString(told["department"])), 60)),
        "until": format_moment(datetime.fromisoformat(told["until"]), "moment"),
        "reason": apart(clean_line(told["reason"], 300)),
    }


def _notice_of_export(delivery):
    rows = delivery.context["rows"]
    words = ngettext("The file of your list is ready: %(count)s row", "The file of your list is ready: %(count)s rows", rows)
    return words % {"count": format_number(rows)}


def _notice_words(template, *, by_staff, by_sms):
    return {
        Template.OPENED: _("%(customer)s opened “%(subject)s” in %(department)s"),
        Template.ASSIGNED: _("%(actor)s gave you “%(subject)s”") if by_staff else _("“%(subject)s” was given to you"),
        Template.TEAM_ASSIGNED: (
            _("%(actor)s gave “%(subject)s” to your team %(team)s") if by_staff else _("“%(subject)s” was given to your team %(team)s")
        ),
        Template.MENTIONED: _("%(actor)s mentioned you in “%(subject)s”") if by_staff else _("You were mentioned in “%(subject)s”"),
        Template.NOT_ARRIVED: (
            _("%(customer)s has not got the SMS about “%(subject)s”: %(reason)s")
            if by_sms
            else _("%(customer)s has not got the e-mail about “%(subject)s”: %(reason)s")
        ),
        Template.HELD_BACK: _("Your reply in “%(subject)s” did not leave. It is a draft again"),
        Template.SHARED: _("%(actor)s shared “%(subject)s” with you") if by_staff else _("“%(subject)s” was shared with you"),
        Template.PASSED_ON: _("%(actor)s passed “%(subject)s” to %(department)s"),
        Template.CUSTOMER_REPLIED: _("%(customer)s wrote in “%(subject)s”"),
        Template.REOPENED: _("%(actor)s reopened “%(subject)s”") if by_staff else _("%(customer)s reopened “%(subject)s”"),
        Template.WOKEN: _("“%(subject)s” is awake again"),
        Template.MERGED_AWAY: (
            _("%(actor)s merged a ticket that you had into “%(subject)s”")
            if by_staff
            else _("A ticket that you had was merged into “%(subject)s”")
        ),
        Template.ACTION: _("%(title)s: “%(subject)s”"),
        Template.RATED: _("%(customer)s rated “%(subject)s” with %(score)s of 5"),
        Template.BAD_RATING: _("A bad rating: %(customer)s gave “%(subject)s” %(score)s of 5"),
    }[template]
