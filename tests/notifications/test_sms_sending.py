"""By which gateway an SMS leaves, when it waits, what it costs, and what becomes of it when no gateway takes it."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from urllib.parse import parse_qs

import pytest
from django.utils import timezone

from audit.models import AuditLine
from notifications import engine, lanes
from notifications.gateways import base
from notifications.models import Delivery, EventText, SmsGateway, SmsRules, SmsTemplate
from notifications.sms_costs import costs_of, month_start
from notifications.sms_gateways import GatewayRefused, move_gateway, save_gateway, set_rules, switch_gateway
from stores.models import Store
from tests.fakes.sms import KavenegarGateway, PlainGateway, SmsApiGateway
from tests.make import fresh, make_staff, make_store
from tests.notifications.sending import make_due, reply_to, row

pytestmark = pytest.mark.django_db
FIELDS = {
    "name": "", "sender": "", "user": "", "url": "", "method": "POST", "headers": {}, "body": "", "success": "", "described": {}, "is_on": True,
    "templates_only": False, "price_per_part": None, "currency": "", "monthly_limit": None, "balance_warning": None,
}  # fmt: skip
PHONE = "+48601220214"


@pytest.fixture(autouse=True)
def _impatient(monkeypatch, settings):
    monkeypatch.setattr(base, "TIMEOUT", {"timeout": 0.5})
    settings.ALLOW_PRIVATE_HOSTS = True


@pytest.fixture
def store(db):
    return Store.objects.default() or make_store()


@pytest.fixture
def olga(db):
    return make_staff("Olga")


@pytest.fixture
def kavenegar(settings):
    with KavenegarGateway() as fake:
        settings.SMS = settings.SMS | {"kavenegar_url": fake.url}
        yield fake


@pytest.fixture
def smsapi(settings):
    with SmsApiGateway() as fake:
        settings.SMS = settings.SMS | {"smsapi_url": fake.url}
        yield fake


@pytest.fixture
def both(store, kavenegar, smsapi):
    """Kavenegar first, SMSAPI second."""
    return [
        SmsGateway.objects.create(store=store, kind="kavenegar", key=kavenegar.KEY, position=0, price_per_part=2, currency="IRR"),
        SmsGateway.objects.create(store=store, kind="smsapi", key=smsapi.TOKEN, position=1, price_per_part="0.16", currency="PLN"),
    ]


def told(support, alice, **customer):
    """The SMS about an answer of Alice's, not sent yet."""
    reply_to(support, alice, **{"phone": PHONE, **customer})
    return Delivery.objects.get(channel="sms")


def sent(delivery):
    make_due(delivery)
    engine.deliver(delivery.pk)
    return fresh(delivery)


def test_the_first_gateway_takes_it_and_the_row_knows_which_and_what_it_costs(both, kavenegar, smsapi):
    delivery = sent(row(PHONE, "sms"))

    assert (delivery.state, delivery.gateway_id, delivery.through, delivery.parts) == ("sent", both[0].pk, "Kavenegar", 1)
    assert (delivery.cost, delivery.currency, delivery.provider_id) == (120, "IRR", str(kavenegar.sent[0]["id"]))  # as Kavenegar told it
    assert smsapi.requests == [] and delivery.passed_over == []


def test_a_cost_told_in_other_money_does_not_use_up_the_month(both, kavenegar, smsapi):
    """Kavenegar tells 120 rials for one SMS; its owner counts in złotys."""
    SmsGateway.objects.filter(pk=both[0].pk).update(currency="PLN", price_per_part="0.16", monthly_limit=100)
    deliveries = [sent(row(PHONE, "sms")) for _ in range(3)]

    assert [(one.gateway_id, one.cost, one.currency) for one in deliveries] == [(both[0].pk, Decimal("0.16"), "PLN")] * 3


@pytest.mark.parametrize("mode", ["busy", "no credit"])
def test_where_the_first_fails_for_certain_the_second_takes_it_within_the_same_attempt(both, kavenegar, smsapi, mode):
    kavenegar.mode = mode
    delivery = sent(row(PHONE, "sms"))

    assert (delivery.state, delivery.gateway_id, delivery.attempts) == ("sent", both[1].pk, 1)
    assert [said[1] for said in delivery.passed_over] == ["Kavenegar"] and len(smsapi.sent) == 1 and kavenegar.sent == []
    assert (delivery.cost, delivery.currency) == (Decimal("0.16"), "PLN")


def test_a_wrong_key_is_passed_over_as_well(both, smsapi):
    SmsGateway.objects.filter(pk=both[0].pk).update(key="wrong")

    assert sent(row(PHONE, "sms")).gateway_id == both[1].pk


