"""What the page of a department says besides its form: who works in it, and where its form stands."""

from django.contrib.auth import get_user_model
from django.db.models import Q

from permissions.querysets import people_with
from permissions.rights import DepartmentRight
from stores.addresses import portal_url


def who_works_in(department):
    """Who sees its tickets, and who takes part in assignment without seeing them: they get none."""
    seers = list(people_with(DepartmentRight.VIEW, department))
    taking_part = Q(departments=department) | Q(groups__departments=department) | Q(pk=department.responsible_id)
    members = get_user_model().objects.staff().filter(taking_part).distinct()
    return {"seers": seers, "blind": [person for person in members if person not in seers]}


def form_link(request, store, department=None):
    """The absolute address of the department's form; up to its last word where it has none yet."""
    word = department.form_address if department and department.form_address else "x"
    address = portal_url(store, "web_form", word)
    return {
        "url": address if word != "x" else "",
        "beginning": address.removesuffix("x/") if word == "x" else address.removesuffix(f"{word}/"),
    }
