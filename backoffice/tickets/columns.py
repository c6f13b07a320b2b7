"""The columns of the dense list: which there are, which somebody chose, and what each row reads for them."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

FIELD = "field-"


@dataclass(frozen=True)
class Column:
    """`needs`: columns of the ticket's table that no other row reads."""

    key: str
    label: object
    needs: tuple = ()
    field: object = None


COLUMNS = [
    Column("number", _("Number")),
    Column("subject", _("Subject")),
    Column("last", _("Last words")),
    Column("customer", _("Customer")),
    Column("status", _("Status")),
    Column("department", _("Department")),
    Column("assignee", _("Assignee")),
    Column("priority", _("Priority")),
    Column("type", _("Type")),
    Column("tags", _("Tags")),
    Column("due", _("Due")),
    Column("opened", pgettext_lazy("column: when the ticket was opened", "Opened"), needs=("created_at",)),
    Column("said", _("Last message")),
    Column("waiting", _("Customer waits since"), needs=("waiting_since",)),
    Column("source", _("Came by"), needs=("source",)),
    Column("rating", _("Rating")),
]
USUAL = ["number", "subject", "customer", "status", "assignee", "due"]


def columns_there_are(fields):
    """All of them, with those of the owner's fields that lists show. `fields`: those the reader may see."""
    own = [Column(f"{FIELD}{field.pk}", str(field.label), field=field) for field in fields if field.in_lists and not field.is_secret]
    return [*COLUMNS, *own]


def columns_chosen(kept, fields):
    """The columns of a list in their order. `kept`: the keys somebody chose; what is not there any more is left out."""
    there = {column.key: column for column in columns_there_are(fields)}
    chosen = [there[key] for key in dict.fromkeys(kept or USUAL) if key in there]
    # The subject is the way into the ticket.
    return chosen if any(column.key == "subject" for column in chosen) else [there["subject"], *chosen]


def columns_in_order(kept, fields):
    """[(column, whether it is shown)]: the chosen ones in their order, then the rest."""
    chosen = columns_chosen(kept, fields)
    return [(column, True) for column in chosen] + [(column, False) for column in columns_there_are(fields) if column not in chosen]
