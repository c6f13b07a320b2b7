from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from accounts.codes import MAX_TRIES, CodeEnded, Purpose, WrongCode, clear_old_codes, issue_code, spend_code
from accounts.models import OneTimeCode

ADDRESS = "kasia@mail.example"


@pytest.fixture
def sent(db):
    return issue_code(Purpose.SIGN_IN, ADDRESS)


def other(digits):
    return f"{(int(digits) + 1) % 1_000_000:06}"


def test_a_code_has_six_digits_and_proves_its_address(sent):
    row, digits = sent
    assert (len(digits), digits.isdecimal()) == (6, True)
    assert spend_code(row.pk, digits, purpose=Purpose.SIGN_IN) == ADDRESS


def test_the_database_does_not_know_the_digits(sent):
    row, digits = sent
    assert digits not in str(OneTimeCode.objects.filter(pk=row.pk).values_list()[0][1:4])


def test_a_code_works_once(sent):
    row, digits = sent
    spend_code(row.pk, digits, purpose=Purpose.SIGN_IN)
    with pytest.raises(CodeEnded):
        spend_code(row.pk, digits, purpose=Purpose.SIGN_IN)


def test_a_code_of_one_purpose_is_nothing_to_another(sent):
    row, digits = sent
    with pytest.raises(CodeEnded):
        spend_code(row.pk, digits, purpose=Purpose.RESET)


def test_a_code_ends_after_ten_minutes(sent):
    row, digits = sent
    OneTimeCode.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    with pytest.raises(CodeEnded):
        spend_code(row.pk, digits, purpose=Purpose.SIGN_IN)


def test_after_five_wrong_tries_the_right_digits_are_refused_too(sent):
    row, digits = sent
    for _attempt in range(MAX_TRIES - 1):
        with pytest.raises(WrongCode):
            spend_code(row.pk, other(digits), purpose=Purpose.SIGN_IN)
    with pytest.raises(CodeEnded):
        spend_code(row.pk, other(digits), purpose=Purpose.SIGN_IN)
    with pytest.raises(CodeEnded):
        spend_code(row.pk, digits, purpose=Purpose.SIGN_IN)


@pytest.mark.parametrize("typed", ["", " ", "000", "abc", "\u200c", "1" * 40, "१२३"])
def test_nonsense_is_a_wrong_code(sent, typed):
    with pytest.raises(WrongCode):
        spend_code(sent[0].pk, typed, purpose=Purpose.SIGN_IN)


def test_old_codes_are_cleared_and_living_ones_stay(sent):
    old, _digits = issue_code(Purpose.RESET, ADDRESS)
    OneTimeCode.objects.filter(pk=old.pk).update(expires_at=timezone.now() - timedelta(hours=1))

    assert clear_old_codes() == 1
    assert OneTimeCode.objects.get() == sent[0]


@pytest.mark.django_db(transaction=True)
def test_of_requests_at_the_same_moment_one_gets_through():
    row, digits = issue_code(Purpose.RESET, ADDRESS)

    assert _at_once([digits] * 4, row).count("in") == 1


@pytest.mark.django_db(transaction=True)
def test_requests_at_the_same_moment_share_the_tries():
    row, digits = issue_code(Purpose.RESET, ADDRESS)
    outcomes = _at_once([other(digits)] * 12, row)

    assert outcomes.count("wrong") < MAX_TRIES
    assert outcomes.count("wrong") + outcomes.count("ended") == 12
    assert OneTimeCode.objects.get().tries == MAX_TRIES


def _at_once(typed, row):
    def attempt(digits):
        try:
            spend_code(row.pk, digits, purpose=Purpose.RESET)
        except WrongCode:
            return "wrong"
        except CodeEnded:
            return "ended"
        finally:
            connection.close()
        return "in"

    with ThreadPoolExecutor(len(typed)) as pool:
        return list(pool.map(attempt, typed))
