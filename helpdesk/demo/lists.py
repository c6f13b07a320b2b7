"""Tags on the tickets of the demo store, views of its inbox, and what somebody watches."""

from tickets.models import Tag, Ticket
from tickets.models.saved_view import Audience, Layout
from tickets.models.tag import folded_name
from tickets.services import saved_views
from tickets.services.tagging import put_tags
from tickets.services.watching import watch_ticket

# name, hue, beginnings of the subjects it stands on
TAGS = [
    ("batch 2608", 25, ["Coffee grinder rattles", "آسیاب قهوه", "Młynek hałasuje"]),
    ("warranty", 155, ["Coffee grinder rattles", "Scale shows", "Odpadł uchwyt", "Чайник протекает"]),
    ("urgent", 50, ["پرداخت تکراری", "Paczka oznaczona"]),
    ("gift", 325, ["Coffee grinder rattles", "Which scale"]),
    ("invoice", 255, ["Add a company name", "افزودن نام شرکت", "Faktura na starą"]),
]


def add_lists(shop, departments, workflow, staff, teams):
    """Called when all stories are told. Tags are put without a line of history, as if they had always been there."""
    _tag(shop)
    payment = workflow.by_code["payment"]
    mine = {
        "alice": [
            ("Waiting for payment", {"view": "open", "status": str(payment.pk)}, ""),
            ("Repairs by status", {"view": "open", "department": str(departments["repairs"].pk)}, Layout.BOARD),
            ("Unread, with files", {"view": "open", "files": "1", "unread": "1"}, ""),
        ],
        "negar": [
            ("در انتظار پرداخت", {"view": "open", "status": str(payment.pk)}, ""),
            ("تعمیرها روی تخته", {"view": "open", "department": str(departments["repairs"].pk)}, Layout.BOARD),
        ],
        "bob": [("No answer for a day", {"view": "open", "waiting": "1d"}, "")],
    }
    for key, views in mine.items():
        for name, query, layout in views:
            saved_views.save_view(name=name, query=query, layout=layout, by=staff[key])
    late = saved_views.save_view(name="Late, nobody has it", query={"view": "unassigned", "due": "late"}, by=staff["olga"])
    saved_views.give_view(late, audience=Audience.EVERYBODY, by=staff["olga"])
    bad = saved_views.save_view(name="Badly rated", query={"view": "closed", "rating": "bad", "sort": "newest"}, by=staff["olga"])
    saved_views.give_view(bad, audience=Audience.SOME, teams=list(teams.values()), people=[staff["alice"]], by=staff["olga"])
    watched = Ticket.objects.visible_to(staff["alice"]).still_open().exclude(assignee=staff["alice"]).order_by("pk")[:2]
    for ticket in watched:
        watch_ticket(ticket, by=staff["alice"])


def _tag(shop):
    for name, hue, subjects in TAGS:
        tag = Tag.objects.create(store=shop, name=name, folded=folded_name(name), hue=hue)
        for subject in subjects:
            for ticket in Ticket.objects.filter(store=shop, subject__startswith=subject):
                put_tags(ticket, [tag.pk])
