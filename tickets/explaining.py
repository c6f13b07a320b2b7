"""A decision in plain words: what was necessary, what meets it (by whom, through which team and role, until when), what is missing.

One path for every “why?”: the desk and the rights pages show the same lines. Neither the ticket's subject nor its customer
is ever named, so the words may be read by somebody who does not see the ticket.
"""

from dataclasses import dataclass

from django.contrib.auth.models import Group
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.moments import format_moment
from common.templatetags.formats import isolate
from customers.models import Reveal
from permissions.models import Role
from permissions.rights import RIGHTS_ON, ActionRight, DepartmentRight, StatusRight
from statuses.models import Action, Status
from tickets.models import TicketShare

#: Question -> the answers yes and no.
HEADLINES = {
    "view": (gettext_lazy("%(person)s may see this ticket."), gettext_lazy("%(person)s may not see this ticket.")),
    "reply": (gettext_lazy("%(person)s may answer this ticket."), gettext_lazy("%(person)s may not answer this ticket.")),
    "note": (gettext_lazy("%(person)s may write notes here."), gettext_lazy("%(person)s may not write notes here.")),
    "assign": (gettext_lazy("%(person)s may assign this ticket."), gettext_lazy("%(person)s may not assign this ticket.")),
    "pass_on": (
        gettext_lazy("%(person)s may pass this ticket to another department."),
        gettext_lazy("%(person)s may not pass this ticket to another department."),
    ),
    "change_status": (
        gettext_lazy("%(person)s may change the status and the priority."),
        gettext_lazy("%(person)s may not change the status and the priority."),
    ),
    "close": (gettext_lazy("%(person)s may close this ticket."), gettext_lazy("%(person)s may not close this ticket.")),
    "reopen": (gettext_lazy("%(person)s may reopen this ticket."), gettext_lazy("%(person)s may not reopen this ticket.")),
    "merge": (gettext_lazy("%(person)s may merge this ticket."), gettext_lazy("%(person)s may not merge this ticket.")),
    "delete": (gettext_lazy("%(person)s may delete this ticket."), gettext_lazy("%(person)s may not delete this ticket.")),
    "edit": (
        gettext_lazy("%(person)s may edit messages and black out parts of them."),
        gettext_lazy("%(person)s may not edit messages or black out parts of them."),
    ),
    "see_originals": (
        gettext_lazy("%(person)s may see the originals of changed messages."),
        gettext_lazy("%(person)s may not see the originals of changed messages."),
    ),
    "see_customer": (
        gettext_lazy("%(person)s may see the customer's data."),
        gettext_lazy("%(person)s may not see the customer's data."),
    ),
    "reveal_customer": (
        gettext_lazy("%(person)s may reveal the customer's data for a reason."),
        gettext_lazy("%(person)s may not reveal the customer's data."),
    ),
    "manage_customer": (
        gettext_lazy("%(person)s may write notes and warnings about the customer."),
        gettext_lazy("%(person)s may not write notes and warnings about the customer."),
    ),
    "share": (gettext_lazy("%(person)s may share this ticket."), gettext_lazy("%(person)s may not share this ticket.")),
    "move_to": (gettext_lazy("%(person)s may move the ticket there."), gettext_lazy("%(person)s may not move the ticket there.")),
    "perform": (gettext_lazy("%(person)s may perform this action."), gettext_lazy("%(person)s may not perform this action.")),
}

#: What each question of tickets.access.QUESTIONS is called where one chooses among them.
QUESTION_NAMES = {
    "view": gettext_lazy("See the ticket"),
    "reply": gettext_lazy("Answer it"),
    "note": gettext_lazy("Write notes"),
    "assign": gettext_lazy("Assign it"),
    "pass_on": gettext_lazy("Pass it to another department"),
    "change_status": gettext_lazy("Change status and priority"),
    "close": gettext_lazy("Close it"),
    "reopen": gettext_lazy("Reopen it"),
    "merge": gettext_lazy("Merge it"),
    "delete": gettext_lazy("Delete it"),
    "edit": gettext_lazy("Edit messages or black out parts of them"),
    "see_originals": gettext_lazy("See originals of changed messages"),
    "see_customer": gettext_lazy("See the customer's data"),
    "reveal_customer": gettext_lazy("Reveal the customer's data for a reason"),
    "manage_customer": gettext_lazy("Write notes about the customer"),
    "share": gettext_lazy("Share it"),
}

