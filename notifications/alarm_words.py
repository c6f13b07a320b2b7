"""What an alarm about messages says, to owners in the bell, by mail, in the band over their pages, and on the page of health."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from common.moments import format_moment
from common.numbers import format_number
from notifications.choices import Channel, Reason, Trouble


def alarm_words(channel, trouble, facts):
    """“E-mails of your store wait for 20 minutes.” in the reader's language."""
    if trouble == Trouble.WAITING:
        minutes = facts.get("minutes", 0)
        words = {
            Channel.SMS: ngettext("SMS have waited for %(number)s minute.", "SMS have waited for %(number)s minutes.", minutes),
            Channel.PUSH: ngettext(
                "Notices on devices have waited for %(number)s minute.", "Notices on devices have waited for %(number)s minutes.", minutes
            ),
        }.get(channel, ngettext("E-mails have waited for %(number)s minute.", "E-mails have waited for %(number)s minutes.", minutes))
        return words % {"number": format_number(minutes)}
    words = {
        Channel.SMS: _("%(percent)s%% of the SMS of the last hour failed: %(reason)s."),
        Channel.PUSH: _("%(percent)s%% of the notices on devices of the last hour failed: %(reason)s."),
    }.get(channel, _("%(percent)s%% of the e-mails of the last hour failed: %(reason)s."))
    reason = facts.get("reason", "")
    why = str(Reason(reason).label) if reason in Reason.values else "–"
    return words % {"percent": format_number(facts.get("percent", 0)), "reason": why}


def over_words(channel, trouble, facts):
    since = {"since": format_moment(datetime.fromisoformat(facts["since"]), "moment")}
    return {
        Channel.SMS: _("SMS leave again. The trouble began %(since)s."),
        Channel.PUSH: _("Notices on devices leave again. The trouble began %(since)s."),
    }.get(channel, _("E-mails leave again. The trouble began %(since)s.")) % since


def what_to_do(channel, reason=""):
    """A sentence one can act on, for whoever sets the store up."""
    if channel == Channel.PUSH:
        return _("Look whether this machine reaches the internet. Everything stands in the bell meanwhile.")
    by_reason = {
        Reason.SETUP: _("Correct the sign-in and the sender in the settings, then send yourself a test message."),
        Reason.NO_CREDIT: _("Buy credit at the gateway."),
        Reason.BAD_TEXT: _("Compare the texts with the templates that your gateway approved."),
        Reason.NO_TEMPLATE: _("Have the texts approved by your gateway, and name its templates in the settings of SMS."),
        Reason.BAD_ADDRESS: _("Look at the failed messages. Where many addresses are wrong, a form may let everything through."),
        Reason.BAD_NUMBER: _("Look at the failed messages. Where many numbers are wrong, a form may let everything through."),
        Reason.REFUSED: _("The other side does not want your messages. Look at what it answered; your sender may be on a list of spam."),
        Reason.BUSY: _("The other side is overloaded. It is tried again by itself; if it lasts, ask your provider."),
        Reason.NO_ANSWER: _("The gateway takes messages but does not answer. Ask your provider before you send anything again."),
    }
    usual = (
        _("Send yourself a test SMS from the settings. If it does not arrive, ask your provider.")
        if channel == Channel.SMS
        else _("Send yourself a test message from the settings. If it does not arrive, ask your provider.")
    )
    return by_reason.get(reason, usual)