@pytest.mark.parametrize("mode", ["silent", "broken"])
def test_an_unknown_outcome_is_never_sent_again_by_itself(both, kavenegar, smsapi, mode):
    kavenegar.mode = mode
    delivery = sent(row(PHONE, "sms"))

    assert (delivery.state, delivery.gateway_id) == ("unknown", both[0].pk)
    assert smsapi.requests == []


def test_the_address_for_reports_says_of_which_message_they_will_be(both, kavenegar, smsapi, settings):
    settings.SITE_URL = "https://shop.example"
    kavenegar.mode = "busy"
    delivery = sent(row(PHONE, "sms"))

    (call,) = smsapi.requests
    key = delivery.message_id.strip("<>").partition("@")[0]
    assert parse_qs(call["body"])["notify_url"] == [f"https://shop.example/hooks/sms/{both[1].token}/of/{key}/"]
    assert parse_qs(call["body"])["idx"] == [key]


def test_a_number_that_is_none_is_none_for_every_gateway(both, kavenegar, smsapi):
    delivery = row(PHONE, "sms")
    Delivery.objects.update(address="+98..;rm")

    assert sent(delivery).reason == "bad_number" and kavenegar.requests == [] and smsapi.requests == []


def test_when_all_are_busy_it_is_tried_later_and_the_one_that_refused_for_good_is_not_asked_again(both, kavenegar, smsapi, monkeypatch):
    monkeypatch.setattr(kavenegar, "speak", lambda *_call: kavenegar._return(413, "طول پیام"))
    smsapi.mode = "busy"
    delivery = sent(row(PHONE, "sms"))
    assert (delivery.state, delivery.reason, delivery.attempts) == ("queued", "busy", 1)

    smsapi.mode = "ok"
    assert sent(delivery).gateway_id == both[1].pk and len(kavenegar.requests) == 1


def test_a_gateway_that_does_not_answer_rests_alone(both, closed_port, settings, smsapi):
    settings.SMS = settings.SMS | {"kavenegar_url": f"http://127.0.0.1:{closed_port}"}
    for _message in range(lanes.FAILURES + 1):
        assert sent(row(PHONE, "sms")).state == "sent"

    assert lanes.is_resting(f"sms:{both[0].pk}") and not lanes.is_resting(f"sms:{both[1].pk}")
    assert [f"sms:{both[0].pk}", "Kavenegar", "resting", False] in Delivery.objects.latest("pk").passed_over


def test_waiting_for_a_gateway_that_rests_is_no_attempt(store, closed_port, settings, kavenegar):
    settings.SMS = settings.SMS | {"kavenegar_url": f"http://127.0.0.1:{closed_port}"}
    SmsGateway.objects.create(store=store, kind="kavenegar", key="k")
    for _message in range(lanes.FAILURES):
        sent(row(PHONE, "sms"))
    delivery = sent(row(PHONE, "sms"))

    assert (delivery.state, delivery.reason, delivery.attempts) == ("queued", "resting", 0) and delivery.next_try_at > timezone.now()


def test_a_gateway_that_is_switched_off_is_not_asked_and_without_any_nothing_leaves(both, kavenegar, smsapi, olga):
    switch_gateway(both[0], is_on=False, by=olga)
    assert sent(row(PHONE, "sms")).gateway_id == both[1].pk
    switch_gateway(both[1], is_on=False, by=olga)
    delivery = sent(row(PHONE, "sms"))

    assert (delivery.state, delivery.reason) == ("failed", "setup") and kavenegar.requests == []


def test_the_order_is_the_owners(both, kavenegar, smsapi, olga):
    move_gateway(both[1], places=-1, by=olga)

    assert sent(row(PHONE, "sms")).gateway_id == both[1].pk
    assert AuditLine.objects.latest("pk").after == {"sms_gateways": ["SMSAPI", "Kavenegar"]}


def test_a_store_without_gateways_uses_those_of_the_default_store(both, kavenegar):
    delivery = row(PHONE, "sms", store=make_store())

    assert sent(delivery).gateway_id == both[0].pk


# --- Approved templates -----------------------------------------------------------------------------------------


def test_a_message_with_an_approved_template_goes_by_it_and_the_nearer_language_wins(both, kavenegar):
    for language, name in (("", "gone"), ("en", "narvan-code")):
        SmsTemplate.objects.create(gateway=both[0], template="sign_in_code", language=language, name=name, parameters=[["token", "code"]])
    sent(row(PHONE, "sms"))

    assert [one["text"] for one in kavenegar.sent] == ["code 123456"]


