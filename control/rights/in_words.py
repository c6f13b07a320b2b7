"""The sheet as a few sentences: which tickets this one sees, what may be done with them, what holds in the whole store."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from common.moments import format_moment
from control.rights.words import bold, html_words, joined, listed, plain
from permissions.querysets import may_hold_rights
from permissions.rights import DepartmentRight, StoreRight

SENTENCES = 3
_ALL_BUT_SEEING = len(DepartmentRight) - 1


def in_words(sheet):
    """Safe HTML, one sentence each, the most important first. Says what holds now, through teams as well."""
    who = plain(sheet.who)
    if not sheet.is_team and not may_hold_rights(sheet.who):
        return [html_words(_("%(who)s is not active staff: whatever is ticked here counts for nothing until that changes."), who=who)]
    if not sheet.holds_anything:
        words = [html_words(_("%(who)s has no access yet: nothing was given, so no ticket is visible."), who=who)]
    else:
        words = [*_seeing(sheet, who), *_doing(sheet), *_acting(sheet), *_in_stores(sheet), *_hidden(sheet), *_ending(sheet)]
    if not sheet.is_team and sheet.who.is_superuser:
        words.append(html_words(_("%(who)s is a superuser. That opens these pages of rights, and not a single ticket."), who=who))
    return words


def _held(row):
    return {box.right for box in row if box.is_held}


def _statuses(flow):
    """Statuses of the workflow this one sees; None for all, those to come as well."""
    see_all, _move, _perform = flow.boxes_for_all
    return None if see_all.is_held else [status for status, see, _move, _actions in flow.statuses if see.is_held]


def _visible(sheet):
    """{(ids of statuses, or None for all): (departments, statuses)} in the order of the sheet, and the departments that show nothing."""
    statuses = {flow.workflow.pk: _statuses(flow) for flow in sheet.workflows}
    groups, blind = {}, []
    for department, row in sheet.departments:
        if DepartmentRight.VIEW not in _held(row) or department.workflow_id not in statuses:
            continue
        shown = statuses[department.workflow_id]
        if shown == []:
            blind.append(department)
            continue
        key = None if shown is None else tuple(status.pk for status in shown)
        groups.setdefault(key, ([], shown))[0].append(department)
    return groups, blind


def _seeing(sheet, who):
    groups, blind = _visible(sheet)
    if not groups and not blind:
        yield html_words(_("%(who)s sees no tickets: no department was given."), who=who)
    for departments, statuses in list(groups.values())[:SENTENCES]:
        places = {"who": who, "departments": joined(map(bold, departments))}
        if statuses is None:
            yield html_words(_("%(who)s sees the tickets of %(departments)s in every status, those added later too."), **places)
        else:
            yield html_words(
                ngettext(
                    "%(who)s sees the tickets of %(departments)s in the status %(statuses)s.",
                    "%(who)s sees the tickets of %(departments)s in the statuses %(statuses)s.",
                    len(statuses),
                ),
                statuses=joined(map(bold, statuses)),
                **places,
            )
    if len(groups) > SENTENCES:
        yield html_words(_("There is more: the rows below tell it all."))
    if blind:
        yield html_words(
            _("%(departments)s: given, but without any status, so no ticket of it is visible."), departments=joined(map(bold, blind))
        )


def _doing(sheet):
    groups, _blind = _visible(sheet)
    seen = {department.pk for departments, _statuses in groups.values() for department in departments}
    by_rights = {}
    for department, row in sheet.departments:
        rights = tuple(box.right for box in row if box.is_held and box.right != DepartmentRight.VIEW)
        if department.pk in seen and rights:
            by_rights.setdefault(rights, []).append(department)
    for rights, departments in list(by_rights.items())[:SENTENCES]:
        place = joined(map(bold, departments))
        if len(rights) == _ALL_BUT_SEEING:
            yield html_words(_("In %(departments)s also: everything else that can be done there."), departments=place)
        else:
            rights = listed([right.label for right in rights])
            yield html_words(_("In %(departments)s also: %(rights)s."), departments=place, rights=rights)


def _acting(sheet):
    actions = [box.on for flow in sheet.workflows for _s, _see, _move, boxes in flow.statuses for box in boxes if box.is_held]
    if any(flow.boxes_for_all[2].is_held for flow in sheet.workflows):
        yield html_words(_("Every action of the statuses may be performed."))
    elif actions:
        yield html_words(_("Actions that may be performed: %(actions)s."), actions=joined(map(bold, actions)))


def _in_stores(sheet):
    for store, row in sheet.stores:
        labels = [box.right.label for box in row if box.is_held]
        if len(labels) == len(row):
            yield html_words(_("In the whole store %(store)s: everything."), store=bold(store))
        elif labels:
            yield html_words(_("In the whole store %(store)s: %(rights)s."), store=bold(store), rights=listed(labels))


def _hidden(sheet):
    groups, _blind = _visible(sheet)
    if groups and not any(StoreRight.VIEW_CUSTOMERS in _held(row) for _store, row in sheet.stores):
        yield html_words(_("Names and addresses of customers stay hidden."))


def _ending(sheet):
    ends = [box.ends_at for box in sheet.boxes.values() if box.ends_at]
    if ends:
        day = format_moment(min(ends), "day_long")
        yield html_words(
            ngettext("One of these rights ends: %(day)s.", "Some of these rights end, the first of them: %(day)s.", len(ends)),
            day=bold(day),
        )
