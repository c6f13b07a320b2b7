"""The owner's word on who hears what, in one line."""

from notifications.models import MessageRule


def rule(store, template, audience, channel, is_on, *, department=None):
    return MessageRule.objects.create(
        store=store, department=department, template=template, audience=audience, channel=channel, is_on=is_on
    )
