"""A reply about to leave, met by several at the same moment: it is said once, or taken back, and never both or neither."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.attacks.test_at_the_same_moment import one_then_another
from tests.make import make_department, make_staff, make_ticket
from tickets.errors import AlreadyLeft
from tickets.models import OutgoingReply, ReplyDraft
from tickets.services import sending
from tickets.services.sending import hold_reply, send_due_replies, send_reply, take_back_reply

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def support():
    department = make_department("Support")
    department.stores.update(undo_seconds=10)
    return department


@pytest.fixture
def alice(support):
    return make_staff("Alice", support)


@pytest.fixture
def ticket(support, alice):
    return make_ticket(department=support)


def held(ticket, alice):
    """A reply whose moment has come."""
    outgoing = hold_reply(ticket, text="We look at it.", by=alice)
    OutgoingReply.objects.filter(pk=outgoing.pk).update(leaves_at=timezone.now() - timedelta(seconds=1))
    return outgoing


def said(ticket):
    return ticket.messages.filter(kind="reply").count()


def test_two_workers_and_the_clock_say_it_once_and_undo_wins_or_loses_as_a_whole(ticket, alice):
    """One test, because emptying the database after threads takes longer than all of this."""
    outgoing = held(ticket, alice)
    assert one_then_another(lambda: send_reply(outgoing.pk), lambda: (send_reply(outgoing.pk), send_due_replies())) == []
    assert (said(ticket), OutgoingReply.objects.count(), ReplyDraft.objects.count()) == (1, 0, 0)

    # Undo comes while it leaves: too late, and said once.
    outgoing = held(ticket, alice)
    [failure] = one_then_another(lambda: send_reply(outgoing.pk), lambda: take_back_reply(outgoing, by=alice))
    assert isinstance(failure, AlreadyLeft)
    assert (said(ticket), ReplyDraft.objects.count()) == (2, 0)

    # It would leave while it is taken back: it stays, as a draft.
    outgoing = held(ticket, alice)
    assert one_then_another(lambda: take_back_reply(outgoing, by=alice), lambda: send_reply(outgoing.pk)) == []
    assert (said(ticket), ReplyDraft.objects.count()) == (2, 1)


def test_a_worker_that_dies_between_saying_and_being_done_has_said_nothing(ticket, alice, monkeypatch):
    """SystemExit goes past every handler of ours, as the end of a process does: what was not committed is not there."""

    def die(rows):
        raise SystemExit

    outgoing = held(ticket, alice)
    monkeypatch.setattr(sending, "forget_files", die)
    with pytest.raises(SystemExit):
        send_reply(outgoing.pk)
    assert (said(ticket), OutgoingReply.objects.count()) == (0, 1)

    monkeypatch.undo()
    assert send_due_replies() == 1
    assert said(ticket) == 1
