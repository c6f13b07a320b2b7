import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from audit.models import AuditLine
from automations import shape
from automations.document import read_workflow
from automations.drafts import Desk, change_draft
from automations.models import WorkflowDraft, WorkflowVersion
from custom_fields.models import Field
from notifications.models import ActionText
from permissions.rights import ActionRight, RoleKey
from permissions.services import grant, grant_role
from statuses.models import Action, Status, Workflow
from tests.make import fresh, make_action, make_department, make_staff, make_status, make_store, make_ticket, make_workflow
from tests.test_every_address import all_rows

PAGES = [
    "workflow",
    "workflow_name",
    "workflow_archive",
    "new_workflow_status",
    "workflow_versions",
    "workflow_rehearsal",
    "workflow_colours",
]


@pytest.fixture
def workflow(support):
    return support.workflow


@pytest.fixture
def shop(workflow):
    """The workflow's address, and a way to the addresses below it."""

    def address(name="workflow", *more):
        return reverse(f"control:{name}", args=[workflow.pk, *more])

    return address


def status_typed(client, url, **changes):
    """What the page of a status would send, with these changes."""
    return typed(client.get(url).context["form"]) | {"seen": client.get(url).context["seen"]} | changes


def typed(form):
    data = {}
    for name, field in form.fields.items():
        value = form.get_initial_for_field(field, name)
        value = value() if callable(value) else value
        if value is True:
            data[form.add_prefix(name)] = "on"
        elif value not in (None, False):
            data[form.add_prefix(name)] = value
    return data


def action_typed(client, url, **changes):
    context = client.get(url).context
    form = context["form"]
    data = typed(form) | typed(form.asked) | {"seen": context["seen"], "told-rows": len(form.told.rows)}
    for row in form.told.rows:
        data |= typed(row)
    return data | changes


def test_the_pages_open(as_olga, shop, workflow):
    action = make_action(workflow.by_code["new"], target=workflow.by_code["open"])
    status = workflow.by_code["new"]
    pages = [shop(name) for name in PAGES] + [
        reverse("control:workflows"),
        reverse("control:new_workflow"),
        shop("workflow_status", status.key),
        shop("workflow_status_removal", status.key),
        shop("new_workflow_action", status.key),
        shop("workflow_action", status.key, action.key),
        shop("workflow_action_removal", status.key, action.key),
    ]

    assert [as_olga.get(page).status_code for page in pages] == [200] * len(pages)


def test_a_status_is_added_in_the_draft_and_works_once_it_is_published(as_olga, shop, workflow, support):
    url = shop("new_workflow_status")
    data = status_typed(as_olga, url, name_en="Waiting for parts", kind="waiting_for_others", colour="50")

    saved = as_olga.post(url, data, follow=True)
    assert "Waiting for parts" in saved.content.decode()
    assert not Status.objects.filter(workflow=workflow, key="waiting-for-parts").exists()

    review = as_olga.get(shop("workflow_review"))
    assert "Waiting for parts" in review.content.decode()
    done = as_olga.post(shop("workflow_review"), {"seen": review.context["seen"], "remark": "Parts come late."}, follow=True)

    status = Status.objects.get(workflow=workflow, key="waiting-for-parts")
    assert "Version 2 is in force." in done.content.decode()
    assert (status.hue, status.kind, str(status.name)) == (50, "waiting_for_others", "Waiting for parts")
    assert not WorkflowDraft.objects.exists()
    assert WorkflowVersion.objects.get(number=2).remark == "Parts come late."
    line = AuditLine.objects.filter(deed="settings_changed").latest("pk")
    assert line.after["statuses.waiting-for-parts.name"] == {"en": "Waiting for parts"}


