import copy

import pytest

from audit.models import AuditLine
from automations.document import complete, publish, read_workflow
from automations.faults import TicketsHaveNoPlace, WorkflowIsFaulty
from automations.models import WorkflowVersion
from automations.ready_made import READY_MADE
from permissions.models import ActionUserObjectPermission
from permissions.rights import ActionRight
from permissions.services import grant
from statuses.models import Status
from tests.make import fresh, make_action, make_department, make_staff, make_ticket
from tests.test_every_address import all_rows
from tickets.choices import Kind
from tickets.models import Ticket
from tickets.services.lifecycle import close_ticket

pytestmark = pytest.mark.django_db


@pytest.fixture
def support():
    return make_department("Support")


@pytest.fixture
def workflow(support):
    return support.workflow


@pytest.fixture
def olga():
    return make_staff("Olga")


def without(document, *keys):
    document = copy.deepcopy(document)
    document["statuses"] = [status for status in document["statuses"] if status["key"] not in keys]
    for status in document["statuses"]:
        for name in ("after_customer_reply", "after_staff_reply"):
            status[name] = None if status[name] in keys else status[name]
    return document


def test_tickets_of_a_status_that_goes_move_where_it_was_said(workflow, support, olga):
    tickets = [make_ticket(department=support) for _each in range(3)]
    new, open_ = workflow.by_code["new"], workflow.by_code["open"]
    versions = [fresh(ticket).version for ticket in tickets]

    publish(workflow, without(read_workflow(workflow), new.key), moves={new.key: open_.key}, by=olga, remark="No more new")

    events = [event for ticket in tickets for event in ticket.events.filter(kind=Kind.STATUS_CHANGED)]
    assert {fresh(ticket).status for ticket in tickets} == {open_}
    assert [fresh(ticket).version for ticket in tickets] == [version + 1 for version in versions]
    assert [event.details for event in events] == [{"before": new.pk, "after": open_.pk, "retired": True}] * 3
    assert {event.actor for event in events} == {olga}
    assert fresh(new).archived_at is not None
    assert AuditLine.objects.latest("pk").after["version"] == 2


@pytest.mark.parametrize("moves", [{}, {"new": "nowhere"}, {"new": "new"}, {"new": "closed"}])
def test_without_a_place_for_every_ticket_nothing_is_changed(workflow, support, moves):
    make_ticket(department=support)
    keys = {code: status.key for code, status in workflow.by_code.items()}
    document = without(read_workflow(workflow), keys["new"])
    before = all_rows()

    with pytest.raises(TicketsHaveNoPlace):
        publish(workflow, document, moves={keys[old]: keys.get(new, new) for old, new in moves.items()})

    assert all_rows() == before


def test_a_faulty_document_changes_nothing(workflow, support):
    document = read_workflow(workflow)
    document["statuses"][0]["name"] = {}
    document["statuses"][1]["after_staff_reply"] = "nowhere"
    before = all_rows()

    with pytest.raises(WorkflowIsFaulty) as refused:
        publish(workflow, document)

    assert len(refused.value.faults) == 2
    assert all_rows() == before


def test_a_status_with_tickets_does_not_turn_from_open_into_closed(workflow, support):
    make_ticket(department=support)
    document = read_workflow(workflow)
    document["statuses"][0]["kind"] = "closed"
    before = all_rows()

    with pytest.raises(TicketsHaveNoPlace, match="cannot turn"):
        publish(workflow, document)

    assert all_rows() == before


def test_rights_stay_on_what_stays_and_come_back_with_what_comes_back(workflow, support):
    alice = make_staff("Alice")
    action = make_action(workflow.by_code["new"], "Take", target=workflow.by_code["open"])
    grant(alice, ActionRight.PERFORM, action)
    document = read_workflow(workflow)
    smaller = copy.deepcopy(document)
    smaller["statuses"][0]["actions"] = []

    publish(workflow, smaller)
    assert fresh(action).archived_at is not None
    publish(workflow, document)

    assert fresh(action).archived_at is None
    assert ActionUserObjectPermission.objects.filter(content_object=action, user=alice).exists()


def test_closed_tickets_move_among_closed_statuses_and_stay_closed(workflow, support):
    ticket = close_ticket(make_ticket(department=support))
    closed = workflow.by_code["closed"]
    document = read_workflow(workflow)
    document["statuses"].append({**copy.deepcopy(document["statuses"][-1]), "key": "done", "name": {"en": "Done"}})

    publish(workflow, without(document, closed.key), moves={closed.key: "done"})

    assert fresh(ticket).closed_at == ticket.closed_at
    assert fresh(ticket).status.key == "done"


def test_going_from_one_workflow_to_quite_another_and_back(workflow, support, olga):
    ticket = make_ticket(department=support)
    first = read_workflow(workflow)
    key = workflow.by_code["new"].key

    other = without(complete(READY_MADE["technical"].document)[0], key)
    publish(workflow, other | {"name": first["name"]}, moves={key: "specialist"}, by=olga)
    assert fresh(ticket).status.key == "specialist"
    publish(workflow, first, moves={"specialist": key}, by=olga)

    assert read_workflow(fresh(workflow)) == first
    assert fresh(ticket).status == workflow.by_code["new"]
    assert Status.objects.get(workflow=workflow, key="specialist").archived_at is not None
    assert [version.number for version in WorkflowVersion.objects.all()] == [3, 2, 1]
    assert WorkflowVersion.objects.get(number=1).document == first


def test_many_tickets_move_with_few_queries(workflow, support, django_assert_max_num_queries):
    ticket = make_ticket(department=support)
    new, open_ = workflow.by_code["new"], workflow.by_code["open"]
    copies = [Ticket(**{field.attname: getattr(ticket, field.attname) for field in Ticket._meta.concrete_fields}) for _each in range(60)]
    for number, each in enumerate(copies):
        each.pk, each.number = None, f"9{number:05}"
    Ticket.objects.bulk_create(copies)

    with django_assert_max_num_queries(45):
        publish(workflow, without(read_workflow(workflow), new.key), moves={new.key: open_.key})

    assert Ticket.objects.filter(status=open_).count() == 61
