"""The table: one row for each message and who hears it, one cell for each way; for the store, or for one department of it."""

from collections import namedtuple
from functools import partial

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from common.numbers import format_number
from common.templatetags.formats import isolate
from notifications.about import ABOUT, CUSTOMER, DOOR
from notifications.choices import Audience, Channel, Template
from notifications.push import is_offered
from notifications.ways import PUSHED_TO_CUSTOMERS, TELLS, TO_STAFF, media_for, rules_kept, usual_ways, ways_of
from notifications.who_hears import people_of_department
from permissions.querysets import people_of_store
from permissions.rights import StoreRight

COLUMNS = {
    Channel.IN_APP: pgettext_lazy("way of hearing", "Bell"),
    Channel.PUSH: pgettext_lazy("way of hearing", "On devices"),
    Channel.MAIL: gettext_lazy("E-mail"),
    Channel.SMS: gettext_lazy("SMS"),
}
INHERIT, ON, OFF = "", "on", "off"
#: Why some messages stand in no cell.
ALWAYS = {
    CUSTOMER: "",
    DOOR: gettext_lazy("Whoever waits for it could not get in, or would not learn what happened to their account."),
}
GRANTERS = gettext_lazy("Everybody who gives rights has to know who took access without them.")
Group = namedtuple("Group", "template label explained rows")
Row = namedtuple("Row", "audience label now cells")
Cell = namedtuple("Cell", "name way column words is_on inherited said is_own")


def ways():
    """The ways that this installation has, in the order of the columns. Notices on devices are an optional package."""
    return [way for way in TO_STAFF if way != Channel.PUSH or is_offered()]


def columns():
    return [(way, COLUMNS[way]) for way in ways()]


def groups(store, department=None):
    """[Group] by message, each with its audiences; cells of ways that there are not are None."""
    told = _now(store, department)
    rules = rules_kept()
    place = (store.pk, department.pk if department else None)
    return [
        Group(
            template,
            template.label,
            ABOUT[template].explained,
            [
                Row(
                    audience,
                    audience.label,
                    told.get(audience, ""),
                    [_cell(template, audience, way, store, department, rules, place) for way in ways()],
                )
                for audience in audiences
            ],
        )
        for template, audiences in TELLS.items()
    ]


def _cell(template, audience, way, store, department, rules, place):
    if not _is_there(template, audience, way):
        return None
    usual = usual_ways(template, audience)
    inherited = way in (ways_of(template, audience, store=store.pk) if department else usual)
    said = rules.get((*place, str(template), str(audience), str(way)))
    words = f"{template.label}, {audience.label}: {COLUMNS[way]}"
    is_on = inherited if said is None else said
    return Cell(f"{template}.{audience}.{way}", way, COLUMNS[way], words, is_on, inherited, said, said is not None)


def _is_there(template, audience, way):
    is_shown = way in ways() and way in media_for(audience)
    return is_shown and (audience != Audience.CUSTOMER or way != Channel.PUSH or template in PUSHED_TO_CUSTOMERS)


def _now(store, department):
    """{audience: who that is now, in words} where it does not depend on the ticket."""
    managers = people_of_store(StoreRight.VIEW_REPORTS, store.pk).count()
    told = {Audience.MANAGERS: ngettext("%(count)s person", "%(count)s people", managers) % {"count": format_number(managers)}}
    if department:
        members = len(people_of_department(department))
        words = ngettext("%(count)s member of %(department)s", "%(count)s members of %(department)s", members)
        told[Audience.DEPARTMENT] = words % {"count": format_number(members), "department": isolate(department)}
        told[Audience.RESPONSIBLE] = isolate(department.responsible) if department.responsible else _("nobody yet")
    return told


def said_in(data, department=None):
    """{(template, audience, channel): True, False or None} of what the page sent. What it does not offer is not looked at."""
    said = {}
    for template, audiences in TELLS.items():
        for audience in audiences:
            for way in filter(partial(_is_there, template, audience), TO_STAFF):
                name = f"{template}.{audience}.{way}"
                word = {ON: True, OFF: False}.get(data.get(name)) if department else name in data
                said[str(template), str(audience), str(way)] = word
    return said


def always():
    """[(label, why)] of what cannot be switched off."""
    rows = [(template.label, ALWAYS[DOOR]) for template, about in ABOUT.items() if about.readers == DOOR]
    return [*rows, (Template.EMERGENCY.label, GRANTERS)]
