"""Who would hear of an event of one ticket, by which ways, and who not and why: the same questions that telling asks, answered in words."""

from dataclasses import dataclass

from django.contrib.auth import get_user_model
from django.utils import timezone
from django.utils.translation import gettext as _

from common.moments import format_moment
from notifications.choices import Audience, Channel, Template
from notifications.models import Delivery
from notifications.notice_choices import choices_of_staff, ways_to
from notifications.push import is_offered
from notifications.push.devices import devices_for
from notifications.reactions import managers_of
from notifications.topics import TOPIC_OF
from notifications.ways import TELLS, addresses_of, media_for, not_before, ways_of
from notifications.wishes import wishes_of
from permissions.querysets import people_with
from permissions.rights import DepartmentRight
from tickets.audience import people_who_see


@dataclass(frozen=True)
class Way:
    """One way to one person: whether it is taken, and in words why not, or until when it waits."""

    channel: Channel
    is_taken: bool
    words: str = ""


@dataclass(frozen=True)
class Hears:
    """Somebody, in the role in which they would be told. `ways` is empty where `words` say why nothing comes at all."""

    who: str
    audience: Audience
    ways: tuple = ()
    words: str = ""


def who_hears(template, ticket):
    """[Hears] for this message about this ticket, as things stand now. Whoever does it hears nothing, and is not known here."""
    lines = []
    for audience in TELLS[template]:
        lines += _BY_AUDIENCE.get(audience, _staff)(template, audience, ticket)
    return lines


def _ways(audience):
    """Those this installation has: notices on devices are an optional package."""
    return [way for way in media_for(audience) if way != Channel.PUSH or is_offered()]


def _customer(template, audience, ticket):
    customer, wishes = ticket.customer, wishes_of(ticket.customer)
    if template == Template.SURVEY and not wishes.surveys:
        return [Hears(str(customer), audience, words=_("The customer wants no surveys."))]
    allowed = ways_of(template, audience, store=ticket.store_id, department=ticket.department_id)
    reaching = addresses_of(customer)
    wanted = wishes.ways & reaching.keys() or reaching.keys()
    ways = []
    for way in _ways(audience):
        if way == Channel.PUSH:
            has_device = customer.user_id and devices_for(customer.user_id, ticket.store_id)
            complaint = "" if has_device else _("no device of theirs takes notices")
        else:
            complaint = _("no address") if way not in reaching else "" if way in wanted else _("the customer chose otherwise")
        complaint = complaint if way in allowed else _("switched off by you")
        ways.append(Way(way, not complaint, complaint or _waits(template, way, ticket, customer=customer)))
    return [Hears(str(customer), audience, tuple(ways))]


def _copies(template, audience, ticket):
    copies = list(ticket.copies.running().order_by("pk"))
    if not copies:
        return [Hears(str(audience.label), audience, words=_("Nobody is in copy."))]
    is_on = Channel.MAIL in ways_of(template, audience, store=ticket.store_id, department=ticket.department_id)
    way = Way(Channel.MAIL, is_on, "" if is_on else _("switched off by you"))
    return [Hears(str(copy), audience, (way,)) for copy in copies]


def _staff(template, audience, ticket):
    why_nobody, people = _people(audience, ticket)
    if not people:
        return [Hears(str(audience.label), audience, words=why_nobody)]
    allowed = ways_of(template, audience, store=ticket.store_id, department=ticket.department_id)
    if not allowed:
        return [Hears(str(audience.label), audience, words=_("Switched off by you, by every way."))]
    seeing = set(people_who_see(ticket).filter(pk__in=[one.pk for one in people]).values_list("pk", flat=True))
    return [_person(one, template, audience, ticket, allowed, one.pk in seeing) for one in people]


def _people(audience, ticket):
    """(why there is nobody, the people of this audience)."""
    User = get_user_model()
    if audience == Audience.HOLDER:
        return _("Nobody has the ticket."), [ticket.assignee] if ticket.assignee else []
    if audience == Audience.TEAM:
        is_free = ticket.team_id and not ticket.assignee_id
        return _("No team has the ticket."), list(User.objects.staff().filter(groups=ticket.team_id)) if is_free else []
    if audience == Audience.DEPARTMENT:
        if ticket.assignee_id or ticket.team_id:
            return _("Not told, because somebody has the ticket."), []
        return _("Nobody works there."), people_of_department(ticket.department)
    if audience == Audience.RESPONSIBLE:
        responsible = ticket.department.responsible
        return _("The department has no responsible person."), [responsible] if responsible else []
    if audience == Audience.MANAGERS:
        return _("Nobody sees reports and this ticket."), list(User.objects.filter(pk__in=[one.pk for one in managers_of(ticket)]))
    if audience == Audience.WATCHERS:
        return _("Nobody watches the ticket."), [watch.user for watch in ticket.watches.select_related("user")]
    return _("Only whoever it names at that moment."), []


def people_of_department(department):
    """Its members; where none are named, everybody who may answer there: as notifications.hearing asks it."""
    members = list(department.members.filter(is_active=True, is_staff=True))
    return members or list(people_with(DepartmentRight.REPLY, department))


def _person(person, template, audience, ticket, allowed, sees):
    if not sees:
        return Hears(str(person), audience, words=_("May not see the ticket."))
    chosen = ways_to(person.pk, template, choices_of_staff())
    addresses = {Channel.IN_APP: True, Channel.MAIL: person.email, Channel.SMS: person.phone, Channel.PUSH: devices_for(person.pk, None)}
    ways = []
    for way in _ways(audience):
        if way not in allowed:
            complaint = _("switched off by you")
        elif way not in chosen:
            complaint = _("did not choose it")
        else:
            complaint = "" if addresses[way] else _("no device of theirs takes notices") if way == Channel.PUSH else _("no address")
        ways.append(Way(way, not complaint, complaint or _waits(template, way, ticket, user=person)))
    return Hears(str(person), audience, tuple(ways))


def _waits(template, way, ticket, *, user=None, customer=None):
    """In words, where it would not come at once."""
    chosen = choices_of_staff().get(user.pk) if user else None
    if chosen and way == Channel.MAIL and TOPIC_OF.get(template) in chosen.gathered:
        return _("gathered with others")
    if customer and way == Channel.MAIL and template == Template.REPLY and wishes_of(customer).gathers:
        return _("gathered with others")
    # The event is not there yet; any stands for it.
    row = Delivery(template=template, channel=way, store=ticket.store, ticket=ticket, user=user, customer=customer, event_id=0)
    until = not_before(row, timezone.now())
    return _("waits until %(moment)s, quiet hours") % {"moment": format_moment(until, "moment")} if until else ""


_BY_AUDIENCE = {Audience.CUSTOMER: _customer, Audience.COPIES: _copies}
