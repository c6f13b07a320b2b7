"""Plain steps through the door, as a person takes them."""

import json

from django.test import Client
from django.urls import reverse

from notifications.models import Delivery

FORM = {"name": "Kasia Nowak", "email": "kasia@mail.example", "phone": "", "password": ""}


def last_message(address):
    return Delivery.objects.filter(address=address).latest("pk")


def code_sent_to(address):
    return json.loads(last_message(address).secret_context)["code"]


def ask_for_code(client, login, **more):
    return client.post(reverse("account_request_login_code"), {"login": login, **more})


def type_code(client, code, **more):
    return client.post(reverse("account_confirm_login_code"), {"code": code}, **more)


def sign_in_by_code(client, address):
    ask_for_code(client, address)
    return type_code(client, code_sent_to(address))


def sign_in(client, login, password, **more):
    return client.post(reverse("account_login"), {"login": login, "password": password, **more})


def sign_up(client, **fields):
    return client.post(reverse("account_signup"), {**FORM, **fields})


def is_in(client):
    """Whether this browser is signed in, as the product sees it."""
    return client.get(reverse("portal:profile")).status_code == 200


def other_device(user):
    client = Client()
    client.force_login(user)
    return client
