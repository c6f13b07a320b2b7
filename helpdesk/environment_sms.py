"""The SMS gateway, read from the environment: which one, and what it needs to know."""

import json
import re
from urllib.parse import urlsplit

from helpdesk.environment import WrongSetting, env_choice, env_str

GATEWAYS = ("folder", "kavenegar", "smsapi", "http")


def env_sms():
    """(name of the gateway, its settings). Says in one sentence what is missing or wrong."""
    name = env_choice("SMS_GATEWAY", "folder", choices=GATEWAYS)
    config = {
        "sender": env_str("SMS_SENDER"),
        "kavenegar_url": _address("SMS_KAVENEGAR_URL", "https://api.kavenegar.com"),
        "kavenegar_key": env_str("SMS_KAVENEGAR_KEY"),
        "kavenegar_templates": _pairs("SMS_KAVENEGAR_TEMPLATES"),
        "smsapi_url": _address("SMS_SMSAPI_URL", "https://api.smsapi.pl"),
        "smsapi_token": env_str("SMS_SMSAPI_TOKEN"),
        "smsir_url": _address("SMS_SMSIR_URL", "https://api.sms.ir"),
        "twilio_url": _address("SMS_TWILIO_URL", "https://api.twilio.com"),
        "http_url": _address("SMS_HTTP_URL", ""),
        "http_method": env_choice("SMS_HTTP_METHOD", "POST", choices=("GET", "POST", "PUT")),
        "http_headers": _headers("SMS_HTTP_HEADERS"),
        "http_body": env_str("SMS_HTTP_BODY"),
        "http_success": _pattern("SMS_HTTP_SUCCESS"),
        "http_id": _pattern("SMS_HTTP_ID"),
    }
    needed = {"kavenegar": "SMS_KAVENEGAR_KEY", "smsapi": "SMS_SMSAPI_TOKEN", "http": "SMS_HTTP_URL"}.get(name)
    if needed and not env_str(needed):
        raise WrongSetting(f"{needed} is missing: SMS_GATEWAY is “{name}” and cannot work without it.")
    return name, config


def _address(name, default):
    value = env_str(name, default)
    if value and (urlsplit(value).scheme not in {"http", "https"} or not urlsplit(value).hostname):
        raise WrongSetting(f"{name} is “{value}”, but takes an address such as https://sms.example.com/send.")
    return value


def _pairs(name):
    pairs = {}
    for part in filter(None, (part.strip() for part in env_str(name).split(","))):
        key, equals, value = (piece.strip() for piece in part.partition("="))
        if not (key and equals and value):
            raise WrongSetting(f"{name} has “{part}”, but takes pairs such as sign_in_code=shop-code,reply=shop-reply.")
        pairs[key] = value
    return pairs


def _headers(name):
    value = env_str(name)
    if not value:
        return {}
    try:
        headers = json.loads(value)
    except ValueError:
        headers = None
    if not isinstance(headers, dict) or not all(
        isinstance(text, str) and text.isascii() and text.isprintable() for text in headers.values()
    ):
        raise WrongSetting(f'{name} is not understood: it takes JSON such as {{"Authorization": "Bearer …"}}.')
    return headers


def _pattern(name):
    value = env_str(name)
    try:
        re.compile(value)
    except re.error as error:
        raise WrongSetting(f"{name} is “{value}”, which is not a regular expression ({error}).") from error
    return value
