"""The people who ask for pages, and how they come in."""

import time

from scripts.bench.browser import DOOR_SECONDS, Browser

VISITOR = "visitor"
STAFF = ("everything", "mixed", "few_rights", "one_status")


def logins(facts):
    """{who: address to sign in with; empty for a visitor}"""
    found = {VISITOR: ""} | {who: facts["people"][who]["email"] for who in STAFF if facts["people"].get(who)}
    customer = facts["customers"].get("with_account")
    return found | ({"customer": customer["email"]} if customer else {})


def sign_in_all(facts, host, port):
    """{who: Browser}, each signed in over the wire."""
    people = {who: login for who, login in logins(facts).items() if login}
    return {VISITOR: Browser(host, port)} | come_in(people, facts["password"], host, port)


def come_in(people, password, host, port):
    """{who: Browser} for {who: login}. Every form is opened first, so that the seconds it wants are waited for once."""
    doors = {who: Browser(host, port).open_door() for who in people}
    time.sleep(DOOR_SECONDS)
    return {who: doors[who].sign_in(login, password) for who, login in people.items()}
