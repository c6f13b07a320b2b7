"""What stands in the database about messages: each kind of row in a file of its own."""

from notifications.models.address_state import AddressState
from notifications.models.bounce_mailbox import BounceMailbox
from notifications.models.delivery import Delivery, new_message_id
from notifications.models.delivery_step import DeliveryStep
from notifications.models.delivery_watch import DeliveryAlarm, DeliveryWatch
from notifications.models.inbound_sms import InboundSms
from notifications.models.mail_account import MailAccount
from notifications.models.message_rule import MessageRule, MessageSettings
from notifications.models.notice_choice import NoticeChoice
from notifications.models.push_subscription import PushSubscription
from notifications.models.signature import MailSignature
from notifications.models.sms_gateway import SmsGateway, SmsTemplate
from notifications.models.sms_rules import SmsRules
from notifications.models.texts import ActionMessage, ActionText, EventText

__all__ = [
    "ActionMessage",
    "ActionText",
    "AddressState",
    "BounceMailbox",
    "Delivery",
    "DeliveryAlarm",
    "DeliveryStep",
    "DeliveryWatch",
    "EventText",
    "InboundSms",
    "MailAccount",
    "MailSignature",
    "MessageRule",
    "MessageSettings",
    "NoticeChoice",
    "PushSubscription",
    "SmsGateway",
    "SmsRules",
    "SmsTemplate",
    "new_message_id",
]
