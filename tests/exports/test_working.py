"""The work itself: one worker at a time, begun anew when it died, one file whatever happens."""

from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone

from exports import sweeping, tasks, working
from exports.choices import Reason, State
from exports.models import Export
from notifications.models import Delivery
from tests.exports.helping import ask, fetched, read_csv
from tests.make import fresh, make_staff, make_ticket

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(desk, ticket, after_commit):
    return ask(desk, after_commit)


class Killed(BaseException):
    """As if the process had ended here: nothing of ours catches it."""


def lapse():
    Export.objects.update(lease_until=timezone.now() - timedelta(seconds=1))


def test_the_task_writes_it_once_however_often_it_comes(asked, alice, stored):
    for _ in range(3):
        tasks.write(str(asked.pk))

    assert fresh(asked).state == State.DONE
    assert len(stored()) == 1
    assert Delivery.objects.filter(user=alice, template="exported").count() == 1


def test_a_lost_wake_up_is_found_by_the_clock(asked, tasks_at_once, after_commit):
    with after_commit():
        sweeping.sweep()

    assert fresh(asked).state == State.DONE


@pytest.mark.parametrize("where", ["rows", "storing", "telling"])
def test_a_killed_worker_leaves_one_file_in_the_end(asked, desk, alice, support, monkeypatch, stored, where):
    make_ticket(department=support)
    with monkeypatch.context() as patch:

        def die(*args, **kwargs):
            raise Killed

        if where == "rows":
            patch.setattr("backoffice.tickets.exporting.TicketsListing.rows", die)
        elif where == "storing":
            patch.setattr(default_storage, "save", die)
        else:
            patch.setattr(working, "tell_of_export", die)
        with pytest.raises(Killed):
            working.write(asked.pk)
    assert fresh(asked).state == State.WORKING
    assert not working.write(asked.pk)  # its lease still runs

    lapse()
    sweeping.sweep()
    assert working.write(asked.pk)
    sweeping.remove_strays()

    export = fresh(asked)
    assert (export.state, export.attempts) == (State.DONE, 2)
    assert stored() == [export.stored_name.removeprefix("exports/")]
    assert len(read_csv(fetched(desk, export))) == 3
    assert Delivery.objects.filter(user=alice, template="exported").count() == 1


def test_a_worker_taken_for_dead_spoils_nothing(asked, desk, monkeypatch, stored):
    """It wakes up when another one has written the file: its own goes."""
    put_away = working._put_away

    def late(export, *args, **kwargs):
        if export.attempts == 1:
            lapse()
            sweeping.sweep()
            assert working.write(export.pk)
        return put_away(export, *args, **kwargs)

    monkeypatch.setattr(working, "_put_away", late)
    assert working.write(asked.pk)

    assert (fresh(asked).state, fresh(asked).attempts) == (State.DONE, 2)
    assert stored() == [fresh(asked).stored_name.removeprefix("exports/")]


def test_what_fails_is_tried_again_and_then_given_up_in_words(asked, desk, monkeypatch, caplog):
    def break_(*args):
        raise ValueError("a fault of ours")

    monkeypatch.setattr("backoffice.tickets.exporting.TicketsListing.rows", break_)
    for attempt in range(1, working.MOST_ATTEMPTS + 1):
        assert working.write(asked.pk)
        assert fresh(asked).attempts == attempt

    assert (fresh(asked).state, fresh(asked).reason) == (State.FAILED, Reason.BROKEN)
    assert not working.write(asked.pk)
    assert "Something went wrong on our side" in desk.get("/desk/exports/").content.decode()


def test_thrown_away_while_it_is_written_it_stops(asked, desk, monkeypatch, stored):
    rows = working.CsvFile.add

    def deleting(self, given):
        Export.objects.all().delete()
        return rows(self, given)

    monkeypatch.setattr(working.CsvFile, "add", deleting)
    assert working.write(asked.pk)

    assert stored() == []


def test_one_file_of_a_person_at_a_time_and_few_of_all(desk_of, ticket, support, after_commit, settings, monkeypatch):
    settings.WORKER_THREADS, settings.WORKER_PROCESSES = 8, 1
    alice, olga, bob = (make_staff(name, support) for name in ("Alice", "Olga", "Bob"))
    first, second = (ask(desk_of(alice), after_commit) for _ in range(2))
    third, fourth = ask(desk_of(olga), after_commit), ask(desk_of(bob), after_commit)

    assert working.claim(first.pk)
    assert working.claim(second.pk) is None
    assert working.claim(third.pk)
    assert working.claim(fourth.pk) is None


def test_when_one_ends_the_next_begins(desk, asked, after_commit, tasks_at_once):
    with after_commit():
        second = ask(desk, after_commit)
        working.write(asked.pk)

    assert (fresh(asked).state, fresh(second).state) == (State.DONE, State.DONE)


def test_progress_is_there_while_it_is_written(asked, desk, support, monkeypatch):
    for _ in range(3):
        make_ticket(department=support)
    monkeypatch.setattr(working, "AT_ONCE", 1)
    seen, add = [], working.CsvFile.add

    def looking(self, rows):
        page = desk.get("/desk/exports/", headers={"X-Requested-With": "live-part"}).content.decode()
        seen.append((fresh(asked).rows_done, fresh(asked).rows_total, "data-busy" in page))
        return add(self, rows)

    monkeypatch.setattr(working.CsvFile, "add", looking)
    working.write(asked.pk)

    assert seen == [(number, 4, True) for number in range(4)]


def test_strays_go_and_files_of_rows_stay(asked, stored, desk):
    from django.core.files.base import ContentFile

    working.write(asked.pk)
    default_storage.save("exports/0123-1.csv", ContentFile(b"of nobody"))

    sweeping.remove_strays()

    assert stored() == [fresh(asked).stored_name.removeprefix("exports/")]


def test_the_same_number_of_queries_for_many_rows(asked, desk, support, after_commit, django_assert_max_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    costs = []
    for more in (1, 15):
        for _ in range(more):
            make_ticket(department=support)
        export = ask(desk, after_commit)
        Export.objects.exclude(pk=export.pk).delete()
        with CaptureQueriesContext(connection) as queries:
            working.write(export.pk)
        costs.append(len(queries))

    assert costs[0] == costs[1]
