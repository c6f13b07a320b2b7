"""Notes, warnings and blocks of a customer on the desk: written, changed and taken away by right, shown where they are needed."""

from datetime import timedelta

import pytest
from django.utils import timezone

from audit.models import AuditLine
from customers.models import Block, CustomerNote
from customers.services import add_customer_note, block_customer
from permissions.rights import StoreRight
from permissions.services import withdraw
from tests.backoffice.customers.test_customers import listed
from tests.make import fresh, make_customer, make_message, make_staff, make_store, make_ticket

pytestmark = pytest.mark.django_db


@pytest.fixture
def dan(support):
    """Sees tickets, knows no customer."""
    return make_staff("Dan Moreau", support, sees_customers=False)


@pytest.fixture
def reader(alice, store):
    """Alice, who may know customers and not manage them."""
    withdraw(alice, StoreRight.MANAGE_CUSTOMERS, store)
    return alice


def address_of(note, deed=""):
    return f"/desk/customers/{note.customer_id}/notes/{note.pk}/{deed}"


def test_a_note_is_changed_and_its_history_kept(desk, kasia, alice, store):
    note = add_customer_note(kasia, text="Prefers writing.", by=make_staff("Vera"))

    assert desk.get(address_of(note)).status_code == 200
    desk.post(address_of(note), {"text": "Never send before the old unit is back.", "is_warning": "on"})

    note.refresh_from_db()
    assert (note.text, note.is_warning, note.author.name) == ("Never send before the old unit is back.", True, "Vera")
    assert fresh(kasia).has_warning
    page = desk.get(f"/desk/customers/{kasia.pk}/?part=history").content.decode()
    assert "changed a note, which was: \u2068Prefers writing.\u2069" in page


def test_a_deleted_note_is_gone_and_the_mark_with_it(desk, kasia, alice):
    note = add_customer_note(kasia, text="Pays late.", is_warning=True, by=alice)
    assert fresh(kasia).has_warning

    assert desk.post(address_of(note, "deletion/")).status_code == 302
    desk.post(address_of(note, "deletion/"))

    assert not CustomerNote.objects.exists()
    assert not fresh(kasia).has_warning
    assert list(kasia.events.values_list("kind", flat=True).order_by("pk")) == ["note_added", "note_removed"]


def test_pinned_notes_come_first(desk, kasia, alice, ticket):
    add_customer_note(kasia, text="Has two machines.", is_pinned=True, by=alice)
    add_customer_note(kasia, text="Newer note.", by=alice)

    for address in (f"/desk/customers/{kasia.pk}/", f"/desk/tickets/{ticket.number}/"):
        page = desk.get(address).content.decode()
        assert page.index("Has two machines.") < page.index("Newer note.")


def test_who_lost_the_right_changes_only_their_own(desk_of, kasia, reader):
    own, other = (add_customer_note(kasia, text="A note.", by=by) for by in (reader, make_staff("Vera")))
    desk = desk_of(reader)

    assert desk.post(address_of(own), {"text": "Mine, changed."}).status_code == 302
    for deed in ("", "deletion/"):
        assert desk.post(address_of(other, deed), {"text": "Hm"}).status_code == 403

    assert (fresh(own).text, fresh(other).text) == ("Mine, changed.", "A note.")


def test_a_note_of_another_customer_or_of_a_hidden_one_is_not_there(desk, desk_of, dan, kasia, alice):
    note = add_customer_note(kasia, text="A note.", by=alice)
    nour = make_customer("Nour")

    assert desk.post(f"/desk/customers/{nour.pk}/notes/{note.pk}/", {"text": "Hm"}).status_code == 404
    for deed in ("", "deletion/"):
        assert desk_of(dan).post(address_of(note, deed), {"text": "Hm"}).status_code == 404
    assert fresh(note).text == "A note."


