"""Notices on devices, sent to a push service that opens them as a browser would."""

import time
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from accounts.services import disable_person, end_sessions
from notifications import engine
from notifications.choices import Channel, Reason, State, Template
from notifications.models import Delivery, EventText, PushSubscription
from notifications.notice_choices import choose
from notifications.topics import USUAL, Topic
from permissions.models import ROWS
from tests.fakes.push import PushService
from tests.make import fresh, make_customer, make_message, make_ticket
from tests.notifications.push import subscribed
from tests.notifications.sending import make_due
from tickets.services.lifecycle import assign_ticket, close_ticket

pytestmark = pytest.mark.django_db


@pytest.fixture
def service(settings):
    settings.ALLOW_PRIVATE_HOSTS, settings.PUSH_SERVICES = True, ["127.0.0.1"]
    with PushService() as service:
        yield service


@pytest.fixture
def device(client, alice, service):
    return subscribed(client, alice, service)


@pytest.fixture
def given(support, alice, bob, device):
    """A ticket that Bob gave to Alice, whose device is not told yet."""
    return given_to(alice, bob, support)


def given_to(person, giver, department):
    ticket = make_ticket("Chłodny młynek", department=department)
    Delivery.objects.all().delete()
    assign_ticket(ticket, to=person, by=giver)
    return Delivery.objects.get(channel=Channel.PUSH)


def test_a_device_shows_what_the_bell_says_and_nobody_between_reads_it(given, device, alice):
    assert engine.deliver(given.pk) is True

    now = fresh(given)
    assert (now.state, now.reason, now.address, now.through) == (State.SENT, "", "Firefox · Linux", "127.0.0.1")
    bell = Delivery.objects.get(channel=Channel.IN_APP, user=alice)
    [shown] = device.notices
    assert shown["body"] == bell.notice
    assert (shown["title"], shown["lang"], shown["dir"]) == (str(now.store), "en", "ltr")
    assert shown["url"].endswith(f"/desk/tickets/{now.ticket.number}/")
    assert PushSubscription.objects.get().last_good_at is not None


def test_it_waits_at_the_service_as_long_as_it_is_useful_and_a_later_one_takes_its_place(given, device, support, alice, bob):
    engine.deliver(given.pk)
    assign_ticket(given.ticket, to=bob, by=bob)
    assign_ticket(given.ticket, to=alice, by=bob)
    engine.deliver(Delivery.objects.filter(channel=Channel.PUSH, template=Template.ASSIGNED).latest("pk").pk)
    other = given_to(alice, bob, support)
    engine.deliver(other.pk)

    first, second, about_another = device.headers
    assert 23 * 3600 < int(first["TTL"]) <= 24 * 3600
    assert first["Urgency"] == "high"
    assert first["Topic"] == second["Topic"] != about_another["Topic"]


def test_a_persian_reader_is_shown_persian_from_right_to_left(client, alice, bob, support, service):
    alice.language = "fa"
    alice.save(update_fields=["language"])
    device = subscribed(client, alice, service)

    engine.deliver(given_to(alice, bob, support).pk)

    assert (device.notices[0]["lang"], device.notices[0]["dir"]) == ("fa", "rtl")
    assert "Bob" in device.notices[0]["body"] and "gave you" not in device.notices[0]["body"]


def test_each_device_of_a_person_has_a_row_of_its_own(client, alice, bob, support, service):
    first, second = (subscribed(browser, alice, service) for browser in (client, Client()))
    ticket = make_ticket(department=support)
    Delivery.objects.all().delete()
    assign_ticket(ticket, to=alice, by=bob)
    rows = Delivery.objects.filter(channel=Channel.PUSH)
    del service.browsers[f"/push/{first.token}"]

    for row in rows:
        engine.deliver(row.pk)

    assert {(row.state, row.reason) for row in rows.all()} == {(State.DROPPED, Reason.GONE), (State.SENT, "")}
    assert [len(browser.notices) for browser in (first, second)] == [0, 1]


@pytest.mark.parametrize("mode", ["gone", "unknown"])
def test_a_subscription_that_is_gone_is_removed_and_its_notice_dropped(given, service, mode):
    service.mode = mode

    engine.deliver(given.pk)

    assert (fresh(given).state, fresh(given).reason) == (State.DROPPED, Reason.GONE)
    assert not PushSubscription.objects.exists()