def test_two_editors_at_once_the_second_is_told_and_keeps_what_they_typed(as_olga, shop, workflow, olga):
    url = shop("workflow_status", workflow.by_code["new"].key)
    data = status_typed(as_olga, url, name_en="Fresh")
    change_draft(workflow, lambda document: document["statuses"][1].update(name={"en": "Busy"}), by=olga)

    refused = as_olga.post(url, data)
    assert refused.status_code == 409
    assert "Somebody changed the draft meanwhile" in refused.content.decode()
    assert 'value="Fresh"' in refused.content.decode()
    assert Desk(workflow).document["statuses"][0]["name"]["en"] == "New"

    again = as_olga.post(url, data | {"seen": refused.context["seen"]})
    assert again.status_code == 302
    assert [status["name"]["en"] for status in Desk(workflow).document["statuses"]][:2] == ["Fresh", "Busy"]


def test_the_same_form_sent_twice_makes_one_status(as_olga, shop, workflow):
    url = shop("new_workflow_status")
    data = status_typed(as_olga, url, name_en="Parts", kind="open", colour="kind", form_key="a-key-of-this-form-1")

    assert as_olga.post(url, data)["Location"] == as_olga.post(url, data)["Location"]
    assert len(Desk(workflow).document["statuses"]) == 6


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"name_en": ""}, "name_en"),
        ({"name_en": "x" * 81}, "name_en"),
        ({"colour": "own", "own_colour": "blue"}, "own_colour"),
        ({"reply_days": "never"}, "reply_days"),
        ({"after_staff_reply": "nowhere"}, "after_staff_reply"),
        ({"kind": "sleeping"}, "kind"),
    ],
)
def test_mistakes_at_a_status_are_named_and_nothing_is_saved(as_olga, shop, workflow, wrong, field):
    url = shop("workflow_status", workflow.by_code["closed"].key)

    response = as_olga.post(url, status_typed(as_olga, url, name_fa="بسته‌ی ما", **wrong))

    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assert "بسته‌ی ما" in response.content.decode()
    assert not WorkflowDraft.objects.exists()


def test_an_action_with_all_its_settings(as_olga, shop, workflow, support):
    Field.objects.create(key="serial", label="Serial number")
    Field.objects.create(key="colour", label="Colour")
    ActionText.objects.create(key="sent", name="It is sent", subject="Sent", body="It is on its way.")
    status = workflow.by_code["open"].key
    url = shop("new_workflow_action", status)
    data = action_typed(
        as_olga, url, name_en="Send parts", icon="truck", look="main", deed="reply", text_en="Hello {customer}", target=workflow.by_code["waiting"].key,
        gives_to="doer", for_staff="on", **{
            "asked-serial-way": "must", "asked-serial-place": "2", "asked-colour-way": "may", "asked-colour-place": "1",
            "told-0-text": "sent", "told-0-recipient": "customer", "told-1-text": "sent", "told-1-recipient": "address",
            "told-1-address": "parts@shop.example",
        },
    )  # fmt: skip

    assert as_olga.post(url, data).status_code == 302
    action = Desk(workflow).action(status, "send-parts")
    assert action["fields"] == [{"field": "colour", "required": False}, {"field": "serial", "required": True}]
    assert action["messages"] == [
        {"text": "sent", "recipient": "customer", "address": ""},
        {"text": "sent", "recipient": "address", "address": "parts@shop.example"},
    ]
    assert (action["target"], action["gives_to"], action["text"]) == (workflow.by_code["waiting"].key, "doer", {"en": "Hello {customer}"})

    page = shop("workflow_action", status, "send-parts")
    assert as_olga.post(page, action_typed(as_olga, page)).status_code == 302
    assert Desk(workflow).action(status, "send-parts") == action


