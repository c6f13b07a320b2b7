import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.choices import Language
from common.secrets import EncryptedTextField
from notifications.choices import NOT_ARRIVED, Channel, Reason, State, Template, Urgency
from notifications.fates import fate_of, notice_of
from notifications.querysets import DeliveryQuerySet
from notifications.urgency import UrgencyField


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
    store = models.ForeignKey(
        "stores.Store", models.CASCADE, null=True, blank=True, related_name="+", db_index=False, verbose_name=_("store")
    )
    ticket = models.ForeignKey(
        "tickets.Ticket", models.CASCADE, null=True, blank=True, related_name="deliveries", db_index=False, verbose_name=_("ticket")
    )
    event = models.ForeignKey(
        "tickets.TicketEvent", models.CASCADE, null=True, blank=True, related_name="deliveries", db_index=False, verbose_name=_("event")
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

    digest = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="lines", db_index=False, editable=False, verbose_name=_("carried by")
    )

    state = models.CharField(_("state"), max_length=12, choices=State, default=State.QUEUED)
    urgency = UrgencyField(default=Urgency.USUAL, editable=False)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    next_try_at = models.DateTimeField(_("next attempt at"), default=timezone.now)
    lease_until = models.DateTimeField(_("being sent until"), null=True, blank=True)
    expires_at = models.DateTimeField(_("of no use after"), null=True, blank=True)
    message_id = models.CharField(_("message id"), max_length=255, unique=True, default=new_message_id, editable=False)
    thread_subject = models.CharField(_("subject of its conversation"), max_length=300, blank=True, default="", editable=False)
    provider_id = models.CharField(_("id at the gateway"), max_length=80, blank=True)
    through = models.CharField(_("server or gateway"), max_length=80, blank=True)
    reason = models.CharField(_("reason"), max_length=16, choices=Reason, blank=True)
    remark = models.CharField(_("what the other side said"), max_length=200, blank=True)
    # Of an SMS: which gateway has it, what the others said before [[lane, name, reason, for good], …], and what it costs.
    gateway = models.ForeignKey(
        "notifications.SmsGateway",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="deliveries",
        db_index=False,
        verbose_name=_("gateway"),
    )
    passed_over = models.JSONField(_("gateways that did not take it"), default=list, blank=True)
    parts = models.PositiveSmallIntegerField(_("parts"), null=True, blank=True)
    cost = models.DecimalField(_("cost"), max_digits=12, decimal_places=4, null=True, blank=True)
    currency = models.CharField(_("currency"), max_length=3, blank=True, default="")
    replaces = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="replaced_by", db_index=False, verbose_name=_("goes in place of")
    )

    created_at = models.DateTimeField(_("created at"), default=timezone.now, editable=False)
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)
    delivered_at = models.DateTimeField(_("delivered at"), null=True, blank=True)
    read_at = models.DateTimeField(_("read at"), null=True, blank=True)
    changes = models.PositiveSmallIntegerField(_("number of changes"), default=1)
    resent_from = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, db_index=False, related_name="resent_as", verbose_name=_("repeats")
    )
    dealt_with_at = models.DateTimeField(_("dealt with at"), null=True, blank=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = _("message to a person")
        verbose_name_plural = _("messages to people")
        constraints = [
            models.UniqueConstraint(fields=["event", "template", "channel", "recipient_key"], name="told_once"),
        ]
        indexes = [
            models.Index(fields=["next_try_at"], condition=models.Q(state="queued"), name="deliveries_to_send"),
            models.Index(fields=["next_try_at"], condition=models.Q(state="queued", urgency=0), name="deliveries_to_send_at_once"),
            models.Index(fields=["next_try_at"], condition=models.Q(state="gathered", digest=None), name="deliveries_to_gather"),
            models.Index(
                fields=["user", "template", "-sent_at"], condition=models.Q(channel="mail", user__isnull=False), name="mails_to_colleague"
            ),
            models.Index(fields=["digest"], condition=models.Q(digest__isnull=False), name="lines_of_digest"),
            models.Index(fields=["lease_until"], condition=models.Q(state="sending"), name="deliveries_being_sent"),
            models.Index(fields=["user", "-created_at"], condition=models.Q(channel="in_app"), name="notices"),
            models.Index(fields=["user"], condition=models.Q(channel="in_app", read_at=None), name="notices_unread"),
            models.Index(fields=["ticket", "created_at"], name="deliveries_of_ticket"),
            models.Index(fields=["address", "-created_at"], condition=models.Q(event=None), name="messages_at_the_door"),
            # Limits and costs of SMS are counted from here, reports find their message by the id the gateway gave it.
            models.Index(fields=["address", "sent_at"], condition=models.Q(channel="sms"), name="sms_to_a_number"),
            models.Index(fields=["store", "sent_at"], condition=models.Q(channel="sms"), name="sms_of_a_store"),
            models.Index(fields=["gateway", "sent_at"], condition=models.Q(gateway__isnull=False), name="sms_of_a_gateway"),
            models.Index(fields=["provider_id"], condition=models.Q(gateway__isnull=False), name="sms_by_its_id"),
            models.Index(fields=["store", "-created_at", "-id"], name="messages_of_store"),
            models.Index(fields=["store", "-created_at", "-id"], condition=models.Q(state__in=NOT_ARRIVED), name="messages_that_failed"),
            models.Index(fields=["ticket"], condition=models.Q(state__in=NOT_ARRIVED, dealt_with_at=None), name="messages_to_deal_with"),
            models.Index(fields=["address"], condition=~models.Q(address=""), name="messages_to_address"),
            models.Index(fields=["resent_from"], condition=models.Q(resent_from__isnull=False), name="messages_resent"),
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
        return self.state not in {State.GATHERED, State.QUEUED, State.SENDING}

    @property
    def can_be_retried(self):
        """Whether a person may have it sent again. A message with a one-time code has lost its code by then."""
        is_stopped = self.state == State.DROPPED and self.reason == Reason.STOPPED
        return (self.state in NOT_ARRIVED or is_stopped) and (self.event_id is not None or self.template == Template.DIGEST)

    @property
    def can_go_elsewhere(self):
        """Whether the same news may go to another address of the customer: once its fate is known, and where no link in it is a secret."""
        left = {State.SENT, State.DELIVERED, *NOT_ARRIVED}
        return self.state in left and bool(self.customer_id and self.event_id) and self.template != Template.SURVEY

    @property
    def needs_somebody(self):
        """Whether it has not arrived and nobody said that nothing more is to be done."""
        return self.state in NOT_ARRIVED and self.dealt_with_at is None

    @property
    def can_be_stopped(self):
        """Whether a person may keep it from leaving: news of tickets; who takes emergency access must not silence what tells of it."""
        return self.state == State.QUEUED and self.ticket_id is not None

    @property
    def fate(self):
        """What became of it, in a few translated words: “SMS failed: number unknown”."""
        return fate_of(self)

    @property
    def notice(self):
        """The line of the bell, in the reader's language."""
        return notice_of(self)
