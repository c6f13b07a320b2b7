"""The tickets of quality.toml, opened and written as people do it, and what quality.txt wants of them."""

import re
import tomllib
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

from django.core.files.base import ContentFile
from django.utils import timezone
from i18nfield.strings import LazyI18nString

from backoffice.tickets.listing import sections_in_order
from backoffice.tickets.lists import Choice
from backoffice.tickets.searching import search_of
from common.paging import page_of
from common.uploads import CheckedFile
from permissions.sight import Sight
from statuses.models import StatusKind
from tests.make import make_customer, make_department, make_field, make_message, make_staff, make_store, make_team, make_ticket
from tickets.covering import known_stores
from tickets.models import Ticket
from tickets.search.writing import write
from tickets.services import lifecycle
from tickets.services.fields import write_values
from tickets.services.writing import attach

HERE = Path(__file__).parent
TABLE = tomllib.loads((HERE / "quality.toml").read_text())
STATUSES = {"closed": StatusKind.CLOSED, "waiting": StatusKind.WAITING_FOR_CUSTOMER}


def open_shop():
    """alice and bob, who see everything, and the tickets by their keys."""
    make_store(phone_region="PL")
    support = make_department(LazyI18nString({"en": "Support", "fa": "پشتیبانی", "pl": "Wsparcie", "ru": "Поддержка"}))
    sales = make_department(LazyI18nString({"en": "Sales", "fa": "فروش", "pl": "Sprzedaż", "ru": "Продажи"}), workflow=support.workflow)
    alice, bob = make_staff("Alice Green", support, sales), make_staff("Bob Brown", support, sales)
    shop = SimpleNamespace(support=support, sales=sales, alice=alice, bob=bob, tickets={})
    shop.night = make_team("Night shift")
    shop.order = make_field("Order number", key="order")
    shop.customers = {key: make_customer(**given) for key, given in TABLE["customers"].items()}
    for key, given in TABLE["tickets"].items():
        shop.tickets[key] = _open(shop, **given)
    return shop


def _open(shop, *, number, customer, subject, said, answers=(), notes=(), files=(), fields=None, department="support", **given):
    ticket = make_ticket(subject, department=getattr(shop, department), customer=shop.customers[customer], text=said[0])
    for text in said[1:]:
        make_message(ticket, text)
    for text in answers:
        make_message(ticket, text, by=shop.alice)
    for text in notes:
        make_message(ticket, text, by=shop.alice, note=True)
    if files:
        for name in files:
            attach(ticket.messages.earliest("pk"), CheckedFile(name, "text/plain", 5, ContentFile(b"bytes", name)))
    if fields:
        write_values(ticket, {shop.order: fields["order"]})
    changes = {"number": number, "has_files": bool(files), "closed_at": None}
    if "status" in given:
        changes["status"] = ticket.status.workflow.status_of_kind(STATUSES[given["status"]])
        changes["closed_at"] = timezone.now() if given["status"] == "closed" else None
    changes |= {"assignee": getattr(shop, given["assignee"])} if "assignee" in given else {"assignee": None}
    changes |= {"team": shop.night} if "team" in given else {}
    if "days_ago" in given:
        changes["created_at"] = changes["last_message_at"] = timezone.now() - timedelta(days=given["days_ago"])
    Ticket.objects.filter(pk=ticket.pk).update(**changes)
    ticket = Ticket.objects.get(pk=ticket.pk)
    write(ticket)
    if given.get("is_read"):
        lifecycle.mark_read(ticket, by=shop.alice, until=ticket.last_message_at)
    return ticket


def found_by(shop, typed, person=None):
    """Keys of what somebody finds, in its order."""
    sight = Sight.of(person or shop.alice)
    search = search_of(typed, sight, known_stores(sight))
    keys = {ticket.pk: key for key, ticket in shop.tickets.items()}
    page = page_of(sections_in_order(Choice("all", words=typed), sight, search), size=200)
    return [keys[row.pk] for row in page.rows]


def wishes():
    """[(line number, what is typed, the keys it should find, the first of them or "", whether it is known to miss)]."""
    rows = []
    for number, line in enumerate((HERE / "quality.txt").read_text().splitlines(), 1):
        if not line.strip() or line.startswith("#") and "|" not in line:
            continue
        typed, _bar, wanted = line.rpartition("|")
        is_miss = typed.startswith("~")
        keys, first = set(), ""
        for word in wanted.split():
            key = word.removeprefix("!")
            first = key if word != key else first
            theirs = {name for name, given in TABLE["tickets"].items() if given["customer"] == key.removeprefix("@")}
            keys |= theirs if key.startswith("@") else {key}
        unknown = keys - TABLE["tickets"].keys()
        if unknown or re.search(r"@\w+", wanted) and not keys:
            raise ValueError(f"quality.txt, line {number}: there is no ticket {unknown or wanted}")
        rows.append((number, typed.removeprefix("~").strip(), keys, first, is_miss))
    return rows
