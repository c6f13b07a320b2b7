"""The people of the demo store: staff with their roles, teams, customers and what staff wrote about them."""

from datetime import timedelta

from allauth.account.models import EmailAddress
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.utils import timezone

from customers.services import add_customer, add_customer_note
from helpdesk.demo import store
from permissions.rights import RoleKey, StoreRight
from permissions.services import grant, grant_role


def make_staff(shop, workflow, departments, actions):
    """Everybody who works here. Olga comes first: she owns the store, and the rest was given by her."""
    people = {}
    for key, (name, language, roles, responsible_for, sees_customers) in store.STAFF.items():
        person = people[key] = _person(f"{key}@narvan.example", None, name, language, is_staff=True)
        _give_roles(person, roles, departments, by=people["olga"])
        for department in [*roles.get(RoleKey.SENIOR, ()), *roles.get(RoleKey.SUPPORTER, ())]:
            departments[department].members.add(person)
        for department in responsible_for:
            departments[department].responsible = person
            departments[department].save(update_fields=["responsible"])
        if sees_customers:
            grant(person, StoreRight.VIEW_CUSTOMERS, shop, by=people["olga"])
    things = {("store", ""): shop}
    things |= {("status", code): status for code, status in workflow.by_code.items()}
    things |= {("action", code): action for (_status, code), action in actions.items()}
    for key, right, kind, code in store.ONE_BY_ONE:
        grant(people[key], right, things[kind, code], by=people["olga"])
    return people


def make_teams(departments, staff):
    teams = {}
    for key, (name, members, roles) in store.TEAMS.items():
        team = teams[key] = Group.objects.create(name=name)
        team.user_set.set(staff[member] for member in members)
        _give_roles(team, roles, departments, by=staff["olga"])
    return teams


def _give_roles(who, roles, departments, *, by):
    for role, keys in roles.items():
        for key in keys:
            grant_role(who, departments[key], role, by=by)


def make_customers(staff):
    customers = {}
    for key, (name, language, email, phone, company, signs_in) in store.CUSTOMERS.items():
        person = _person(email, phone, name, language) if signs_in else None
        customers[key] = add_customer(
            user=person,
            name=name,
            email=email,
            phone=phone,
            language=language,
            company=company,
            created_at=timezone.now() - timedelta(days=200 + 37 * len(customers)),
        )
    for key, text, is_warning, author in store.WARNINGS:
        add_customer_note(customers[key], text=text, is_warning=is_warning, by=staff[author])
    return customers


def _person(email, phone, name, language, **fields):
    person = get_user_model().objects.create_user(
        email or None, phone or None, store.PASSWORD, name=name, language=language, phone_verified=bool(phone), **fields
    )
    if email:
        EmailAddress.objects.create(user=person, email=email, verified=True, primary=True)
    return person
