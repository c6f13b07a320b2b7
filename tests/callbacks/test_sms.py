"""What gateways tell us: reports on SMS of ours, and SMS that people send. Forged, doubled and foreign calls change nothing."""

import base64
import hashlib
import hmac
from datetime import timedelta
from urllib.parse import quote

import pytest
from django.conf import settings
from django.utils import timezone

from customers.services.blocks import block_customer
from notifications import engine, sms_inbound, sms_reports
from notifications.models import Delivery, InboundSms, SmsGateway, SmsRules
from stores.models import Store
from tests.fakes.sms import KavenegarGateway, SmsIrGateway
from tests.make import fresh, make_customer, make_department, make_message, make_staff, make_store, make_ticket
from tickets.models import Ticket
from tickets.services.lifecycle import close_ticket

pytestmark = pytest.mark.django_db
PHONE = "+48601220214"


@pytest.fixture
def store(db):
    return Store.objects.default() or make_store()


@pytest.fixture
def support(store):
    return make_department("Support", store=store)


@pytest.fixture
def alice(support):
    return make_staff("Alice", support)


def gateway_of(store, kind="kavenegar", **fields):
    return SmsGateway.objects.create(store=store, kind=kind, key="secret-key", **fields)


def sms_of(gateway, provider_id="8792343", state="sent", **fields):
    return Delivery.objects.create(
        template="reply", channel="sms", store=gateway.store, recipient_key="x", address=PHONE, state=state, gateway=gateway,
        provider_id=provider_id, sent_at=timezone.now() - timedelta(minutes=9), parts=1, **fields,
    )  # fmt: skip


def told(client, gateway, data, *, way="post", tail="", **options):
    return getattr(client, way)(f"/hooks/sms/{gateway.token}/{tail}", data, **options)


# --- Reports ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "way", "said", "state", "answer"),
    [
        ("kavenegar", "get", {"messageid": "8792343", "status": "10"}, "delivered", "OK"),
        ("kavenegar", "post", {"messageid": "8792343", "status": "11"}, "failed", "OK"),
        ("kavenegar", "get", {"messageid": "8792343", "status": "4"}, "sent", "OK"),
        ("smsapi", "get", {"MsgId": "1,8792343", "status_name": "DELIVERED,DELIVERED", "points": "0.1,0.32"}, "delivered", "OK"),
        ("smsapi", "post", {"MsgId": "8792343", "status_name": "UNDELIVERED"}, "failed", "OK"),
        ("smsir", "post", {"messageId": "8792343", "deliveryState": "1"}, "delivered", "OK"),
        ("kannel", "get", {"id": "8792343", "status": "1"}, "delivered", ""),
        ("kannel", "get", {"id": "8792343", "status": "16", "answer": "REJECTED"}, "failed", ""),
        ("kannel", "get", {"id": "8792343", "status": "8"}, "sent", ""),
    ],
)
def test_a_report_in_the_form_its_company_documents_settles_the_message(client, store, kind, way, said, state, answer):
    gateway = gateway_of(store, kind)
    delivery = sms_of(gateway)
    response = told(client, gateway, said, way=way)

    assert (response.status_code, response.content.decode()) == (200, answer)
    assert fresh(delivery).state == state


def test_a_report_corrects_parts_and_cost(client, store):
    gateway = gateway_of(store, "smsapi")
    delivery = sms_of(gateway)
    told(client, gateway, {"MsgId": "8792343", "status_name": "DELIVERED", "points": "0.32"})

    assert str(fresh(delivery).cost) == "0.3200"


def test_states_only_go_forward_and_a_report_that_comes_twice_changes_nothing(client, store):
    gateway = gateway_of(store)
    delivery = sms_of(gateway)
    for status in ("10", "10", "11", "4"):
        told(client, gateway, {"messageid": "8792343", "status": status})

    assert fresh(delivery).state == "delivered" and delivery.steps.count() == 1


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"messageid": "999", "status": "10"},
        {"messageid": "", "status": "10"},
        {"messageid": "8792343"},
        {"messageid": "8792343", "status": "x"},
    ],
)
def test_what_says_nothing_or_of_nobody_is_thanked_for_and_changes_nothing(client, store, said):
    gateway = gateway_of(store)
    delivery = sms_of(gateway)

    assert told(client, gateway, said).status_code == 200 and fresh(delivery).state == "sent"


