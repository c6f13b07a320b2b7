"""Fifty people in six teams, with rights as they are in life: a few see all, most some departments, some a single status of one."""

from itertools import product

from allauth.account.models import EmailAddress
from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group, Permission

from helpdesk.demo.store import PASSWORD
from helpdesk.generating.pieces import tongue
from permissions.models import ROWS, RoleHolding
from permissions.rights import RIGHTS_ON, DepartmentRight, RoleKey, StatusRight, StoreRight, WorkflowRight
from permissions.roles import standard_role

TEAMS = ["Morning shift", "Evening shift", "Night shift", "Workshop", "Accounting", "Key accounts"]
_LANGUAGES = ("fa", "pl", "en", "fa", "pl", "ru")
MANAGERS, OBSERVERS, SUPPORTERS, READERS, ACCOUNTANTS = 3, 1, 35, 6, 4


class Staff:
    """Who was made, and what each of them sees: departments and statuses, as visible_to tells it."""

    def __init__(self, store, departments, workflows, random):
        self._store, self._departments, self._random = store, departments, random
        self._statuses = {workflow.pk: [status.pk for status in workflow.by_code.values()] for workflow in workflows}
        self.all_statuses = sum(map(len, self._statuses.values()))
        self._rows, self._holdings = {}, []
        self._permissions = {
            (kind, permission.codename): permission
            for kind, rights in RIGHTS_ON.items()
            for permission in Permission.objects.filter(content_type__model=kind, codename__in=rights.values)
        }
        self.password = make_password(PASSWORD, salt="generated")
        self.members = {department.pk: [] for department in departments}
        self.team_of, self.named, self._sight, self._teams = {}, {}, {}, {}

    # --- people -----------------------------------------------------------------------------------------

    def person(self, number):
        words = tongue(_LANGUAGES[number % len(_LANGUAGES)])
        first, last, latin = words.full_name(number * 217 + 5)
        email = f"{latin}.{number}@staff.example"
        person = get_user_model().objects.create(
            email=email, password=self.password, name=f"{first} {last}", language=words.code, is_staff=True
        )
        EmailAddress.objects.create(user=person, email=email, verified=True, primary=True)
        return person

    def team(self, number):
        team = Group.objects.create(name=f"{TEAMS[number]} (set)")
        for department in self._departments[number : 24 : len(TEAMS)]:
            self.role(team, RoleKey.SUPPORTER, department)
            self.team_of[department.pk] = team.pk
            department.teams.add(team)
        return team

    # --- rights -----------------------------------------------------------------------------------------

    def right(self, who, code, on, role=None):
        kind = on._meta.model_name
        rows, name = (ROWS[kind][1], "group") if isinstance(who, Group) else (ROWS[kind][0], "user")
        key = (rows, who.pk, str(code), on.pk)
        if key not in self._rows:
            self._rows[key] = rows(**{name: who}, permission=self._permissions[kind, str(code)], content_object=on, role=role)
            self._see(who, str(code), on)

    def role(self, who, key, department, *, statuses=True):
        """A role in a department, with all statuses of its workflow or without any."""
        role = standard_role(key)
        self._holdings.append(RoleHolding(role=role, department=department, **{"group" if isinstance(who, Group) else "user": who}))
        for code in role.department_rights:
            self.right(who, code, department, role)
        for code in role.workflow_rights if statuses else ():
            self.right(who, code, department.workflow, role)
        for code in role.store_rights:
            self.right(who, code, self._store, role)

    def _see(self, who, code, on):
        departments, statuses = self._sight.setdefault((type(who) is Group, who.pk), (set(), set()))
        if code == DepartmentRight.VIEW:
            departments.add(on.pk)
        elif code == WorkflowRight.VIEW_ALL:
            statuses.update(self._statuses[on.pk])
        elif code == StatusRight.VIEW:
            statuses.add(on.pk)

    def join(self, person, team):
        team.user_set.add(person)
        self._teams.setdefault(person.pk, []).append(team.pk)

    def sight(self, person):
        """(departments, statuses) they see, by themselves or through their teams."""
        departments, statuses = set(), set()
        for key in [(False, person), *((True, team) for team in self._teams.get(person, ()))]:
            more_departments, more_statuses = self._sight.get(key, (set(), set()))
            departments |= more_departments
            statuses |= more_statuses
        return departments, statuses

    def seers(self):
        """{"department/status": [who sees tickets there]}"""
        seers = {}
        for person in sorted(pk for is_team, pk in self._sight if not is_team):
            for department, status in product(*map(sorted, self.sight(person))):
                seers.setdefault(f"{department}/{status}", []).append(person)
        return seers

    def name(self, word, person):
        departments, statuses = self.sight(person.pk)
        self.named[word] = {"id": person.pk, "email": person.email, "departments": len(departments), "statuses": len(statuses)}

    def save(self):
        by_table = {}
        for (rows, *_key), row in self._rows.items():
            by_table.setdefault(rows, []).append(row)
        for rows, given in by_table.items():
            rows.objects.bulk_create(given)
        RoleHolding.objects.bulk_create(self._holdings)


