import pytest

from audit.models import AuditLine
from departments.models import Assignment, Department
from departments.switches import SWITCHES
from permissions.rights import StoreRight
from permissions.services import grant
from stores.models import Store
from tests.make import fresh, make_department, make_staff, make_status, make_store, make_team, make_ticket, make_workflow
from tickets.models import Ticket
from tickets.services.lifecycle import close_ticket

FORM = {
    "name_en": "Repairs",
    "text_en": "What is broken",
    "icon": "tools",
    "is_public": "on",
    "assignment": "manual",
    "only_present": "on",
    "most_open": "",
    "answer_hours": "",
    "form_address": "",
    "uses": list(SWITCHES),
}


def make(browser, **typed):
    return browser.post("/control/departments/new/", FORM | {"workflow": make_workflow().pk, "form_key": "k" * 22} | typed)


def change(browser, department, **typed):
    return browser.post(f"/control/departments/{department.pk}/", FORM | typed)


def test_a_department_is_made_as_it_was_typed(as_olga, olga, store, alice):
    workflow, team = make_workflow(), make_team("Night shift", alice)
    typed = {
        "name_fa": "تعمیرات", "workflow": workflow.pk, "responsible": alice.pk, "members": [alice.pk], "teams": [team.pk],
        "assignment": "balanced", "most_open": "۱۲", "answer_hours": "4", "form_address": "Repairs", "form_published": "on",
    }  # fmt: skip

    page = make(as_olga, **typed)

    made = Department.objects.get(icon="tools")
    assert page.url == f"/control/departments/{made.pk}/#who"
    assert (made.name.localize("en"), made.name.localize("fa")) == ("Repairs", "تعمیرات")
    assert (made.workflow, made.responsible, list(made.members.all()), list(made.teams.all())) == (workflow, alice, [alice], [team])
    assert (made.assignment, made.most_open, made.answer_hours) == (Assignment.BALANCED, 12, 4)
    assert (made.form_address, made.form_published, made.switches, list(made.stores.all())) == ("repairs", True, [], [store])
    line = AuditLine.objects.about(made).get()
    assert (line.actor, line.after["did"], line.after["name:en"], line.store) == (olga, "made", "Repairs", store.pk)


def test_it_is_made_once_and_the_page_says_that_nobody_works_in_it(as_olga, store):
    workflow = make_workflow().pk
    first = make(as_olga, workflow=workflow)
    again = make(as_olga, workflow=workflow)

    assert first.url == again.url
    assert Department.objects.count() == 1
    assert "until rights are given" in as_olga.get(first.url).content.decode()


def test_members_who_may_see_nothing_there_are_named(as_olga, support, alice):
    bob = make_staff("Bob Lindgren")
    support.members.set([alice, bob])

    who = as_olga.get(f"/control/departments/{support.pk}/").context["who"]

    assert (who["seers"], who["blind"]) == ([alice], [bob])


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({"name_en": ""}, {"name_en"}),
        ({"name_en": "n" * 81}, {"name_en"}),
        ({"text_en": "t" * 161}, {"text_en"}),
        ({"icon": "skull"}, {"icon"}),
        ({"workflow": ""}, {"workflow"}),
        ({"assignment": "by dice"}, {"assignment"}),
        ({"most_open": "0"}, {"most_open"}),
        ({"answer_hours": "soon"}, {"answer_hours"}),
        ({"uses": ["teleport"]}, {"uses"}),
        ({"form_address": "پشتیبانی"}, {"form_address"}),
        ({"form_address": "a/b"}, {"form_address"}),
        ({"form_address": "f" * 41}, {"form_address"}),
        ({"form_published": "on"}, {"form_address"}),
        ({"responsible": "999999"}, {"responsible"}),
    ],
)
def test_mistakes_are_named_at_their_fields_and_nothing_typed_is_lost(as_olga, store, typed, wrong):
    response = make(as_olga, **({"name_pl": "Naprawy"} if "name_en" not in typed or typed["name_en"] else {}), **typed)

    assert response.status_code == 422
    assert set(response.context["form"].errors) == wrong
    assert not Department.objects.exists()
    assert "What is broken" in response.content.decode() or "text_en" in typed


def test_two_departments_never_share_the_address_of_a_form(as_olga, support, sales):
    change(as_olga, support, form_address="write")

    response = change(as_olga, sales, form_address="write")

    assert set(response.context["form"].errors) == {"form_address"}
    assert fresh(sales).form_address == ""


def test_saving_writes_one_line_of_what_differs_and_saving_again_none(as_olga, support):
    change(as_olga, support)
    change(as_olga, support)
    change(as_olga, support, answer_hours="8")

    lines = AuditLine.objects.about(support).order_by("pk")
    assert [line.after["did"] for line in lines] == ["changed", "changed"]
    assert (lines[1].before["answer_hours"], lines[1].after["answer_hours"]) == (None, 8)


def test_members_who_lost_their_access_stay_what_they_were(as_olga, support, alice):
    gone = make_staff("Gone")
    support.members.set([gone])
    type(gone).objects.filter(pk=gone.pk).update(is_active=False)

    change(as_olga, support, members=[alice.pk])

    assert set(support.members.all()) == {alice, gone}