def test_a_service_that_asks_to_wait_is_left_alone_for_so_long(given, service):
    service.mode, service.retry_after = "busy", "900"

    engine.deliver(given.pk)

    now = fresh(given)
    assert (now.state, now.reason) == (State.QUEUED, Reason.BUSY)
    assert timedelta(minutes=14) < now.next_try_at - timezone.now() <= timedelta(minutes=15)


def test_a_broken_service_is_tried_again_until_the_news_are_old(given, device, service):
    service.mode = "broken"
    engine.deliver(given.pk)
    assert (fresh(given).state, fresh(given).reason) == (State.QUEUED, Reason.UNREACHABLE)

    Delivery.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    make_due(given)
    engine.deliver(given.pk)

    assert (fresh(given).state, fresh(given).reason) == (State.DROPPED, Reason.TOO_LATE)


@pytest.mark.parametrize("mode", ["dripping", "endless"])
def test_a_service_whose_answer_never_ends_is_left_before_the_lease_ends(given, service, settings, mode):
    settings.DELIVERY_LEASE_SECONDS = 4
    service.mode = mode

    started = time.monotonic()
    engine.deliver(given.pk)

    assert time.monotonic() - started < settings.DELIVERY_LEASE_SECONDS
    assert (fresh(given).state, fresh(given).reason) == (State.QUEUED, Reason.UNREACHABLE)


def test_a_status_counts_though_its_words_never_come(given, service, settings, device):
    settings.DELIVERY_LEASE_SECONDS = 4
    service.mode = "gone slowly"

    engine.deliver(given.pk)

    assert (fresh(given).state, fresh(given).reason) == (State.DROPPED, Reason.GONE)
    assert not PushSubscription.objects.exists()


def test_a_notice_that_is_too_large_or_signed_by_another_key_is_not_tried_for_ever(given, service, settings, monkeypatch):
    monkeypatch.setattr("tests.fakes.push.LONGEST", 100)
    engine.deliver(given.pk)
    assert (fresh(given).state, fresh(given).reason) == (State.FAILED, Reason.BAD_TEXT)

    settings.VAPID_PRIVATE_KEY = "A" * 42 + "E"
    Delivery.objects.update(state=State.QUEUED)
    engine.deliver(given.pk)
    assert (fresh(given).state, fresh(given).reason) == (State.FAILED, Reason.SETUP)


def test_nothing_is_followed_that_a_service_leads_to(given, service):
    service.mode = "redirect"

    engine.deliver(given.pk)

    assert fresh(given).state == State.FAILED
    assert not any("elsewhere" in path for path in service.requests)


def test_a_host_that_became_private_is_not_called(given, service, settings):
    settings.ALLOW_PRIVATE_HOSTS = False

    engine.deliver(given.pk)

    assert (fresh(given).state, fresh(given).reason) == (State.QUEUED, Reason.UNREACHABLE)
    assert service.requests == []


# --- Who must not be shown anything any more ---------------------------------------------------------


def signs_out(client, alice):
    client.post("/account/logout/")


def has_a_new_password(client, alice):
    alice.set_password("another one")
    alice.save(update_fields=["password"])


def ends_all_sessions(client, alice):
    end_sessions(alice)


def is_disabled(client, alice):
    disable_person(alice)


@pytest.mark.parametrize("ends", [signs_out, has_a_new_password, ends_all_sessions, is_disabled])
def test_whoever_is_signed_out_there_is_told_nothing_there(given, device, client, alice, ends):
    ends(client, alice)

    engine.deliver(given.pk)

    assert device.notices == []
    assert fresh(given).state == State.DROPPED
    assert fresh(given).reason in {Reason.SIGNED_OUT, Reason.NO_RIGHT}


def test_a_device_signed_out_is_not_written_for_until_the_same_person_signs_in_again(given, device, client, alice, bob, support):
    client.post("/account/logout/")
    engine.deliver(given.pk)
    Delivery.objects.all().delete()
    assign_ticket(make_ticket(department=support), to=alice, by=bob)
    assert not Delivery.objects.filter(channel=Channel.PUSH).exists()

    client.force_login(bob)
    assert client.post("/desk/notices/devices/renewal/", {"endpoint": device.endpoint}).status_code == 404
    client.force_login(alice)
    assert client.post("/desk/notices/devices/renewal/", {"endpoint": device.endpoint}).status_code == 204

    engine.deliver(given_to(alice, bob, support).pk)
    assert len(device.notices) == 1


