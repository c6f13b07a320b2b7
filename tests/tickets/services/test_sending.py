"""Replies that can be taken back: nothing leaves before its moment, everything leaves once, and what cannot leave is a draft again."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone

from common.uploads import CheckedFile
from notifications.choices import Channel, Template
from notifications.models import Delivery
from permissions.rights import DepartmentRight
from permissions.services import withdraw
from tests.make import fresh, make_customer, make_department, make_message, make_staff, make_ticket
from tickets.choices import Kind
from tickets.errors import AlreadyLeft, ChangedMeanwhile, DraftChangedMeanwhile, DraftIsGone, NothingToSay
from tickets.models import Attachment, DraftFile, Message, OutgoingReply, ReplyDraft
from tickets.services import drafts, sending
from tickets.services.deleting import delete_ticket
from tickets.services.lifecycle import add_note, change_priority
from tickets.services.merging import merge_tickets

pytestmark = pytest.mark.django_db


@pytest.fixture
def support():
    department = make_department("Support")
    department.stores.update(undo_seconds=10)
    return department


@pytest.fixture
def alice(support):
    return make_staff("Alice", support)


@pytest.fixture
def bea(support):
    return make_staff("Bea", support)


@pytest.fixture
def ticket(support):
    return make_ticket(department=support)


def a_file(name="label.txt"):
    return CheckedFile(name=name, content_type="text/plain", size=4, content=ContentFile(b"G2-1", name=name), kind="text")


def let_it_be_time(outgoing):
    OutgoingReply.objects.filter(pk=outgoing.pk).update(leaves_at=timezone.now() - timedelta(seconds=1))


def said(ticket):
    return list(ticket.messages.filter(kind="reply").values_list("body_text", flat=True))


def test_a_reply_waits_the_seconds_of_its_store_and_the_customer_knows_nothing(ticket, alice):
    told = Delivery.objects.filter(ticket=ticket, customer=ticket.customer).count()

    outgoing = sending.hold_reply(ticket, text="We look at it.", by=alice)

    assert outgoing.leaves_at > timezone.now() + timedelta(seconds=8)
    assert not sending.send_reply(outgoing.pk)
    assert said(ticket) == []
    assert Delivery.objects.filter(ticket=ticket, customer=ticket.customer).count() == told
    assert fresh(ticket).last_words == "It rattles since Monday."


def test_when_its_moment_has_come_it_is_said_once(ticket, alice):
    outgoing = sending.hold_reply(ticket, text="We look at it.", files=[a_file()], by=alice)
    let_it_be_time(outgoing)

    assert [sending.send_reply(outgoing.pk), sending.send_reply(outgoing.pk), sending.send_due_replies()] == [True, False, 0]
    assert said(ticket) == ["We look at it."]
    with Attachment.objects.get(message__kind="reply").file.open() as file:
        assert file.read() == b"G2-1"
    assert not OutgoingReply.objects.exists() and not DraftFile.objects.exists()
    assert fresh(ticket).assignee == alice


def test_the_clock_says_what_no_worker_was_woken_for(ticket, alice):
    let_it_be_time(sending.hold_reply(ticket, text="We look at it.", by=alice))

    assert sending.send_due_replies() == 1
    assert said(ticket) == ["We look at it."]


def test_a_store_without_seconds_sends_at_once(ticket, alice):
    ticket.store.undo_seconds = 0
    ticket.store.save()

    assert sending.hold_reply(ticket, text="We look at it.", files=[a_file()], by=alice) is None
    assert said(ticket) == ["We look at it."]
    assert Attachment.objects.filter(message__kind="reply").count() == 1


def test_what_could_not_be_sent_at_once_is_not_held_either(ticket, alice):
    with pytest.raises(NothingToSay):
        sending.hold_reply(ticket, text=" ", html="<p><br></p>", by=alice)
    seen = ticket.version
    change_priority(ticket, to=40, by=alice)
    with pytest.raises(ChangedMeanwhile):
        sending.hold_reply(ticket, text="We look at it.", seen_version=seen, by=alice)
    assert not OutgoingReply.objects.exists()


def test_undo_brings_words_files_and_choices_back(ticket, alice, support):
    closed = support.workflow.statuses.get(kind="closed")
    outgoing = sending.hold_reply(ticket, html="<p>We <b>look</b> at it.</p>", files=[a_file()], then=closed, by=alice)

    draft = sending.take_back_reply(outgoing, by=alice)

    assert (draft.html, draft.text, draft.then) == ("<p>We <b>look</b> at it.</p>", "We look at it.", closed)
    assert [file.name for file in draft.files.all()] == ["label.txt"]
    let_it_be_time(outgoing)
    assert sending.send_due_replies() == 0
    assert said(ticket) == []


def test_what_was_begun_meanwhile_stays_below_what_is_taken_back(ticket, alice):
    outgoing = sending.hold_reply(ticket, text="First.", by=alice)
    drafts.keep_draft(ticket, by=alice, text="Second.")

    assert sending.take_back_reply(outgoing, by=alice).text == "First.\n\nSecond."


def test_undo_is_its_senders_and_ends_when_it_has_left(ticket, alice, bea):
    outgoing = sending.hold_reply(ticket, text="We look at it.", by=alice)

    with pytest.raises(AlreadyLeft):
        sending.take_back_reply(outgoing, by=bea)
    let_it_be_time(outgoing)
    sending.send_reply(outgoing.pk)
    with pytest.raises(AlreadyLeft):
        sending.take_back_reply(outgoing, by=alice)
    assert said(ticket) == ["We look at it."]


def held_back(ticket, alice):
    """The draft it became, and whether its sender was told in the back office."""
    assert not OutgoingReply.objects.exists()
    assert ticket.events.filter(kind=Kind.REPLY_HELD_BACK).count() == 1
    told = Delivery.objects.filter(template=Template.HELD_BACK, user=alice)
    assert all(delivery.channel == Channel.IN_APP for delivery in told)
    return ReplyDraft.objects.get(ticket=ticket, author=alice), told.count()


@pytest.mark.parametrize("note", [True, False])
def test_what_was_said_meanwhile_stops_it_and_its_sender_is_told(ticket, alice, bea, note):
    outgoing = sending.hold_reply(ticket, text="We look at it.", files=[a_file()], by=alice)
    make_message(ticket, "Wait, I have solved it." if not note else "Do not answer yet.", by=bea if note else None, note=note)
    let_it_be_time(outgoing)

    assert sending.send_reply(outgoing.pk)

    draft, told = held_back(ticket, alice)
    assert (draft.text, draft.held_back, draft.files.count(), told) == ("We look at it.", "news", 1, 1)
    assert said(ticket) == []


def test_ones_own_note_or_a_tag_does_not_stop_it(ticket, alice, bea):
    outgoing = sending.hold_reply(ticket, text="We look at it.", by=alice)
    add_note(ticket, text="Third one.", by=alice)
    change_priority(ticket, to=40, by=bea)
    let_it_be_time(outgoing)

    sending.send_reply(outgoing.pk)

    assert said(ticket) == ["We look at it."]


def test_a_right_that_was_taken_away_stops_it(ticket, alice, support):
    outgoing = sending.hold_reply(ticket, text="We look at it.", by=alice)
    withdraw(alice, DepartmentRight.REPLY, support)
    let_it_be_time(outgoing)

    sending.send_reply(outgoing.pk)

    draft, told = held_back(ticket, alice)
    assert (draft.held_back, told) == ("no_right", 1)
    assert said(ticket) == []


def test_who_sees_the_ticket_no_more_is_told_nothing_of_it(ticket, alice, support):
    outgoing = sending.hold_reply(ticket, text="We look at it.", by=alice)
    withdraw(alice, DepartmentRight.VIEW, support)
    let_it_be_time(outgoing)

    sending.send_reply(outgoing.pk)

    assert held_back(ticket, alice)[1] == 0
    assert not ReplyDraft.objects.readable_by(alice).exists()


def test_a_deleted_ticket_keeps_it_as_a_draft(ticket, alice):
    outgoing = sending.hold_reply(ticket, text="We look at it.", by=alice)
    delete_ticket(ticket, by=alice)
    let_it_be_time(outgoing)

    sending.send_reply(outgoing.pk)

    assert held_back(ticket, alice)[0].held_back == "gone"


def test_in_a_merged_ticket_it_is_said_where_that_one_goes_on(support, ticket, alice):
    into = make_ticket(department=support, customer=ticket.customer)
    outgoing = sending.hold_reply(ticket, text="We look at it.", by=alice)
    merge_tickets(ticket, into=into, by=alice)
    let_it_be_time(outgoing)

    sending.send_reply(outgoing.pk)

    assert said(into) == ["We look at it."]
    assert not ReplyDraft.objects.exists()


def test_a_fault_of_ours_is_tried_again_later_and_loses_nothing(ticket, alice, monkeypatch):
    """As after a worker that was killed in the middle: the transaction is gone, the row is there."""
    outgoing = sending.hold_reply(ticket, text="We look at it.", files=[a_file()], by=alice)
    let_it_be_time(outgoing)
    monkeypatch.setattr(sending, "forget_files", lambda rows: 1 / 0)

    assert not sending.send_reply(outgoing.pk)

    assert said(ticket) == []
    assert outgoing.files.count() == 1
    monkeypatch.undo()
    let_it_be_time(outgoing)
    assert sending.send_due_replies() == 1
    assert said(ticket) == ["We look at it."]


def test_a_picture_in_the_text_stays_the_same_file(ticket, alice):
    draft = drafts.keep_draft(ticket, by=alice, text="Look:")
    file = drafts.keep_file(a_file("shot.png"), draft=draft)
    html = f'<p>Look:</p><img src="/files/{file.pk}/shot.png" alt="shot.png">'
    outgoing = sending.hold_reply(ticket, html=html, kept=[file], draft=draft, by=alice)
    let_it_be_time(outgoing)

    sending.send_reply(outgoing.pk)

    message = Message.objects.get(kind="reply")
    assert f'src="/files/{message.attachments.get().pk}/shot.png"' in message.body_html
    assert message.attachments.get().pk == file.pk
    assert not ReplyDraft.objects.exists()


def test_a_colleague_sends_a_shared_draft_and_the_history_says_who_wrote_it(ticket, alice, bea):
    draft = drafts.keep_draft(ticket, by=alice, text="Please check this.")
    drafts.share_draft(draft, shared=True, by=alice)

    outgoing = sending.hold_reply(ticket, text="Please check this.", draft=draft, by=bea)
    let_it_be_time(outgoing)
    sending.send_reply(outgoing.pk)

    assert Message.objects.get(kind="reply").author == bea
    event = ticket.events.get(kind=Kind.SENT_FOR_COLLEAGUE)
    assert (event.actor, event.details) == (bea, {"whom": alice.pk})
    assert not ReplyDraft.objects.exists()


# --- Drafts -------------------------------------------------------------------------------------------
def test_each_person_has_one_draft_in_a_ticket_and_an_empty_one_is_none(ticket, alice, bea):
    first = drafts.keep_draft(ticket, by=alice, text="Dear")
    again = drafts.keep_draft(ticket, by=alice, text="Dear Kasia", seen_version=first.version)
    drafts.keep_draft(ticket, by=bea, text="Hi")

    assert (again.pk, again.version) == (first.pk, 2)
    assert drafts.keep_draft(ticket, by=alice, text="", html="<p><br></p>", seen_version=2) is None
    assert list(ReplyDraft.objects.values_list("author", "text")) == [(bea.pk, "Hi")]


def test_of_two_who_write_in_one_draft_the_second_is_told(ticket, alice, bea):
    draft = drafts.keep_draft(ticket, by=alice, text="Dear")
    drafts.share_draft(draft, shared=True, by=alice)
    drafts.keep_draft(ticket, by=bea, draft=draft, text="Dear Kasia", seen_version=1)

    with pytest.raises(DraftChangedMeanwhile) as refusal:
        drafts.keep_draft(ticket, by=alice, text="Dear customer", seen_version=1)

    assert "Bea" in str(refusal.value)
    assert fresh(draft).text == "Dear Kasia"


def test_a_draft_that_was_sent_does_not_come_back_from_an_old_window(ticket, alice):
    draft = drafts.keep_draft(ticket, by=alice, text="Dear")
    sending.hold_reply(ticket, text="Dear Kasia", draft=draft, by=alice)

    with pytest.raises(DraftIsGone):
        drafts.keep_draft(ticket, by=alice, text="Dear", seen_version=1)
    assert not ReplyDraft.objects.exists()


def test_drafts_hold_no_script(ticket, alice):
    draft = drafts.keep_draft(
        ticket, by=alice, html='<p onclick="x()">Hi<script>x()</script><a href="javascript:x()">y</a><img src=x onerror=x()></p>'
    )

    assert draft.html == "<p>Hi<a>y</a></p>".replace("<a>", '<a rel="noopener nofollow">')


def test_another_persons_draft_is_read_by_nobody_but_where_it_is_shared(ticket, alice, bea):
    draft = drafts.keep_draft(ticket, by=alice, text="Dear")
    bob = make_staff("Bob", make_department("Sales"))

    assert not ReplyDraft.objects.readable_by(bea).exists()
    drafts.share_draft(draft, shared=True, by=alice)
    assert ReplyDraft.objects.readable_by(bea).get() == draft
    assert not ReplyDraft.objects.readable_by(bob).exists()
    with pytest.raises(DraftIsGone):
        drafts.share_draft(draft, shared=False, by=bea)


def test_dropping_a_draft_takes_its_files_from_the_disk(ticket, alice, after_commit):
    draft = drafts.keep_draft(ticket, by=alice, text="Dear")
    file = drafts.keep_file(a_file(), draft=draft)
    storage, name = file.file.storage, file.file.name

    with after_commit():
        drafts.drop_draft(draft)

    assert not ReplyDraft.objects.exists() and not storage.exists(name)


def test_customers_read_no_files_of_drafts(ticket, alice):
    draft = drafts.keep_draft(ticket, by=alice, text="Dear")
    file = drafts.keep_file(a_file(), draft=draft)
    customer = make_customer("Nour").user

    assert list(DraftFile.objects.visible_to(alice)) == [file]
    assert not DraftFile.objects.visible_to(customer).exists()
    assert not DraftFile.objects.visible_to(ticket.customer.user).exists()


def test_drafts_and_undo_go_on_where_a_merged_ticket_goes_on(support, ticket, alice, bea):
    into = make_ticket(department=support, customer=ticket.customer)
    outgoing = sending.hold_reply(ticket, text="Sent.", by=bea)
    drafts.keep_draft(ticket, by=alice, text="Here.")
    drafts.keep_draft(into, by=alice, text="There.")
    drafts.keep_draft(ticket, by=bea, text="Mine.")

    merge_tickets(ticket, into=into, by=alice)
    sending.take_back_reply(outgoing, by=bea)

    assert set(ReplyDraft.objects.values_list("ticket", "author", "text")) == {
        (into.pk, alice.pk, "Here.\n\nThere."),
        (into.pk, bea.pk, "Sent.\n\nMine."),
    }