def test_a_customer_is_blocked_from_the_ticket_and_unblocked_there(desk, kasia, alice, ticket):
    page = desk.get(f"/desk/tickets/{ticket.number}/").content.decode()
    assert f"/desk/customers/{kasia.pk}/block/?ticket={ticket.number}" in page
    day = (timezone.now() + timedelta(days=30)).date().isoformat()

    response = desk.post(
        f"/desk/customers/{kasia.pk}/block/", {"reason": "Insults", "words": "Please call us.", "until": day, "ticket": ticket.number}
    )

    assert response["Location"] == f"/desk/tickets/{ticket.number}/"
    block = Block.objects.get()
    assert (block.reason, block.words, block.blocked_by) == ("Insults", "Please call us.", alice)
    assert (block.ends_at.date().isoformat() >= day, fresh(kasia).is_blocked) == (True, True)
    for shown in (f"/desk/tickets/{ticket.number}/", f"/desk/customers/{kasia.pk}/"):
        page = desk.get(shown).content.decode()
        assert "Insults" in page
        assert page.index("Insults") < page.index("Kasia Nowak</bdi></h1>" if "customers" in shown else "It rattles")

    desk.post(f"/desk/customers/{kasia.pk}/unblocking/", {"reason": "Apologised", "ticket": ticket.number})

    assert not fresh(kasia).is_blocked
    lines = AuditLine.objects.filter(deed="customer_changed").order_by("pk")
    assert [(line.after["did"], line.reason, line.subject_name) for line in lines] == [
        ("blocked", "Insults", f"#{kasia.pk}"), ("unblocked", "Apologised", f"#{kasia.pk}"),
    ]  # fmt: skip


@pytest.mark.parametrize("data", [{}, {"reason": " "}, {"reason": "x" * 301}, {"reason": "Hm", "until": "2001-01-01"}])
def test_a_block_needs_a_reason_and_an_end_to_come(desk, kasia, data):
    response = desk.post(f"/desk/customers/{kasia.pk}/block/", data)

    assert response.status_code == 422
    assert "field-error" in response.content.decode()
    assert not Block.objects.exists()


def test_blocking_needs_its_right(desk_of, reader, dan, bob, kasia, ticket):
    second = make_store()
    nour = make_customer("Nour")
    make_ticket(department=ticket.department, store=second, customer=nour)

    for person, customer, status in ((reader, kasia, 403), (dan, kasia, 404), (reader, nour, 404)):
        desk = desk_of(person)
        assert desk.post(f"/desk/customers/{customer.pk}/block/", {"reason": "Hm"}).status_code == status
        assert desk.post(f"/desk/customers/{customer.pk}/unblocking/", {"reason": "Hm"}).status_code == status
    assert "/block/" not in desk_of(reader).get(f"/desk/customers/{kasia.pk}/").content.decode()
    assert not Block.objects.exists()


def test_whoever_may_not_know_the_customer_reads_of_the_block_covered(desk_of, dan, kasia, alice, ticket):
    block_customer(kasia, reason="Kasia Nowak insulted Vera", by=alice)

    page = desk_of(dan).get(f"/desk/tickets/{ticket.number}/").content.decode()

    assert "insulted Vera" in page
    assert "Nowak" not in page
    assert "/unblocking/" not in page


def test_lists_know_the_blocked_and_the_warned(desk, kasia, alice, ticket):
    make_customer("Nour Haddad")
    block_customer(kasia, reason="Hm", by=alice)
    ended = make_customer("Zoe Sand")
    block_customer(ended, reason="Hm", until=timezone.now() + timedelta(seconds=1), by=alice)
    type(ended).objects.filter(pk=ended.pk).update(blocked_until=timezone.now())
    add_customer_note(make_customer("Adam"), text="Careful", is_warning=True, by=alice)

    assert listed(desk, "?standing=blocked") == ["Kasia Nowak"]
    assert listed(desk, "?standing=warned") == ["Adam"]
    assert "the customer is blocked" in desk.get("/desk/?view=open").content.decode()


def test_the_page_has_its_parts(desk, kasia, alice, support, sales):
    mine = make_ticket("The grinder rattles", department=support, customer=kasia)
    make_message(mine, "We look at it.", by=alice)
    hidden = make_ticket("A secret offer", department=sales, customer=kasia)
    make_message(hidden, "Only for you.", by=make_staff("Vera", sales))

    for part in ("tickets", "messages", "ratings", "history"):
        page = desk.get(f"/desk/customers/{kasia.pk}/?part={part}").content.decode()
        assert f'href="?part={part}" aria-current="page"' in page
        assert "A secret offer" not in page
    assert "The grinder rattles" in desk.get(f"/desk/customers/{kasia.pk}/?state=open").content.decode()
    assert "The grinder rattles" not in desk.get(f"/desk/customers/{kasia.pk}/?state=closed").content.decode()


def test_the_page_of_a_new_ticket_shows_warnings_and_the_block(desk, kasia, alice):
    add_customer_note(kasia, text="Send no replacement first.", is_warning=True, by=alice)
    block_customer(kasia, reason="Insults", by=alice)

    page = desk.get(f"/desk/tickets/new/?customer={kasia.pk}").content.decode()

    assert page.index("Insults") < page.index("Send no replacement first.") < page.index("What it is about")
