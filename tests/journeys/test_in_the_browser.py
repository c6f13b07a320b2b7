"""The whole life of a ticket in a real browser, in English and in Persian: customer, staff, customer again, and the question after closing.

Mail is read from a real SMTP server, SMS from a gateway that speaks the documented protocol; web, worker and clock are processes of their own.
"""

import io
import re
import time
from urllib.parse import urlsplit

import pytest
from PIL import Image

from common.numbers import ascii_digits
from tests.journeys.pages import choose_language, sign_in

pytestmark = pytest.mark.slow

STORIES = {
    "en": {
        "customer": "kasia@mail.example",
        "mobile": "0048601220214",
        "department": 1,  # repairs, Alice's
        "staff": "alice@narvan.example",
        "subject": "The lid of my kettle does not close",
        "text": "It arrived yesterday and the hinge looks bent.",
        "answer": "Sorry about that. Could you send us a photo of the hinge?",
        "note": "Second kettle of this batch.",
        "reply": "Here is the photo, as you asked.",
        "goodbye": "A new lid is on its way. Thank you for writing.",
        "comment": "Quick and friendly, thank you.",
        "calendar": r"\d{1,2}:\d{2}",
    },
    "fa": {
        "customer": "nour@mail.example",
        "mobile": "09121234514",
        "department": 0,  # orders, Negar's
        "staff": "negar@narvan.example",
        "subject": "درِ کتری بسته نمی‌شود",
        "text": "دیروز رسید و لولایش کج است.",
        "answer": "بابت این مشکل عذر می‌خواهیم. لطفاً از لولا یک عکس بفرستید.",
        "note": "دومین کتری از این سری.",
        "reply": "این هم عکسی که خواستید.",
        "goodbye": "درِ نو برایتان پست شد. سپاس از پیامتان.",
        "comment": "سریع و خوش‌برخورد بودید.",
        "calendar": r"[۰-۹]{1,2}:[۰-۹]{2}",
    },
}


def wait_for(find, what, seconds=40):
    """What `find` returns once it is something."""
    end = time.monotonic() + seconds
    while not (found := find()):
        assert time.monotonic() < end, f"{what} did not come"
        time.sleep(0.2)
    return found


def mail_to(stack, address, words, *, about=""):
    """The newest mail to this address whose text has these words; `about`: the number of the ticket in its subject."""

    def find():
        mine = [mail for mail in stack.mail.mails if mail["To"] and address in mail["To"] and about in (mail["Subject"] or "")]
        return next((mail for mail in reversed(mine) if words in text_of(mail)), None)

    return wait_for(find, f"the mail to {address} with “{words}”")


def text_of(mail):
    return mail.get_body(("plain",)).get_content()


def html_of(mail):
    return mail.get_body(("html",)).get_content()


@pytest.mark.drawn(sqlite=1, postgres=1)
@pytest.mark.parametrize("language", STORIES)
def test_a_tickets_whole_life(new_context, live_stack, language, tmp_path):
    story = STORIES[language]
    photo = tmp_path / "hinge.png"
    photo.write_bytes(picture())

    # The customer: department, answers, message.
    customer = new_context(viewport={"width": 390, "height": 844}).new_page()
    sign_in(customer, story["customer"])
    choose_language(customer, language)
    customer.goto("/tickets/new/")
    customer.locator("main a[href^='/tickets/new/']").nth(story["department"]).click()
    assert "/answers/" in customer.url
    customer.locator("main a.btn-primary").click()
    customer.locator("[name=subject]").fill(story["subject"])
    customer.locator("[name=text]").fill(story["text"])
    customer.locator("form:has([name=subject]) button[type=submit]").last.click()
    customer.wait_for_url("**/sent/")
    number = ascii_digits(urlsplit(customer.url).path.split("/")[2])

    thanks = mail_to(live_stack, story["customer"], "/tickets/" + number)
    assert f"[#{number}]" in thanks["Subject"]
    assert f'lang="{language}"' in html_of(thanks)
    assert ('dir="rtl"' in html_of(thanks)) == (language == "fa")
    wait_for(
        lambda: [sms for sms in live_stack.sms.sent if sms["to"] == story["mobile"] and f"/tickets/{number}/" in sms["text"]],
        "the SMS of thanks",
    )

    # Staff: a note that stays in the house, then an answer.
    staff = new_context(viewport={"width": 1440, "height": 900}).new_page()
    sign_in(staff, story["staff"])
    choose_language(staff, language)
    staff.goto(f"/desk/tickets/{number}/")
    write_as_staff(staff, story["note"], mode="note")
    write_as_staff(staff, story["answer"], mode="reply")
    answer = mail_to(live_stack, story["customer"], story["answer"])
    assert answer["References"] and not answer["Auto-Submitted"]  # a person wrote it

    # The customer reads: no note, whose turn it is, the time in their own digits; and writes back with a photo.
    customer.goto(f"/tickets/{number}/")
    conversation = customer.locator("main").inner_text()
    assert story["answer"] in conversation and story["note"] not in conversation
    assert re.search(story["calendar"], conversation)
    customer.locator("#answer [name=text]").fill(story["reply"])
    customer.locator("#answer input[type=file]").set_input_files(photo)
    customer.locator("#answer button.btn-primary").click()
    customer.get_by_text(story["reply"]).first.wait_for()
    assert customer.locator("main img").count() == 1
    mail_to(live_stack, story["staff"], story["reply"])

    # Staff see the words, the photo and what became of their own message; they close with an answer.
    staff.goto(f"/desk/tickets/{number}/")
    assert staff.locator("main img").count() >= 1
    assert staff.locator(".composer [name=text]").input_value() == ""
    staff.locator("[name=then]").select_option(index=staff.locator("[name=then] option").count() - 1)
    write_as_staff(staff, story["goodbye"], mode="reply")

    # The question after closing opens from the mail, without signing in; its answer stands on the ticket.
    survey = survey_address(live_stack, story["customer"], number)
    reader = new_context(viewport={"width": 390, "height": 844}).new_page()
    reader.goto(survey)
    assert reader.locator("html").get_attribute("lang") == language
    reader.locator("label:has(input[name=score][value='5'])").click()
    reader.locator("[name=comment]").fill(story["comment"])
    reader.locator("main form button.btn-primary").click()
    reader.locator(".callout-ok").wait_for()
    staff.goto(f"/desk/tickets/{number}/")
    assert story["comment"] in staff.locator("main").inner_text()