def make_staff(store, departments, workflows, random):
    staff = Staff(store, departments, workflows, random)
    people = [staff.person(number) for number in range(1 + MANAGERS + OBSERVERS + SUPPORTERS + READERS + ACCOUNTANTS)]
    teams = [staff.team(number) for number in range(len(TEAMS))]
    rest = iter(people)
    take = lambda count: [next(rest) for _ in range(count)]  # noqa: E731
    (owner,), managers, observers, supporters = take(1), take(MANAGERS), take(OBSERVERS), take(SUPPORTERS)
    readers, accountants = take(READERS), take(ACCOUNTANTS)
    for person, key in [
        (owner, RoleKey.OWNER),
        *((one, RoleKey.MANAGER) for one in managers),
        *((one, RoleKey.OBSERVER) for one in observers),
    ]:
        for department in departments:
            staff.role(person, key, department)
    for number, person in enumerate(supporters):
        _supporter(staff, number, person, departments, workflows, teams, random)
        if number % 7:
            staff.right(person, StoreRight.VIEW_CUSTOMERS, store)
    for number, person in enumerate(readers):
        for step in range(3):
            staff.role(person, RoleKey.OBSERVER, departments[(number * 5 + step * 11) % len(departments)])
        staff.right(person, StoreRight.VIEW_CUSTOMERS, store)
    for number, person in enumerate(accountants):
        department = departments[1 + 8 * number]  # those of payments
        staff.role(person, RoleKey.ACCOUNTANT, department)
        staff.right(person, StatusRight.VIEW, workflows[3].by_code["payment"])
    for department in departments:
        if not staff.members[department.pk]:
            staff.members[department.pk] = [manager.pk for manager in managers]
            department.members.set(managers)
    staff.save()
    for word, person in {
        "owner": owner, "everything": managers[0], "mixed": _mixed(staff, supporters), "few_rights": readers[1], "one_status": accountants[0],
        "without_customers": supporters[7],
    }.items():  # fmt: skip
        staff.name(word, person)
    return staff


def _mixed(staff, supporters):
    """Somebody with several departments who sees some statuses only."""
    for person in supporters:
        departments, statuses = staff.sight(person.pk)
        if len(departments) > 6 and staff.all_statuses / 2 < len(statuses) < staff.all_statuses:
            return person
    return supporters[1]


def _supporter(staff, number, person, departments, workflows, teams, random):
    """From three to ten departments; every third knows only some statuses in half of the workflows."""
    count = 3 + number * 5 % 8
    chosen = [departments[(number * 9 + step * 7) % len(departments)] for step in range(count)]
    narrow = {workflow.pk for workflow in random.sample(workflows, 2)} if number % 3 == 1 else set()
    for department in chosen:
        staff.role(person, RoleKey.SUPPORTER, department, statuses=department.workflow_id not in narrow)
        if department.workflow_id in narrow:
            codes = list(department.workflow.by_code)
            for code in {codes[0], codes[1], *codes[4:-1]}:
                staff.right(person, StatusRight.VIEW, department.workflow.by_code[code])
        else:
            staff.members[department.pk].append(person.pk)
            department.members.add(person)
    if number % 4 != 1:
        staff.join(person, teams[number % len(teams)])
