"""What can be done to the ticket one is on, for the palette: to whom it can be given, which status it can get, and the like.

Each row sends the same form as the page's own menus, so the same door asks for the same right once more.
"""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from backoffice.palette.rows import Row, fits
from backoffice.tickets.ways import find
from common.normaliser import tokens
from common.templatetags.formats import isolate
from tickets.audience import people_who_see, teams_who_see
from tickets.choices import Priority
from tickets.models import Tag

MOST_TAGS = 5
#: What people type for it, in four languages at once. The first word of a command is looked up here before anything is read.
VERBS = {
    "assign": "assign give to przypisz przydziel daj назначить передать поручить سپردن واگذار واگذاری به مسئول",
    "status": "status state stan статус وضعیت",
    "priority": "priority urgent high low normal priorytet pilne приоритет срочно اولویت فوری",
    "take": "take mine weź biorę взять беру برداشتن بردار",
    "close": "close solve solved done zamknij rozwiązane закрыть решено بستن ببند حل",
    "reopen": "open reopen again otwórz ponownie открыть снова باز دوباره",
    "watch": "watch follow unwatch obserwuj śledź следить наблюдать دنبال پیگیری",
    "tag": "tag label add etykieta tag dodaj метка тег добавить برچسب افزودن",
}
_WORDS = {name: tokens(words) for name, words in VERBS.items()}


def may_be_a_command(typed):
    """Whether the first word is a verb, so that looking for what can be done is worth its queries."""
    return bool(typed) and len(typed[0]) > 1 and any(word.startswith(typed[0]) for words in _WORDS.values() for word in words)


def action_rows(request, number, typed, *, limit):
    """The rows that fit, in the order of the page. `number`: of a ticket this person sees (Http404 otherwise)."""
    ticket, can = find(request, number)
    rows = [row for verb, row in _rows(request, ticket, can, typed) if _fits(typed, verb, row)]
    # What is called so comes before what is only meant by the verb.
    return sorted(rows, key=lambda row: not fits(typed, tokens(row.words)))[:limit]


def _fits(typed, verb, row):
    """A word of the row or of its verb for each word typed. A verb alone asks for all of its kind."""
    return fits(typed, {*tokens(row.words), *_WORDS[verb]})


def _rows(request, ticket, can, typed):
    def send(name, icon, words, **fields):
        return Row(
            icon, words, pgettext("where something is found", "This ticket"), reverse(f"backoffice:{name}", args=[ticket.number]), fields
        )

    user = request.user
    if can.can_assign and ticket.assignee_id != user.pk:
        yield "take", send("ticket_assignment", "person-check", pgettext("a ticket", "Take it"), assignee="me")
    if can.can_close:
        yield "close", send("ticket_closure", "check-circle", pgettext("verb, a ticket", "Close"), confirm="1")
    elif can.can_reopen:
        yield "reopen", send("ticket_reopening", "arrow-counterclockwise", pgettext("verb, a ticket", "Open again"), confirm="1")
    if can.can_change_status:
        for status in can.open_statuses:
            if status.pk != ticket.status_id and can.decide_move(status):
                words = _("Status: %(status)s") % {"status": isolate(status)}
                yield "status", send("ticket_status", "circle", words, status=str(status.pk), version=str(ticket.version))
    if can.can_assign:
        if ticket.assignee_id or ticket.team_id:
            yield "assign", send("ticket_assignment", "person-x", _("Assign to nobody"), assignee="")
        for person in people_who_see(ticket):
            if person.pk not in {ticket.assignee_id, user.pk}:
                words = _("Assign to %(name)s") % {"name": isolate(person)}
                yield "assign", send("ticket_assignment", "person", words, assignee=str(person.pk))
        for team in teams_who_see(ticket):
            if team.pk != ticket.team_id:
                words = _("Assign to the team %(name)s") % {"name": isolate(team)}
                yield "assign", send("ticket_assignment", "people", words, assignee=f"team:{team.pk}")
    if can.can_change_priority:
        for value, label in Priority.choices:
            if value != ticket.priority:
                words = _("Priority: %(priority)s") % {"priority": label}
                yield "priority", send("ticket_priority", "flag", words, priority=str(value))
    if ticket.is_watched:
        yield "watch", send("ticket_watch", "eye", _("Watch it no longer"), stop="1")
    else:
        yield "watch", send("ticket_watch", "eye", pgettext("verb, a ticket", "Watch"), watch="1")
    if can.can_tag:
        for name in _tags(ticket, typed):
            yield "tag", send("ticket_tags", "tag", _("Add the tag %(tag)s") % {"tag": isolate(name)}, names=name)


def _tags(ticket, typed):
    """Names of tags of the ticket's store that what was typed may mean, without those in which the reader's mask finds something to cover."""
    if not any(fits([word], _WORDS["tag"]) for word in typed):
        return []
    rest = [word for word in typed if not fits([word], _WORDS["tag"])]
    names = Tag.objects.filter(store=ticket.store_id).by_name().values_list("name", flat=True)[:500]
    return [name for name in names if ticket.mask.text(name) == name and fits(rest, tokens(name))][:MOST_TAGS]