def test_a_gateway_for_templates_only_leaves_other_messages_to_the_next(both, kavenegar, smsapi):
    SmsGateway.objects.filter(pk=both[0].pk).update(templates_only=True)
    SmsTemplate.objects.create(gateway=both[0], template="sign_in_code", name="narvan-code", parameters=[["token", "code"]])
    code, news = sent(row(PHONE, "sms")), sent(row("+48601220215", "sms", template="already_registered"))

    assert [code.gateway_id, news.gateway_id] == [both[0].pk, both[1].pk] and len(kavenegar.requests) == 1


# --- Instead ----------------------------------------------------------------------------------------------------


def test_what_no_gateway_takes_goes_by_mail_where_the_owner_has_it_so(both, kavenegar, smsapi, support, alice, store, olga):
    kavenegar.mode = smsapi.mode = "refuse"
    delivery = told(support, alice)
    Delivery.objects.filter(channel="mail").delete()
    set_rules(store, by=olga, mail_instead=True)
    assert sent(delivery).state == "failed"

    mail = Delivery.objects.get(channel="mail")
    assert (mail.replaces_id, mail.event_id, mail.address) == (
        delivery.pk,
        delivery.event_id,
        delivery.customer.email or delivery.customer.user.email,
    )


def test_no_mail_goes_instead_where_one_told_of_it_or_the_owner_does_not_want_it(both, kavenegar, smsapi, support, alice, store, olga):
    kavenegar.mode = smsapi.mode = "refuse"
    first = told(support, alice)
    set_rules(store, by=olga, mail_instead=True)
    sent(first)
    assert Delivery.objects.filter(channel="mail").count() == 1

    Delivery.objects.all().delete()
    set_rules(store, by=olga, mail_instead=False)
    second = told(support, alice, phone="+48601220217")
    Delivery.objects.filter(channel="mail").delete()
    sent(second)
    code = sent(row("+48601220219", "sms"))
    assert code.state == "failed" and not Delivery.objects.filter(channel="mail").exists()


# --- Limits -----------------------------------------------------------------------------------------------------


def left(store, count, *, minutes=5, address=PHONE, **fields):
    at = timezone.now() - timedelta(minutes=minutes)
    Delivery.objects.bulk_create(
        Delivery(template="reply", channel="sms", store=store, recipient_key="x", address=address, state="sent", sent_at=at, **fields)
        for _one in range(count)
    )


def test_a_number_gets_so_many_in_an_hour_and_the_next_one_waits_without_an_attempt(both, kavenegar, support, alice, store):
    delivery = told(support, alice)
    left(store, 10, minutes=40)
    delivery = sent(delivery)

    assert (delivery.state, delivery.reason, delivery.attempts) == ("queued", "over_limit", 0) and kavenegar.requests == []
    assert timedelta(minutes=19) < delivery.next_try_at - timezone.now() < timedelta(minutes=21)


def test_what_is_too_much_for_a_day_does_not_leave(both, kavenegar, support, alice, store):
    delivery = told(support, alice)
    left(store, 30, minutes=300)
    delivery = sent(delivery)

    assert (delivery.state, delivery.reason) == ("dropped", "over_limit") and kavenegar.requests == []


def test_a_store_sends_so_many_in_an_hour_and_codes_have_a_limit_of_their_own(both, kavenegar, support, alice, store):
    SmsRules.objects.create(store=store, store_per_hour=3)
    delivery = told(support, alice)
    left(store, 3, address="+48601220299")

    assert (sent(delivery).state, sent(row(PHONE, "sms")).state) == ("queued", "sent")


def test_a_gateway_that_has_cost_enough_this_month_is_passed_over(both, kavenegar, smsapi, store):
    SmsGateway.objects.filter(pk=both[0].pk).update(monthly_limit=100)
    left(store, 1, minutes=0, gateway=both[0], cost=100)
    assert sent(row(PHONE, "sms")).gateway_id == both[1].pk

    SmsGateway.objects.filter(pk=both[1].pk).update(monthly_limit=0)
    last = sent(row(PHONE, "sms"))
    assert (last.state, last.reason) == ("dropped", "over_limit")


def test_polish_is_written_plainly_where_the_owner_wants_it_cheap(both, kavenegar, support, alice, store, olga):
    set_rules(store, by=olga, plain_latin=True)
    EventText.objects.create(store=store, template="reply", sms={"en": "Odpowiedź – {number}"})
    sent(told(support, alice))

    assert kavenegar.sent[0]["text"].startswith("Odpowiedz - ")


