"""Rights are asked when a file is asked for, when it is written and when it is fetched. It is its asker's alone, and ends."""

from datetime import timedelta

import pytest
from django.utils import timezone

from exports import sweeping, working
from exports.choices import Reason, State
from exports.models import Export
from exports.services import AN_HOUR, AT_ONCE
from permissions.rights import DepartmentRight, StoreRight
from permissions.services import grant, withdraw
from tests.exports.helping import ask, fetched, read_csv, whole
from tests.make import fresh, make_department, make_staff, make_ticket
from tickets.services.sharing import end_share, share_ticket

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(desk, ticket, after_commit):
    """A file that waits for its turn: no worker runs here."""
    return ask(desk, after_commit)


@pytest.fixture
def ready(asked):
    assert working.write(asked.pk)
    return fresh(asked)


def address(export):
    return f"/desk/exports/{export.pk}/file/"


def test_a_file_is_nobody_elses(desk_of, desk, ready, support):
    olga = make_staff("Olga", support)

    assert desk_of(olga).get(address(ready)).status_code == 404
    assert desk_of(olga).post(f"/desk/exports/{ready.pk}/deletion/").status_code == 404
    assert str(ready.pk) not in desk_of(olga).get("/desk/exports/").content.decode()
    assert fetched(desk, ready)


def test_the_file_leaves_for_no_cache_and_no_page(desk, ready):
    response = desk.get(address(ready))
    whole(response)

    assert response["Cache-Control"] == "no-store, private"
    assert response["Content-Disposition"].startswith("attachment")
    assert "sandbox" in response["Content-Security-Policy"]
    assert desk.post(address(ready)).status_code == 405


def test_rights_withdrawn_before_the_work_leave_no_file(desk, asked, alice, support, stored):
    withdraw(alice, DepartmentRight.VIEW, support)

    working.write(asked.pk)

    assert (fresh(asked).state, fresh(asked).reason) == (State.ENDED, Reason.NO_RIGHT)
    assert stored() == []
    assert desk.get(address(asked)).status_code == 410
    assert "Your rights, or the list, have changed" in desk.get("/desk/exports/").content.decode()


def test_a_filter_that_is_not_ones_own_any_more_widens_nothing(desk, ticket, alice, support, after_commit, stored):
    other = make_department("Other")
    grant(alice, DepartmentRight.VIEW, other)
    export = ask(desk, after_commit, f"/desk/tickets/export/?view=all&department={other.pk}")
    withdraw(alice, DepartmentRight.VIEW, other)

    working.write(export.pk)

    assert fresh(export).state == State.ENDED
    assert stored() == []


def test_rights_withdrawn_during_the_work_leave_no_file(desk, alice, support, sales, after_commit, monkeypatch, stored):
    from permissions.services import grant_role

    grant_role(alice, sales, "supporter")
    for department in (support, sales, support):
        make_ticket(department=department)
    monkeypatch.setattr(working, "AT_ONCE", 1)
    export = ask(desk, after_commit)
    hold, pieces = working._hold, []

    def withdrawing(export, **progress):
        pieces.append(progress)
        if progress.get("rows_done") == 1:
            withdraw(alice, DepartmentRight.VIEW, sales)
        return hold(export, **progress)

    monkeypatch.setattr(working, "_hold", withdrawing)
    working.write(export.pk)

    assert (fresh(export).state, fresh(export).reason) == (State.ENDED, Reason.NO_RIGHT)
    assert stored() == []


@pytest.mark.parametrize("what", ["department", "customers", "account", "staff"])
def test_rights_withdrawn_after_the_work_end_the_file(desk, ready, alice, support, sales, store, stored, what):
    grant(alice, DepartmentRight.VIEW, sales)  # gaining a right ends nothing
    assert fetched(desk, ready)
    if what == "department":
        withdraw(alice, DepartmentRight.VIEW, support)
    elif what == "customers":
        withdraw(alice, StoreRight.VIEW_CUSTOMERS, store)
    else:
        alice.is_active, alice.is_staff = what != "account", what != "staff"
        alice.save()

    assert desk.get(address(ready)).status_code in {302, 404, 410}
    sweeping.sweep()
    assert stored() == []
    assert fresh(ready).state == State.ENDED