@pytest.mark.parametrize(
    ("wrong", "where"),
    [
        ({"name_en": ""}, "form"),
        ({"fires": "on", "fires_after": ""}, "form"),
        ({"fires": "on", "fires_after": "9999", "fires_unit": "days"}, "form"),
        ({"gives_to": "person"}, "form"),
        ({"icon": "../evil"}, "form"),
        ({"target": "nowhere"}, "form"),
        ({"told-0-recipient": "address", "told-0-text": "sent"}, "told"),
        ({"told-0-text": "sent", "told-1-text": "sent"}, "told"),
    ],
)
def test_mistakes_at_an_action_are_named_and_nothing_is_saved(as_olga, shop, workflow, wrong, where):
    ActionText.objects.create(key="sent", name="It is sent", subject="Sent", body="It is on its way.")
    url = shop("new_workflow_action", workflow.by_code["open"].key)

    response = as_olga.post(url, action_typed(as_olga, url, **({"name_en": "Send", "text_fa": "سلام"} | wrong)))

    form = response.context["form"]
    assert response.status_code == 422
    assert form.errors if where == "form" else form.told.twice or any(row.errors for row in form.told.rows)
    assert "سلام" in response.content.decode()
    assert not WorkflowDraft.objects.exists()


def test_rows_move_by_buttons_and_by_dragging(as_olga, shop, workflow):
    keys = [status.key for status in workflow.kept_statuses()]

    as_olga.post(shop("workflow_status_place", keys[0]), {"move": "down"})
    assert [status["key"] for status in Desk(workflow).document["statuses"]] == [keys[1], keys[0], *keys[2:]]

    as_olga.post(shop("workflow_status_place", keys[4]), {"before": keys[1]})
    assert [status["key"] for status in Desk(workflow).document["statuses"]] == [keys[4], keys[1], keys[0], *keys[2:4]]


def test_where_tickets_move_is_asked_before_a_status_goes(as_olga, shop, workflow, support):
    ticket = make_ticket(department=support)
    new, open_ = workflow.by_code["new"], workflow.by_code["open"]
    as_olga.post(shop("workflow_status_removal", new.key))

    review = as_olga.get(shop("workflow_review"))
    assert "1 ticket stands here" in review.content.decode()
    refused = as_olga.post(shop("workflow_review"), {"seen": review.context["seen"], f"to_{new.key}": "", "remark": "kept"})
    assert refused.status_code == 422
    assert 'value="kept"' in refused.content.decode()
    assert fresh(new).archived_at is None
    closed = workflow.by_code["closed"].key
    assert as_olga.post(shop("workflow_review"), {"seen": review.context["seen"], f"to_{new.key}": closed}).status_code == 422

    as_olga.post(shop("workflow_review"), {"seen": review.context["seen"], f"to_{new.key}": open_.key})
    assert fresh(new).archived_at is not None
    assert fresh(ticket).status == open_


def test_what_was_changed_after_the_review_is_not_published(as_olga, shop, workflow, olga):
    change_draft(workflow, lambda document: document["statuses"][0].update(name={"en": "Fresh"}), by=olga)
    seen = as_olga.get(shop("workflow_review")).context["seen"]
    change_draft(workflow, lambda document: document["statuses"][1].update(name={"en": "Busy"}), by=olga)

    response = as_olga.post(shop("workflow_review"), {"seen": seen})

    assert response.status_code == 422
    assert "This is no longer what you looked at" in response.content.decode()
    assert not WorkflowVersion.objects.exists()
    assert str(fresh(workflow.by_code["new"]).name) == "New"


def test_a_faulty_draft_is_not_published(as_olga, shop, workflow, olga):
    def only_closed(document):
        document["statuses"] = [status for status in document["statuses"] if status["kind"] == "closed"]

    change_draft(workflow, only_closed, by=olga)
    before = read_workflow(workflow)
    review = as_olga.get(shop("workflow_review"))
    assert "A new ticket has nowhere to begin" in review.content.decode()

    response = as_olga.post(shop("workflow_review"), {"seen": review.context["seen"]})
    assert response.status_code == 422
    assert "A new ticket has nowhere to begin" in response.context["complaint"]
    assert read_workflow(workflow) == before
    assert WorkflowDraft.objects.exists()