def test_a_gateway_speaks_of_its_own_messages_only_and_an_address_of_nobody_is_none(client, store):
    delivery = sms_of(gateway_of(store))
    told(client, gateway_of(store), {"messageid": "8792343", "status": "10"})

    assert fresh(delivery).state == "sent"
    assert client.post("/hooks/sms/nobody/", {"messageid": "8792343", "status": "10"}).status_code == 404


def signed(settings, gateway, data, tail=""):
    url = f"{settings.SITE_URL}/hooks/sms/{gateway.token}/{tail}"
    words = url + "".join(f"{name}{data[name]}" for name in sorted(data))
    signature = base64.b64encode(hmac.new(b"secret-key", words.encode(), hashlib.sha1).digest()).decode()
    return {"HTTP_X_TWILIO_SIGNATURE": signature}


def test_twilio_is_believed_by_its_signature_alone(client, store, settings):
    gateway = gateway_of(store, "twilio", user="AC1")
    delivery, said = sms_of(gateway, "SM1"), {"MessageSid": "SM1", "MessageStatus": "delivered"}
    headers = signed(settings, gateway, said)
    assert told(client, gateway, said).status_code == 404
    assert told(client, gateway, said | {"MessageStatus": "undelivered"}, **headers).status_code == 404
    assert fresh(delivery).state == "sent"

    response = told(client, gateway, said, **headers)
    assert response["Content-Type"].startswith("text/xml") and b"<Response>" in response.content
    assert fresh(delivery).state == "delivered"


# --- Reports that are quicker than the answer to our own call ----------------------------------------------------------

KEY = "6106146e717a4f5790d40286ed1b5326"


def being_sent(gateway, state="sending", **fields):
    """One whose name at the company we do not know, and perhaps never will."""
    return sms_of(gateway, "", state, message_id=f"<{KEY}@{settings.MESSAGE_ID_HOST}>", **fields)


QUICK = [
    ("smsapi", "", {"MsgId": "A1,A2", "status_name": "DELIVERED,DELIVERED", "idx": f"other,{KEY}"}, "A2"),
    ("smsapi", f"of/{KEY}/", {"MsgId": "A2", "status_name": "DELIVERED"}, "A2"),
    ("twilio", f"of/{KEY}/", {"MessageSid": "SM1", "MessageStatus": "delivered"}, "SM1"),
    ("http", f"of/{KEY}/", {"id": "7", "state": "ok"}, "7"),
    ("http", f"of/{KEY}/", {"state": "ok"}, ""),
]


def quick_report(client, settings, gateway, said, tail):
    signature = signed(settings, gateway, said, tail) if gateway.kind == "twilio" else {}
    assert told(client, gateway, said, tail=tail, **signature).status_code == 200


def described(store, kind):
    more = {"described": {"report_id": "id", "report_state": "state", "report_delivered": "ok"}, "url": "https://sms.example/"}
    return gateway_of(store, kind, **({"user": "AC1"} if kind == "twilio" else more if kind == "http" else {}))


@pytest.mark.parametrize("state", ["sending", "unknown", "sent"])
@pytest.mark.parametrize(("kind", "tail", "said", "name"), QUICK)
def test_a_report_before_the_company_told_us_its_name_finds_its_message_by_ours(client, store, settings, kind, tail, said, name, state):
    gateway = described(store, kind)
    delivery = being_sent(gateway, state)
    quick_report(client, settings, gateway, said, tail)
    quick_report(client, settings, gateway, said, tail)

    assert (fresh(delivery).state, fresh(delivery).provider_id) == ("delivered", name)
    assert delivery.steps.count() == 1


