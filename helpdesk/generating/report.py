"""What was made, in one file: for whoever measures, and for the last lines of the command. Shape: docs/contributors/generated-data.md."""

import json
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db.models import Count

from customers.models import Customer
from helpdesk.demo.files import checked_file
from helpdesk.demo.store import PASSWORD
from helpdesk.generating.databases import database
from helpdesk.generating.extras import FILE
from helpdesk.generating.samples import sample_words
from permissions.querysets import stores_where
from permissions.rights import StoreRight
from stores.models import Store
from tickets.models import Ticket


def write_report(plan, *, with_file=False):
    store = Store.objects.get(pk=plan["store"])
    if with_file and not default_storage.exists(FILE):
        default_storage.save(FILE, ContentFile(checked_file("file.pdf").content.read()))
    path = Path(settings.DATA_DIR) / "generated.json"
    report = {
        "seed": plan["seed"],
        "until": datetime.fromtimestamp(plan["until"], UTC).isoformat(),
        "password": PASSWORD,
        "rows": {name: sum(making["counts"][name] for making in plan["makings"]) for name in plan["makings"][0]["counts"]},
        "seconds": sum(making["seconds"] for making in plan["makings"]),
        "bytes": database().size(),
        "store": {"id": store.pk, "key": store.key},
        "people": {word: _person(person, store) for word, person in plan["people"].items()},
        "staff": list(_staff(plan).order_by("pk").values_list("email", flat=True)),
        "customers": _customers(plan),
        "words": sample_words(plan),
        "path": str(path),
    }
    report["tickets"] = _tickets(plan, report["customers"]["with_account"])
    path.write_text(json.dumps(report, ensure_ascii=False, indent=1))
    return report


def _staff(plan):
    seers = {person for people in plan["seers"].values() for person in people}
    return get_user_model().objects.filter(pk__in=seers)


def _person(person, store):
    user = get_user_model().objects.get(pk=person["id"])
    return person | {"knows_customers": stores_where(user, StoreRight.VIEW_CUSTOMERS).filter(pk=store.pk).exists()}


def _customers(plan):
    """Among the first thousand of the regulars."""
    first = plan["makings"][0]["ids"]["customers"][0]
    known = Customer.objects.filter(pk__gte=first, pk__lt=first + 1000).annotate(asked=Count("tickets"))
    account = known.exclude(user=None)
    found = {
        "with_account": account.filter(asked__gte=25, asked__lte=60).order_by("asked", "pk").first() or account.order_by("-asked").first(),
        "busiest": known.order_by("-asked", "pk").first(),
    }
    return {
        word: customer
        and {"id": customer.pk, "email": customer.email, "phone": customer.phone, "name": customer.name, "tickets": customer.asked}
        for word, customer in found.items()
    }


def _tickets(plan, with_account):
    first, tickets = plan["makings"][0]["ids"]["tickets"][0], Ticket.objects.order_by("pk")
    talked = tickets.filter(pk__gte=first, pk__lt=first + plan["makings"][0]["size"]).annotate(said=Count("messages"))
    openly = Ticket.objects.still_open().filter(waiting_since__isnull=False).order_by("-pk")
    people = [get_user_model().objects.get(pk=plan["people"][word]["id"]) for word in ("mixed", "few_rights")]
    both = openly.filter(pk__in=Ticket.objects.visible_to(people[0]).values("pk")).filter(
        pk__in=Ticket.objects.visible_to(people[1]).values("pk")
    )
    of_account = Ticket.objects.filter(customer=with_account and with_account["id"]).order_by("closed_at", "-pk")
    found = {
        "messages_5": talked.filter(said=5, closed_at__isnull=False).first(),
        "messages_200": talked.filter(said=200, closed_at__isnull=False).first(),
        "open": both.first() or openly.filter(pk__in=Ticket.objects.visible_to(people[0]).values("pk")).first() or openly.first(),
        "of_account": of_account.still_open().first() or of_account.first(),
    }
    return {word: ticket and {"id": ticket.pk, "number": ticket.number} for word, ticket in found.items()}