# --- Quiet hours ------------------------------------------------------------------------------------------------


def test_it_waits_for_the_end_of_the_quiet_hours_without_an_attempt_and_codes_do_not(both, kavenegar, support, alice, monkeypatch):
    until = timezone.now() + timedelta(hours=9)
    monkeypatch.setattr(engine, "not_before", lambda delivery: until if delivery.event_id else None)
    delivery = sent(told(support, alice))

    assert (delivery.state, delivery.reason, delivery.attempts, delivery.next_try_at) == ("queued", "quiet", 0, until)
    assert sent(row(PHONE, "sms")).state == "sent"


# --- What it costs ------------------------------------------------------------------------------------------------


def test_costs_are_put_together_by_month_and_gateway(store):
    now = timezone.now()
    start = month_start(store)
    for at, cost in ((start, "0.16"), (now, "0.32"), (start - timedelta(seconds=1), "5")):
        Delivery.objects.create(
            template="reply", channel="sms", store=store, recipient_key="x", state="delivered", sent_at=at, through="SMSAPI", parts=2, cost=cost,
            currency="PLN",
        )  # fmt: skip
    lines = costs_of(store)

    assert [(line.month, line.sent, line.delivered, line.parts, line.cost) for line in lines] == [
        (start.date(), 2, 2, 4, Decimal("0.48")),
        (month_start(store, 1).date(), 1, 1, 2, Decimal("5")),
    ]


def test_a_persian_store_counts_in_its_own_months(store):
    Store.objects.filter(pk=store.pk).update(language="fa", time_zone="Asia/Tehran")
    noon = datetime(2026, 12, 1, 12, tzinfo=UTC)

    assert str(month_start(fresh(store), now=noon).date()) == "2026-11-22"  # 1 Azar 1405
    assert str(month_start(fresh(store), 1, now=noon).date()) == "2026-10-23"  # 1 Aban


# --- What owners set ----------------------------------------------------------------------------------------------


def test_a_gateway_inside_the_house_is_refused_when_saved_and_when_called(store, olga, settings):
    settings.ALLOW_PRIVATE_HOSTS = False
    for url in (
        "http://127.0.0.1/x",
        "http://2130706433/",
        "file:///etc/passwd",
        "gopher://x/",
        "http://[::1]:6379/",
        "http://u:p@sms.example/",
    ):
        for kind in ("http", "kannel"):
            with pytest.raises(GatewayRefused):
                save_gateway(store, by=olga, **FIELDS | {"kind": kind, "url": url})
    with pytest.raises(GatewayRefused):
        save_gateway(
            store, by=olga, **FIELDS | {"kind": "http", "url": "https://93.184.216.34/", "described": {"balance_url": "http://10.0.0.1/"}}
        )

    with PlainGateway() as fake:
        SmsGateway.objects.create(store=store, kind="http", url=f"{fake.url}/send?to={{to}}")
        delivery = sent(row(PHONE, "sms"))
        assert fake.requests == [] and (delivery.state, delivery.reason) == ("queued", "unreachable")


def test_a_key_is_encrypted_kept_when_left_empty_and_never_taken_to_another_place(store, olga):
    described = FIELDS | {"kind": "http", "url": "https://93.184.216.34/send"}
    gateway = save_gateway(store, by=olga, key="hunter2", **described)
    assert save_gateway(store, gateway, by=olga, **described | {"sender": "Narvan"}).key == "hunter2"
    assert save_gateway(store, gateway, by=olga, **described | {"described": {"balance_url": "https://93.184.216.35/"}}).key == ""
    save_gateway(store, gateway, by=olga, key="hunter2", **described)
    assert save_gateway(store, gateway, by=olga, **described | {"url": "https://93.184.216.35/send"}).key == ""
    assert all("hunter2" not in f"{line.before}{line.after}" for line in AuditLine.objects.all())


def test_a_described_gateway_gets_its_key_and_our_address_and_its_id_is_found(store):
    with PlainGateway() as fake:
        gateway = SmsGateway.objects.create(
            store=store, kind="http", key="a&b", url=f"{fake.url}/send", headers={"X-Key": "{secret}"}, success="OK",
            body="to={to}&text={text}&key={secret}&dlr={report}", described={"answer_id": "OK {id}"},
        )  # fmt: skip
        delivery = sent(row(PHONE, "sms"))
        headers = {name.lower(): value for name, value in fake.requests[0]["headers"].items()}

        assert headers["x-key"] == "a&b" and gateway.token in fake.requests[0]["body"]
        assert delivery.provider_id == str(fake.sent[0]["id"])
