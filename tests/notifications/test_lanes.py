"""A server that is away rests, by its own word; one message tries it again alone."""

import pytest

from notifications import lanes


@pytest.fixture
def clock(monkeypatch):
    now = [1000.0]
    monkeypatch.setattr(lanes.time, "monotonic", lambda: now[0])
    return now


def fail(lane, times=lanes.FAILURES):
    for _number in range(times):
        lanes.note_failure(lane)


def test_each_server_rests_by_itself(clock):
    fail("sms:1")

    assert lanes.is_resting("sms:1")
    assert not lanes.is_resting("sms:2")


def test_after_its_rest_one_message_tries_alone_and_the_others_follow_when_it_arrived(clock):
    fail("mail:1")
    clock[0] += lanes.SHORTEST + 1
    with lanes.place_in("mail:1") as first:
        with lanes.place_in("mail:1") as second:
            assert (first, second) == (True, False)
        lanes.note_success("mail:1")
        with lanes.place_in("mail:1") as third:
            assert third


def test_who_tried_alone_and_failed_leaves_the_place_to_the_next_after_a_longer_rest(clock):
    fail("mail:1")
    clock[0] += lanes.SHORTEST + 1
    with lanes.place_in("mail:1"):
        lanes.note_failure("mail:1")
    with lanes.place_in("mail:1") as at_once:
        assert not at_once
    clock[0] += 2 * lanes.SHORTEST + 1
    with lanes.place_in("mail:1") as later:
        assert later