def test_a_share_that_ended_ends_the_file(desk_of, ticket, sales, alice, after_commit):
    bob = make_staff("Bob", sales)
    make_ticket(department=sales)
    share = share_ticket(ticket, user=bob, right="see", by=alice)
    export = ask(desk_of(bob), after_commit)
    working.write(export.pk)
    assert ticket.number in fetched(desk_of(bob), fresh(export)).decode()

    end_share(share, by=alice)

    assert desk_of(bob).get(address(export)).status_code == 410


def test_without_any_ticket_there_is_nothing_to_export(desk_of, store):
    nobody = desk_of(make_staff("Dan"))

    assert nobody.get("/desk/tickets/export/").status_code == 403
    assert nobody.post("/desk/tickets/export/", {"format": "csv"}).status_code == 403
    assert nobody.get("/desk/customers/export/").status_code in {200, 404}


def test_nobody_exports_with_a_colleagues_eyes(desk, ready, desk_of, alice, store, support):
    olga = make_staff("Olga", support)
    grant(olga, StoreRight.VIEW_AS, store)
    browser = desk_of(olga)
    begun = browser.post(f"/control/people/{alice.pk}/view/")
    assert begun.status_code == 302

    for where in ("/desk/exports/", address(ready), "/desk/tickets/export/?view=all", "/desk/customers/export/"):
        assert browser.get(where).status_code == 403, where
    assert browser.post("/desk/tickets/export/?view=all", {"format": "csv"}).status_code == 403
    assert Export.objects.count() == 1


def test_after_two_days_the_file_is_gone(desk, ready, stored):
    assert timedelta(hours=47) < ready.ends_at - timezone.now() < timedelta(hours=49)
    Export.objects.update(ends_at=timezone.now() - timedelta(seconds=1))
    assert desk.get(address(ready)).status_code == 410
    assert len(stored()) == 1

    sweeping.sweep()

    assert stored() == []
    assert (fresh(ready).state, fresh(ready).reason, fresh(ready).chosen) == (State.ENDED, Reason.TOO_OLD, {})
    Export.objects.update(ends_at=timezone.now() - timedelta(days=8))
    sweeping.sweep()
    assert not Export.objects.exists()


def test_throwing_it_away_removes_the_file(desk, ready, stored, after_commit):
    with after_commit():
        assert desk.post(f"/desk/exports/{ready.pk}/deletion/").status_code == 302

    assert stored() == []
    assert not Export.objects.exists()


def test_only_a_few_wait_at_once_and_few_leave_in_an_hour(desk, ticket, after_commit):
    for _ in range(AT_ONCE):
        ask(desk, after_commit)
    assert desk.post("/desk/tickets/export/?view=all", {"format": "csv"}).status_code == 429
    Export.objects.update(state=State.FAILED)
    for _ in range(AN_HOUR - AT_ONCE - 1):
        ask(desk, after_commit)
        Export.objects.update(state=State.FAILED)

    assert desk.post("/desk/tickets/export/?view=all", {"format": "csv"}).status_code == 429
    assert Export.objects.count() == AN_HOUR - 1


def test_a_ticket_that_went_out_of_sight_meanwhile_is_not_in_it(desk, asked, ticket, sales):
    from tickets.models import Ticket

    stays = make_ticket(department=ticket.department)
    Ticket.objects.filter(pk=ticket.pk).update(department=sales)

    working.write(asked.pk)

    assert [row[0] for row in read_csv(fetched(desk, fresh(asked)))[1:]] == [stays.number]
