"""A wrong word about the SMS gateway stops the start with one sentence that names it."""

import pytest

from helpdesk.environment import WrongSetting
from helpdesk.environment_sms import env_sms

pytestmark = pytest.mark.once


def read(monkeypatch, **variables):
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    return env_sms()


def test_without_a_word_sms_go_to_the_folder(monkeypatch):
    assert read(monkeypatch)[0] == "folder"


def test_a_whole_description_is_read(monkeypatch):
    name, config = read(
        monkeypatch,
        SMS_GATEWAY="kavenegar",
        SMS_KAVENEGAR_KEY="key",
        SMS_KAVENEGAR_TEMPLATES="sign_in_code=shop-code, reply = shop-reply",
        SMS_SENDER="10004346",
    )

    assert name == "kavenegar"
    assert config["kavenegar_templates"] == {"sign_in_code": "shop-code", "reply": "shop-reply"}
    assert (config["kavenegar_key"], config["sender"]) == ("key", "10004346")


@pytest.mark.parametrize(
    ("variables", "named"),
    [
        ({"SMS_GATEWAY": "pigeon"}, "SMS_GATEWAY"),
        ({"SMS_GATEWAY": "kavenegar"}, "SMS_KAVENEGAR_KEY"),
        ({"SMS_GATEWAY": "smsapi"}, "SMS_SMSAPI_TOKEN"),
        ({"SMS_GATEWAY": "http"}, "SMS_HTTP_URL"),
        ({"SMS_HTTP_URL": "sms.example.com"}, "SMS_HTTP_URL"),
        ({"SMS_HTTP_METHOD": "DELETE"}, "SMS_HTTP_METHOD"),
        ({"SMS_HTTP_HEADERS": "Authorization: x"}, "SMS_HTTP_HEADERS"),
        ({"SMS_HTTP_SUCCESS": "("}, "SMS_HTTP_SUCCESS"),
        ({"SMS_KAVENEGAR_TEMPLATES": "sign_in_code"}, "SMS_KAVENEGAR_TEMPLATES"),
    ],
)
def test_a_wrong_value_is_named(monkeypatch, variables, named):
    with pytest.raises(WrongSetting) as wrong:
        read(monkeypatch, **variables)
    assert str(wrong.value).startswith(named)
