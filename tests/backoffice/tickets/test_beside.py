"""What staff keep beside a ticket: people in copy, a checklist, time worked, watchers."""

import html
import re

import pytest
from django.core import mail

from departments.switches import TIMESHEETS
from notifications.engine import deliver
from notifications.models import Delivery
from permissions.rights import DepartmentRight, StatusRight
from permissions.services import grant, withdraw
from tests.backoffice.test_budgets import cost
from tests.make import fresh, make_message, make_person, make_staff, make_ticket, ticket_now
from tickets.errors import CustomerInCopy, TooManyCopies
from tickets.models import ChecklistItem, TicketCopy, Watch, WorkRecord
from tickets.models.checklist import checklist_of
from tickets.models.copy import copies_of
from tickets.services.checklist import add_items, remove_item, tick_item
from tickets.services.copies import copy_to, end_copy
from tickets.services.work import record_time

pytestmark = pytest.mark.django_db
EVIL = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'"


def at(ticket, place=""):
    return f"/desk/tickets/{ticket.number}/{place}"


def page(client, ticket, place=""):
    return html.unescape(client.get(at(ticket, place)).content.decode())


@pytest.fixture
def reader(support):
    """Sees every ticket of Support, and changes nothing."""
    person = make_staff("Rita Reader", sees_customers=False)
    grant(person, DepartmentRight.VIEW, support)
    for status in support.workflow.statuses.all():
        grant(person, StatusRight.VIEW, status)
    return person


@pytest.fixture
def stranger(support):
    """Works in Support like alice, but may not know customers."""
    return make_staff("Stan", support, sees_customers=False)


PLACES = ["copies/", "checklist/", "time/", "watchers/"]
SENT = {"people": "anna@mail.example", "names": "Call back", "duration": "20", "note": "", "user": "1"}


@pytest.mark.parametrize("place", PLACES)
def test_another_department_finds_nothing_and_changes_nothing(desk_of, bob, ticket, place):
    assert desk_of(bob).get(at(ticket, place)).status_code == 404
    assert desk_of(bob).post(at(ticket, place), SENT).status_code == 404
    assert not any(model.objects.exists() for model in (TicketCopy, ChecklistItem, WorkRecord, Watch))


@pytest.mark.parametrize("place", PLACES)
def test_who_only_reads_changes_nothing_and_is_offered_nothing(desk_of, reader, alice, ticket, place):
    item = add_items(ticket, ["Call back"], by=alice)[0]
    version = fresh(ticket).version

    assert desk_of(reader).post(at(ticket, place), SENT | {"tick": item.pk}).status_code == 403
    assert f'src="{at(ticket, place)}"' not in page(desk_of(reader), ticket)
    assert not fresh(item).is_done
    assert fresh(ticket).version == version
    assert not any(model.objects.exists() for model in (TicketCopy, WorkRecord, Watch))


# --- In copy ------------------------------------------------------------------------------------------


def test_people_in_copy_get_each_answer_by_mail_and_no_note(desk, ticket, alice, after_commit):
    desk.post(at(ticket, "copies/"), {"people": "Anna Maria <anna@Mail.Example>\nmarek@firm.example"})
    make_message(ticket, "It leaves tomorrow.", by=alice)
    make_message(ticket, "Between us.", by=alice, note=True)

    copies = Delivery.objects.filter(recipient_key__startswith="copy:")
    assert sorted(copies.values_list("address", flat=True)) == ["anna@mail.example", "marek@firm.example"]
    for delivery in copies:
        deliver(delivery.pk)
    letters = {letter.to[0]: letter for letter in mail.outbox}
    assert letters.keys() == {"anna@mail.example", "marek@firm.example"}
    letter = letters["anna@mail.example"]
    assert "Hello Anna Maria," in re.sub("[\u2068\u2069]", "", letter.body)
    assert "It leaves tomorrow." in letter.body
    assert "Kasia" not in letter.body
    assert ticket.number not in re.sub(r"\[#\d+\]|number \S+", "", letter.body)
    assert "/tickets/" not in letter.body and "/t/" not in letter.body
    assert "/tickets/" not in letter.alternatives[0][0]
    assert "put you in copy" in letter.body


def test_who_was_taken_out_meanwhile_gets_nothing(ticket, alice):
    copy_to(ticket, [("", "anna@mail.example")], by=alice)
    make_message(ticket, "It leaves tomorrow.", by=alice)
    end_copy(TicketCopy.objects.get(), by=alice)
    delivery = Delivery.objects.get(recipient_key__startswith="copy:")
    deliver(delivery.pk)

    assert fresh(delivery).state == "dropped"
    assert mail.outbox == []


