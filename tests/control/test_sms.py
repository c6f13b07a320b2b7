"""The pages of SMS gateways: adding, ordering, trying and removing them, templates, rules, costs, and SMS that came in."""

import pytest
from django.utils import timezone

from notifications.models import Delivery, InboundSms, SmsGateway, SmsRules, SmsTemplate
from tests.make import fresh, make_customer, make_ticket

GATEWAY = {"kind": "smsapi", "key": "token-12345", "sender": "Narvan", "price_per_part": "0.16", "currency": "pln"}


@pytest.fixture(autouse=True)
def _private(settings):
    settings.ALLOW_PRIVATE_HOSTS = True


def page(browser, address, status=200):
    answer = browser.get(address)
    assert answer.status_code == status
    return answer.content.decode()


def test_a_gateway_is_added_and_its_key_never_shown(as_olga, store):
    as_olga.post("/control/sms/new/", GATEWAY)
    gateway = SmsGateway.objects.get()
    shown = page(as_olga, f"/control/sms/{gateway.pk}/")

    assert (gateway.key, gateway.currency, str(gateway.price_per_part)) == ("token-12345", "PLN", "0.1600")
    assert "token-12345" not in shown and 'value="Narvan"' in shown and "One is kept." in shown
    assert f"/hooks/sms/{gateway.token}/" in shown and f"/hooks/sms/{gateway.token}/in/" in shown
    assert "SMS leave through SMSAPI." in page(as_olga, "/control/sms/")


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"kind": "kavenegar"}, "This gateway needs its key."),
        ({"kind": "smsir", "key": "k"}, "This gateway needs the number or name SMS leave from."),
        ({"kind": "twilio", "key": "k", "sender": "+15005550006"}, "This gateway needs the user name or account."),
        ({"kind": "http"}, "This gateway needs the address to call."),
        ({"kind": "http", "url": "ftp://sms.example"}, "This address cannot be used."),
        ({"kind": "http", "url": "http://127.0.0.1/", "headers": "Host: x"}, "Write one header a line"),
        (GATEWAY | {"currency": "zł"}, "three letters"),
        (GATEWAY | {"monthly_limit": "-1"}, "Write an amount"),
    ],
)
def test_a_gateway_says_what_it_needs_and_nothing_typed_is_lost(as_olga, store, sent, said):
    answer = as_olga.post("/control/sms/new/", {"name": "Mine", **sent})
    shown = answer.content.decode()

    assert answer.status_code == 422 and said in shown and 'value="Mine"' in shown and not SmsGateway.objects.exists()


def test_gateways_are_ordered_switched_and_removed(as_olga, store):
    first, second = (
        SmsGateway.objects.create(store=store, kind=kind, position=n, key="k") for n, kind in enumerate(("kavenegar", "smsapi"))
    )
    as_olga.post(f"/control/sms/{second.pk}/place/", {"move": "up"})
    assert [row.pk for row in SmsGateway.objects.all()] == [second.pk, first.pk]
    as_olga.post(f"/control/sms/{second.pk}/switch/", {"is_on": "0"})
    assert not fresh(second).is_on and "switched off" in page(as_olga, "/control/sms/")
    page(as_olga, f"/control/sms/{second.pk}/removal/")
    as_olga.post(f"/control/sms/{second.pk}/removal/")
    assert list(SmsGateway.objects.all()) == [first]


def test_a_test_leaves_by_this_gateway_and_its_parts_are_counted_without_script(as_olga, store, settings, tmp_path):
    settings.SMS_FOLDER = tmp_path
    gateway = SmsGateway.objects.create(store=store, kind="installation", is_on=False)
    counted = as_olga.post(f"/control/sms/{gateway.pk}/test/", {"to": "+48601220214", "text": "س" * 71, "count": "1"}).content.decode()
    assert "2 parts of 67 signs, 4 in the last one" in counted and not list(tmp_path.iterdir())
    as_olga.post(f"/control/sms/{gateway.pk}/test/", {"to": "601 220 214", "text": "Hello"})
    assert "To: +48601220214\n\nHello" in next(tmp_path.iterdir()).read_text()
    assert as_olga.post(f"/control/sms/{gateway.pk}/test/", {"to": "12", "text": "Hello"}).status_code == 422


def row(number, template="sign_in_code", name="code", parameters="token=code", language=""):
    values = {"template": template, "name": name, "parameters": parameters, "language": language}
    return {f"row{number}-{field}": value for field, value in values.items()}


