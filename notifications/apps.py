from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NotificationsConfig(AppConfig):
    name = "notifications"
    verbose_name = _("Messages to people")

    def ready(self):
        from common.kept import watch

        watch("notifications.PushSubscription", besides=["last_good_at"])
        watch("notifications.MailAccount", besides=["checked_at"])
        watch("notifications.BounceMailbox", besides=["reading_until", "uid_validity", "last_uid", "read_at", "failing_since"])
        watch(
            "notifications.DeliveryAlarm",
            "notifications.NoticeChoice",
            "notifications.EventText",
            "notifications.MailSignature",
            "notifications.MessageRule",
            "notifications.MessageSettings",
            "notifications.SmsRules",
            "notifications.SmsTemplate",
        )
        watch("notifications.SmsGateway", besides=["checked_at", "balance"])