def test_ten_thousand_addresses_are_refused_and_none_is_added(desk, ticket):
    many = "\n".join(f"a{number}@m.example" for number in range(10_000))
    assert desk.post(at(ticket, "copies/"), {"people": many}).status_code == 422
    assert desk.post(at(ticket, "copies/"), {"people": "\n".join(f"a{number}@m.example" for number in range(11))}).status_code == 422
    assert not TicketCopy.objects.exists()


def test_no_more_are_added_than_fit(ticket, alice):
    copy_to(ticket, [("", f"a{number}@m.example") for number in range(9)], by=alice)
    with pytest.raises(TooManyCopies):
        copy_to(ticket, [("", "b@m.example"), ("", "c@m.example")], by=alice)
    assert len(copies_of(ticket_now(ticket))) == 9


@pytest.mark.parametrize(
    "typed",
    [
        "x@y.example\r\nBcc: v@y.example",
        "Anna\nBcc: v@y.example <anna@mail.example>",
        "a@b.example@c.example",
        '"x" <evil@d.example>, <',
        "not an address",
        "a@b",
        "<a@b.example",
        "a b@c.example",
    ],
)
def test_what_is_no_address_is_refused_as_a_whole(desk, ticket, typed):
    """Attack A-24, A-25."""
    assert desk.post(at(ticket, "copies/"), {"people": typed}).status_code == 422
    assert not TicketCopy.objects.exists()


def test_a_name_cannot_become_a_second_recipient_or_a_header(ticket, alice):
    copy_to(ticket, [("a@b.example, evil@d.example\r\nBcc: v@y.example", "anna@mail.example")], by=alice)
    make_message(ticket, "Hello.", by=alice)
    deliver(Delivery.objects.get(recipient_key__startswith="copy:").pk)
    letter = mail.outbox[0].message()

    assert letter["To"] == "anna@mail.example"
    assert letter["Bcc"] is None and letter["Cc"] is None


def test_the_customer_is_not_put_in_copy_of_their_own_ticket(ticket, alice):
    with pytest.raises(CustomerInCopy):
        copy_to(ticket, [("", "KASIA@mail.example")], by=alice)


def test_the_same_address_twice_is_one(desk, ticket):
    for _time in range(2):
        desk.post(at(ticket, "copies/"), {"people": "anna@mail.example, ANNA@mail.example"})
    assert [row.email for row in copies_of(ticket_now(ticket))] == ["anna@mail.example"]


def test_the_customer_reads_who_else_hears_and_a_copy_has_no_way_in(client, ticket, alice, kasia):
    anna = make_person("Anna", email="anna@mail.example")
    copy_to(ticket, [("Anna", "anna@mail.example")], by=alice)
    client.force_login(kasia.user)
    assert "anna@mail.example" in client.get(f"/tickets/{ticket.number}/").content.decode()
    client.force_login(anna)
    assert client.get(f"/tickets/{ticket.number}/").status_code == 404


def test_who_may_not_know_the_customer_reads_how_many_are_in_copy_and_not_who(desk_of, stranger, ticket, alice):
    copy_to(ticket, [("Zofia Lis", "zofia@mail.example")], by=alice)
    end_copy(copies_of(ticket_now(ticket))[0], by=alice)
    copy_to(ticket, [("Zofia Lis", "zofia@mail.example")], by=alice)
    for place in ("", "copies/", "watchers/"):
        shown = page(desk_of(stranger), ticket, place)
        assert "zofia@mail.example" not in shown
        assert "Zofia" not in shown
    assert "1 person reads along" in page(desk_of(stranger), ticket)
    assert "put \u2068Zofia Lis\u2069 in copy" in page(desk_of(alice), ticket)


def test_a_name_we_know_is_taken_for_those_alone_who_may_know_customers(desk, desk_of, stranger, support, ticket):
    other = make_ticket(department=support)
    known = make_ticket(department=support).customer
    type(known).objects.filter(pk=known.pk).update(email="ewa@mail.example", name="Ewa Lis")
    desk.post(at(ticket, "copies/"), {"people": "ewa@mail.example"})
    desk_of(stranger).post(at(other, "copies/"), {"people": "ewa@mail.example"})

    assert copies_of(ticket_now(ticket))[0].name == "Ewa Lis"
    assert copies_of(ticket_now(other))[0].name == "ewa@mail.example"


def test_search_finds_by_address_in_copy_where_the_customer_may_be_known(desk, desk_of, stranger, ticket, alice):
    copy_to(ticket, [("", "anna@mail.example")], by=alice)
    for typed in ("cc:anna@mail.example", "cc:anna", "copy:ANNA@"):
        assert ticket.number in desk.get("/desk/", {"q": typed, "view": "all"}).content.decode()
    assert ticket.number not in desk.get("/desk/", {"q": "cc:marek", "view": "all"}).content.decode()
    assert ticket.number not in desk_of(stranger).get("/desk/", {"q": "cc:anna", "view": "all"}).content.decode()


