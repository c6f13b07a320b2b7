"""Tags: one spelling, one store, one line of history; renamed, merged and deleted by the owner."""

import pytest
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext
from hypothesis import example, given
from hypothesis import strategies as st

from audit.models import AuditLine
from tests.make import make_customer, make_department, make_staff, make_store, make_ticket
from tickets.choices import Kind
from tickets.errors import StoreFullOfTags, TagIsThereAlready, TagNameUnfit, TicketIsGone, TooManyTags
from tickets.models import Tag, Ticket
from tickets.models.tag import FOLDED_LIMIT, folded_name, tag_name, tags_on
from tickets.services import tagging
from tickets.services.deleting import delete_ticket
from tickets.services.merging import merge_tickets, unmerge_tickets
from tickets.services.tagging import change_tag, delete_tag, merge_tags, tag_ticket, untag_ticket

pytestmark = pytest.mark.django_db


@pytest.fixture
def support():
    return make_department("Support")


@pytest.fixture
def alice(support):
    return make_staff("Alice", support)


@pytest.fixture
def ticket(support):
    return make_ticket(department=support)


def names_on(ticket):
    return [tag.name for tag in tags_on(ticket)]


def test_tags_are_made_where_they_are_first_written_and_one_line_tells_of_them(ticket, alice):
    tag_ticket(ticket, ["Refund", "#urgent  case"], by=alice)

    assert names_on(ticket) == ["Refund", "urgent case"]
    event = ticket.events.get(kind=Kind.TAGGED)
    assert event.actor == alice
    assert event.details == {"tags": list(Tag.objects.by_name().values_list("pk", flat=True))}


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Refund", "REFUND"),
        ("میخواهم", "می‌خواهم"),
        ("كالا", "کالا"),
        ("Łódź", "lodz"),
        ("Ёлка", "елка"),
        ("۱۲", "12"),
        ("Two  words", "#two words"),
    ],
)
def test_two_spellings_are_one_tag(ticket, first, second):
    tag_ticket(ticket, [first, second])
    tag_ticket(ticket, [second])

    assert names_on(ticket) == [tag_name(first)]
    assert ticket.events.filter(kind=Kind.TAGGED).count() == 1
    with pytest.raises(IntegrityError):
        Tag.objects.create(store=ticket.store, name=second, folded=folded_name(second))


@given(st.text(max_size=60))
@example("\x1f#")
@example("#\u00a0#two")
@example("\u200b#vip")
@example("＃vip")
@example("\u0301#vip")
@example("ـ#vip")
def test_a_name_keeps_its_limits_and_folds_to_itself(typed):
    name = tag_name(typed)

    assert "\n" not in name
    assert len(folded_name(name)) <= FOLDED_LIMIT
    assert folded_name(name) == folded_name(typed)
    assert folded_name(folded_name(name)) == folded_name(name)


@pytest.mark.parametrize("typed", ["", " ", "#", "\u200c", "x" * 41])
def test_what_is_no_word_or_too_long_is_refused_and_nothing_is_put(ticket, typed):
    with pytest.raises(TagNameUnfit):
        tag_ticket(ticket, ["Refund", typed])

    assert names_on(ticket) == []
    assert not Tag.objects.exists()


def test_a_ticket_and_a_store_have_room_for_so_many(ticket, support, monkeypatch):
    tag_ticket(ticket, [f"tag {number}" for number in range(19)])
    with pytest.raises(TooManyTags):
        tag_ticket(ticket, ["one", "more"])
    assert len(names_on(ticket)) == 19
    assert Tag.objects.count() == 19

    monkeypatch.setattr(tagging, "MOST_IN_A_STORE", 19)
    with pytest.raises(StoreFullOfTags):
        tag_ticket(make_ticket(department=support), ["twentieth"])
    tag_ticket(make_ticket(department=support), ["tag 1"])  # those that are there are there for all


def test_taking_off_is_told_once_and_what_is_not_there_changes_nothing(ticket, alice):
    tag_ticket(ticket, ["Refund", "Delay"])
    refund, delay = Tag.objects.named("refund").get(), Tag.objects.named("delay").get()
    untag_ticket(ticket, [refund], by=alice)
    version = Ticket.objects.get(pk=ticket.pk).version
    untag_ticket(ticket, [refund.pk], by=alice)

    assert names_on(ticket) == ["Delay"]
    assert ticket.events.get(kind=Kind.UNTAGGED).details == {"tags": [refund.pk]}
    assert Ticket.objects.get(pk=ticket.pk).version == version
    assert list(Ticket.objects.tagged(delay)) == [ticket]
    assert list(Ticket.objects.tagged(refund)) == []
    assert list(Ticket.objects.tagged(refund.pk, delay.pk)) == [ticket]


def test_a_deleted_ticket_takes_no_tags(ticket, alice):
    delete_ticket(ticket, by=alice)

    with pytest.raises(TicketIsGone):
        tag_ticket(ticket, ["Refund"])


