"""What stands in the database about messages: each kind of row in a file of its own."""

from notifications.models.delivery import Delivery, new_message_id
from notifications.models.mail_account import MailAccount
from notifications.models.notice_choice import NoticeChoice
from notifications.models.push_subscription import PushSubscription
from notifications.models.sms_account import SmsAccount
from notifications.models.texts import ActionMessage, ActionText, EventText

__all__ = [
    "ActionMessage",
    "ActionText",
    "Delivery",
    "EventText",
    "MailAccount",
    "NoticeChoice",
    "PushSubscription",
    "SmsAccount",
    "new_message_id",
]
