"""What the list of colleagues says of each of them, with a number of queries that does not grow with the people."""

from collections import defaultdict

from django.contrib.auth import get_user_model

from permissions.holdings import holders
from permissions.models import RoleHolding
from permissions.querysets import departments_to_grant_in


def colleagues(granter, **only):
    """Members of staff, those who may sign in first, by name; each with `team_names`, `given` and `holds_nothing`. `only`: a condition.

    `given`: the roles in departments where this granter gives rights. What lies elsewhere is not told.
    """
    people = list(get_user_model().objects.filter(is_staff=True, **only).order_by("-is_active", "name", "pk").prefetch_related("groups"))
    roles, (people_with_rights, teams_with_rights) = _roles_of_people(granter), holders()
    for person in people:
        teams = sorted(person.groups.all(), key=str)
        person.team_names = [team.name for team in teams]
        person.given = roles.get(person.pk, [])
        person.holds_nothing = person.pk not in people_with_rights and not any(team.pk in teams_with_rights for team in teams)
    return people


def _roles_of_people(granter):
    """{person's id: [(role, [department, …]), …]} of what was given to people themselves."""
    theirs = departments_to_grant_in(granter).values("pk")
    holdings = RoleHolding.objects.running().filter(department__in=theirs).exclude(user=None).select_related("role", "department")
    found = defaultdict(lambda: defaultdict(list))
    for holding in holdings.order_by("role__position", "role_id", "department__position", "department_id"):
        found[holding.user_id][holding.role].append(holding.department)
    return {person: list(roles.items()) for person, roles in found.items()}
