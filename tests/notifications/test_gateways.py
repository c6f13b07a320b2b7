"""Each gateway against one that speaks its protocol over real HTTP."""

import json
import time
from decimal import Decimal
from urllib.parse import parse_qsl

import pytest

from notifications.choices import Reason
from notifications.gateways import base
from notifications.gateways.base import Approved
from notifications.gateways.http import HttpGateway
from notifications.gateways.kavenegar import Kavenegar
from notifications.gateways.smsapi import SmsApi
from notifications.gateways.smsir import SmsIr
from notifications.gateways.twilio import Twilio
from notifications.outcomes import PermanentFailure, TemporaryFailure, UnknownOutcome
from tests.fakes.sms import KavenegarGateway, PlainGateway, SmsApiGateway, SmsIrGateway, TwilioGateway

pytestmark = pytest.mark.once

KEY = "6106146e717a4f5790d40286ed1b5326"
PERSIAN = "نَروان: کد شما ۱۲۳۴ است & 100% = ؟"


@pytest.fixture(autouse=True)
def _impatient(monkeypatch):
    monkeypatch.setattr(base, "TIMEOUT", {"timeout": 0.5})


def kavenegar(fake, **options):
    return Kavenegar(url=fake.url, key=fake.KEY, **{"sender": "10004346", **options})


def smsapi(fake, **options):
    return SmsApi(url=fake.url, token=fake.TOKEN, **{"sender": "Narvan", **options})


def plain(fake, **options):
    settings = {"url": f"{fake.url}/send", "body": "to={to}&text={text}", "success": "^OK", "id_pattern": r"^OK (\d+)"}
    return HttpGateway(**{**settings, **options})


def smsir(fake, **options):
    return SmsIr(url=fake.url, key=fake.KEY, **{"sender": "30007732", **options})


def twilio(fake, **options):
    return Twilio(url=fake.url, account=fake.ACCOUNT, token=fake.TOKEN, **{"sender": "+15005550006", **options})


ALL = [
    (KavenegarGateway, kavenegar),
    (SmsApiGateway, smsapi),
    (PlainGateway, plain),
    (SmsIrGateway, smsir),
    (TwilioGateway, twilio),
]
all_gateways = pytest.mark.parametrize(("fake_class", "make"), ALL, ids=["kavenegar", "smsapi", "http", "smsir", "twilio"])


@all_gateways
def test_a_text_arrives_whole_and_gets_an_id(fake_class, make):
    with fake_class() as fake:
        accepted = make(fake).send("+989121234567", PERSIAN, key=KEY)

        assert [one["text"] for one in fake.sent] == [PERSIAN]
        assert accepted.provider_id.removeprefix("SM") == str(fake.sent[0]["id"])


@all_gateways
def test_a_busy_gateway_is_tried_later(fake_class, make):
    with fake_class("busy") as fake:
        with pytest.raises(TemporaryFailure) as failure:
            make(fake).send("+48601220214", "Hello", key=KEY)
        assert failure.value.reason == Reason.BUSY
        assert fake.sent == []


@all_gateways
def test_a_refusal_is_final(fake_class, make):
    with fake_class("refuse") as fake, pytest.raises(PermanentFailure) as failure:
        make(fake).send("+48601220214", "Hello", key=KEY)
    assert failure.value.reason in {Reason.BAD_NUMBER, Reason.REFUSED}


@all_gateways
@pytest.mark.parametrize("mode", ["silent", "broken"])
def test_no_answer_or_a_broken_one_is_unknown(fake_class, make, mode):
    with fake_class(mode) as fake:
        with pytest.raises(UnknownOutcome):
            make(fake).send("+48601220214", "Hello", key=KEY)
        assert len(fake.requests) == 1


@all_gateways
@pytest.mark.parametrize("mode", ["dripping", "endless"])
def test_an_answer_that_never_ends_is_cut_off_and_unknown(fake_class, make, mode, monkeypatch):
    """Each byte of it comes in time, so no limit of a single step would notice."""
    monkeypatch.setattr(base, "MOST_SECONDS", 1.5)
    with fake_class(mode) as fake:
        started = time.monotonic()
        with pytest.raises((UnknownOutcome, PermanentFailure)):
            make(fake).send("+48601220214", "Hello", key=KEY)
        assert time.monotonic() - started < 4
        assert len(fake.requests) == 1


def test_a_book_of_an_answer_is_read_so_far_and_no_further(monkeypatch):
    with PlainGateway("endless") as fake:
        assert len(base.call("GET", f"{fake.url}/send").content) == base.MOST_BYTES


@all_gateways
def test_a_gateway_that_cannot_be_reached_got_nothing(fake_class, make, closed_port):
    with fake_class() as fake:
        gateway = make(fake)
    with pytest.raises(TemporaryFailure) as failure:
        gateway.send("+48601220214", "Hello", key=KEY)
    assert failure.value.reason == Reason.UNREACHABLE