def survey_address(stack, address, number):
    """The path of the survey's link in the mail about this ticket."""
    mail = mail_to(stack, address, "/survey/", about=number)
    return urlsplit(re.search(r"http\S+/survey/\S+?/(?=[\s?])", text_of(mail) + " ")[0]).path


def write_as_staff(page, text, *, mode):
    page.locator(f".composer label:has([name=mode][value={mode}])").click()
    page.locator(".composer [name=text]").fill(text)
    page.locator(f".composer button.as-{mode}, .composer .as-{mode} button[type=submit]").first.click()
    page.get_by_text(text).first.wait_for()


def picture():
    file = io.BytesIO()
    Image.new("RGB", (900, 600), "#8a7a63").save(file, "PNG")
    return file.getvalue()


def test_the_same_form_sent_twice_at_once_makes_one_ticket(new_context, live_stack):
    page = new_context().new_page()
    sign_in(page, "tomasz@mail.example")
    page.goto("/tickets/new/2/")
    answers = page.evaluate(
        """async () => {
            const data = new FormData(document.querySelector('form:has([name=subject])'));
            data.set('subject', 'Sent twice at once');
            data.set('text', 'Only one of me may stay.');
            const send = () => fetch(location.href, {method: 'POST', body: data}).then(answer => [answer.status, answer.url]);
            return Promise.all([send(), send(), send(), send()]);
        }"""
    )

    assert [status for status, _url in answers] == [200] * 4
    assert len({url for _status, url in answers}) == 1
    count = "from tickets.models import Ticket; print(Ticket.objects.filter(subject='Sent twice at once').count())"
    assert live_stack.shell(count).strip() == "1"


def test_staff_are_stopped_when_the_customer_wrote_meanwhile_and_keep_their_text(new_context, live_stack):
    """Their page hears nothing of it: what comes to an open page in time was seen, and stops nobody (test_together.py)."""
    customer, staff = new_context().new_page(), new_context().new_page()
    staff.route("**/desk/live/**", lambda route: route.abort())
    sign_in(customer, "hanna@mail.example")
    customer.goto("/tickets/new/2/")
    customer.locator("[name=subject]").fill("Waga pokazuje za dużo")
    customer.locator("[name=text]").fill("Pięć gramów waży osiem.")
    customer.locator("form:has([name=subject]) button[type=submit]").last.click()
    customer.wait_for_url("**/sent/")
    number = customer.url.split("/")[-3]
    sign_in(staff, "alice@narvan.example")
    staff.goto(f"/desk/tickets/{number}/")
    customer.goto(f"/tickets/{number}/")
    customer.locator("#answer [name=text]").fill("Po kalibracji tak samo.")
    customer.locator("#answer button.btn-primary").click()
    customer.get_by_text("Po kalibracji tak samo.").first.wait_for()

    staff.locator(".composer [name=text]").fill("Spróbuj skalibrować.")
    staff.locator(".composer .as-reply button[type=submit]").click()

    staff.locator(".composer-news").wait_for()
    assert staff.locator(".composer [name=text]").input_value() == "Spróbuj skalibrować."
    assert "Po kalibracji tak samo." in staff.locator("main").inner_text()
    staff.locator(".composer .as-reply button[type=submit]").click()
    staff.locator(".composer-news").wait_for(state="detached")
    customer.goto(f"/tickets/{number}/")
    assert "Spróbuj skalibrować." in customer.locator("main").inner_text()
