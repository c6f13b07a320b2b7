"""Who may see a ticket: whom to give it to, to mention, to tell. `visible_to`, asked from the other end."""

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group

from permissions.querysets import people_who_may_see
from tickets.models import TicketShare


def people_who_see(ticket):
    """Active staff who see this ticket, by name: by their rights, or because it was shared with them. Nobody sees a deleted one."""
    staff = get_user_model().objects.staff()
    if ticket.is_deleted:
        return staff.none()
    by_share = TicketShare.objects.running().filter(ticket=ticket.pk).values("user")
    return people_who_may_see(ticket.department, ticket.status) | staff.filter(pk__in=by_share)


def teams_who_see(ticket):
    """Teams with at least one member who sees this ticket, by name."""
    return Group.objects.filter(user__in=people_who_see(ticket).order_by().values("pk")).distinct().order_by("name", "pk")
