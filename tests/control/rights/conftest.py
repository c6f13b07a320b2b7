"""An owner who gives rights, Dan to whom they are given, and what a page of his would send."""

import re
from html import unescape

import pytest
from django.urls import reverse

from control.rights.sheet import Sheet
from permissions.rights import StoreRight
from permissions.services import grant
from tests.make import make_staff


@pytest.fixture
def olga(store):
    """She may give rights, and nothing else."""
    person = make_staff("Olga Nowicka", sees_customers=False)
    grant(person, StoreRight.GRANT_RIGHTS, store)
    return person


@pytest.fixture
def dan(store):
    return make_staff("Dan Mazur", sees_customers=False)


@pytest.fixture
def boxes(olga):
    """The matrix of somebody as its page would send it, with some boxes ticked and some unticked: `boxes(dan, "on", off=…)`."""

    def send(who, *on, off=(), until=""):
        sheet = Sheet(olga, who)
        return {"right": sorted((sheet.given | set(on)) - set(off)), "shown": sheet.shown, "until": until}

    return send


def value(right, on):
    return f"{on._meta.model_name}.{on.pk}.{right}"


def address(who, part=""):
    kind = "person" if hasattr(who, "is_staff") else "team"
    return reverse(f"control:rights_{kind}{part and '_' + part}", args=[who.pk])


def words(response):
    """What is read on the page, without marks of direction."""
    text = re.sub(r"<(script|style).*?</\1>", " ", response.content.decode(), flags=re.S)
    text = unescape(re.sub(r"<[^>]*>", "", text))
    return " ".join(re.sub("[\u2068\u2069]", "", text).split())


def hidden(response):
    """The hidden fields of the review, as its button “Save” would send them."""
    form = re.search(r'<form method="post" action="[^"]*saving/">(.*?)</form>', response.content.decode(), re.S)[1]
    fields = {}
    for name, content in re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)">', form):
        if name != "csrfmiddlewaretoken":
            fields.setdefault(name, []).append(unescape(content))
    return fields