def test_back_to_an_earlier_version(as_olga, shop, workflow, olga):
    first = read_workflow(workflow)
    for name in ("Fresh", "Fresher"):
        change_draft(workflow, lambda document, name=name: document["statuses"][0].update(name={"en": name}), by=olga)
        as_olga.post(shop("workflow_review"), {"seen": Desk(workflow).seen})
    page = as_olga.get(shop("workflow_version", 3) + "?with=1")
    assert "Fresher" in page.content.decode()

    seen = as_olga.get(shop("workflow_version", 1)).context["seen"]
    assert as_olga.post(shop("workflow_version", 1), {"seen": "old"}).status_code == 409
    as_olga.post(shop("workflow_version", 1), {"seen": seen})
    assert str(fresh(workflow.by_code["new"]).name) == "Fresher"
    as_olga.post(shop("workflow_review"), {"seen": Desk(workflow).seen})

    assert read_workflow(fresh(workflow)) == first
    assert list(WorkflowVersion.objects.values_list("number", flat=True)) == [4, 3, 2, 1]


def test_throwing_the_draft_away(as_olga, shop, workflow, olga):
    change_draft(workflow, lambda document: document["statuses"].pop(0), by=olga)

    page = as_olga.get(shop("workflow_draft"))
    assert "What would be lost" in page.content.decode()
    assert WorkflowDraft.objects.exists()
    as_olga.post(shop("workflow_draft"))
    assert not WorkflowDraft.objects.exists()
    assert as_olga.get(shop("workflow_draft"))["Location"] == shop("workflow")


def test_the_check_names_the_status_and_the_action_of_each_fault(as_olga, shop, workflow, olga):
    def lead_nowhere(document):
        action = {name: part.default for name, part in shape.ACTION.items()}
        document["statuses"][0]["actions"].append(action | {"key": "lost", "name": {"en": "Get lost"}, "target": "nowhere"})

    change_draft(workflow, lead_nowhere, by=olga)

    [(_fault, _address, names)] = as_olga.get(shop("workflow")).context["faults"]
    assert names == [Desk(workflow).document["statuses"][0]["name"]["en"], "Get lost"]


def test_new_ones_from_a_ready_made_one_and_from_a_copy(as_olga, workflow, support):
    data = {"start": "technical", "name_en": "Helpers", "form_key": "a-key-of-this-form-2"}
    first = as_olga.post("/control/workflows/new/", data)
    assert as_olga.post("/control/workflows/new/", data)["Location"] == first["Location"]
    made = Workflow.objects.get(key="helpers")
    assert [status.key for status in made.kept_statuses()][:4] == ["new", "open", "answered", "specialist"]

    as_olga.post("/control/workflows/new/", {"start": f"copy-{workflow.pk}", "name_en": "Second shop"})
    copied = Workflow.objects.get(key="second-shop")
    assert read_workflow(copied)["statuses"] == read_workflow(workflow)["statuses"]
    assert as_olga.post("/control/workflows/new/", {"start": "nothing"}).status_code == 422


def test_a_workflow_that_departments_follow_is_not_archived(as_olga, shop, workflow, support):
    response = as_olga.post(shop("workflow_archive"))
    assert response.status_code == 409
    assert "Departments follow this workflow." in response.content.decode()
    assert fresh(workflow).archived_at is None

    support.workflow = make_workflow("Other")
    support.save()
    as_olga.post(shop("workflow_archive"))
    assert fresh(workflow).archived_at is not None
    as_olga.post(shop("workflow_archive"), {"do": "restore"})
    assert fresh(workflow).archived_at is None


def test_a_name_holds_at_once_and_in_the_draft_too(as_olga, shop, workflow, olga):
    change_draft(workflow, lambda document: document["statuses"].pop(1), by=olga)

    as_olga.post(shop("workflow_name"), {"name_en": "Bazaar", "name_fa": "بازار"})

    assert str(fresh(workflow).name) == "Bazaar"
    assert Desk(fresh(workflow)).document["name"] == {"en": "Bazaar", "fa": "بازار"}
    assert as_olga.post(shop("workflow_name"), {"name_en": "", "name_fa": "بازار"}).status_code == 422


