"""What staff of the demo store keep beside two of its tickets: a checklist, time worked, somebody in copy, who watches."""

from tickets.models import Ticket
from tickets.services.checklist import add_items, tick_item
from tickets.services.copies import copy_to
from tickets.services.watching import add_watcher
from tickets.services.work import record_time

#: Who, beginning of the subject, items (the first ones done), minutes with what was done, in copy.
KEPT = [
    (
        "alice",
        "Coffee grinder rattles",
        ["Ask for a photo of the label", "Order the burr of batch 2608", "Call the courier", "Tell the customer the day"],
        (25, "Compared it with the two other grinders of this batch"),
        ("Piotr Nowak", "piotr@mail.example"),
    ),
    (
        "negar",
        "آسیاب قهوه بعد",
        ["گرفتن عکس برچسب", "سفارش تیغه از انبار", "هماهنگی با پیک"],
        (40, "تماس با انبار و بررسی تیغه‌های سری ۲۶۰۸"),
        ("سارا کریمی", "sara@mail.example"),
    ),
]


def keep_beside(staff):
    for key, subject, names, (minutes, done), someone in KEPT:
        ticket, by = Ticket.objects.get(subject__startswith=subject), staff[key]
        items = add_items(ticket, names, by=by)
        for item in items[:2]:
            tick_item(item, done=True, by=by)
        record_time(ticket, minutes=minutes, note=done, by=by)
        copy_to(ticket, [someone], by=by)
        add_watcher(ticket, by, by=by)