#: (kind, code, or None for every other code) -> the fact when it is given, and when it is missing.
FACTS = {
    ("department", DepartmentRight.VIEW): (
        gettext_lazy("The department %(place)s is given."),
        gettext_lazy("The department %(place)s is not given to %(person)s, nor to a team of theirs."),
    ),
    ("department", None): (
        gettext_lazy("The right “%(right)s” in the department %(place)s is given."),
        gettext_lazy("The right “%(right)s” in the department %(place)s is not given to %(person)s, nor to a team of theirs."),
    ),
    ("status", StatusRight.VIEW): (
        gettext_lazy("The status %(place)s is given."),
        gettext_lazy("The status %(place)s is not given to %(person)s, nor to a team of theirs."),
    ),
    ("status", StatusRight.MOVE_TO): (
        gettext_lazy("Moving tickets to the status %(place)s is given."),
        gettext_lazy("Moving tickets to the status %(place)s is not given to %(person)s, nor to a team of theirs."),
    ),
    ("action", ActionRight.PERFORM): (
        gettext_lazy("The action %(place)s is given."),
        gettext_lazy("The action %(place)s is not given to %(person)s, nor to a team of theirs."),
    ),
    ("store", None): (
        gettext_lazy("The right “%(right)s” in the store %(place)s is given."),
        gettext_lazy("The right “%(right)s” in the store %(place)s is not given to %(person)s, nor to a team of theirs."),
    ),
}


@dataclass(frozen=True)
class Line:
    """One reason. `way` is (kind, id, code) of the right it is about, for a link to its row; None where no grant could help."""

    is_met: bool
    words: str
    way: tuple | None = None


@dataclass(frozen=True)
class Explanation:
    is_yes: bool
    headline: str
    lines: list


def explain(decision, *, person, ticket) -> Explanation:
    """The decision of TicketAccess(person, ticket) in sentences. At most one query for each of teams, roles, statuses and actions."""
    names = _Names(decision, person, ticket)
    lines = [Line(False, str(decision.hindrance))] if decision.hindrance else []
    lines += [Line(bool(need), _words_of(need, names), need.ways[0]) for need in decision.needs]
    headline = HEADLINES[decision.question][0 if decision else 1] % {"person": names.person}
    return Explanation(bool(decision), headline, lines)


def _words_of(need, names):
    kind, pk, code = need.ways[0]
    given, not_given = FACTS.get((kind, code)) or FACTS[kind, None]
    facts = {"person": names.person, "place": names.of(kind, pk), "right": RIGHTS_ON[kind](code).label}
    if need.grants:
        return " ".join([given % facts, *(_how(grant, names) for grant in need.grants)])
    if need.exception:
        return " ".join([not_given % facts, *_instead(need.exception, names)])
    return not_given % facts


def _how(grant, names):
    """Through whom a right is held, for how much, until when: whole sentences."""
    facts = {"person": names.person, "team": names.of("team", grant.team), "role": names.of("role", grant.role)}
    if grant.team and grant.role:
        words = [_("%(person)s has it through the team %(team)s, which has the role %(role)s.") % facts]
    elif grant.team:
        words = [_("%(person)s has it through the team %(team)s.") % facts]
    elif grant.role:
        words = [_("%(person)s has it through the role %(role)s.") % facts]
    else:
        words = [_("It was given to %(person)s directly.") % facts]
    if grant.kind == "workflow":
        words.append(_("It holds for the whole workflow."))
    if grant.is_emergency:
        words.append(_("It is emergency access."))
    return " ".join([*words, *_end(grant.ends_at)])


def _instead(exception, names):
    facts = {"person": names.person}
    if isinstance(exception, TicketShare):
        return [_("But the ticket was shared with %(person)s.") % facts, *_end(exception.ends_at)]
    if isinstance(exception, Reveal):
        return [_("But %(person)s revealed this customer's data for a reason.") % facts, *_end(exception.ends_at)]
    return []


def _end(ends_at):
    return [_("It ends: %(moment)s.") % {"moment": isolate(format_moment(ends_at, "moment_full"))}] if ends_at else []


class _Names:
    """The names of all a decision rests on. What the ticket brought along costs no query."""

    def __init__(self, decision, person, ticket):
        self.person = isolate(person)
        self.known = {
            ("department", ticket.department_id): ticket.department,
            ("store", ticket.store_id): ticket.store,
            ("status", ticket.status_id): ticket.status,
        }
        grants = [grant for need in decision.needs for grant in need.grants]
        asked = {need.ways[0][:2] for need in decision.needs}
        asked |= {("team", grant.team) for grant in grants if grant.team} | {("role", grant.role) for grant in grants if grant.role}
        for kind, model in (("team", Group), ("role", Role), ("status", Status), ("action", Action)):
            wanted = {pk for of, pk in asked - set(self.known) if of == kind}
            if wanted:
                self.known |= {(kind, found.pk): found for found in model.objects.filter(pk__in=wanted)}

    def of(self, kind, pk):
        return isolate(self.known.get((kind, pk), ""))
