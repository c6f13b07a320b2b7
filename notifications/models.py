import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from i18nfield.fields import I18nCharField, I18nTextField

from accounts.choices import Language
from common.keys import KeyField
from common.secrets import EncryptedTextField
from notifications.choices import Channel, GatewayKind, Reason, Recipient, Security, State, Template
from notifications.fates import fate_of, notice_of
from notifications.querysets import DeliveryQuerySet


def new_message_id():
    """The Message-ID a mail keeps however often it is tried. Random, so nobody guesses one."""
    return f"<{uuid.uuid4().hex}@{settings.MESSAGE_ID_HOST}>"


class Delivery(models.Model):
    """One message to one person by one channel, from its cause until its fate is known.

    Written in the transaction of its cause; the words are made when it is sent. `secret_context` (one-time codes) is
    wiped as soon as the message has a fate. A notice in the back office is delivered by being written.
    """

    template = models.CharField(_("about"), max_length=24, choices=Template)
    channel = models.CharField(_("channel"), max_length=8, choices=Channel)
    store = models.ForeignKey("stores.Store", models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("store"))
    ticket = models.ForeignKey("tickets.Ticket", models.CASCADE, null=True, blank=True, related_name="deliveries", verbose_name=_("ticket"))
    event = models.ForeignKey(
        "tickets.TicketEvent", models.CASCADE, null=True, blank=True, related_name="deliveries", verbose_name=_("event")
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="deliveries", verbose_name=_("member of staff")
    )
    customer = models.ForeignKey(
        "customers.Customer", models.CASCADE, null=True, blank=True, related_name="deliveries", verbose_name=_("customer")
    )
    recipient_key = models.CharField(max_length=40, editable=False)
    address = models.CharField(_("address"), max_length=254, blank=True)
    language = models.CharField(_("language"), max_length=8, choices=Language, default=Language.ENGLISH)
    context = models.JSONField(_("facts"), default=dict, blank=True)
    secret_context = EncryptedTextField(_("secrets"), blank=True, default="")

    state = models.CharField(_("state"), max_length=12, choices=State, default=State.QUEUED)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    next_try_at = models.DateTimeField(_("next attempt at"), default=timezone.now)
    lease_until = models.DateTimeField(_("being sent until"), null=True, blank=True)
    expires_at = models.DateTimeField(_("of no use after"), null=True, blank=True)
    message_id = models.CharField(_("message id"), max_length=255, unique=True, default=new_message_id, editable=False)
    provider_id = models.CharField(_("id at the gateway"), max_length=80, blank=True)
    reason = models.CharField(_("reason"), max_length=16, choices=Reason, blank=True)
    remark = models.CharField(_("what the other side said"), max_length=200, blank=True)

    created_at = models.DateTimeField(_("created at"), default=timezone.now, editable=False)
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)
    delivered_at = models.DateTimeField(_("delivered at"), null=True, blank=True)
    read_at = models.DateTimeField(_("read at"), null=True, blank=True)
    changes = models.PositiveSmallIntegerField(_("number of changes"), default=1)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = _("message to a person")
        verbose_name_plural = _("messages to people")
        constraints = [
            models.UniqueConstraint(fields=["event", "template", "channel", "recipient_key"], name="told_once"),
        ]
        indexes = [
            models.Index(fields=["next_try_at"], condition=models.Q(state="queued"), name="deliveries_to_send"),
            models.Index(fields=["lease_until"], condition=models.Q(state="sending"), name="deliveries_being_sent"),
            models.Index(fields=["user", "-created_at"], condition=models.Q(channel="in_app"), name="notices"),
            models.Index(fields=["user"], condition=models.Q(channel="in_app", read_at=None), name="notices_unread"),
            models.Index(fields=["ticket", "created_at"], name="deliveries_of_ticket"),
            models.Index(fields=["address", "-created_at"], condition=models.Q(event=None), name="messages_at_the_door"),
        ]

    def __str__(self):
        return f"{self.template} · {self.channel} · {self.state}"

    @property
    def recipient(self):
        """The account that reads it, when there is one: staff, or a customer's."""
        return self.user or (self.customer.user if self.customer else None)

    @property
    def is_copy(self):
        """Whether it goes to somebody in copy of the ticket, who is neither its customer nor staff."""
        return self.recipient_key.startswith("copy:")

    @property
    def is_over(self):
        return self.state not in {State.QUEUED, State.SENDING}

    @property
    def can_be_retried(self):
        """Whether a person may have it sent again. A message with a one-time code has lost its code by then."""
        return self.state in {State.FAILED, State.UNKNOWN} and self.event_id is not None

    @property
    def fate(self):
        """What became of it, in a few translated words: “SMS failed: number unknown”."""
        return fate_of(self)

    @property
    def notice(self):
        """The line of the bell, in the reader's language."""
        return notice_of(self)


