"""The ticket page: the whole story in time order, what became of each message, and the customer as far as one may know them."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from customers.services import add_customer_note
from notifications.models import Delivery
from permissions.rights import RoleKey, StoreRight
from permissions.services import withdraw
from surveys.models import Survey
from surveys.services import answer_survey
from tests.make import make_customer, make_department, make_message, make_staff, make_ticket
from tickets.models import Message, ReplyTemplate
from tickets.services import lifecycle

pytestmark = pytest.mark.django_db


def page_of(client, ticket, query=""):
    response = client.get(f"/desk/tickets/{ticket.number}/{query}")
    assert response.status_code == 200
    return response.content.decode()


def words_of(page):
    return " ".join(re.sub(r"<[^>]+>", " ", page.replace("\u2068", "").replace("\u2069", "")).split())


def test_staff_of_another_department_get_404(desk_of, bob, ticket):
    assert desk_of(bob).get(f"/desk/tickets/{ticket.number}/").status_code == 404


def test_the_whole_history_stands_in_time_order_with_its_actors(desk, alice, support, ticket):
    bea = make_staff("Bea Stone", support)
    lifecycle.assign_ticket(ticket, to=bea, by=alice)
    make_message(ticket, "We look at it.", by=bea)
    make_message(ticket, "Third one this week.", by=bea, note=True)
    lifecycle.change_priority(ticket, to=40, by=bea)
    lifecycle.change_status(ticket, to=support.workflow.statuses.get(position=1), by=bea)
    lifecycle.close_ticket(ticket, by=bea)
    make_message(ticket, "It rattles again.")

    words = words_of(page_of(desk, ticket))

    story = [
        "Kasia Nowak: opened the ticket",
        "It rattles since Monday.",
        "You: ticket given to Bea Stone",
        "We look at it.",
        "Third one this week.",
        "Bea Stone: priority changed from Normal to Urgent",
        "Bea Stone: status changed from Waiting for customer to In work",
        "Bea Stone: closed the ticket",
        "It rattles again.",
        "Kasia Nowak: opened the ticket again",
    ]
    places = [words.find(line) for line in story]
    assert -1 not in places, story[places.index(-1)]
    assert places == sorted(places)


def test_passing_on_and_rating_are_told(desk, alice, support, ticket):
    repairs = make_department("Repairs", workflow=support.workflow)
    alice_there = make_staff("Rita", repairs)
    lifecycle.pass_on_ticket(ticket, to=repairs, by=alice)
    lifecycle.pass_on_ticket(ticket, to=support, by=alice_there)
    lifecycle.rate_ticket(ticket, score=4, comment="")

    words = words_of(page_of(desk, ticket))

    assert "You: passed on from Support to Repairs" in words
    assert "Rita: passed on from Repairs to Support" in words
    assert "Kasia Nowak: rated our help with 4 of 5" in words


def test_a_note_is_marked_as_seen_by_staff_only(desk, alice, ticket):
    make_message(ticket, "Between us.", by=alice, note=True)

    page = page_of(desk, ticket)

    assert re.search(r'class="say say-note" id="m\d+"', page)
    assert "Only staff see this" in page


def test_warnings_stand_over_the_ticket_and_notes_beside_it(desk, alice, ticket):
    add_customer_note(ticket.customer, text="Send no replacement first.", is_warning=True, by=alice)
    add_customer_note(ticket.customer, text="Prefers writing.", by=alice)

    page = page_of(desk, ticket)

    assert page.index("Send no replacement first.") < page.index('class="story"') < page.index("Prefers writing.")


def test_addresses_are_covered_until_asked_for(desk, ticket):
    page = page_of(desk, ticket)

    assert "k•••@mail.example" in page
    assert '<details class="uncover">' in page
    assert "mailto:kasia@mail.example" in page


def test_without_the_right_nothing_tells_who_the_customer_is(desk_of, support, ticket, alice):
    add_customer_note(ticket.customer, text="Lives in Gdynia.", by=alice)
    add_customer_note(ticket.customer, text="Talk to the owner first.", is_warning=True, by=alice)
    dan = make_staff("Dan", support, sees_customers=False)

    page = page_of(desk_of(dan), ticket)

    for secret in ("Kasia", "Nowak", "kasia@", "601220214", "601 220 214", "•214", "• 214", "Gdynia"):
        assert secret not in page, secret
    assert "Talk to the owner first." in page
    assert f"Customer {ticket.customer_id}" in page
    assert "The customer sees this" in page


def test_earlier_tickets_are_listed_but_only_those_one_may_see(desk, support, sales, kasia, ticket):
    make_ticket("An earlier kettle", department=support, customer=kasia)
    make_ticket("A secret offer", department=sales, customer=kasia)
    make_ticket("A lamp of Nour's", department=support, customer=make_customer("Nour"))

    page = page_of(desk, ticket)

    assert "An earlier kettle" in page
    assert "A secret offer" not in page
    assert "A lamp of Nour" not in page


def test_the_rating_and_its_words_stand_on_the_ticket(desk, alice, ticket):
    lifecycle.close_ticket(ticket, by=alice)
    answer_survey(Survey.objects.get(ticket=ticket), score=5, comment="Quick and friendly.")

    page = page_of(desk, ticket)

    assert "5 of 5" in page
    assert "Quick and friendly." in page


def test_the_fate_of_each_message_stands_under_it(desk, alice, ticket):
    message = make_message(ticket, "We look at it.", by=alice)
    Delivery.objects.filter(event__message=message, channel="mail").update(state="sent")
    Delivery.objects.filter(event__message=message, channel="sms").update(state="failed", reason="bad_number")

    part = page_of(desk, ticket).split(f'id="m{message.pk}"')[1].split("</article>")[0]

    assert "e-mail sent" in part
    assert "SMS failed: number unknown" in part
    assert "Send again" in part


def test_a_failed_message_is_sent_again_by_one_button(desk, alice, ticket):
    message = make_message(ticket, "We look at it.", by=alice)
    delivery = Delivery.objects.get(event__message=message, channel="sms")
    Delivery.objects.filter(pk=delivery.pk).update(state="failed", reason="bad_number")

    response = desk.post(f"/desk/tickets/{ticket.number}/deliveries/{delivery.pk}/sending/")

    delivery.refresh_from_db()
    assert response.status_code == 302
    assert (delivery.state, delivery.reason) == ("queued", "")


def test_a_delivery_of_another_ticket_is_not_sent_again_from_here(desk, desk_of, alice, bob, sales, ticket):
    other = make_ticket(department=sales)
    delivery = Delivery.objects.filter(ticket=other, customer__isnull=False).first()
    Delivery.objects.filter(pk=delivery.pk).update(state="failed")

    assert desk.post(f"/desk/tickets/{ticket.number}/deliveries/{delivery.pk}/sending/").status_code == 404
    assert Delivery.objects.get(pk=delivery.pk).state == "failed"


def test_looking_reads_the_ticket_up_to_what_was_shown(desk, alice, ticket):
    desk.get(f"/desk/tickets/{ticket.number}/")

    assert ticket.read_marks.get(user=alice).read_at == ticket.last_message_at


def test_a_long_talk_opens_at_its_end_and_leads_back(desk, alice, ticket):
    start = timezone.now() - timedelta(days=1)
    Message.objects.bulk_create(
        Message(
            ticket=ticket,
            kind="customer",
            body_html=f"<p>Word {number:03}.</p>",
            body_text=f"Word {number:03}.",
            created_at=start + timedelta(minutes=number),
        )
        for number in range(150)
    )
    ticket.messages.filter(body_text="It rattles since Monday.").update(created_at=start - timedelta(hours=1))
    ticket.events.filter(kind="opened").update(created_at=start - timedelta(hours=1))

    def before(page):
        found = re.search(r'say-earlier" href="[^"]*[?]before=([0-9]+)', page)
        return page_of(desk, ticket, f"?before={found[1]}")

    last = page_of(desk, ticket)
    middle = before(last)
    first = before(before(middle))

    def shown(page):
        return re.findall(r"Word (\d+)\.", page)

    assert shown(last) == [f"{number:03}" for number in range(110, 150)]
    assert shown(middle) == [f"{number:03}" for number in range(70, 110)]
    assert shown(first) == [f"{number:03}" for number in range(30)]
    assert "It rattles since Monday." in first
    assert 'id="composer"' in last
    assert 'id="composer"' not in middle


@pytest.mark.parametrize("query", ["?before=x", "?before=-1", "?before=99999999999999999999999", "?before=۱", "?answer=0", "?answer=x"])
def test_a_damaged_address_shows_the_usual_page(desk, ticket, query):
    assert "It rattles since Monday." in page_of(desk, ticket, query)


def test_a_prepared_answer_fills_the_composer(desk, support, sales, ticket):
    own = ReplyTemplate.objects.create(title="Greeting", text="Hello, we look at it.", department=support)
    foreign = ReplyTemplate.objects.create(title="Offer", text="Ten per cent off.", department=sales)

    menu = desk.get(f"/desk/tickets/{ticket.number}/answers/").content.decode()

    assert "Greeting" in menu
    assert "Offer" not in menu
    assert "Hello, we look at it.</textarea>" in page_of(desk, ticket, f"?answer={own.pk}")
    assert "Ten per cent" not in page_of(desk, ticket, f"?answer={foreign.pk}")


def test_menus_come_as_parts_where_there_is_script(desk, alice, ticket):
    address = f"/desk/tickets/{ticket.number}/assignment/"

    part = desk.get(address, headers={"X-Requested-With": "menu-part"}).content.decode()
    page = desk.get(address).content.decode()

    assert "Alice Warren" in part
    assert "<html" not in part
    assert "<html" in page
    assert "csrfmiddlewaretoken" in page


def test_an_observer_sees_facts_instead_of_menus_and_may_only_write_notes(desk_of, support, ticket):
    watcher = make_staff("Watcher", support, role=RoleKey.OBSERVER)

    page = page_of(desk_of(watcher), ticket)

    for address in ("status", "assignment", "department", "priority", "closure", "replies"):
        assert f"/desk/tickets/{ticket.number}/{address}/" not in page
    assert 'value="note" checked' in page
    assert "Keep note" in page


def test_a_store_without_manage_right_shows_no_form_for_notes(desk, alice, store, ticket):
    withdraw(alice, StoreRight.MANAGE_CUSTOMERS, store)

    assert f"/desk/customers/{ticket.customer_id}/notes/" not in page_of(desk, ticket)
