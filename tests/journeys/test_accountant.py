"""An accountant in a real browser: one status, one button there, and nothing else, whatever is tried by hand."""

import pytest

from tests.journeys.pages import sign_in

pytestmark = pytest.mark.slow

WAITS_FOR_PAYMENT = "New hopper for a G2 that fell off the table"
IN_REPAIR = "Odpadł uchwyt dzbanka na mleko"
DEEDS = ["replies", "assignment", "department", "status", "priority", "closure", "shares"]
POST = """async (address) => {
    const body = new FormData();
    body.set('csrfmiddlewaretoken', document.querySelector('[name=csrfmiddlewaretoken]').value);
    body.set('text', 'By hand.');
    return (await fetch(address, {method: 'POST', body})).status;
}"""


def ticket_link(page, subject):
    return page.locator(".row-subject a", has_text=subject)


def test_an_accountant_sees_what_waits_for_payment_and_may_say_it_was_received_and_nothing_else(new_context):
    owner, dan = new_context().new_page(), new_context(viewport={"width": 1440, "height": 900}).new_page()
    sign_in(owner, "olga@narvan.example")
    owner.goto("/desk/?view=open")
    addresses = {subject: ticket_link(owner, subject).get_attribute("href") for subject in (WAITS_FOR_PAYMENT, IN_REPAIR)}

    # He sees what waits for payment, and not what is in repair: neither listed, nor found, nor opened by its address.
    sign_in(dan, "dan@narvan.example")
    dan.goto("/desk/?view=all")
    assert ticket_link(dan, WAITS_FOR_PAYMENT).count() == 1
    assert set(dan.locator(".row-status").all_inner_texts()) == {"Waiting for payment"}
    dan.goto("/desk/?view=all&q=dzbanka")
    assert ticket_link(dan, IN_REPAIR).count() == 0
    assert dan.goto(addresses[IN_REPAIR]).status == 404

    # On the page there is one button and a place for notes; the rest is refused by hand too.
    dan.goto(addresses[WAITS_FOR_PAYMENT])
    assert dan.locator(".ticket-actions button").all_inner_texts() == ["Payment received"]
    assert dan.locator(".props form").count() == 0
    assert dan.locator(".composer .as-reply").count() == 0
    ticket = addresses[WAITS_FOR_PAYMENT].split("#")[0]
    assert {deed: dan.evaluate(POST, f"{ticket}{deed}/") for deed in DEEDS} == dict.fromkeys(DEEDS, 403)

    # He presses it: the ticket goes where he does not see it, and he is told so.
    dan.get_by_role("button", name="Payment received").click()
    dan.wait_for_url("**/desk/")
    assert "Payment received" in dan.locator(".toasts").inner_text()
    assert "out of your sight" in dan.locator(".toasts").inner_text()
    assert dan.goto(ticket).status == 404
    owner.goto(ticket)
    assert owner.locator(".props .prop").first.inner_text().split("\n")[-1].strip() == "W toku"  # Olga reads Polish
    assert "Dan Mazur" in owner.locator(".happened").last.inner_text()
