"""Every message the product sends, with made-up facts, as it would leave: for the pictures (message_pictures.py) and the tests of them."""

from contextlib import ExitStack
from dataclasses import dataclass
from datetime import timedelta
from unittest.mock import patch

from django.utils import timezone, translation
from i18nfield.strings import LazyI18nString

from notifications.about import ABOUT, STAFF
from notifications.choices import Channel, Template
from notifications.directions import without_marks
from notifications.models import ActionText, EventText
from notifications.rendering import Preview, mail_of, sms_of
from notifications.samples import sample_delivery
from notifications.sms_texts import measure

#: What stands in the bell alone, or has words for each occasion of its own.
IN_THE_BELL = {Template.EXPORTED, Template.HELD_BACK, Template.NOT_ARRIVED}
#: What a message that gathers others is made of.
CARRIERS = {Template.DIGEST: Template.CUSTOMER_REPLIED, Template.ANSWERS: Template.REPLY}
#: Whose facts serve for one that no owner can word.
LIKE = {**CARRIERS, Template.ALARM: Template.EMERGENCY, Template.ALARM_OVER: Template.EMERGENCY}
WITHOUT_TICKET = {Template.DIGEST, Template.ALARM, Template.ALARM_OVER}
#: What an owner could have written for an action.
OWNERS_WORDS = ActionText(
    name="Payment received",
    subject=LazyI18nString(
        {"en": "Your payment is here", "fa": "پرداخت شما رسید", "pl": "Płatność dotarła", "ru": "Ваш платёж получен"},
    ),
    body=LazyI18nString(
        {
            "en": "Hello {first_name},\n\nyour payment for “{subject}” is here. We send the parcel tomorrow.\n\n{link}",
            "fa": "سلام {first_name}،\n\nپرداخت شما برای «{subject}» رسید. بسته را فردا می‌فرستیم.\n\n{link}",
            "pl": "Cześć, {first_name}!\n\nPłatność za „{subject}” dotarła. Paczkę wyślemy jutro.\n\n{link}",
            "ru": "Здравствуйте, {first_name}!\n\nВаш платёж по запросу «{subject}» получен. Завтра отправим посылку.\n\n{link}",
        }
    ),
    sms=LazyI18nString(
        {
            "en": "{store}: your payment is here. {link}",
            "fa": "{store}: پرداخت شما رسید. {link}",
            "pl": "{store}: płatność dotarła. {link}",
            "ru": "{store}: ваш платёж получен. {link}",
        }
    ),
)


@dataclass(frozen=True)
class Sample:
    """`name` says which message it is, and to whom where that makes a difference; `sms` is empty where there is none."""

    name: str
    template: Template
    subject: str
    text: str
    html: str
    sms: str

    @property
    def length(self):
        return measure(self.sms)


def variants():
    """[(name, template, reader, words of the owner)] of everything that leaves as a mail."""
    found = [(str(template), template, "", None) for template in Template if template not in IN_THE_BELL | {Template.ACTION}]
    found += [(f"action_to_{reader}", Template.ACTION, reader, OWNERS_WORDS) for reader in ("customer", "staff")]
    found.append(("reply_without_its_text", Template.REPLY, "", EventText(carries_answer=False)))
    return found


def samples(store, language):
    """[Sample] in this language, as the store's people would read them."""
    with translation.override(language):
        return [_sample(store, language, *variant) for variant in variants()]


def _sample(store, language, name, template, reader, words):
    delivery = _delivery(template, store, language, reader)
    # Without words of the owner, whatever stands in the store's own texts.
    preview = Preview(text=words or (EventText() if template in ABOUT else None))
    with ExitStack() as stack:
        if template in CARRIERS:
            # Nobody may know a customer who is not there.
            stack.enter_context(patch("notifications.without_ticket.cover_ticket"))
            lines = _lines(template, store, language)
            for place in ("notifications.without_ticket.shown_lines_of", "notifications.rendering.shown_lines_of"):
                stack.enter_context(patch(place, lambda _delivery: (lines, len(lines))))
        subject, text, html = mail_of(delivery, preview)
        delivery.channel = Channel.SMS
        sms = sms_of(delivery, preview).text if has_sms(template) else ""
    return Sample(name, template, without_marks(subject), text, html, sms)


def _delivery(template, store, language, reader):
    delivery = sample_delivery(LIKE.get(template, template), store=store, language=language, reader=reader)
    delivery.template = template
    if template in WITHOUT_TICKET:
        delivery.ticket = delivery.event = None
    if template in WITHOUT_TICKET - set(CARRIERS):
        since = (timezone.now() - timedelta(minutes=40)).isoformat()
        delivery.context = {"channel": "sms", "trouble": "waiting", "reason": "no_credit", "since": since, "minutes": 40, "count": 12}
    return delivery


def _lines(template, store, language):
    return [sample_delivery(CARRIERS[template], store=store, language=language) for _number in range(2)]


def has_sms(template):
    """To customers and at the door; staff get by SMS what the bell says, which stands there."""
    return template == Template.ACTION or template in ABOUT and ABOUT[template].has_sms and ABOUT[template].readers != STAFF
