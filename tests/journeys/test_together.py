"""Two browsers on one ticket: each sees the other, what one says stands before the other at once, and nothing that is typed is lost."""

import time

import pytest

from tests.journeys.pages import sign_in

pytestmark = pytest.mark.slow
ALICE, OLGA = "alice@narvan.example", "olga@narvan.example"


def soon(question, seconds=30):
    """Whether it becomes true. Our content policy forbids Playwright's own way to wait, which evaluates words."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if question():
            return True
        time.sleep(0.05)
    return False


@pytest.fixture
def number(live_stack):
    """A new ticket of Support's first department that Alice and Olga see."""
    return live_stack.new_ticket("[reply_as_customer(ticket, text='And another thing. ' * 30) for _ in range(8)]")


@pytest.fixture
def two(new_context, number):
    pages = []
    for person in (ALICE, OLGA):
        page = new_context(viewport={"width": 1280, "height": 700}).new_page()
        sign_in(page, person)
        page.goto(f"/desk/tickets/{number}/#end")
        pages.append(page)
    return pages


def write_note(page, words):
    page.locator("#id_text").fill(words)
    page.locator("#composer label", has=page.locator("[name=mode][value=note]")).click()
    page.locator("#composer button.as-note").click()
    page.wait_for_load_state()


def version(page):
    return page.locator("#composer [name=version]").input_value()


def test_two_on_one_ticket_see_each_other_and_nothing_typed_is_lost(two, number):
    alice, olga = two
    assert soon(lambda: "Olga" in alice.locator(".visitors").inner_text() and "Alice" in olga.locator(".visitors").inner_text())
    alice.locator("#id_text").fill("Half a sentence that must")
    assert soon(lambda: olga.locator(".visitor-writes").count() == 1)

    # At the end of the talk: it comes, and counts as seen.
    before = version(alice)
    write_note(olga, "The second lid of this week.")
    assert soon(lambda: alice.locator(".story .say-note", has_text="The second lid of this week.").count() == 1)
    assert soon(lambda: version(alice) != before)
    assert alice.locator("#id_text").input_value() == "Half a sentence that must"
    assert alice.evaluate("document.activeElement.id") == "id_text_rich"

    # Further up: it comes, a button says so, and safe send still knows that it was not seen.
    alice.evaluate("document.querySelector('.story').scrollTop = 0")
    before = version(alice)
    write_note(olga, "Wait with the answer, the part is here.")
    button = alice.locator("live-ticket button")
    assert soon(button.is_visible)
    assert "1 new message" in button.inner_text()
    assert alice.evaluate("document.querySelector('.story').scrollTop") == 0
    assert version(alice) == before
    alice.locator("#composer button.btn-primary").click()
    alice.wait_for_load_state()
    assert alice.locator(".composer-news").count() == 1
    assert alice.locator("#id_text").input_value() == "Half a sentence that must"

    # A look at it, and the same words go out.
    alice.locator("#composer button.btn-primary").click()
    alice.wait_for_load_state()
    assert soon(lambda: olga.locator(".story .say-ours", has_text="Half a sentence that must").count() == 1)


def test_a_change_by_another_changes_the_strip_and_a_right_taken_away_ends_the_page(two, number, live_stack):
    alice, olga = two
    assert soon(lambda: olga.locator(".visitor").count() == 1)
    olga.locator(".bar form[action*=closure] button").click()
    assert soon(lambda: alice.locator(".bar form[action*=reopening]").count() == 1)
    assert "Solved" in alice.locator(".props").inner_text()
    alice.locator("#id_text").fill("My words")

    def right(deed):
        live_stack.shell(
            "from tickets.models import Ticket; from departments.models import Department; from django.contrib.auth import get_user_model;"
            f"from permissions.rights import DepartmentRight; from permissions.services import {deed};"
            f"alice = get_user_model().objects.get(email='{ALICE}');"
            f"{deed}(alice, DepartmentRight.VIEW, Ticket.objects.get(number='{number}').department)"
        )

    right("withdraw")
    try:
        assert soon(lambda: alice.locator("[data-state=unseen]").is_visible())
        assert alice.locator("#id_text").input_value() == "My words"
    finally:
        right("grant")


def test_signing_out_elsewhere_is_said_and_signing_in_again_goes_on_with_the_same_words(two, number):
    alice, _olga = two
    assert soon(lambda: alice.locator(".visitor").count() == 1)
    alice.locator("#id_text").fill("Kept words")
    other = alice.context.new_page()
    other.goto("/desk/")
    other.locator(".rail-me form button").click()
    other.wait_for_load_state()
    alice.bring_to_front()
    assert soon(lambda: alice.locator("[data-state=out]").is_visible())

    sign_in(other, ALICE)
    alice.bring_to_front()
    assert soon(lambda: not alice.locator("[data-state=out]").is_visible(), 60)
    assert alice.locator("#id_text").input_value() == "Kept words"
    assert soon(lambda: alice.locator(".visitor").count() == 1)
    write_note(alice, "Kept words")
    assert alice.locator(".story .say-note", has_text="Kept words").count() == 1


def test_a_list_shows_who_writes_and_what_changed_without_moving(two, number):
    alice, olga = two
    alice.goto("/desk/?view=open&sort=newest")
    row = alice.locator(".row", has=alice.locator(f".row-tick[value='{number}']"))
    olga.locator("#id_text").fill("I look at it")
    assert soon(lambda: row.locator(".chip-writes").count() == 1)
    assert "Olga" in row.locator(".chip-writes").inner_text()
    row.locator(".row-tick").check()

    write_note(olga, "A word among us.")
    assert soon(lambda: "A word among us." in row.inner_text())
    assert row.locator(".row-tick").is_checked()

    olga.locator(".bar form[action*=closure] button").click()
    bar = alice.locator("live-list")
    assert soon(bar.is_visible, 40)
    bar.locator("button").click()
    assert row.count() == 0


def test_a_page_without_a_stream_asks_and_one_without_a_server_recovers_with_everything_it_missed(two, number):
    alice, olga = two
    assert soon(lambda: alice.evaluate("document.querySelector('live-desk').isHearing"))
    alice.locator("#id_text").fill("My words")

    alice.context.route("**/desk/live/?*", lambda route: route.abort())  # a proxy that lets no stream through
    alice.evaluate("document.querySelector('live-desk').begin()")
    write_note(olga, "Found by asking.")
    assert soon(lambda: alice.locator(".story .say-note", has_text="Found by asking.").count() == 1, 45)

    alice.context.route(
        "**/desk/live/news/?*", lambda route: route.abort()
    )  # nor anything else: sleep, no network, a server that starts anew
    alice.evaluate("document.querySelector('live-desk').awaySince = Date.now() - 3_600_000; document.querySelector('live-desk').begin()")
    assert soon(lambda: alice.locator("[data-state=lost]").is_visible(), 45)
    write_note(olga, "Said meanwhile.")

    alice.context.unroute_all()
    alice.evaluate("document.querySelector('live-desk').begin()")
    assert soon(lambda: alice.locator(".story .say-note", has_text="Said meanwhile.").count() == 1, 45)
    assert soon(lambda: alice.locator("[data-state=back]").is_visible())
    assert not alice.locator("[data-state=lost]").is_visible()
    assert alice.locator("#id_text").input_value() == "My words"
