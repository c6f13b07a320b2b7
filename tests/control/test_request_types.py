import pytest

from audit.models import AuditLine
from departments.models import RequestType
from departments.request_types import start_with_ready_made
from tests.make import fresh, make_department, make_staff, make_store, make_ticket
from tickets.choices import Kind
from tickets.errors import TypeOfAnotherDepartment
from tickets.services.request_types import change_request_type

FORM = {"name_en": "Repair", "name_pl": "Naprawa", "icon": "tools", "in_forms": "on"}


def make_type(name="Repair", **fields):
    departments = fields.pop("departments", [])
    made = RequestType.objects.create(name=name, position=RequestType.objects.count(), **fields)
    made.departments.set(departments)
    return made


def test_a_type_is_defined_as_it_was_typed(as_olga, olga, support):
    as_olga.post("/control/request-types/new/", FORM | {"is_after_sale": "on", "departments": [support.pk]})

    made = RequestType.objects.get()
    assert (made.key, made.name.localize("pl"), made.icon, made.is_after_sale, made.in_forms) == ("repair", "Naprawa", "tools", True, True)
    assert list(made.departments.all()) == [support]
    assert AuditLine.objects.about(made).get().actor == olga
    assert "Repair" in as_olga.get("/control/request-types/").content.decode()


def test_a_ready_made_set_is_offered_once(as_olga, support):
    assert "ready-made" in as_olga.get("/control/request-types/").content.decode()

    for _time in range(2):
        as_olga.post("/control/request-types/start/")

    keys = list(RequestType.objects.values_list("key", flat=True))
    assert keys == ["question", "complaint", "claim", "wish", "repair", "offer", "application"]
    assert "ready-made" not in as_olga.get("/control/request-types/").content.decode()


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({"name_en": "", "name_pl": ""}, {"name_en"}),
        ({"name_en": "n" * 61}, {"name_en"}),
        ({"icon": "skull"}, {"icon"}),
        ({"departments": ["999999"]}, {"departments"}),
    ],
)
def test_mistakes_are_named_at_their_fields(as_olga, support, typed, wrong):
    response = as_olga.post("/control/request-types/new/", FORM | typed)

    assert response.status_code == 422
    assert set(response.context["form"].errors) == wrong
    assert not RequestType.objects.exists()


def test_types_are_changed_moved_archived_and_brought_back(as_olga, support):
    first, second = make_type("First"), make_type("Second")

    as_olga.post(f"/control/request-types/{second.pk}/", FORM | {"name_en": "Renamed"})
    as_olga.post(f"/control/request-types/{second.pk}/place/", {"places": "-1"})
    assert [str(each) for each in RequestType.objects.of_department(support)] == ["Renamed", "First"]

    ticket = change_request_type(make_ticket(department=support), to=first)
    as_olga.post(f"/control/request-types/{first.pk}/archiving/", {"archived": "yes"})
    assert list(RequestType.objects.of_department(support)) == [second]
    assert fresh(ticket).request_type == first
    as_olga.post(f"/control/request-types/{first.pk}/archiving/", {"archived": "no"})
    assert first in RequestType.objects.of_department(support)


def test_an_owner_of_one_store_changes_nothing_for_all(as_olga, support):
    for_all, foreign = make_type("For all"), make_type("Foreign", departments=[make_department("Elsewhere", store=make_store())])

    assert as_olga.post(f"/control/request-types/{for_all.pk}/", FORM).status_code == 403
    assert as_olga.post("/control/request-types/start/").status_code == 403
    assert as_olga.get(f"/control/request-types/{foreign.pk}/").status_code == 404
    refused = as_olga.post("/control/request-types/new/", FORM)
    assert set(refused.context["form"].errors) == {"departments"}


# --- On forms, tickets and lists --------------------------------------------------------------------


def test_the_portals_form_asks_for_it_and_the_ticket_carries_it(client, store, support):
    repair, hidden = make_type("Repair"), make_type("Only staff", in_forms=False)
    address = f"/tickets/new/{support.pk}/"

    page = client.get(address).content.decode()
    assert "Repair" in page
    assert "Only staff" not in page
    sent = {"subject": "It rattles", "text": "Since Monday.", "name": "Marta", "contact": "m@mail.example"}
    assert client.post(address, sent | {"request_type": hidden.pk}).status_code == 422
    client.post(address, sent | {"request_type": repair.pk})

    assert support.tickets.get().request_type == repair


def test_where_no_types_are_offered_nothing_is_asked(client, store, support):
    make_type("Only staff", in_forms=False)

    assert "request_type" not in client.get(f"/tickets/new/{support.pk}/").context["form"].fields


def test_staff_see_it_change_it_and_read_of_it_in_the_history(browser_of, alice, support):
    question, repair = make_type("Question"), make_type("Repair")
    ticket = make_ticket(department=support, request_type=question)
    desk, address = browser_of(alice), f"/desk/tickets/{ticket.number}/"
    assert "Question" in desk.get(address).content.decode()
    assert "Repair" in desk.get(f"{address}type/").content.decode()

    desk.post(f"{address}type/", {"request_type": repair.pk})
    assert fresh(ticket).request_type == repair
    assert "request type changed from \u2068Question\u2069 to \u2068Repair\u2069" in desk.get(address).content.decode()
    desk.post(f"{address}type/", {"request_type": ""})

    assert fresh(ticket).request_type is None
    assert [event.details["after"] for event in ticket.events.filter(kind=Kind.TYPE_CHANGED).order_by("pk")] == [repair.pk, None]
    assert desk.post(f"{address}type/", {"request_type": "999999"}).status_code == 422
    assert desk.post(f"{address}type/").status_code == 422


def test_who_may_not_change_the_status_may_not_change_the_type(browser_of, support):
    watcher = make_staff("Watcher", support, role="observer")
    repair, ticket = make_type("Repair"), make_ticket(department=support)

    assert browser_of(watcher).post(f"/desk/tickets/{ticket.number}/type/", {"request_type": repair.pk}).status_code == 403
    assert fresh(ticket).request_type is None


def test_a_ticket_never_takes_the_type_of_another_department(support, sales):
    ticket, foreign = make_ticket(department=support), make_type("Offer", departments=[sales])

    with pytest.raises(TypeOfAnotherDepartment):
        change_request_type(ticket, to=foreign)


def test_the_inbox_is_narrowed_by_it_and_rows_show_it(browser_of, alice, support):
    start_with_ready_made()
    repair = RequestType.objects.get(key="repair")
    make_ticket("It rattles", department=support, request_type=repair)
    make_ticket("How long?", department=support)

    page = browser_of(alice).get("/desk/", {"view": "open", "type": repair.pk}).content.decode()

    assert "It rattles" in page
    assert "How long?" not in page
    assert page.count(">Repair<") > 1
    everything = browser_of(alice).get("/desk/", {"view": "open", "type": "999999"}).content.decode()
    assert "How long?" in everything


def test_staff_open_a_ticket_with_a_type_of_its_department_only(browser_of, alice, kasia, support, sales):
    repair, foreign = make_type("Repair"), make_type("Offer", departments=[sales])
    address, typed = (
        f"/desk/tickets/new/?customer={kasia.pk}",
        {"department": support.pk, "subject": "Hello", "text": "We fixed it.", "priority": 20},
    )
    make_ticket(department=support, customer=kasia)

    assert browser_of(alice).post(address, typed | {"request_type": foreign.pk}).status_code == 422
    browser_of(alice).post(address, typed | {"request_type": repair.pk})

    assert support.tickets.get(subject="Hello").request_type == repair
