"""What a device shows, made when it leaves: to staff what the bell says, to a customer that there is news of a request of theirs."""

import json
from urllib.parse import urlsplit

from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from common.text import clean_line, excerpt
from notifications.choices import Template
from notifications.directions import without_marks
from notifications.rendering import facts_of, read_by
from stores.addresses import portal_url

#: So much of an answer, where the owner lets messages carry it.
EXCERPT = 120


def payload_of(delivery):
    """The bytes for the service worker (static/js/push-worker.js). `neutral` is shown when our server cannot be asked whether it still
    holds."""
    with read_by(delivery):
        facts = facts_of(delivery)
        told = {
            "id": delivery.pk,
            "title": without_marks(facts["store"]) or _("Help desk"),
            "body": delivery.notice if delivery.user_id else _words_for_customer(delivery, facts),
            "neutral": _("There is news. Open the page to read it."),
            "lang": delivery.language,
            "dir": facts["direction"],
            "tag": topic_of(delivery),
            "url": facts["link"],
            "ask": reverse("backoffice:device_receipts") if delivery.user_id else _path("device_receipts", delivery.store),
        }
    return json.dumps(told, ensure_ascii=False).encode()


def topic_of(delivery):
    """One word for all news of one kind about one ticket: a later one takes the place of an earlier one that nobody saw yet.

    Push services read it, so it says nothing.
    """
    return salted_hmac("notifications.push.topic", f"{delivery.template}:{delivery.ticket_id}", algorithm="sha256").hexdigest()[:32]


def _words_for_customer(delivery, facts):
    if delivery.template == Template.REPLY and facts["carries_answer"] and facts.get("text"):
        return _("%(author)s wrote: %(words)s") % {"author": facts["author"], "words": excerpt(facts["text"], EXCERPT)}
    words = {
        Template.REPLY: _("There is an answer to your request “%(subject)s”."),
        Template.OPENED_FOR_YOU: _("There is a new request for you: “%(subject)s”."),
        Template.CLOSED: _("Your request “%(subject)s” is solved. Is something left?"),
        Template.MERGED: _("We put your requests together. It goes on in “%(subject)s”."),
        Template.SURVEY: _("How was our help with “%(subject)s”?"),
    }[delivery.template]
    return words % {"subject": clean_line(facts["subject"], 80)}


def _path(name, store):
    return urlsplit(portal_url(store, name)).path
