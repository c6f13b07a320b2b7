"""What may be said of so many answers."""

import pytest

from reports.tallies import Part, Tally, change_of_score, change_of_share, score_words, share_words

pytestmark = pytest.mark.once


def test_the_mean_and_the_satisfied():
    tally = Tally({5: 6, 4: 2, 1: 2})

    assert (tally.number, tally.mean, tally.good) == (10, 4.0, 80.0)
    assert (score_words(tally.mean), share_words(tally.good)) == ("4.0", "80%")


def test_of_fewer_than_five_answers_nothing_is_made():
    tally = Tally({5: 4})

    assert (tally.number, tally.mean, tally.good) == (4, None, None)
    assert (score_words(tally.mean), share_words(tally.good)) == ("–", "–")
    assert Part(4, 4).share is None
    assert Part(5, 1).share == 20.0


def test_a_change_is_said_in_words():
    assert change_of_score(4.3, 4.0).words == "0.3 more than before"
    assert (change_of_score(3.5, 4.0).way, change_of_score(3.5, 4.0).words) == ("down", "0.5 less than before")
    assert change_of_share(81.0, 80.0).words == "1 point more than before"
    assert change_of_share(70.0, 80.0).words == "10 points less than before"


def test_two_numbers_that_read_alike_did_not_change():
    assert change_of_score(4.04, 3.96).way == "same"


def test_where_there_is_too_little_nothing_is_compared():
    assert change_of_score(None, 4.0).words == ""
    assert change_of_score(4.0, None).way == ""
    assert "too few" in change_of_score(4.0, None).words