@all_gateways
@pytest.mark.parametrize("number", ["+98..;rm", "0912 345 6789", "+48601220214,+48601220215", "", "+0123456789", "+48601220214\n", "۰۹۱۲"])
def test_what_is_no_number_never_leaves(fake_class, make, number):
    with fake_class() as fake:
        with pytest.raises(PermanentFailure) as failure:
            make(fake).send(number, "Hello", key=KEY)
        assert failure.value.reason == Reason.BAD_NUMBER
        assert fake.requests == []


@pytest.mark.parametrize(("fake_class", "make"), ALL[:2], ids=["kavenegar", "smsapi"])
def test_the_same_key_is_sent_once_however_often_a_person_retries(fake_class, make):
    with fake_class() as fake:
        make(fake).send("+48601220214", "Hello", key=KEY)
        make(fake).send("+48601220214", "Hello", key=KEY)

        assert len(fake.sent) == 1


@pytest.mark.parametrize(("fake_class", "make"), ALL[:2], ids=["kavenegar", "smsapi"])
def test_a_wrong_key_of_ours_waits_for_somebody_to_mend_it(fake_class, make):
    with fake_class() as fake:
        fake.KEY = fake.TOKEN = "another"
        gateway = make(fake)
        fake.KEY = fake.TOKEN = "right"
        with pytest.raises(TemporaryFailure) as failure:
            gateway.send("+48601220214", "Hello", key=KEY)
    assert failure.value.reason == Reason.SETUP
    assert "another" not in str(failure.value)


# --- Kavenegar --------------------------------------------------------------------------------------------


def test_kavenegar_numbers_are_written_as_documented():
    with KavenegarGateway() as fake:
        gateway = kavenegar(fake)
        gateway.send("+989121234567", "Hello", key=KEY)
        gateway.send("+48601220214", "Hello", key=KEY.replace("6", "7"))

        assert [one["to"] for one in fake.sent] == ["09121234567", "0048601220214"]


def test_kavenegar_sends_a_code_by_its_approved_template():
    with KavenegarGateway() as fake:
        gateway = kavenegar(fake)
        gateway.send("+989121234567", "any words", key=KEY, approved=Approved("narvan-code", {"token": "123 456"}))
        gateway.send("+989121234567", "an answer", key=KEY)

        assert [one["text"] for one in fake.sent] == ["code 123456", "an answer"]
        assert "/verify/lookup.json" in fake.requests[0]["path"] and "/sms/send.json" in fake.requests[1]["path"]


def test_kavenegar_without_its_template_waits_for_somebody_to_mend_it():
    with KavenegarGateway() as fake, pytest.raises(TemporaryFailure) as failure:
        kavenegar(fake).send("+989121234567", "x", approved=Approved("gone", {"token": "1"}))
    assert failure.value.reason == Reason.SETUP


@pytest.mark.parametrize(
    ("status", "kind", "reason"),
    [
        (418, TemporaryFailure, Reason.NO_CREDIT),
        (411, PermanentFailure, Reason.BAD_NUMBER),
        (413, PermanentFailure, Reason.BAD_TEXT),
        (412, TemporaryFailure, Reason.SETUP),
        (451, TemporaryFailure, Reason.BUSY),
    ],
)
def test_kavenegar_codes_mean_what_they_say(monkeypatch, status, kind, reason):
    with KavenegarGateway() as fake:
        monkeypatch.setattr(fake, "speak", lambda *_: fake._return(status, "پیام"))
        with pytest.raises(kind) as failure:
            kavenegar(fake).send("+989121234567", "Hello", key=KEY)
    assert failure.value.reason == reason
    assert str(status) in failure.value.remark


# --- SMSAPI -------------------------------------------------------------------------------------------------


def test_smsapi_gets_a_token_a_sender_and_its_own_key():
    with SmsApiGateway() as fake:
        smsapi(fake).send("+48601220214", "Cześć", key=KEY)
        data = dict(parse_qsl(fake.requests[0]["body"]))

    assert (data["to"], data["from"], data["idx"], data["check_idx"], data["encoding"]) == ("48601220214", "Narvan", KEY, "1", "utf-8")


@pytest.mark.parametrize(
    ("code", "kind", "reason"),
    [
        (103, TemporaryFailure, Reason.NO_CREDIT),
        (13, PermanentFailure, Reason.BAD_NUMBER),
        (11, PermanentFailure, Reason.BAD_TEXT),
        (14, TemporaryFailure, Reason.SETUP),
        (999, TemporaryFailure, Reason.BUSY),
        ("odd", PermanentFailure, Reason.BAD_TEXT),
    ],
)
def test_smsapi_codes_mean_what_they_say(monkeypatch, code, kind, reason):
    with SmsApiGateway() as fake:
        monkeypatch.setattr(fake, "speak", lambda *_: (200, json.dumps({"error": code, "message": "words"})))
        with pytest.raises(kind) as failure:
            smsapi(fake).send("+48601220214", "Hello", key=KEY)
    assert failure.value.reason == reason


@pytest.mark.parametrize("answer", ["", "[]", '{"count": 1}', '{"list": "x"}', '{"list": []}', "ERROR:13", "null"])
def test_an_answer_that_says_nothing_is_unknown(monkeypatch, answer):
    with SmsApiGateway() as fake:
        monkeypatch.setattr(fake, "speak", lambda *_: (200, answer))
        with pytest.raises(UnknownOutcome):
            smsapi(fake).send("+48601220214", "Hello", key=KEY)


