import logging
import sys

import pytest

from common import references
from common.logs import LineFormatter, one_line, without_secrets


def written(message, *args, **extra):
    record = logging.LogRecord("portal.views", logging.WARNING, __file__, 1, message, args, extra.pop("exc_info", None))
    return LineFormatter().format(record)


def test_a_record_is_one_line_with_moment_level_place_and_reference():
    token = references.begin("K7M2Q9TX")
    try:
        line = written("Ticket %s is late", 42)
    finally:
        references.end(token)
    moment, level, place, reference, words = line.split(" ", 4)
    assert moment.endswith("Z")
    assert (level, place, reference, words) == ("WARNING", "portal.views", "K7M2Q9TX", "Ticket 42 is late")
    assert " - " in written("outside of a request")


@pytest.mark.parametrize("evil", ["a\r\nb", "a\nWARNING forged", "\x1b[2Jgone", "a\u2028b", "\u202eback", "a\x00b", "a\x85b"])
def test_nothing_breaks_or_repaints_the_line(evil):
    line = written("agent: %s", evil)
    assert len(line.splitlines()) == 1
    assert not any(ord(c) < 32 or c in "\u2028\u202e\x7f\x85" for c in line)


def test_a_traceback_stays_on_its_line():
    try:
        raise RuntimeError("two\nlines")
    except RuntimeError:
        line = written("It broke", exc_info=sys.exc_info())
    assert len(line.splitlines()) == 1
    assert "RuntimeError: two\\nlines" in line


def test_arguments_that_do_not_fit_are_no_second_error():
    assert "arguments do not fit" in written("%d tickets", "x")


@pytest.mark.parametrize(
    ("text", "secret"),
    [
        ("password=hunter2", "hunter2"),
        ("{'api_key': 'abc123'}", "abc123"),
        ("Authorization: Bearer abc.def", "abc.def"),
        ("postgres://user:pass123@host/db", "pass123"),
        ("GET /sign-in?code=481516&next=/", "481516"),
        ("GET /t/" + "aB3_" * 20 + "/", "aB3_" * 20),
        ("https://gateway.example/v1/" + "0F" * 32 + "/sms", "0F" * 32),
        ("EMAIL_HOST_PASSWORD: xyz", "xyz"),
        ("csrf_token=abc", "abc"),
    ],
)
def test_secrets_are_dotted_out(text, secret):
    assert secret not in without_secrets(text)
    assert secret not in written(text.replace("%", "%%"))


@pytest.mark.parametrize(
    "text",
    ["Not Found: /tickets/42/", 'File "/srv/helpdesk/common/logs.py", line 12', "status code: 500", "12345678-1234-1234-1234-123456789012"],
)
def test_what_is_no_secret_stays_readable(text):
    assert without_secrets(text) == text


def test_endless_messages_are_shortened_in_the_middle():
    assert len(one_line("x" * 10**6)) < 13_000
