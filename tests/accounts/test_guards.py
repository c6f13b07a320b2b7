"""Programs at the door: forms that have a message sent somewhere are guarded, the password is bounded otherwise."""

import re
import time

import pytest
from django.urls import reverse

from accounts.models import OneTimeCode
from tests.accounts.door import ask_for_code, sign_in, sign_up
from tests.make import PASSWORD, make_person, make_store

pytestmark = pytest.mark.django_db
SENDING = ["account_signup", "account_request_login_code", "account_reset_password"]


@pytest.mark.parametrize("name", SENDING)
def test_a_filled_trap_sends_nothing(client, name):
    make_store()
    answer = client.post(
        reverse(name), {"login": "kasia@mail.example", "name": "Kasia", "email": "kasia@mail.example", "guard_address": "x"}
    )

    assert "sent by a program" in answer.content.decode()
    assert not OneTimeCode.objects.exists()


def test_the_other_button_of_the_sign_in_page_carries_when_the_page_was_opened(client, settings, monkeypatch):
    make_store()
    settings.FORM_LEAST_SECONDS = 2
    opened = re.search(r'name="guard_opened" value="([^"]+)"', client.get(reverse("account_login")).content.decode())[1]

    assert "very quick" in ask_for_code(client, "kasia@mail.example", guard_opened=opened, guard_address="").content.decode()
    now = time.time()
    monkeypatch.setattr("django.core.signing.time.time", lambda: now + 5)
    monkeypatch.setattr("common.captcha.time.time", lambda: now + 5)
    assert ask_for_code(client, "kasia@mail.example", guard_opened=opened, guard_address="").status_code == 302


def test_a_password_manager_may_be_as_quick_as_it_likes(client, settings):
    make_store()
    settings.FORM_LEAST_SECONDS = 2
    kasia = make_person("Kasia", password=PASSWORD)
    assert sign_in(client, kasia.email, PASSWORD).status_code == 302


@pytest.mark.parametrize("name", SENDING)
def test_the_captcha_of_the_store_stands_on_every_form_that_sends(client, name):
    make_store(captcha="pow")
    assert "<proof-of-work" in client.get(reverse(name)).content.decode()
    answer = sign_up(client) if name == "account_signup" else client.post(reverse(name), {"login": "kasia@mail.example"})
    assert list(answer.context["form"].errors) == ["captcha"]
    assert not OneTimeCode.objects.exists()


def test_with_a_captcha_the_way_by_code_has_its_own_page(client):
    make_store(captcha="pow")
    page = client.get(reverse("account_login")).content.decode()
    assert f'href="{reverse("account_request_login_code")}"' in page
    assert "formaction" not in page
