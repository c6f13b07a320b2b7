from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from tests.make import fresh, make_department, make_staff, make_store

WARSAW = ZoneInfo("Europe/Warsaw")


@pytest.fixture
def alice(client, db):
    alice = make_staff("Alice", make_department("Support", store=make_store()))
    client.force_login(alice)
    return alice


def test_who_goes_away_is_away_until_they_say_otherwise(client, alice):
    client.post("/desk/presence/", {"back_on": ""})
    assert not fresh(alice).is_present

    client.post("/desk/presence/", {"presence": "here"})
    assert fresh(alice).is_present


def test_a_day_ends_being_away_at_its_first_moment(client, alice):
    day = timezone.localdate(timezone=WARSAW) + timedelta(days=3)
    client.post("/desk/presence/", {"back_on": day.isoformat()})

    assert timezone.localtime(fresh(alice).away_until, WARSAW) == datetime.combine(day, time.min, WARSAW)
    assert not fresh(alice).is_present


def test_a_day_that_is_over_is_refused_in_words_and_stays_typed(client, alice):
    answer = client.post("/desk/presence/", {"back_on": "2020-01-01"})

    assert answer.status_code == 422
    assert "2020-01-01" in answer.content.decode()
    assert fresh(alice).is_present


def test_the_rail_says_whether_one_is_there(client, alice):
    assert ">There</a>" in client.get("/desk/").content.decode()

    client.post("/desk/presence/", {"back_on": ""})
    assert ">Away</a>" in client.get("/desk/").content.decode()
