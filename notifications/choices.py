from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Template(models.TextChoices):
    """What a message is about. Each has its words in templates/notifications/<template>/."""

    # to the customer
    THANKS = "thanks", _("request received")
    OPENED_FOR_YOU = "opened_for_you", _("request opened by staff")
    REPLY = "reply", _("answer")
    CLOSED = "closed", _("request closed")
    MERGED = "merged", _("requests put together")
    SURVEY = "survey", _("question about our help")
    ANSWERS = "answers", _("several answers")
    # to staff
    OPENED = "opened", _("new ticket")
    ASSIGNED = "assigned", _("ticket given")
    PASSED_ON = "passed_on", _("ticket passed on")
    CUSTOMER_REPLIED = "customer_replied", _("customer wrote")
    REOPENED = "reopened", _("ticket reopened")
    RATED = "rated", _("ticket rated")
    BAD_RATING = "bad_rating", _("bad rating")
    MENTIONED = "mentioned", _("mention in a note")
    SHARED = "shared", _("ticket shared")
    WOKEN = "woken", _("ticket awake again")
    MERGED_AWAY = "merged_away", _("ticket merged")
    WATCHED = "watched", _("news of a watched ticket")
    EMERGENCY = "emergency", _("emergency access")
    EXPORTED = "exported", _("file of a list")
    HELD_BACK = "held_back", _("reply held back")
    TEAM_ASSIGNED = "team_assigned", _("ticket given to a team")
    NOT_ARRIVED = "not_arrived", _("message that did not arrive")
    ALARM = "alarm", _("messages do not arrive")
    ALARM_OVER = "alarm_over", _("messages arrive again")
    INVITED = "invited", _("made a colleague")
    ACTION = "action", _("text of an action")
    DIGEST = "digest", _("news gathered")
    # to an address at the door
    SIGN_IN_CODE = "sign_in_code", _("code to sign in")
    ADDRESS_CODE = "address_code", _("code that proves an address")
    RESET_PASSWORD = "reset_password", _("way to a new password")  # noqa: S105
    ALREADY_REGISTERED = "already_registered", _("sign-up with a known address")
    UNKNOWN_ACCOUNT = "unknown_account", _("sign-in with an unknown address")
    ACCOUNT_CHANGED = "account_changed", _("account changed")


class Audience(models.TextChoices):
    """Who hears of an event, for the owner's table (notifications.ways). Several of them may hear of the same one."""

    CUSTOMER = "customer", _("the customer")
    COPIES = "copies", _("people in copy")
    HOLDER = "holder", _("whoever has the ticket")
    TEAM = "team", _("the ticket's team")
    DEPARTMENT = "department", _("the department")
    NAMED = "named", _("whoever is named")
    WATCHERS = "watchers", _("whoever watches")
    RESPONSIBLE = "responsible", _("the responsible person")
    MANAGERS = "managers", _("whoever sees reports")


class Recipient(models.TextChoices):
    """To whom an action sends a text."""

    CUSTOMER = "customer", _("the customer")
    ASSIGNEE = "assignee", _("whoever has the ticket")
    TEAM = "team", _("everybody of the ticket's team")
    RESPONSIBLE = "responsible", _("the department's responsible person")
    DOER = "doer", _("whoever did it")
    WATCHERS = "watchers", _("everybody who watches the ticket")
    ADDRESS = "address", _("one e-mail address")


class Channel(models.TextChoices):
    MAIL = "mail", _("e-mail")
    SMS = "sms", _("SMS")
    IN_APP = "in_app", _("notice in the back office")
    PUSH = "push", _("notice on a device")


class State(models.TextChoices):
    GATHERED = "gathered", pgettext_lazy("message", "gathered")
    QUEUED = "queued", pgettext_lazy("message", "queued")
    SENDING = "sending", pgettext_lazy("message", "being sent")
    SENT = "sent", pgettext_lazy("message", "sent")
    DELIVERED = "delivered", pgettext_lazy("message", "delivered")
    FAILED = "failed", pgettext_lazy("message", "failed")
    DROPPED = "dropped", pgettext_lazy("message", "not sent")
    UNKNOWN = "unknown", pgettext_lazy("message", "outcome unknown")


