"""What belongs to no ticket: those who give rights hear of emergency access, and a new colleague of having been added."""

from django.db import transaction
from django.utils import timezone

from accounts.services import is_email
from notifications.choices import Channel, State, Template
from notifications.models import Delivery
from notifications.services import tell_address
from notifications.waking import wake
from permissions.querysets import people_who_grant
from stores.addresses import lasting_url


@transaction.atomic
def tell_of_emergency(user, department, *, ends_at, reason):
    """Everybody else who gives rights where the department belongs hears of it, in the back office and by mail. Returns whom it told."""
    context = {"actor": str(user), "department": department.name.data, "until": ends_at.isoformat(), "reason": reason}
    now, told, rows = timezone.now(), {}, []
    for store in department.stores.order_by("pk"):
        for person in people_who_grant(store).exclude(pk__in=[user.pk, *told]):
            told[person.pk] = person
            same = {
                "template": Template.EMERGENCY, "store": store, "user": person, "context": context,
                "recipient_key": f"user:{person.pk}", "language": person.language or store.language,
            }  # fmt: skip
            rows.append(Delivery(channel=Channel.IN_APP, state=State.DELIVERED, sent_at=now, delivered_at=now, **same))
            if person.email:
                rows.append(Delivery(channel=Channel.MAIL, address=person.email, **same))
    stored = Delivery.objects.bulk_create(rows)
    wake([row.pk for row in stored if row.state == State.QUEUED])
    return list(told.values())


def invite(person, *, store, by):
    """Tell a new colleague how to sign in, at each address there is. Nothing in it opens anything: the door sends its own code."""
    link = lasting_url("account_login")
    for address in filter(None, [person.email, person.phone]):
        tell_address(
            Template.INVITED, Channel.MAIL if is_email(address) else Channel.SMS, address, store=store,
            language=person.language or store.language, first_name=person.first_name, actor=str(by), link=link,
        )  # fmt: skip