def test_a_right_taken_away_ends_what_waits_and_what_is_on_its_way(given, device, client, alice, support):
    engine.deliver(given.pk)
    take_rights(alice)

    assert ask(client, device).status_code == 404
    other = Delivery.objects.get(pk=given.pk)
    other.state = State.QUEUED
    other.save()
    engine.deliver(other.pk)
    assert (fresh(other).state, fresh(other).reason) == (State.DROPPED, Reason.NO_RIGHT)


def take_rights(person):
    for rows, _rows_of_teams in ROWS.values():
        rows.objects.filter(user=person).delete()


def ask(client, device, word="push-worker"):
    """As the service worker does before it shows what came last."""
    shown = device.notices[-1]
    return client.post(shown["ask"], {"id": shown["id"]}, headers={"X-Requested-With": word})


def test_what_a_device_asks_before_it_shows_something_is_also_the_receipt(given, device, client, bob):
    engine.deliver(given.pk)

    assert ask(client, device, word="XMLHttpRequest").status_code == 404
    assert fresh(given).state == State.SENT
    assert ask(client, device).status_code == 204
    assert fresh(given).state == State.DELIVERED and fresh(given).delivered_at
    client.force_login(bob)
    assert ask(client, device).status_code == 404
    client.logout()
    assert ask(client, device).status_code == 404


# --- Who chose what ----------------------------------------------------------------------------------


def test_staff_choose_of_what_their_devices_tell(device, support, alice, bob):
    choose(alice, ways=USUAL | {Topic.GIVEN: {Channel.IN_APP}}, watches=[])
    ticket = make_ticket(department=support)
    Delivery.objects.all().delete()

    assign_ticket(ticket, to=alice, by=bob)

    assert [row.channel for row in Delivery.objects.all()] == [Channel.IN_APP]


def customer_with_device(client, service):
    customer = make_customer()
    return customer, subscribed(client, customer.user, service, at="/account/devices/")


def test_a_customer_is_shown_that_there_is_an_answer(client, service, support, alice):
    customer, device = customer_with_device(client, service)
    ticket = make_ticket(department=support, customer=customer)

    make_message(ticket, "Try a coarser setting.", by=alice)
    engine.deliver(Delivery.objects.get(channel=Channel.PUSH).pk)

    [shown] = device.notices
    assert shown["body"] == "Alice wrote: Try a coarser setting."
    assert shown["url"].endswith(f"/tickets/{ticket.number}/") and shown["ask"] == "/account/devices/receipts/"
    assert ask(client, device).status_code == 204


def test_without_its_text_where_the_owner_keeps_answers_out_of_messages(client, service, support, alice):
    customer, device = customer_with_device(client, service)
    ticket = make_ticket(department=support, customer=customer)
    EventText.objects.create(store=ticket.store, template=Template.REPLY, carries_answer=False)

    make_message(ticket, "Try a coarser setting.", by=alice)
    engine.deliver(Delivery.objects.get(channel=Channel.PUSH).pk)

    assert device.notices[0]["body"] == "There is an answer to your request “The grinder rattles”."
    assert "coarser" not in str(device.notices)


def test_a_closed_request_is_told_on_the_customers_device_and_by_mail(client, service, support, alice):
    customer, device = customer_with_device(client, service)
    ticket = make_ticket(department=support, customer=customer)
    Delivery.objects.all().delete()

    close_ticket(ticket, by=alice)
    for row in Delivery.objects.filter(template=Template.CLOSED):
        engine.deliver(row.pk)

    assert device.notices[0]["body"] == "Your request “The grinder rattles” is solved. Is something left?"
    assert [sent.to for sent in mail.outbox] == [[customer.user.email]]


def test_another_customers_ticket_is_never_shown(client, service, support, alice):
    _customer, device = customer_with_device(client, service)

    make_message(make_ticket(department=support, customer=make_customer("Nour")), "Try this.", by=alice)

    assert not Delivery.objects.filter(channel=Channel.PUSH).exists()
    assert device.notices == []