def test_the_attempt_that_was_overtaken_does_not_take_the_report_back(client, store, settings):
    gateway = described(store, "smsapi")
    delivery = being_sent(gateway, attempts=1)
    quick_report(client, settings, gateway, {"MsgId": "A2", "status_name": "DELIVERED"}, f"of/{KEY}/")
    engine._settle(delivery, state="sent", sent_at=timezone.now(), provider_id="A2")

    assert fresh(delivery).state == "delivered"


def test_what_became_of_an_earlier_attempt_says_nothing_of_one_that_has_another_name_by_now(client, store, settings):
    gateway = described(store, "twilio")
    delivery = being_sent(gateway)
    Delivery.objects.filter(pk=delivery.pk).update(provider_id="SM2")
    quick_report(client, settings, gateway, {"MessageSid": "SM1", "MessageStatus": "undelivered"}, f"of/{KEY}/")

    assert (fresh(delivery).state, fresh(delivery).provider_id) == ("sending", "SM2")


def test_our_name_of_a_message_that_another_gateway_has_opens_nothing(client, store, settings):
    delivery = being_sent(described(store, "smsapi"))
    quick_report(client, settings, described(store, "smsapi"), {"MsgId": "A2", "status_name": "DELIVERED"}, f"of/{KEY}/")

    assert (fresh(delivery).state, fresh(delivery).provider_id) == ("sending", "")


@pytest.mark.parametrize(
    ("kind", "fake_class", "name", "said"),
    [
        ("kavenegar", KavenegarGateway, "1", {"messageid": "1", "status": "10"}),
        ("smsir", SmsIrGateway, "1", {"messageId": "1", "deliveryState": "1"}),
    ],
)
def test_companies_that_report_to_one_address_for_all_are_asked_again(client, store, settings, kind, fake_class, name, said):
    """Their quick report finds nobody, so it is asked for once the message has its name."""
    gateway = gateway_of(store, kind)
    delivery = being_sent(gateway)
    told(client, gateway, said)
    assert fresh(delivery).state == "sending"
    Delivery.objects.filter(pk=delivery.pk).update(state="sent", provider_id=name)
    with fake_class() as fake:
        fake.KEY, fake.states = "secret-key", {name: 10 if kind == "kavenegar" else 1}
        settings.SMS = settings.SMS | {f"{kind}_url": fake.url}
        sms_reports.ask_for_reports()

    assert fresh(delivery).state == "delivered"


def test_too_many_calls_are_put_off(client, store, monkeypatch):
    monkeypatch.setattr("callbacks.doors.MOST", 2)
    gateway = gateway_of(store)

    assert [told(client, gateway, {}).status_code for _call in range(3)] == [200, 200, 429]


def test_the_clock_asks_about_messages_of_the_last_two_days_without_a_report(store, settings):
    gateway = gateway_of(store)
    young, old = sms_of(gateway, "1"), sms_of(gateway, "2")
    Delivery.objects.filter(pk=old.pk).update(sent_at=timezone.now() - timedelta(hours=49))
    with KavenegarGateway() as fake:
        fake.KEY, fake.states = "secret-key", {"1": 10, "2": 10}
        settings.SMS = settings.SMS | {"kavenegar_url": fake.url}
        sms_reports.ask_for_reports()
        sms_reports.ask_for_balances()
        sms_reports.ask_for_balances()

    assert (fresh(young).state, fresh(old).state) == ("delivered", "sent")
    assert fresh(gateway).balance == 1_250_000 and sum("account" in one["path"] for one in fake.requests) == 1


def test_a_gateway_that_does_not_answer_keeps_its_last_balance(store, settings, closed_port):
    gateway = gateway_of(store, balance=5, balance_warning=10)
    settings.SMS = settings.SMS | {"kavenegar_url": f"http://127.0.0.1:{closed_port}"}
    sms_reports.ask_for_balances()
    sms_reports.ask_for_reports()

    assert fresh(gateway).balance == 5 and sms_reports.low_gateways(store) == [gateway]


# --- SMS that come in -----------------------------------------------------------------------------------------------


@pytest.fixture
def kasia(store):
    return make_customer("Kasia Nowak", phone=PHONE)


