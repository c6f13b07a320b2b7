"""The product's own words for a message, with its variables in the places where their values would stand.

Made from the very templates that are sent, so they cannot drift apart: what the owner begins with is what customers read now.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from types import SimpleNamespace

from django.template import Context
from django.template.loader import get_template
from django.utils import translation

from common.moments import format_moment
from common.names import callable_name
from common.numbers import local_digits
from notifications.about import about

# What filters want to be a number or a moment is one of these, and replaced by its variable afterwards.
_NUMBER = 777
_MOMENT = datetime(2035, 3, 14, 15, 9, tzinfo=UTC)


@dataclass(frozen=True)
class Words:
    """Subject, e-mail and SMS of one message in one language; an SMS that there is none of is empty."""

    subject: str = ""
    body: str = ""
    sms: str = ""


def original_of(template, language, *, carries_answer=True) -> Words:
    """In this language; `carries_answer=False`: as they are when only the link is sent."""
    about_it = about(template)
    with translation.override(language):
        facts = _places(about_it) | {"carries_answer": carries_answer}
        subject, body = (_render(template, part, facts) for part in ("subject.txt", "body.txt"))
        sms = _render(template, "sms.txt", facts) if about_it.has_sms else ""
    return Words(" ".join(subject.split()), _folded(body.partition("\n-- \n")[0]), " ".join(sms.split()))


def _places(about_it):
    named = {name: f"{{{name}}}" for name in about_it.names}
    return named | {
        "tag": "",
        "name": callable_name(named.get("first_name", "")),
        "actor": "{author}",
        "text": "{words}",
        "change": "",
        "files": [],
        "is_known": True,
        "minutes": _NUMBER if "minutes" in about_it.names else None,
        "score": _NUMBER,
        "until": _MOMENT,
        "choices": [{"label": "\x00", "link": "\x00"}],
        "ticket": SimpleNamespace(department=SimpleNamespace(answer_hours=None), status=SimpleNamespace(customer_may_reply=True)),
        "event": SimpleNamespace(details={}, by_customer=False),
    }


def _render(template, part, facts):
    words = get_template(f"notifications/{template}/{part}").template.render(Context(facts, autoescape=False))
    words = words.replace("\x00: \x00", "{choices}")
    for shown in {str(_NUMBER), local_digits(_NUMBER)}:
        words = words.replace(shown, "{score}" if template in {"rated", "bad_rating"} else "{minutes}")
    for style in ("moment_full", "moment"):
        words = words.replace(format_moment(_MOMENT, style), "{until}")
    return words


def _folded(text):
    lines = "\n".join(line.strip() for line in text.splitlines())
    return re.sub(r"\n{3,}", "\n\n", lines).strip()