# --- Any HTTP call ---------------------------------------------------------------------------------------------


def test_a_described_call_fills_in_values_and_nothing_else():
    text = 'a&b="c" {to} {0.__class__} %(x)s\nline'
    with PlainGateway() as fake:
        plain(fake, body='{"to": "{number}", "text": "{text}"}', headers={"Content-Type": "application/json"}).send("+48601220214", text)

        assert fake.sent[0]["text"] == text
        assert fake.sent[0]["to"] == "48601220214"


def test_a_described_call_may_be_a_get():
    with PlainGateway() as fake:
        plain(fake, url=f"{fake.url}/send?to={{to}}&text={{text}}", method="GET", body="").send("+48601220214", "a&to=+1")

        assert (fake.sent[0]["to"], fake.sent[0]["text"]) == ("+48601220214", "a&to=+1")
        assert fake.requests[0]["body"] == ""


def test_a_redirect_is_not_followed():
    with PlainGateway() as fake:
        fake.speak = lambda *_: (302, "elsewhere")
        with pytest.raises(TemporaryFailure) as failure:
            plain(fake).send("+48601220214", "Hello")
    assert failure.value.reason == Reason.SETUP


# --- SMS.ir, Twilio: templates, balances, what they say later ---------------------------------------------------


def test_smsir_sends_a_code_by_its_approved_template():
    with SmsIrGateway() as fake:
        accepted = smsir(fake).send("+989121234567", "any words", approved=Approved("100000", {"CODE": "123456"}))

        assert json.loads(fake.sent[0]["text"]) == [{"name": "CODE", "value": "123456"}]
        assert (fake.sent[0]["to"], accepted.cost) == ("09121234567", 1)
        with pytest.raises(TemporaryFailure) as failure:
            smsir(fake).send("+989121234567", "x", approved=Approved("5", {"CODE": "1"}))
    assert failure.value.reason == Reason.SETUP


def test_twilio_sends_a_content_with_its_variables_and_reports_only_to_a_public_address():
    with TwilioGateway() as fake:
        twilio(fake).send("+48601220214", "x", approved=Approved("HX12", {"1": "123456"}), report_to="https://shop.example/hooks/sms/t/")
        twilio(fake).send("+48601220214", "Cześć", report_to="http://127.0.0.1/hooks/sms/t/")

        assert fake.sent[0]["content"]["ContentVariables"] == '{"1": "123456"}' and fake.sent[0]["content"]["ContentSid"] == "HX12"
        assert [one["callback"] for one in fake.sent] == ["https://shop.example/hooks/sms/t/", None]
        assert fake.sent[1]["text"] == "Cześć"


@pytest.mark.parametrize(
    ("fake_class", "make", "left"),
    [(KavenegarGateway, kavenegar, "1250000"), (SmsApiGateway, smsapi, "41.5"), (SmsIrGateway, smsir, "512.5"), (TwilioGateway, twilio, "12.34")],
    ids=["kavenegar", "smsapi", "smsir", "twilio"],
)  # fmt: skip
def test_what_is_left_is_told(fake_class, make, left):
    with fake_class() as fake:
        assert make(fake).balance() == Decimal(left)


@pytest.mark.parametrize(
    ("fake_class", "make", "told", "states"),
    [
        (KavenegarGateway, kavenegar, {"1": 10, "2": 11, "3": 4}, {"1": "delivered", "2": "failed", "3": None}),
        (SmsIrGateway, smsir, {"1": 1}, {"1": "delivered"}),
        (TwilioGateway, twilio, {"SM1": "undelivered"}, {"SM1": "failed"}),
    ],
    ids=["kavenegar", "smsir", "twilio"],
)
def test_a_gateway_that_is_asked_says_what_became_of_messages(fake_class, make, told, states):
    with fake_class() as fake:
        fake.states = told
        reports = make(fake).ask_about(list(told))

    assert {report.provider_id: report.state for report in reports} == states


def test_a_described_gateway_is_understood_by_its_owners_words():
    described = {
        "report_id": "msg", "report_state": "dlr", "report_delivered": "DELIVRD, 1", "report_failed": "UNDELIV", "in_from": "who", "in_text": "what",
    }  # fmt: skip
    gateway = HttpGateway(url="https://sms.example/", described=described)

    assert [one.state for one in gateway.reports_in({"msg": "7", "dlr": "delivrd"})] == ["delivered"]
    assert [one.state for one in gateway.reports_in({"msg": "7", "dlr": "UNDELIV"})] == ["failed"]
    assert [one.state for one in gateway.reports_in({"msg": "7", "dlr": "ACCEPTD"})] == [None]
    assert gateway.reports_in({"msg": "7"}) == [] and gateway.reports_in({}) == []
    assert [(one.sender, one.text) for one in gateway.inbound_in({"who": "48601220214", "what": "Hi"})] == [("48601220214", "Hi")]