def test_templates_are_edited_as_a_table(as_olga, store):
    gateway = SmsGateway.objects.create(store=store, kind="kavenegar", key="k")
    address = f"/control/sms/{gateway.pk}/templates/"
    as_olga.post(address, {"rows": "3", **row(0), **row(1, "reply", "answer", "token=number, token2=link", "fa")})
    assert [(one.template, one.language, one.name, one.parameters) for one in SmsTemplate.objects.all()] == [
        ("reply", "fa", "answer", [["token", "number"], ["token2", "link"]]),
        ("sign_in_code", "", "code", [["token", "code"]]),
    ]
    assert 'value="token=number, token2=link"' in page(as_olga, address)


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        (row(0, parameters="token"), "Write the places like"),
        (row(0, parameters="token=password"), "is none of our words"),
        (row(0, parameters="word=code"), "Kavenegar knows the places"),
        (row(0, template=""), "For which message is it?"),
        (row(0, name=""), "What is it called at the gateway?"),
        ({**row(0), **row(1)}, "has a template in this language already"),
    ],
)
def test_mistakes_in_templates_stand_beside_them(as_olga, store, sent, said):
    gateway = SmsGateway.objects.create(store=store, kind="kavenegar", key="k")
    answer = as_olga.post(f"/control/sms/{gateway.pk}/templates/", {"rows": "2", **sent})

    assert answer.status_code == 422 and said in answer.content.decode() and not SmsTemplate.objects.exists()


def test_rules_are_saved_and_quiet_hours_need_both_ends(as_olga, store, support):
    rules = {"plain_latin": "on", "number_per_hour": "5", "number_per_day": "", "department": support.pk, "quiet_from": "22:00"}
    assert "Quiet hours need both ends." in as_olga.post("/control/sms/rules/", rules).content.decode()
    as_olga.post("/control/sms/rules/", rules | {"quiet_until": "08:00"})
    kept = SmsRules.objects.get()

    assert (kept.plain_latin, kept.mail_instead, kept.number_per_hour, kept.number_per_day, kept.department) == (
        True,
        False,
        5,
        None,
        support,
    )
    assert str(kept.quiet_from) == "22:00:00"


def test_costs_are_shown_with_what_they_mean_and_as_a_file(as_olga, store):
    Delivery.objects.create(
        template="reply", channel="sms", store=store, recipient_key="x", state="delivered", sent_at=timezone.now(), through="=SMSAPI()",
        parts=2, cost="0.32", currency="PLN",
    )  # fmt: skip
    shown = page(as_olga, "/control/sms/costs/")
    file = as_olga.get("/control/sms/costs/file/")

    assert "whatever became of them later" in shown and "0.32" in shown
    assert file["Content-Type"].startswith("text/csv") and '"\'=SMSAPI()"' in file.content.decode()


@pytest.fixture
def waiting(store):
    gateway = SmsGateway.objects.create(store=store, kind="installation")
    return InboundSms.objects.create(
        gateway=gateway, store=store, gateway_key="1", sender="+48601220333", text="Hello <b>you</b>", outcome="review"
    )


def test_what_waits_is_put_into_a_request_by_its_number(as_olga, browser_of, store, support, alice, olga, waiting):
    from permissions.rights import StoreRight
    from permissions.services import grant

    grant(alice, StoreRight.CHANGE_SETTINGS, store)
    ticket, browser = make_ticket(department=support, customer=make_customer()), browser_of(alice)
    assert "Hello &lt;b&gt;you" in page(browser, "/control/sms/received/?only=review")
    refused = as_olga.post(f"/control/sms/received/{waiting.pk}/decision/", {"number": ticket.number, "reply": "1"})
    assert refused.status_code == 422 and "that you may see" in refused.content.decode()

    browser.post(f"/control/sms/received/{waiting.pk}/decision/", {"number": f"#{ticket.number}", "reply": "1"})
    assert (fresh(waiting).outcome, ticket.messages.count()) == ("replied", 2)
    browser.post(f"/control/sms/received/{waiting.pk}/decision/", {"number": ticket.number, "reply": "1"})
    assert ticket.messages.count() == 2


def test_what_waits_becomes_a_request_or_is_left(as_olga, store, support, waiting):
    address = f"/control/sms/received/{waiting.pk}/decision/"
    assert as_olga.post(address, {"open": "1"}).status_code == 422
    as_olga.post(address, {"open": "1", "department": support.pk})
    assert (fresh(waiting).outcome, fresh(waiting).ticket.department) == ("opened", support)

    InboundSms.objects.filter(pk=waiting.pk).update(outcome="review")
    as_olga.post(address, {"ignore": "1"})
    assert fresh(waiting).outcome == "ignored"


def test_a_gateway_of_another_store_does_not_exist(as_olga, store):
    from tests.make import make_store

    far = SmsGateway.objects.create(store=make_store(), kind="installation")
    for tail in ("", "removal/", "templates/"):
        page(as_olga, f"/control/sms/{far.pk}/{tail}", 404)


def test_only_who_changes_settings_comes_in(browser_of, alice, store):
    for tail in ("", "new/", "rules/", "costs/", "costs/file/", "received/"):
        page(browser_of(alice), f"/control/sms/{tail}", 404)