# --- The checklist ------------------------------------------------------------------------------------


def test_items_are_added_ticked_ordered_and_taken_off(desk, ticket, alice):
    desk.post(at(ticket, "checklist/"), {"names": "Order the burr\nCall back\n\nSend it"})
    first, second, third = checklist_of(ticket_now(ticket))
    desk.post(at(ticket, "checklist/"), {"tick": second.pk})
    desk.post(at(ticket, "checklist/"), {"up": third.pk, "from": "list"})
    desk.post(at(ticket, "checklist/"), {"remove": first.pk})

    items = checklist_of(desk.get(at(ticket)).context["ticket"])
    assert [(item.name, item.is_done, item.doer) for item in items] == [("Send it", False, ""), ("Call back", True, "Alice Warren")]
    shown = page(desk, ticket)
    assert "1 of 2" in shown
    assert "ticked off: \u2068Call back\u2069" in shown
    desk.post(at(ticket, "checklist/"), {"untick": second.pk})
    assert fresh(second).done_by is None


def test_staff_find_a_ticket_by_its_checklist_and_customers_do_not(desk, client, ticket, alice, kasia):
    item = add_items(ticket, ["Order the manganese burr"], by=alice)[0]
    assert ticket.number in desk.get("/desk/", {"q": "manganese", "view": "all"}).content.decode()
    client.force_login(kasia.user)
    assert ticket.number not in client.get("/tickets/", {"q": "manganese"}).content.decode()
    remove_item(item, by=alice)
    assert ticket.number not in desk.get("/desk/", {"q": "manganese", "view": "all"}).content.decode()


def test_ticking_twice_keeps_who_did_it_first(ticket, alice, support):
    item = add_items(ticket, ["Call back"], by=alice)[0]
    tick_item(item, done=True, by=alice)
    tick_item(item, done=True, by=make_staff("Tom", support))
    assert fresh(item).done_by == alice


def test_an_item_of_another_ticket_is_not_there(desk, ticket, support, alice):
    other = add_items(make_ticket(department=support), ["Call back"], by=alice)[0]
    for button in ("tick", "untick", "up", "down", "remove"):
        assert desk.post(at(ticket, "checklist/"), {button: other.pk}).status_code == 404
        assert desk.post(at(ticket, "checklist/"), {button: "x"}).status_code == 404
    assert not fresh(other).is_done


def test_a_list_ends_somewhere(desk, ticket):
    assert desk.post(at(ticket, "checklist/"), {"names": "\n".join(f"item {n}" for n in range(51))}).status_code == 422
    assert desk.post(at(ticket, "checklist/"), {"names": "x" * 201}).status_code == 422
    assert desk.post(at(ticket, "checklist/"), {"names": " \n "}).status_code == 422
    assert not ChecklistItem.objects.exists()


# --- Time worked --------------------------------------------------------------------------------------


def test_time_is_typed_and_the_sum_is_shown(desk, ticket, alice):
    desk.post(at(ticket, "time/"), {"duration": "۱:۲۰", "note": "Looked for the burr"})
    desk.post(at(ticket, "time/"), {"duration": "45"})

    assert "2 h 5 min" in page(desk, ticket)
    assert "recorded \u20681 h 20 min\u2069 of work" in page(desk, ticket)
    listed = page(desk, ticket, "time/")
    assert "Looked for the burr" in listed and "Alice Warren" in listed


def test_a_timer_runs_on_until_it_is_stopped_and_each_has_their_own(desk, desk_of, ticket, alice, support):
    desk.post(at(ticket, "time/"), {"start": "1"})
    desk.post(at(ticket, "time/"), {"start": "1"})
    timer = WorkRecord.objects.get()
    WorkRecord.objects.update(started_at=timer.started_at.replace(year=timer.started_at.year - 1))
    tom = make_staff("Tom", support)
    assert "running since" in page(desk, ticket)
    assert "running since" not in page(desk_of(tom), ticket)
    desk_of(tom).post(at(ticket, "time/"), {"stop": "1"})
    assert fresh(timer).minutes is None
    desk.post(at(ticket, "time/"), {"stop": "1"})

    assert fresh(timer).minutes == 24 * 60


def test_a_timer_that_is_dropped_leaves_nothing(desk, ticket):
    desk.post(at(ticket, "time/"), {"start": "1"})
    desk.post(at(ticket, "time/"), {"drop": "1"})
    assert not WorkRecord.objects.exists()


def test_one_takes_back_only_ones_own_time(desk, desk_of, ticket, alice, support):
    kept = record_time(ticket, minutes=20, by=alice)
    assert desk_of(make_staff("Tom", support)).post(at(ticket, "time/"), {"take_back": kept.pk}).status_code == 404
    assert WorkRecord.objects.get().minutes == 20
    desk.post(at(ticket, "time/"), {"take_back": kept.pk})
    assert not WorkRecord.objects.exists()
    assert "took back \u206820 min\u2069 of work" in page(desk, ticket)