class Urgency(models.IntegerChoices):
    AT_ONCE, USUAL, LATER = 0, 1, 2


#: It has not reached its person, as far as anybody knows, and nothing more happens by itself.
NOT_ARRIVED = (State.FAILED, State.UNKNOWN)


class Reason(models.TextChoices):
    """Why a message did not leave or arrive, in words staff can act on."""

    BAD_ADDRESS = "bad_address", _("address unknown")
    CAME_BACK = "came_back", _("address unknown, an earlier message came back from it")
    UNSUBSCRIBED = "unsubscribed", _("the person wants no such messages")
    BAD_NUMBER = "bad_number", _("number unknown")
    REFUSED = "refused", _("the receiving side refused it")
    UNREACHABLE = "unreachable", _("server unreachable")
    BUSY = "busy", _("the receiving side asks to come later")
    SETUP = "setup", _("our sender or sign-in was refused, check the settings")
    NO_CREDIT = "no_credit", _("no credit left at the gateway")
    BAD_TEXT = "bad_text", _("text or template refused by the gateway")
    TOO_LATE = "too_late", _("it would have come too late")
    NO_RIGHT = "no_right", _("the person may not see this ticket any more")
    OVERTAKEN = "overtaken", _("no longer true")
    NO_ANSWER = "no_answer", _("the gateway took it but did not answer; ask the person before sending again")
    GONE = "gone", _("the device takes no notices any more")
    SIGNED_OUT = "signed_out", _("the person signed out on that device")
    UNWANTED = "unwanted", _("the person chose not to hear this way")
    RESTORED = "restored", _("the help desk came back from a backup; ask the person before sending again")
    UNDELIVERED = "undelivered", _("the operator could not deliver it")
    OVER_LIMIT = "over_limit", _("more than the limits of SMS allow")
    NO_TEMPLATE = "no_template", _("no gateway has an approved template for it")
    QUIET = "quiet", _("waits for the end of the quiet hours")
    RESTING = "resting", _("waits for a gateway that rests after failures")
    BROKEN = "broken", _("the message could not be written, see the log")
    STOPPED = "stopped", _("stopped by a person")
    BLOCKED = "blocked", _("the customer is blocked")


class Trouble(models.TextChoices):
    """What an owner is alarmed about."""

    WAITING = "waiting", _("messages wait too long")
    FAILING = "failing", _("many messages fail")


class Rhythm(models.TextChoices):
    """How often gathered mails leave."""

    HOURLY = "hourly", _("every hour")
    DAILY = "daily", _("once a day")


class Security(models.TextChoices):
    """How the line to a mail server is secured."""

    STARTTLS = "starttls", _("STARTTLS, usually port 587")
    TLS = "tls", _("TLS from the start, usually port 465")
    NONE = "none", _("not secured, usually port 25")


class MailWay(models.TextChoices):
    """How the e-mails of a store leave. All but the first need the packages of requirements-mail-providers.txt."""

    SMTP = "smtp", _("a mail server (SMTP)")
    MAILGUN = "mailgun", "Mailgun"
    POSTMARK = "postmark", "Postmark"
    BREVO = "brevo", "Brevo"


class Mailing(models.TextChoices):
    """E-mails that belong to no request, so that a person may stop them."""

    SURVEY = "survey", _("questions about our help")
    DIGEST = "digest", _("summaries")


class GatewayKind(models.TextChoices):
    KAVENEGAR = "kavenegar", "Kavenegar"
    SMSIR = "smsir", "SMS.ir"
    SMSAPI = "smsapi", "SMSAPI"
    TWILIO = "twilio", "Twilio"
    KANNEL = "kannel", "Kannel"
    HTTP = "http", _("another gateway, by an HTTP call")
    INSTALLATION = "installation", _("the one set up with the installation")


class InboundOutcome(models.TextChoices):
    """What became of an SMS that came in."""

    WAITING = "waiting", _("not looked at yet")
    REPLIED = "replied", _("answer in a request")
    OPENED = "opened", _("new request")
    REVIEW = "review", _("kept for you to decide")
    BLOCKED = "blocked", _("from a blocked customer")
    LIMITED = "limited", _("too many from this number")
    IGNORED = "ignored", _("looked at, nothing done")