def came(client, gateway, text="It still rattles.", sender=PHONE, key="77"):
    """What becomes of an SMS, where each request so far was told of by SMS."""
    Delivery.objects.filter(channel="sms", state="queued").update(state="sent")
    told(client, gateway, {"messageid": key, "from": sender, "to": "10004346", "message": text}, tail="in/")
    sms = InboundSms.objects.latest("pk")
    sms_inbound.deal_with(sms.pk)
    return fresh(sms)


def test_an_sms_is_the_reply_to_the_open_request_of_which_an_sms_told_last(client, store, support, alice, kasia):
    told_of, other = make_ticket("Grinder", department=support, customer=kasia), make_ticket("Kettle", department=support, customer=kasia)
    Delivery.objects.all().delete()
    Delivery.objects.create(template="reply", channel="sms", store=store, ticket=told_of, customer=kasia, recipient_key="x", state="sent")
    sms = came(client, gateway_of(store))

    assert (sms.outcome, sms.ticket, sms.customer) == ("replied", told_of, kasia)
    message = told_of.messages.latest("pk")
    assert (message.body_text.strip(), message.source, message.kind) == ("It still rattles.", "sms", "customer")
    assert other.messages.count() == 1


def test_the_request_whose_number_stands_in_it_wins_and_only_of_that_customer(client, store, support, kasia):
    make_ticket("Grinder", department=support, customer=kasia)
    other = make_ticket("Kettle", department=support, customer=kasia)
    strangers = make_ticket("Secret", department=support, customer=make_customer("Nour", phone="+48601220299"))
    gateway = gateway_of(store)

    assert came(client, gateway, f"Do {other.number}: tak").ticket == other
    assert came(client, gateway, f"{strangers.number} hello", key="78").ticket != strangers
    assert strangers.messages.count() == 1


@pytest.mark.parametrize("sender", ["48601220214", "0048601220214", "601220214", "+48 601 220 214"])
def test_a_number_is_known_however_the_company_writes_it(client, store, support, kasia, sender):
    ticket = make_ticket("Grinder", department=support, customer=kasia)

    assert came(client, gateway_of(store), sender=sender).ticket == ticket


def test_it_is_brought_twice_and_written_once(client, store, support, kasia):
    ticket, gateway = make_ticket("Grinder", department=support, customer=kasia), gateway_of(store)
    for _time in range(3):
        came(client, gateway)
    told(client, gateway, {"from": PHONE, "message": "No id"}, tail="in/")
    told(client, gateway, {"from": PHONE, "message": "No id"}, tail="in/")

    assert InboundSms.objects.count() == 2 and ticket.messages.count() == 2


def test_somebody_new_opens_a_request_where_the_owner_chose_a_department_and_else_waits(client, store, support):
    gateway = gateway_of(store)
    waits = came(client, gateway, sender="+48601220333")
    assert (waits.outcome, waits.ticket) == ("review", None)

    SmsRules.objects.create(store=store, department=support)
    opened = came(client, gateway, sender="+48601220334", key="78")
    assert (opened.outcome, opened.ticket.department, opened.ticket.source) == ("opened", support, "sms")
    assert opened.ticket.customer.phone == "+48601220334"


def test_two_people_with_one_number_wait_for_somebody_to_decide(client, store, support, kasia):
    SmsRules.objects.create(store=store, department=support)
    twin = make_customer("Twin", account=False, phone=PHONE)
    ticket = make_ticket("Grinder", department=support, customer=twin)
    gateway = gateway_of(store)

    assert came(client, gateway).outcome == "review"
    assert came(client, gateway, f"{ticket.number} thanks", key="78").ticket == ticket


def test_a_blocked_customer_is_not_heard_and_gets_no_answer(client, store, support, kasia, olga_by):
    ticket = make_ticket("Grinder", department=support, customer=kasia)
    block_customer(kasia, reason="Threats", by=olga_by)
    Delivery.objects.all().delete()
    sms = came(client, gateway_of(store))

    assert (sms.outcome, sms.text, ticket.messages.count()) == ("blocked", "It still rattles.", 1)
    assert not Delivery.objects.exists()


@pytest.fixture
def olga_by(support):
    return make_staff("Olga", support)


