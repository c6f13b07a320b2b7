"""The one gateway of a store becomes the first of several."""

from django.db import migrations

OLD_KINDS = {"kavenegar", "smsapi", "http"}
CODE = [["token", "link"], ["token", "code"]]
TICKET = [["token", "number"], ["token2", "link"]]
DOOR = {"sign_in_code", "address_code", "reset_password"}
SAME = ("store_id", "sender", "key", "url", "method", "headers", "body", "success", "checked_at")


def to_gateways(apps, schema_editor):
    old, new, approved = (apps.get_model("notifications", name) for name in ("SmsAccount", "SmsGateway", "SmsTemplate"))
    for account in old.objects.all():
        gateway = new.objects.create(kind=account.gateway, **{name: getattr(account, name) for name in SAME})
        for about, name in account.templates.items():
            approved.objects.create(
                gateway=gateway, template=about[:24], name=str(name)[:100], parameters=CODE if about in DOOR else TICKET
            )  # fmt: skip


def to_accounts(apps, schema_editor):
    old, new = (apps.get_model("notifications", name) for name in ("SmsAccount", "SmsGateway"))
    for gateway in new.objects.filter(kind__in=OLD_KINDS).order_by("position", "pk"):
        if not old.objects.filter(store_id=gateway.store_id).exists():
            templates = {one.template: one.name for one in gateway.templates.all()}
            old.objects.create(gateway=gateway.kind, templates=templates, **{name: getattr(gateway, name) for name in SAME})


class Migration(migrations.Migration):
    dependencies = [("notifications", "0019_bad_rating")]

    operations = [migrations.RunPython(to_gateways, to_accounts)]
