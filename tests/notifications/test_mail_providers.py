"""Mails through a provider's API: what it is told, and what its answers mean. Over real HTTP, each in its documented words."""

import time

import pytest

from notifications import engine, mail_pool
from notifications.bounces.envelopes import pk_behind
from notifications.choices import Reason, State
from notifications.models import Delivery, MailAccount
from tests.fakes.mail_providers import KEY, Brevo, Mailgun, Postmark
from tests.make import fresh
from tests.notifications.sending import reply_to

pytestmark = pytest.mark.django_db
ALL = [Mailgun, Postmark, Brevo]


@pytest.fixture
def mail(support, alice):
    return reply_to(support, alice, email="kasia@mail.example")


def send_through(provider, mail, settings, *, key=KEY):
    settings.ANYMAIL = {provider.setting: provider.url}
    MailAccount.objects.all().delete()
    MailAccount.objects.create(
        store=mail.store, way=type(provider).__name__.lower(), password=key, domain="mg.shop.example", sender="help@shop.example"
    )
    Delivery.objects.filter(pk=mail.pk).update(state=State.QUEUED)
    engine.deliver(mail.pk)
    mail_pool.forget()
    return fresh(mail)


@pytest.mark.parametrize("kind", ALL)
def test_a_mail_leaves_with_its_own_message_id_and_a_word_for_reports(mail, settings, kind):
    with kind() as provider:
        sent = send_through(provider, mail, settings)

    (taken,) = provider.taken
    assert (sent.state, sent.remark) == (State.SENT, "") and sent.provider_id
    assert (taken["to"], taken["message_id"]) == ("kasia@mail.example", mail.message_id)
    assert pk_behind(taken["metadata"]) == mail.pk and "<ticket." in taken["references"] and "Try a coarser setting." in taken["html"]
    assert sent.through == kind.__name__


@pytest.mark.parametrize("kind", ALL)
def test_a_wrong_key_is_ours_to_mend_and_the_mail_waits(mail, settings, kind):
    with kind() as provider:
        waiting = send_through(provider, mail, settings, key="wrong-key")
    assert (waiting.state, waiting.reason) == (State.QUEUED, Reason.SETUP) and not provider.taken
    assert "wrong-key" not in waiting.remark


@pytest.mark.parametrize("kind", ALL)
def test_a_provider_that_drips_is_cut_off_before_the_lease_ends(mail, settings, kind):
    """Also on a line that stayed open after the mail before. Whether the mail was taken nobody knows."""
    settings.DELIVERY_LEASE_SECONDS, settings.EMAIL_TIMEOUT = 4, 20
    with kind() as provider:
        settings.ANYMAIL = {provider.setting: provider.url}
        MailAccount.objects.create(
            store=mail.store, way=kind.__name__.lower(), password=KEY, domain="mg.shop.example", sender="help@shop.example"
        )
        engine.deliver(mail.pk)
        assert fresh(mail).state == State.SENT
        provider.answer = ("drips", {})
        Delivery.objects.filter(pk=mail.pk).update(state=State.QUEUED)
        started = time.monotonic()
        engine.deliver(mail.pk)
        mail_pool.forget()

    assert time.monotonic() - started < settings.DELIVERY_LEASE_SECONDS
    assert (fresh(mail).state, fresh(mail).reason) == (State.UNKNOWN, Reason.NO_ANSWER)


ANSWERS = [
    (429, {"message": "Too many requests"}, State.QUEUED, Reason.BUSY),
    (503, {"message": "Maintenance"}, State.QUEUED, Reason.BUSY),
    (402, {"message": "Not enough credits"}, State.QUEUED, Reason.NO_CREDIT),
    (400, {"message": "text is too long"}, State.FAILED, Reason.REFUSED),
    (400, {"message": "The sender is not confirmed"}, State.QUEUED, Reason.SETUP),
    (500, {"message": "Oops"}, State.UNKNOWN, Reason.NO_ANSWER),
]


@pytest.mark.parametrize("kind", ALL)
@pytest.mark.parametrize(("status", "told", "state", "reason"), ANSWERS)
def test_answers_are_told_apart(mail, settings, kind, status, told, state, reason):
    if kind is Postmark:
        told = {"ErrorCode": 999, "Message": told["message"]}
    with kind(answer=(status, told)) as provider:
        found = send_through(provider, mail, settings)
    assert (found.state, found.reason) == (state, reason), found.remark


def test_an_address_the_provider_gave_up_is_told_as_such(mail, settings):
    words = "Found inactive addresses: kasia@mail.example. Inactive recipients are ones that have generated a hard bounce"
    with Postmark(answer=(422, {"ErrorCode": 406, "Message": words})) as provider:
        found = send_through(provider, mail, settings)
    assert (found.state, found.reason) == (State.FAILED, Reason.BAD_ADDRESS)


def test_no_answer_after_the_mail_was_handed_over_is_not_tried_again_by_itself(mail, settings):
    settings.EMAIL_TIMEOUT = 1
    with Mailgun(answer=(None, None)) as provider:
        found = send_through(provider, mail, settings)
    assert (found.state, found.reason) == (State.UNKNOWN, Reason.NO_ANSWER) and len(provider.taken) == 1


def test_a_provider_that_cannot_be_reached_took_nothing(mail, settings):
    with Mailgun() as provider:
        url = provider.url
    settings.ANYMAIL = {"MAILGUN_API_URL": url}
    MailAccount.objects.create(store=mail.store, way="mailgun", password=KEY, domain="mg.shop.example", sender="help@shop.example")
    engine.deliver(mail.pk)
    assert (fresh(mail).state, fresh(mail).reason) == (State.QUEUED, Reason.UNREACHABLE)


def test_without_the_package_the_mail_waits_for_whoever_installs_it(mail, settings, monkeypatch):
    monkeypatch.setattr("notifications.mail_providers.is_installed", lambda: False)
    with Mailgun() as provider:
        found = send_through(provider, mail, settings)
    assert (found.state, found.reason) == (State.QUEUED, Reason.SETUP) and "requirements-mail-providers.txt" in found.remark
