"""The people who ask for pages, and how they come in."""

from scripts.bench.browser import Browser

VISITOR = "visitor"
STAFF = ("everything", "mixed", "few_rights", "one_status")


def logins(facts):
    """{who: address to sign in with; empty for a visitor}"""
    found = {VISITOR: ""} | {who: facts["people"][who]["email"] for who in STAFF if facts["people"].get(who)}
    customer = facts["customers"].get("with_account")
    return found | ({"customer": customer["email"]} if customer else {})


def sign_in_all(facts, host, port):
    """{who: Browser}, each signed in over the wire."""
    found = {}
    for who, login in logins(facts).items():
        browser = Browser(host, port)
        found[who] = browser.sign_in(login, facts["password"]) if login else browser
    return found
