"""What only a browser shows of the composer: rich text, answers by a stroke, a draft on another machine, and undo."""

from tests.journeys.keyboard import wait_until
from tests.journeys.pages import sign_in

WRITTEN = "Look at the burr"


def open_ticket(page):
    page.goto("/desk/?view=open&q=rattles")
    page.goto(page.locator("main .row a[href^='/desk/tickets/']").first.get_attribute("href"))
    page.locator(".rich").wait_for()


def test_a_reply_is_written_with_form_kept_on_the_server_and_taken_back(new_context, live_stack):
    live_stack.shell("from stores.models import Store; Store.objects.update(undo_seconds=60)")
    alice = new_context(viewport={"width": 1440, "height": 900}).new_page()
    sign_in(alice, "alice@narvan.example")
    open_ticket(alice)
    room = alice.locator(".rich")
    room.click()
    alice.keyboard.press("Control+b")
    alice.keyboard.type(WRITTEN)
    alice.keyboard.press("Control+b")
    alice.keyboard.type(", please.")
    alice.keyboard.press("Enter")
    alice.keyboard.type("سلام")
    alice.keyboard.press("Enter")
    alice.keyboard.type("/")
    alice.locator(".offer-list [role=option]").first.wait_for()
    with alice.expect_response("**/draft/"):
        alice.keyboard.press("Enter")

    # Another machine of hers has it, and each paragraph its own direction.
    other = new_context(viewport={"width": 1440, "height": 900}).new_page()
    sign_in(other, "alice@narvan.example")
    open_ticket(other)
    assert other.locator(".rich b").inner_text() == WRITTEN
    directions = other.locator(".rich p").evaluate_all("rows => rows.slice(0, 2).map(row => getComputedStyle(row).direction)")
    assert directions == ["ltr", "rtl"]

    # It waits at the end of the talk, and undo brings it back.
    other.locator(".rich").click()
    other.keyboard.press("Control+Enter")
    other.locator("leave-soon button[type=submit]").click()
    other.locator(".rich b").wait_for()
    assert other.locator(".rich b").inner_text() == WRITTEN
    assert other.locator("leave-soon").count() == 0
    live_stack.shell("from stores.models import Store; Store.objects.update(undo_seconds=0)")


def test_pasted_words_lose_what_a_mail_does_not_need(new_context, live_stack):
    page = new_context().new_page()
    sign_in(page, "bob@narvan.example")
    page.goto("/desk/?view=open")
    page.goto(page.locator("main .row a[href^='/desk/tickets/']").first.get_attribute("href"))
    page.locator(".rich").wait_for()
    pasted = (
        '<h1 style="color:red" onclick="x()">Head</h1><table><tr><td>one</td><td>two</td></tr></table>'
        '<p class="MsoNormal"><span style="font-weight:700">bold</span> <a href="javascript:x()">bad</a> <a href="https://a.example/">good</a></p>'
        '<img src="https://evil.example/x.png"><script>x()</script>'
    )
    page.locator(".rich").click()
    page.evaluate(
        """html => {
            const data = new DataTransfer();
            data.setData('text/html', html);
            data.setData('text/plain', 'x');
            document.querySelector('.rich').dispatchEvent(new ClipboardEvent('paste', {clipboardData: data, bubbles: true, cancelable: true}));
        }""",
        pasted,
    )
    wait_until(page, "document.querySelector('input[name=html]').value.includes('Head')")  # the editor tells a moment later
    html = page.locator("input[name=html]").input_value()

    assert "<b>Head</b>" in html and "one two" in html and "<b>bold</b>" in html and 'href="https://a.example/"' in html
    for bad in ("h1", "table", "style", "javascript", "evil", "script", "class"):
        assert bad not in html, (bad, html)