def test_the_order_is_the_owners(as_olga, client, support, sales):
    as_olga.post(f"/control/departments/{sales.pk}/place/", {"move": "up"})
    assert list(Department.objects.active()) == [sales, support]

    as_olga.post(f"/control/departments/{sales.pk}/place/", {"places": "1"})
    assert list(Department.objects.active()) == [support, sales]
    as_olga.post(f"/control/departments/{sales.pk}/place/", {"places": "up and away"})
    assert list(Department.objects.active()) == [support, sales]


# --- Archived, never lost ---------------------------------------------------------------------------


def test_archiving_says_how_many_open_tickets_are_there_and_may_leave_them(as_olga, client, support, sales):
    ticket = make_ticket(department=support)
    close_ticket(make_ticket(department=support))

    page = as_olga.get(f"/control/departments/{support.pk}/archiving/")
    assert page.context["open_tickets"] == 1
    as_olga.post(f"/control/departments/{support.pk}/archiving/", {"tickets": "stay"})

    assert fresh(support).is_archived
    assert fresh(ticket).department == support
    assert "Support" not in client.get("/").content.decode()
    as_olga.post(f"/control/departments/{support.pk}/return/")
    assert not fresh(support).is_archived
    assert "Support" in client.get("/").content.decode()


def test_archiving_may_send_the_open_tickets_elsewhere(as_olga, support, sales):
    ticket, closed = make_ticket(department=support), close_ticket(make_ticket(department=support))

    refused = as_olga.post(f"/control/departments/{support.pk}/archiving/", {"tickets": "another"})
    assert set(refused.context["form"].errors) == {"department"}
    as_olga.post(f"/control/departments/{support.pk}/archiving/", {"tickets": "another", "department": sales.pk})

    assert (fresh(ticket).department, fresh(closed).department) == (sales, support)
    assert fresh(support).is_archived


# --- Another workflow -------------------------------------------------------------------------------


def test_another_workflow_matches_statuses_by_kind_and_closed_stays_closed(as_olga, support):
    ticket, closed = make_ticket(department=support), close_ticket(make_ticket(department=support))
    other = make_workflow("Other")
    address = f"/control/departments/{support.pk}/workflow/"

    assert "Other" in as_olga.get(address).content.decode()
    form = as_olga.get(address, {"to": other.pk}).context["form"]
    assert [(status.kind, status.amount, field.initial) for status, field in form.rows] == [
        ("new", 1, other.by_code["new"].pk), ("closed", 1, other.by_code["closed"].pk),
    ]  # fmt: skip
    typed = {field.html_name: field.initial for _status, field in form.rows}
    as_olga.post(address, {"to": other.pk} | typed)

    assert fresh(support).workflow == other
    assert [fresh(each).status.workflow for each in (ticket, closed)] == [other, other]
    assert fresh(closed).is_closed
    event = ticket.events.last()
    assert (event.kind, event.details["after"]) == ("status_changed", other.by_code["new"].pk)
    assert event.announced_at


def test_the_owner_chooses_where_tickets_go_but_never_opens_or_closes_them(as_olga, support):
    ticket, other = make_ticket(department=support), make_workflow("Other")
    payment = make_status(other)
    name = f"status_{ticket.status_id}"
    address = f"/control/departments/{support.pk}/workflow/"

    refused = as_olga.post(address, {"to": other.pk, name: other.by_code["closed"].pk})
    assert set(refused.context["form"].errors) == {name}
    assert fresh(support).workflow != other
    as_olga.post(address, {"to": other.pk, name: payment.pk})

    assert fresh(ticket).status == payment


def test_another_workflow_costs_the_same_for_any_number_of_tickets(as_olga, olga, support, django_assert_max_num_queries):
    from tickets.services.changing_workflow import change_workflow

    for number in range(8):
        make_ticket(f"Ticket {number}", department=support)
    third = make_workflow("Third")
    with django_assert_max_num_queries(14):
        change_workflow(support, to=third, by=olga)
    assert Ticket.objects.filter(status__workflow=fresh(support).workflow).count() == 8


# --- Several stores ---------------------------------------------------------------------------------


def test_a_department_that_also_stands_in_another_store_may_be_looked_at_only(as_olga, support):
    support.stores.add(make_store(name="Elsewhere"))

    page = as_olga.get(f"/control/departments/{support.pk}/").content.decode()

    assert "store that you may not set up" in page
    for place, typed in {"": FORM, "place/": {"move": "up"}, "archiving/": {}, "workflow/": {}, "return/": {}}.items():
        assert as_olga.post(f"/control/departments/{support.pk}/{place}", typed).status_code == 403
    assert fresh(support).name.localize("en") == "Support"


def test_departments_of_another_store_do_not_exist(as_olga, store):
    foreign = make_department("Foreign", store=make_store())

    for place in ("", "archiving/", "workflow/"):
        assert as_olga.get(f"/control/departments/{foreign.pk}/{place}").status_code == 404


def test_stores_are_asked_only_where_there_are_several_and_only_ones_own(as_olga, olga, store, support):
    second, foreign = make_store(name="Second"), make_store(name="Foreign")
    assert "stores" not in as_olga.get(f"/control/departments/{support.pk}/").context["form"].fields
    grant(olga, StoreRight.CHANGE_SETTINGS, second)

    assert change(as_olga, support).status_code == 422
    assert change(as_olga, support, stores=[foreign.pk]).status_code == 422
    change(as_olga, support, stores=[store.pk, second.pk])

    assert set(support.stores.all()) == {store, second}
    assert Store.objects.count() == 3
