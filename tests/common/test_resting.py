from common import resting
from common.resting import PAUSE_SECONDS, let_rest, rests


def test_who_meets_a_silent_server_spares_all_others_the_wait_for_a_moment(monkeypatch):
    let_rest("redis://:secret@10.0.0.5:6379/0")

    assert rests("redis://10.0.0.5:6379/2"), "another database of the same server"
    assert not rests("redis://10.0.0.5:6380/0")
    assert not rests("folder://")

    now = resting.time.monotonic()
    monkeypatch.setattr(resting.time, "monotonic", lambda: now + PAUSE_SECONDS + 1)
    assert not rests("redis://10.0.0.5:6379/0")