class EventText(models.Model):
    """The owner's own words for one event, in one store. What is empty in a language keeps the product's words there.

    `carries_answer` (C10): whether the text of an answer stands in the message, or only the link to it.
    """

    store = models.ForeignKey("stores.Store", models.CASCADE, related_name="event_texts", verbose_name=_("store"))
    template = models.CharField(_("about"), max_length=24, choices=Template)
    subject = I18nCharField(_("subject"), max_length=200, blank=True)
    body = I18nTextField(_("e-mail"), blank=True)
    sms = I18nTextField(_("SMS"), blank=True)
    carries_answer = models.BooleanField(_("carries the text of the answer"), default=True)
    by_mail = models.BooleanField(_("sent by e-mail"), default=True)
    by_sms = models.BooleanField(_("sent by SMS"), default=True)

    class Meta:
        default_permissions = ()
        verbose_name = _("text of an event")
        verbose_name_plural = _("texts of events")
        constraints = [models.UniqueConstraint(fields=["store", "template"], name="one_text_per_event")]

    def __str__(self):
        return f"{self.template} · {self.store_id}"


class ActionText(models.Model):
    """A text that actions send. One text serves many actions."""

    key = KeyField(unique=True)
    name = models.CharField(_("name, for staff"), max_length=80)
    subject = I18nCharField(_("subject"), max_length=200)
    body = I18nTextField(_("e-mail"))
    sms = I18nTextField(_("SMS"), blank=True, help_text=_("Empty: no SMS is sent."))
    archived_at = models.DateTimeField(_("archived at"), null=True, blank=True, editable=False)

    class Meta:
        default_permissions = ()
        verbose_name = _("text of actions")
        verbose_name_plural = _("texts of actions")
        ordering = ["name", "pk"]

    def __str__(self):
        return self.name


class ActionMessage(models.Model):
    """An action sends this text to these people."""

    action = models.ForeignKey("statuses.Action", models.CASCADE, related_name="messages", verbose_name=_("action"))
    text = models.ForeignKey(ActionText, models.PROTECT, related_name="uses", verbose_name=_("text"))
    recipient = models.CharField(_("to"), max_length=12, choices=Recipient)
    address = models.EmailField(_("address"), max_length=254, blank=True, default="")
    position = models.PositiveSmallIntegerField(_("place"), default=0)

    class Meta:
        default_permissions = ()
        verbose_name = _("message of an action")
        verbose_name_plural = _("messages of actions")
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["action", "text", "recipient", "address"], name="action_tells_once")]

    def __str__(self):
        return f"{self.text_id} · {self.recipient}"


class MailAccount(models.Model):
    """The mail server of a store, as its owner set it up in the pages. That of the default store serves every store without one.

    Without any, the environment's own server is used.
    """

    store = models.OneToOneField("stores.Store", models.CASCADE, related_name="mail_account", verbose_name=_("store"))
    host = models.CharField(_("mail server"), max_length=253)
    port = models.PositiveIntegerField(_("port"), default=587)
    security = models.CharField(_("security of the line"), max_length=8, choices=Security, default=Security.STARTTLS)
    user = models.CharField(_("user name"), max_length=254, blank=True)
    password = EncryptedTextField(_("password"), blank=True, default="")
    sender = models.EmailField(_("address mails leave from"), max_length=254)
    checked_at = models.DateTimeField(_("a test message left at"), null=True, blank=True, editable=False)

    class Meta:
        default_permissions = ()
        verbose_name = _("mail server of a store")
        verbose_name_plural = _("mail servers of stores")

    def __str__(self):
        return f"{self.host}:{self.port}"


class SmsAccount(models.Model):
    """The SMS gateway of a store. `key` stands where the other fields say {secret}."""

    store = models.OneToOneField("stores.Store", models.CASCADE, related_name="sms_account", verbose_name=_("store"))
    gateway = models.CharField(_("gateway"), max_length=12, choices=GatewayKind, default=GatewayKind.KAVENEGAR)
    sender = models.CharField(_("sender"), max_length=40, blank=True)
    key = EncryptedTextField(_("key"), blank=True, default="")
    templates = models.JSONField(_("approved templates"), default=dict, blank=True)
    url = models.CharField(_("address of the call"), max_length=500, blank=True)
    method = models.CharField(_("kind of call"), max_length=4, default="POST")
    headers = models.JSONField(_("headers"), default=dict, blank=True)
    body = models.TextField(_("body of the call"), blank=True)
    success = models.CharField(_("words of a good answer"), max_length=100, blank=True)
    checked_at = models.DateTimeField(_("a test message left at"), null=True, blank=True, editable=False)

    class Meta:
        default_permissions = ()
        verbose_name = _("SMS gateway of a store")
        verbose_name_plural = _("SMS gateways of stores")

    def __str__(self):
        return self.get_gateway_display()


class NoticeChoice(models.Model):
    """How one member of staff wants to hear, where that differs from the usual: who never chose has no row.

    `ways`: {"topic.channel": whether}; `watches`: the reasons for which a ticket is watched by itself.
    """

    REASONS = {
        "opened": _("I open for a customer"),
        "answered": _("I answer"),
        "mentioned": _("I am mentioned in"),
    }

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="notice_choice", verbose_name=_("member of staff")
    )
    ways = models.JSONField(_("ways"), default=dict, blank=True)
    watches = models.JSONField(_("watched by itself"), default=list, blank=True)

    class Meta:
        default_permissions = ()
        verbose_name = _("choice of news")
        verbose_name_plural = _("choices of news")

    def __str__(self):
        return str(self.user_id)