def test_a_flood_from_one_number_is_kept_and_nothing_is_done_with_it(client, store, support, kasia, monkeypatch):
    monkeypatch.setattr(sms_inbound, "MOST_PER_HOUR", 2)
    ticket, gateway = make_ticket("Grinder", department=support, customer=kasia), gateway_of(store)

    assert [came(client, gateway, f"{n}", key=str(n)).outcome for n in range(4)] == ["replied", "replied", "limited", "limited"]
    assert ticket.messages.count() == 3


def test_words_to_a_closed_request_that_takes_none_any_more_wait(client, store, support, kasia, olga_by):
    ticket = make_ticket("Grinder", department=support, customer=kasia)
    close_ticket(ticket, by=olga_by)
    Store.objects.filter(pk=store.pk).update(customers_may_reopen=False)

    assert came(client, gateway_of(store), f"{ticket.number} again").outcome == "review"


@pytest.mark.parametrize("sender", ["InfoSMS", "", "+98..;rm"])
def test_who_cannot_be_answered_waits_or_is_nobody(client, store, support, sender):
    SmsRules.objects.create(store=store, department=support)
    told(client, gateway_of(store), {"messageid": "1", "from": sender, "message": "Hi"}, tail="in/")
    sms_inbound.deal_with_waiting()
    for sms in InboundSms.objects.all():
        sms_inbound.deal_with(sms.pk)

    assert not Ticket.objects.exists() and {sms.outcome for sms in InboundSms.objects.all()} <= {"review"}


def test_what_a_lost_wakeup_left_behind_is_found_by_the_clock(client, store, support, kasia):
    make_ticket("Grinder", department=support, customer=kasia)
    Delivery.objects.filter(channel="sms").update(state="sent")
    told(client, gateway_of(store), {"messageid": "1", "from": PHONE, "message": "Hi"}, tail="in/")
    InboundSms.objects.update(received_at=timezone.now() - timedelta(minutes=2))
    sms_inbound.deal_with_waiting()

    assert InboundSms.objects.get().outcome == "replied"


def test_smsir_is_asked_for_what_came_in(store, support, settings, kasia):
    gateway_of(store, "smsir")
    make_ticket("Grinder", department=support, customer=kasia)
    with SmsIrGateway() as fake:
        fake.KEY = "secret-key"
        fake.received = [{"messageText": "سلام", "number": 30007732, "mobile": 48601220214, "receivedDateTime": 1669000000}]
        settings.SMS = settings.SMS | {"smsir_url": fake.url}
        sms_inbound.fetch()
        sms_inbound.fetch()

    assert [sms.text for sms in InboundSms.objects.all()] == ["سلام"]


def test_kannel_brings_persian_as_the_bytes_of_its_charset(client, store):
    gateway, text = gateway_of(store, "kannel"), "درست شد"
    query = f"id=1&from={quote(PHONE)}&to=1000&charset=UTF-16BE&text={quote(text.encode('utf-16-be'))}"
    client.get(f"/hooks/sms/{gateway.token}/in/?{query}")

    assert [sms.text for sms in InboundSms.objects.all()] == [text]


def test_twilio_brings_an_sms_with_its_signature(client, store, support, kasia, settings):
    make_ticket("Grinder", department=support, customer=kasia)
    gateway = gateway_of(store, "twilio", user="AC1")
    said = {"MessageSid": "SM9", "From": PHONE, "To": "+15005550006", "Body": "Dziękuję"}
    assert told(client, gateway, said, tail="in/").status_code == 404
    answer = told(client, gateway, said, tail="in/", **signed(settings, gateway, said, "in/"))

    assert answer.status_code == 200 and [sms.text for sms in InboundSms.objects.all()] == ["Dziękuję"]


def test_the_reply_reaches_who_has_the_ticket(client, store, support, alice, kasia):
    ticket = make_ticket("Grinder", department=support, customer=kasia)
    make_message(ticket, "Try a coarser setting.", by=alice)
    came(client, gateway_of(store))

    assert Delivery.objects.filter(user=alice, template="customer_replied", ticket=ticket).exists()
