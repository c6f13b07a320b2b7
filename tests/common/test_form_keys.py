import threading
import time
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection, transaction
from django.utils import timezone

from common.form_keys import KEPT_FOR, OneTimeForm, SentTwice, claim, claim_form, clear_old_keys, new_form_key, sender_of
from common.models import FormKey
from common.tasks import clear_expired


def send(key, owner="user:1", outcome="/tickets/1/"):
    with transaction.atomic():
        sent = claim(key, owner)
        if sent.is_first:
            sent.finish(outcome)
        return sent


@pytest.mark.django_db
def test_the_second_sending_is_led_to_what_the_first_made():
    key = new_form_key()
    first, second = send(key), send(key, outcome="/tickets/2/")
    assert (first.is_first, second.is_first) == (True, False)
    assert first.outcome_url == second.outcome_url == "/tickets/1/"
    assert FormKey.objects.count() == 1


@pytest.mark.django_db
def test_a_key_is_worth_nothing_in_other_hands():
    key = new_form_key()
    send(key)
    other = send(key, owner="user:2", outcome="/tickets/2/")
    assert other.is_first
    assert other.outcome_url == "/tickets/2/"


@pytest.mark.django_db
def test_when_the_work_failed_the_second_sending_may_do_it():
    key = new_form_key()
    with pytest.raises(RuntimeError), transaction.atomic():
        claim(key, "user:1")
        raise RuntimeError
    assert send(key).is_first


@pytest.mark.django_db
def test_a_first_sending_that_led_nowhere_is_told_to_the_second():
    key = new_form_key()
    with transaction.atomic():
        claim(key, "user:1")
    with pytest.raises(SentTwice), transaction.atomic():
        assert claim(key, "user:1").outcome_url


@pytest.mark.django_db(transaction=True)
def test_a_key_is_only_taken_inside_a_transaction():
    with pytest.raises(transaction.TransactionManagementError):
        claim(new_form_key(), "user:1")


@pytest.mark.django_db(transaction=True)
def test_of_many_sendings_at_once_exactly_one_does_the_work():
    key, barrier, done, seen, failures = new_form_key(), threading.Barrier(6), [], [], []

    def sending(number):
        try:
            barrier.wait(10)
            with transaction.atomic():
                sent = claim(key, "user:1")
                if sent.is_first:
                    time.sleep(0.2)  # the others arrive while the work is going on
                    done.append(number)
                    sent.finish(f"/tickets/{number}/")
                seen.append(sent.outcome_url)
        except Exception as failure:
            failures.append(failure)
        finally:
            connection.close()

    threads = [threading.Thread(target=sending, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert failures == []
    assert len(done) == 1
    assert seen == [f"/tickets/{done[0]}/"] * 6


@pytest.mark.django_db(transaction=True)
def test_when_the_first_of_two_at_once_fails_the_second_does_the_work():
    key, taken, outcome = new_form_key(), threading.Event(), []

    def failing():
        try:
            with transaction.atomic():
                claim(key, "user:1")
                taken.set()
                time.sleep(0.3)
                raise RuntimeError
        except RuntimeError:
            pass
        finally:
            connection.close()

    def waiting():
        try:
            taken.wait(10)
            outcome.append(send(key).is_first)
        finally:
            connection.close()

    threads = [threading.Thread(target=failing), threading.Thread(target=waiting)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert outcome == [True]


def asking(user=None, csrf="secret", session=None):
    return SimpleNamespace(
        user=user or AnonymousUser(), META={"CSRF_COOKIE": csrf} if csrf else {}, session=SimpleNamespace(session_key=session)
    )


def test_a_sender_is_a_person_or_a_browser():
    nour = SimpleNamespace(pk=7, is_authenticated=True)
    assert sender_of(asking(nour)) == "user:7"
    assert sender_of(asking()) == sender_of(asking(session="made after the first sending"))
    assert sender_of(asking()) != sender_of(asking(csrf="another"))
    assert "secret" not in sender_of(asking())
    assert len(sender_of(asking())) <= FormKey._meta.get_field("owner").max_length


def test_a_form_that_comes_back_with_a_mistake_keeps_its_key():
    key = OneTimeForm()["form_key"].value()
    assert len(key) >= 16
    assert OneTimeForm({"form_key": key})["form_key"].value() == key


@pytest.mark.parametrize("damaged", [None, "", "short", "x" * 65, "a\x00b" * 8, "../" * 8, "é" * 20])
def test_a_missing_or_damaged_key_counts_as_new(damaged):
    form = OneTimeForm({} if damaged is None else {"form_key": damaged})
    assert form.is_valid()
    assert form.cleaned_data["form_key"] != damaged
    assert len(form.cleaned_data["form_key"]) >= 16


@pytest.mark.django_db
def test_a_form_is_claimed_for_whoever_sent_it():
    form = OneTimeForm({"form_key": new_form_key()})
    assert form.is_valid()
    with transaction.atomic():
        assert claim_form(form, asking()).is_first
        assert not claim_form(form, asking()).is_first
        assert claim_form(form, asking(csrf="another")).is_first


@pytest.mark.django_db
def test_old_keys_are_forgotten_and_young_ones_kept():
    send(old := new_form_key())
    send(young := new_form_key())
    FormKey.objects.filter(key=old).update(created_at=timezone.now() - KEPT_FOR - timedelta(minutes=1))
    assert clear_old_keys() == 1
    assert list(FormKey.objects.values_list("key", flat=True)) == [young]
    clear_expired()
    assert FormKey.objects.count() == 1
