"""What owners switched off beside the words of a message is a rule of its own from here on."""

from django.db import migrations

#: Who heard of these messages. What stands nowhere here could not be switched off.
AUDIENCES = {
    "thanks": ["customer"],
    "opened_for_you": ["customer"],
    "reply": ["customer", "copies"],
    "closed": ["customer"],
    "merged": ["customer"],
    "survey": ["customer"],
    "opened": ["department"],
    "assigned": ["holder"],
    "team_assigned": ["team"],
    "passed_on": ["holder", "team", "department"],
    "customer_replied": ["holder", "team", "department"],
    "reopened": ["holder", "team", "department"],
    "rated": ["holder"],
    "mentioned": ["named"],
    "shared": ["named"],
    "woken": ["holder", "team", "named"],
    "merged_away": ["holder"],
    "watched": ["watchers"],
}


def make_rules(apps, schema_editor):
    EventText, MessageRule = apps.get_model("notifications", "EventText"), apps.get_model("notifications", "MessageRule")
    for row in EventText.objects.all():
        for audience in AUDIENCES.get(row.template, ()):
            for channel, is_on in (("mail", row.by_mail), ("sms", row.by_sms)):
                if not is_on and not (audience == "copies" and channel == "sms"):
                    MessageRule.objects.get_or_create(
                        store_id=row.store_id, department=None, template=row.template, audience=audience, channel=channel,
                        defaults={"is_on": False},
                    )  # fmt: skip
    EventText.objects.filter(by_mail=False).update(by_mail=True)
    EventText.objects.filter(by_sms=False).update(by_sms=True)


def take_back(apps, schema_editor):
    EventText, MessageRule = apps.get_model("notifications", "EventText"), apps.get_model("notifications", "MessageRule")
    for rule in MessageRule.objects.filter(department=None, is_on=False, channel__in=["mail", "sms"]):
        if rule.template in AUDIENCES and rule.audience == AUDIENCES[rule.template][0]:
            row, _made = EventText.objects.get_or_create(store_id=rule.store_id, template=rule.template)
            setattr(row, f"by_{rule.channel}", False)
            row.save()


class Migration(migrations.Migration):
    dependencies = [("notifications", "0016_who_hears")]

    operations = [migrations.RunPython(make_rules, take_back)]
