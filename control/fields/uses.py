"""Where a field is used, in sentences, before its owner removes it."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from common.numbers import format_number
from common.templatetags.formats import isolate
from custom_fields.models import ActionField, CustomerValue, Field
from tickets.models import FieldValue

NAMED = 6


@dataclass
class Uses:
    tickets: int
    customers: int
    actions: list
    fields: list

    @property
    def is_held(self):
        """Whether somebody has filled it in: then its kind stays."""
        return self.held > 0

    @property
    def held(self):
        return self.tickets + self.customers

    @property
    def seal(self):
        """What the owner was told; when it differs at the moment of removing, they are told anew."""
        return "-".join(str(pk) for pk in [*sorted(row.pk for row in self.actions), 0, *sorted(field.pk for field in self.fields)])

    @property
    def sentences(self):
        told = []
        if self.tickets:
            words = ngettext(
                "%(number)s ticket holds an answer. It stays to be read there, as an old field.",
                "%(number)s tickets hold an answer. It stays to be read there, as an old field.",
                self.tickets,
            )
            told.append(words % {"number": format_number(self.tickets)})
        if self.customers:
            words = ngettext(
                "It is filled in for %(number)s customer. That stays kept.",
                "It is filled in for %(number)s customers. That stays kept.",
                self.customers,
            )
            told.append(words % {"number": format_number(self.customers)})
        if self.actions:
            told.append(
                _("These actions ask for it, and will not any more: %(actions)s.") % {"actions": _named(row.action for row in self.actions)}
            )
        if self.fields:
            words = _("These fields are asked only after a certain answer to it, and will always be asked then: %(fields)s.")
            told.append(words % {"fields": _named(self.fields)})
        return told


def uses_of(field):
    actions = ActionField.objects.filter(field=field, action__archived_at=None).select_related("action__status")
    return Uses(
        tickets=FieldValue.objects.filter(field=field).values("ticket").distinct().count(),
        customers=CustomerValue.objects.filter(field=field).values("customer").distinct().count(),
        actions=list(actions),
        fields=list(Field.objects.kept().filter(shown_when=field)),
    )


def _named(things):
    names = [isolate(thing) for thing in things]
    return _(", ").join(names[:NAMED]) + (" …" if len(names) > NAMED else "")