def test_the_same_name_in_another_store_is_another_tag(ticket):
    other = make_ticket(department=make_department("Elsewhere", store=make_store()))
    tag_ticket(ticket, ["Refund"])
    tag_ticket(other, ["refund"])

    assert {tag.store for tag in Tag.objects.named("REFUND")} == {ticket.store, other.store}
    assert list(Ticket.objects.tagged(Tag.objects.get(store=other.store))) == [other]


def test_fifty_rows_bring_their_tags_without_a_query(ticket, support):
    tag_ticket(ticket, ["b", "A"])
    make_ticket(department=support)
    Tag.objects.named("a").update(hue=155)

    with CaptureQueriesContext(connection) as queries:
        rows = {row.pk: tags_on(row) for row in Ticket.objects.for_inbox()}

    assert len(queries) == 1
    assert [(tag.name, tag.hue) for tag in rows[ticket.pk]] == [("A", 155), ("b", None)]
    assert sorted(map(len, rows.values())) == [0, 2]
    assert rows[ticket.pk] == list(ticket.tags.by_name())


# --- Merging tickets --------------------------------------------------------------------------------


def test_a_merged_ticket_brings_its_tags_and_takes_back_only_those(support, alice):
    kasia = make_customer()
    ticket, into = (make_ticket(department=support, customer=kasia) for _one in range(2))
    tag_ticket(ticket, ["Refund", "Delay"])
    tag_ticket(into, ["Delay", "Urgent"])
    merge_tickets(ticket, into=into, by=alice)
    assert names_on(into) == ["Delay", "Refund", "Urgent"]
    assert names_on(ticket) == ["Delay", "Refund"]

    tag_ticket(into, ["Later"])
    unmerge_tickets(ticket, by=alice)

    assert names_on(into) == ["Delay", "Later", "Urgent"]
    assert names_on(ticket) == ["Delay", "Refund"]


def test_tags_do_not_follow_into_another_store(support, alice):
    kasia = make_customer()
    ticket = make_ticket(department=support, customer=kasia)
    into = make_ticket(department=make_department("Elsewhere", store=make_store()), customer=kasia)
    tag_ticket(ticket, ["Refund"])

    merge_tickets(ticket, into=into, by=alice)

    assert names_on(into) == []


# --- The owner's order ------------------------------------------------------------------------------


def test_a_tag_is_renamed_on_every_ticket_and_keeps_its_name_to_itself(ticket, alice):
    tag_ticket(ticket, ["Refund", "Delay"])
    refund = Tag.objects.named("refund").get()
    with pytest.raises(TagIsThereAlready):
        change_tag(refund, name="DELAY", hue=None, by=alice)
    with pytest.raises(TagNameUnfit):
        change_tag(refund, name="#", hue=None, by=alice)

    change_tag(refund, name="Money back", hue=25, by=alice)
    change_tag(refund, name="Money back", hue=25, by=alice)

    assert [(tag.name, tag.hue) for tag in tags_on(ticket)] == [("Delay", None), ("Money back", 25)]
    assert Tag.objects.named("money  BACK").get() == refund
    line = AuditLine.objects.about(refund).get()
    assert (line.before, line.after) == ({"name": "Refund"}, {"did": "changed", "name": "Money back"})
    assert line.store == ticket.store_id


def test_merging_tags_leaves_one_on_each_ticket(ticket, support, alice):
    both, neither = make_ticket(department=support), make_ticket(department=support)
    tag_ticket(ticket, ["Refund"])
    tag_ticket(both, ["Refund", "Money back"])
    into = Tag.objects.named("money back").get()
    refund = Tag.objects.named("refund").get()

    merge_tags(into, into=into, by=alice)
    merge_tags(refund, into=into, by=alice)

    assert [names_on(each) for each in (ticket, both, neither)] == [["Money back"], ["Money back"], []]
    assert list(Tag.objects.all()) == [into]
    assert AuditLine.objects.about(into).get().before == {"name": "Refund"}


def test_tags_of_two_stores_do_not_merge(ticket, alice):
    other = make_ticket(department=make_department("Elsewhere", store=make_store()))
    tag_ticket(ticket, ["Refund"])
    tag_ticket(other, ["Refund"])

    merge_tags(Tag.objects.get(store=ticket.store), into=Tag.objects.get(store=other.store), by=alice)

    assert Tag.objects.count() == 2
    assert names_on(ticket) == ["Refund"]


def test_a_deleted_tag_is_gone_from_every_ticket_and_stays_in_the_log(ticket, alice):
    tag_ticket(ticket, ["Refund"])
    tag = Tag.objects.get()
    delete_tag(tag, by=alice)

    assert names_on(ticket) == []
    line = AuditLine.objects.about(tag).get()
    assert (line.subject_name, line.after) == ("Refund", {"did": "removed"})
