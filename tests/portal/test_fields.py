"""The owner's fields as customers meet them."""

import pytest

from custom_fields.models import CustomerAccess, FieldKind
from tests.make import make_field, make_ticket
from tickets.choices import Kind
from tickets.links import token_for
from tickets.models import FieldValue, Ticket
from tickets.services.fields import write_values

pytestmark = pytest.mark.django_db
SECRET = "root-hunter-2-unseen"


def text(response):
    return response.content.decode()


def form_of(department):
    return f"/tickets/new/{department.pk}/"


WORDS = {"subject": "The site is down", "text": "It answers with an error."}


@pytest.fixture
def kind():
    return make_field("Kind of question", FieldKind.CHOICE, options=["technical", "financial"], is_required=True)


@pytest.fixture
def access(kind, support):
    return make_field("Hosting access", FieldKind.SECRET, departments=[support], shown_when=kind, shown_when_values=["technical"])


def values():
    return dict(FieldValue.objects.values_list("field__key", "option"))


def test_a_customer_fills_in_what_the_department_wants_to_know(as_kasia, support, kind, access):
    assert "Hosting access" in text(as_kasia.get(form_of(support)))

    as_kasia.post(form_of(support), WORDS | {"field-kind-of-question": "technical", "field-hosting-access": SECRET})

    assert values() == {"kind-of-question": "technical", "hosting-access": ""}
    assert FieldValue.objects.get(field=access).secret == SECRET
    assert Ticket.objects.get().fields == {str(kind.pk): "technical", str(access.pk): True}


def test_what_another_department_asks_is_neither_shown_nor_taken(as_kasia, sales, kind, access):
    assert "Hosting access" not in text(as_kasia.get(form_of(sales)))

    as_kasia.post(form_of(sales), WORDS | {"field-kind-of-question": "technical", "field-hosting-access": SECRET})

    assert values() == {"kind-of-question": "technical"}


@pytest.mark.parametrize("more", [{"customer_access": CustomerAccess.NONE}, {"customer_access": CustomerAccess.SEES}, {"in_forms": False}])
def test_a_customer_cannot_fill_in_what_is_for_staff(as_kasia, support, more):
    make_field("Margin", is_required=True, **more)

    assert "Margin" not in text(as_kasia.get(form_of(support)))
    as_kasia.post(form_of(support), WORDS | {"field-margin": "40 %"})

    assert Ticket.objects.count() == 1
    assert values() == {}


def test_a_mistake_keeps_everything_but_the_secret(as_kasia, support, kind, access):
    answer = as_kasia.post(
        form_of(support), {"subject": "", "text": "Help", "field-kind-of-question": "technical", "field-hosting-access": SECRET}
    )

    assert answer.status_code == 422
    assert "Type this again" in text(answer)
    assert SECRET not in text(answer)
    assert "Help" in text(answer)
    assert not Ticket.objects.exists()


def test_what_is_not_in_the_list_opens_no_ticket(as_kasia, support, kind):
    answer = as_kasia.post(form_of(support), WORDS | {"field-kind-of-question": "<script>"})

    assert answer.status_code == 422
    assert not Ticket.objects.exists()


def test_beside_the_conversation_stands_what_the_customer_knows(as_kasia, support, kasia, alice):
    ticket = make_ticket(department=support, customer=kasia)
    order, margin = make_field(), make_field("Margin", customer_access=CustomerAccess.NONE)
    sealed = make_field("Access", FieldKind.SECRET)
    write_values(ticket, {order: "A-17", margin: "forty", sealed: SECRET}, by=alice)

    shown = text(as_kasia.get(f"/tickets/{ticket.number}/"))

    assert "A-17" in shown
    assert "We filled in" in shown
    assert "kept, encrypted" in shown
    for hidden in ("Margin", "forty", SECRET):
        assert hidden not in shown


def test_a_customer_changes_only_what_is_theirs(as_kasia, support, kasia):
    ticket = make_ticket(department=support, customer=kasia)
    make_field()
    make_field("Margin", customer_access=CustomerAccess.NONE)
    make_field("State", customer_access=CustomerAccess.SEES)

    answer = as_kasia.post(f"/tickets/{ticket.number}/fields/", {"field-order-number": "A-17", "field-margin": "x", "field-state": "x"})

    assert answer.status_code == 302
    assert list(FieldValue.objects.values_list("field__key", "text")) == [("order-number", "A-17")]
    event = ticket.events.get(kind=Kind.FIELDS_CHANGED)
    assert event.by_customer
    assert "You filled in" in text(as_kasia.get(f"/tickets/{ticket.number}/"))


def test_nobody_fills_in_the_request_of_somebody_else(client, support, kasia, nour):
    ticket = make_ticket(department=support, customer=kasia)
    make_field()
    client.force_login(nour.user)

    assert client.get(f"/tickets/{ticket.number}/fields/").status_code == 404
    assert client.post(f"/tickets/{ticket.number}/fields/", {"field-order-number": "x"}).status_code == 404


def test_behind_a_signed_link_the_same_fields_are_filled_in(client, support):
    from tests.make import make_customer

    ticket = make_ticket(department=support, customer=make_customer("Visitor", account=False))
    make_field()
    address = f"/t/{token_for(ticket)}/"

    assert "Order number" in text(client.get(f"{address}fields/"))
    client.post(f"{address}fields/", {"field-order-number": "A-17"})

    assert "A-17" in text(client.get(address))


def test_customers_find_their_requests_by_what_they_filled_in_and_by_nothing_staff_keep(as_kasia, support, kasia):
    ticket = make_ticket("The mill", department=support, customer=kasia)
    write_values(ticket, {make_field(): "zebra17", make_field("Margin", customer_access=CustomerAccess.NONE): "giraffe18"})

    assert "The mill" in text(as_kasia.get("/tickets/?q=zebra17"))
    assert "The mill" not in text(as_kasia.get("/tickets/?q=giraffe18"))