def test_a_workflow_of_another_store_is_not_there(as_olga, workflow, support):
    other = make_store()
    foreign = make_department("Elsewhere", store=other)
    shared = make_department("Both", store=other, workflow=workflow)

    assert as_olga.get(reverse("control:workflow", args=[foreign.workflow_id])).status_code == 404
    assert as_olga.get(reverse("control:workflow", args=[workflow.pk])).status_code == 404
    assert "Shared with other stores" in as_olga.get("/control/workflows/").content.decode()
    assert shared.workflow_id == workflow.pk


def test_who_holds_the_right_to_an_action_stands_under_it(as_olga, shop, workflow, alice):
    action = make_action(workflow.by_code["new"], "Pay back")
    bob = make_staff("Bob Stone", sees_customers=False)
    grant(bob, ActionRight.PERFORM, action)

    page = as_olga.get(shop("workflow_action", workflow.by_code["new"].key, action.key))

    assert [str(person) for person in page.context["holders"].people] == ["Alice Warren", "Bob Stone"]


def test_pages_cost_the_same_however_many_statuses_and_actions_there_are(as_olga, shop, workflow):
    def queries(url):
        as_olga.get(url)
        with CaptureQueriesContext(
            connection,
        ) as captured:
            assert as_olga.get(url).status_code == 200
        return len(captured)

    status = workflow.by_code["new"]
    action = make_action(status, target=workflow.by_code["open"])
    pages = [
        reverse("control:workflows"), shop(), shop("workflow_status", status.key), shop("workflow_action", status.key, action.key),
        shop("workflow_rehearsal"),
    ]  # fmt: skip
    few = [queries(page) for page in pages]
    for number in range(8):
        more = make_status(workflow, f"Status {number}")
        for each in range(3):
            make_action(more, f"Action {each}", target=status)

    assert [queries(page) for page in pages] == few
    assert max(few) <= 30


def test_the_rehearsal_names_only_tickets_one_may_see_and_changes_nothing(as_olga, shop, workflow, support, olga):
    action = make_action(workflow.by_code["new"], "Take", target=workflow.by_code["open"])
    ticket = make_ticket(department=support)
    url = f"{shop('workflow_rehearsal')}?action={workflow.by_code['new'].key}/{action.key}"
    as_olga.get(url)
    before = all_rows()

    hidden = as_olga.get(url)
    assert (hidden.context["total"], hidden.context["hidden"], hidden.context["rows"]) == (1, 1, [])
    assert ticket.number not in hidden.content.decode()
    assert "There is no such ticket" in as_olga.get(f"{url}&ticket={ticket.number}").content.decode()

    assert all_rows() == before

    grant_role(olga, support, RoleKey.SUPPORTER)
    before = all_rows()
    seen = as_olga.get(url)
    assert ticket.number in seen.content.decode()
    assert "status “\u2068In work\u2069”" in seen.content.decode()
    assert all_rows() == before


def test_an_action_in_the_draft_alone_is_rehearsed(as_olga, shop, workflow, support, olga):
    make_ticket(department=support)
    new = workflow.by_code["new"].key

    def add(document):
        action = {name: part.default for name, part in shape.ACTION.items()}
        action |= {"key": "silence", "name": {"en": "Silence"}, "target": workflow.by_code["closed"].key, "fires_after_hours": 48}
        document["statuses"][0]["actions"].append(action)

    change_draft(workflow, add, by=olga)

    page = as_olga.get(f"{shop('workflow_rehearsal')}?action={new}/silence")

    assert (page.context["total"], page.context["due"]) == (1, 0)
    assert not Action.objects.filter(status__workflow=workflow).exists()
