"""When messages do not arrive, those who change the settings are told once; and once more when it is over."""

from datetime import timedelta

import pytest
from django.utils import timezone

from notifications import alarms
from notifications.choices import Channel, Reason, State, Template, Trouble
from notifications.cleaning import forget_steps
from notifications.models import Delivery, DeliveryAlarm, DeliveryStep, DeliveryWatch
from permissions.rights import StoreRight
from permissions.services import grant, withdraw
from tests.make import make_staff, make_store
from tests.notifications.sending import row

pytestmark = pytest.mark.django_db


@pytest.fixture
def store(support):
    return support.stores.get()


@pytest.fixture
def olga(store):
    person = make_staff("Olga", sees_customers=False)
    grant(person, StoreRight.CHANGE_SETTINGS, store)
    return person


def waiting(minutes, **options):
    delivery = row(**options)
    since = timezone.now() - timedelta(minutes=minutes)
    Delivery.objects.filter(pk=delivery.pk).update(created_at=since, next_try_at=since)
    return delivery


def fared(state, number, channel=Channel.MAIL, reason=""):
    delivery = row(channel=channel, address="+48600100200" if channel == Channel.SMS else "kasia@mail.example")
    Delivery.objects.filter(pk=delivery.pk).update(state=State.SENT)
    DeliveryStep.objects.bulk_create(
        DeliveryStep(delivery=delivery, store=delivery.store, channel=channel, state=state, reason=reason) for _number in range(number)
    )


def told(person, template=Template.ALARM):
    return sorted(Delivery.objects.filter(user=person, template=template).values_list("channel", flat=True))


def test_a_message_that_waits_too_long_is_told_once(olga, store):
    waiting(16, channel=Channel.SMS, address="+48600100200")
    for _minute in range(3):
        alarms.look()

    assert DeliveryAlarm.objects.get().trouble == Trouble.WAITING
    assert told(olga) == [Channel.IN_APP, Channel.MAIL]
    assert "SMS have waited for 16 minutes." in Delivery.objects.notices_of(olga).get().notice


def test_nobody_is_told_by_mail_that_mails_do_not_leave(olga, store):
    waiting(16)
    alarms.look()

    assert told(olga) == [Channel.IN_APP]


def test_what_waits_a_while_is_no_trouble(olga, store):
    waiting(14)
    alarms.look()

    assert not DeliveryAlarm.objects.exists()


def test_many_that_failed_are_told_with_the_reason(olga, store):
    fared(State.SENT, 7)
    fared(State.FAILED, 3, reason=Reason.SETUP)
    alarms.look()

    assert DeliveryAlarm.objects.get().facts == {"percent": 30, "number": 3, "reason": Reason.SETUP}
    assert "30% of the e-mails of the last hour failed: our sender or sign-in was refused" in Delivery.objects.notices_of(olga).get().notice


def test_a_few_messages_say_nothing(olga, store):
    fared(State.FAILED, 9)
    alarms.look()

    assert not DeliveryAlarm.objects.exists()


def test_the_end_is_told_once_and_only_when_it_is_well_over(olga, store):
    delivery = waiting(20)
    alarms.look()
    Delivery.objects.filter(pk=delivery.pk).update(
        created_at=timezone.now() - timedelta(minutes=10), next_try_at=timezone.now() - timedelta(minutes=10)
    )
    alarms.look()
    assert DeliveryAlarm.objects.get().ended_at is None  # between the two nothing changes

    Delivery.objects.filter(pk=delivery.pk).update(state=State.SENT)
    alarms.look()
    alarms.look()
    assert DeliveryAlarm.objects.get().ended_at and told(olga, Template.ALARM_OVER) == [Channel.IN_APP]


def test_the_next_trouble_is_a_new_alarm(olga, store):
    for _time in range(2):
        delivery = waiting(20)
        alarms.look()
        Delivery.objects.filter(pk=delivery.pk).update(state=State.SENT)
        alarms.look()

    assert DeliveryAlarm.objects.count() == 2 and len(told(olga)) == 2


def test_each_store_has_its_own_limits_and_owners(olga, store):
    DeliveryWatch.objects.create(store=store, waiting_minutes=60)
    other = make_store(address="other", is_default=False)
    otto = make_staff("Otto", sees_customers=False)
    grant(otto, StoreRight.CHANGE_SETTINGS, other)
    waiting(20)
    waiting(20, store=other, address="nour@mail.example")
    alarms.look()

    assert told(olga) == [] and told(otto) == [Channel.IN_APP]


def test_switched_off_it_is_quiet_and_what_runs_ends(olga, store):
    waiting(20)
    alarms.look()
    DeliveryWatch.objects.update_or_create(store=store, defaults={"is_on": False})
    alarms.look()

    assert not DeliveryAlarm.objects.filter(ended_at=None).exists()


def test_without_the_right_the_news_are_gone_from_the_bell(olga, store):
    waiting(20)
    alarms.look()
    withdraw(olga, StoreRight.CHANGE_SETTINGS, store)

    assert not Delivery.objects.notices_of(olga).exists()


def test_looking_costs_the_same_however_much_waits(olga, store, django_assert_max_num_queries):
    for number in range(5):
        waiting(1, address=f"k{number}@mail.example")
    with django_assert_max_num_queries(6):
        alarms.look()


def test_owners_see_a_band_on_their_pages_while_it_lasts(olga, alice, store, support, client):
    waiting(20)
    alarms.look()
    client.force_login(olga)
    assert "E-mails have waited for 20 minutes." in client.get("/control/").content.decode()
    client.force_login(alice)
    assert "E-mails have waited" not in client.get("/desk/?view=all").content.decode()

    alarms.end(DeliveryAlarm.objects.get())
    client.force_login(olga)
    assert "E-mails have waited" not in client.get("/control/").content.decode()


def test_old_steps_are_forgotten_and_the_message_stays(store):
    fared(State.SENT, 3)
    DeliveryStep.objects.filter(pk=DeliveryStep.objects.first().pk).update(at=timezone.now() - timedelta(days=181))
    other = DeliveryStep.objects.last()
    DeliveryStep.objects.filter(pk=other.pk).update(at=timezone.now() - timedelta(days=100))
    assert forget_steps() == 1
    DeliveryWatch.objects.create(store=store, steps_days=30)

    assert forget_steps() == 1 and DeliveryStep.objects.count() == 1 and Delivery.objects.count() == 1