def test_a_department_without_timesheets_records_none(desk, ticket, support):
    support.switches = [TIMESHEETS]
    support.save()
    assert desk.get(at(ticket, "time/")).status_code == 404
    assert desk.post(at(ticket, "time/"), {"duration": "20"}).status_code == 404
    assert at(ticket, "time/") not in page(desk, ticket)
    assert not WorkRecord.objects.exists()


def test_time_does_not_stop_a_colleague_who_is_writing(ticket, alice):
    record_time(ticket, minutes=20, by=alice)
    assert fresh(ticket).version == ticket.version


# --- Watchers -----------------------------------------------------------------------------------------


def test_colleagues_who_see_the_ticket_are_added_and_taken_off(desk, desk_of, ticket, bob, support):
    tom = make_staff("Tom Baker", support)
    desk.post(at(ticket, "watchers/"), {"user": tom.pk})
    assert [watch.user for watch in ticket.watches.all()] == [tom]
    assert "lets \u2068Tom Baker\u2069 watch the ticket" in page(desk, ticket)
    assert "Tom Baker" in page(desk, ticket, "watchers/")
    desk.post(at(ticket, "watchers/"), {"take_off": tom.pk})
    assert not ticket.watches.exists()


def test_who_does_not_see_the_ticket_cannot_be_made_to_watch_it(desk, ticket, bob, kasia):
    for person in (bob, kasia.user):
        assert desk.post(at(ticket, "watchers/"), {"user": person.pk}).status_code == 422
    assert "Bob Lindgren" not in page(desk, ticket, "watchers/")
    assert not Watch.objects.exists()


def test_who_only_reads_may_watch_and_read_who_watches(desk_of, reader, ticket):
    desk_of(reader).post(at(ticket, "watch/"))
    assert "Rita Reader" in page(desk_of(reader), ticket, "watchers/")


def test_search_finds_what_one_watches_and_names_no_foreign_watcher(desk, desk_of, ticket, alice, bob, sales):
    foreign = make_ticket(department=sales)
    Watch.objects.create(ticket=foreign, user=bob)
    Watch.objects.create(ticket=ticket, user=alice)
    assert ticket.number in desk.get("/desk/", {"q": "watcher:me", "view": "all"}).content.decode()
    assert ticket.number in desk.get("/desk/", {"q": "watcher:alice", "view": "all"}).content.decode()
    said = [re.sub("bob|zzz", "…", page_of(desk, f"watcher:{name}")) for name in ("bob", "zzz")]
    assert said[0] == said[1]


def page_of(desk, typed):
    shown = desk.get("/desk/", {"q": typed, "view": "all"}).context["chips"]
    return str(shown)


def test_what_stands_beside_a_ticket_costs_no_query(desk, ticket, alice):
    before = cost(desk, at(ticket))
    add_items(ticket, ["Call back", "Send it"], by=alice)
    record_time(ticket, minutes=5, by=alice)
    copy_to(ticket, [("Anna", "anna@mail.example"), ("", "marek@firm.example")], by=alice)
    Watch.objects.create(ticket=ticket, user=alice)

    assert cost(desk, at(ticket)) <= before


# --- Words stay words ---------------------------------------------------------------------------------


def test_what_people_typed_beside_a_ticket_is_never_markup(desk, desk_of, client, ticket, alice, kasia):
    """Attack A-02."""
    add_items(ticket, [EVIL], by=alice)
    record_time(ticket, minutes=5, note=EVIL, by=alice)
    copy_to(ticket, [(EVIL, "anna@mail.example")], by=alice)
    for place in ("", *PLACES):
        assert "<script>alert" not in desk.get(at(ticket, place)).content.decode()
        assert "<img src=x" not in desk.get(at(ticket, place)).content.decode()
    client.force_login(kasia.user)
    assert "<script>alert" not in client.get(f"/tickets/{ticket.number}/").content.decode()


def test_the_customers_name_is_covered_in_items_and_notes(desk_of, stranger, ticket, alice):
    add_items(ticket, ["Call Kasia Nowak at +48601220214"], by=alice)
    record_time(ticket, minutes=5, note="Spoke with Kasia Nowak", by=alice)
    for place in ("", "checklist/", "time/"):
        shown = page(desk_of(stranger), ticket, place)
        assert "Nowak" not in shown and "601220214" not in shown


def test_an_account_that_lost_its_rights_keeps_no_way(desk, ticket, alice, support):
    withdraw(alice, DepartmentRight.NOTE, support)
    withdraw(alice, DepartmentRight.REPLY, support)
    assert {desk.post(at(ticket, place), SENT).status_code for place in PLACES} == {403}
