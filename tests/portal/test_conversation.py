from datetime import timedelta

import pytest
import time_machine
from django.core import signing
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from portal.models import KeptFile
from portal.tickets import timeline
from portal.writing.limits import REPLIES
from tests.make import fresh, make_customer, make_department, make_message, make_staff, make_ticket
from tests.portal.pictures import photo, program
from tickets.links import token_for
from tickets.models import Attachment, Message, Ticket
from tickets.services.lifecycle import add_note, assign_ticket, close_ticket, pass_on_ticket, reply_as_customer, reply_as_staff

ANSWER = {"text": "Here is the label.", "form_key": "k" * 22}


@pytest.fixture
def ticket(kasia, support, alice):
    return make_ticket("The grinder rattles", customer=kasia, department=support)


@pytest.fixture
def marta(support):
    """A customer without an account."""
    return make_customer("Marta", account=False, email="marta@mail.example", language="pl")


@pytest.fixture
def linked(marta, support):
    """A ticket that is followed by its link alone."""
    return make_ticket("The grinder rattles", customer=marta, department=support)


@pytest.fixture(params=["signed in", "signed link"])
def room(request, kasia, support, alice):
    """(browser, address, ticket) by both doors. The link belongs to a customer without an account, who else is quite like Kasia."""
    browser = Client(headers={"accept-language": "en"})
    if request.param == "signed in":
        ticket = make_ticket("The grinder rattles", customer=kasia, department=support)
        browser.force_login(kasia.user)
        return browser, f"/tickets/{ticket.number}/", ticket
    visitor = make_customer("Kasia Nowak", account=False, email="kasia@mail.example")
    ticket = make_ticket("The grinder rattles", customer=visitor, department=support)
    return browser, f"/t/{token_for(ticket)}/", ticket


# --- What is shown -----------------------------------------------------------------------------------


def test_the_whole_conversation_is_shown_and_notes_never(room, alice):
    browser, address, ticket = room
    make_message(ticket, "Which serial number?", by=alice)
    add_note(ticket, text="She sounds angry", files=[], by=alice)

    page = browser.get(address).content.decode()

    assert "It rattles since Monday." in page
    assert "Which serial number?" in page
    assert "Alice Warren" in page
    assert "angry" not in page


def test_history_is_told_in_plain_words_and_staff_matters_are_not(room, alice, store):
    browser, address, ticket = room
    warehouse = make_department("Warehouse", store=store, is_public=False)
    bob = make_staff("Bob", warehouse, email="bob@narvan.example")
    pass_on_ticket(ticket, to=warehouse, by=alice)
    assign_ticket(fresh(ticket), to=bob, by=bob)
    close_ticket(fresh(ticket), by=bob)

    response = browser.get(address)

    told = [entry.words for entry in response.context["timeline"].entries if not entry.message]
    assert told == [f"Registered as request {ticket.number}", "Passed to another department", "Solved and closed"]
    page = response.content.decode()
    assert "bob@narvan.example" not in page
    assert "alice@narvan.example" not in page


def test_staff_without_a_name_stay_our_team(as_kasia, ticket, alice):
    type(alice).objects.filter(pk=alice.pk).update(name="")
    reply_as_staff(ticket, text="Hello", by=fresh(alice))

    page = as_kasia.get(f"/tickets/{ticket.number}/").content.decode()

    assert "Our team" in page
    assert "alice@narvan.example" not in page


def test_the_banner_names_the_turn(as_kasia, ticket, alice):
    address = f"/tickets/{ticket.number}/"
    assert as_kasia.get(address).context["turn"].is_ours
    assert "answer by" in as_kasia.get(address).content.decode()

    reply_as_staff(ticket, text="Which?", by=alice)
    assert "Alice needs your answer" in as_kasia.get(address).content.decode().replace("\u2068", "").replace("\u2069", "")

    close_ticket(fresh(ticket), by=alice)
    assert "Solved on" in as_kasia.get(address).content.decode()


def test_a_promise_that_has_passed_is_admitted_instead_of_repeated(as_kasia, ticket):
    Ticket.objects.update(answer_due_at=timezone.now() - timedelta(hours=1))

    page = as_kasia.get(f"/tickets/{ticket.number}/").content.decode()

    assert "We are late with this answer" in page
    assert "answer by" not in page


def test_the_customer_reads_the_owners_word_for_customers(as_kasia, ticket):
    status = ticket.status
    status.name, status.customer_name = "Triage 2b", "We look at it"
    status.save()

    page = as_kasia.get(f"/tickets/{ticket.number}/").content.decode()

    assert "We look at it" in page
    assert "Triage 2b" not in page


def test_a_long_thread_opens_at_its_end_and_earlier_parts_are_one_link_away(as_kasia, ticket, monkeypatch):
    monkeypatch.setattr(timeline, "PAGE", 3)
    for number in range(5):
        reply_as_customer(ticket, text=f"Word {number}")

    response = as_kasia.get(f"/tickets/{ticket.number}/")
    shown = [entry.message.body_text for entry in response.context["timeline"].entries if entry.message]
    assert shown == ["Word 2", "Word 3", "Word 4"]

    earlier = as_kasia.get(f"/tickets/{ticket.number}/?before={response.context['timeline'].earlier}").context["timeline"]
    assert [entry.message.body_text for entry in earlier.entries if entry.message] == ["It rattles since Monday.", "Word 0", "Word 1"]
    assert earlier.earlier is None


@pytest.mark.parametrize("before", ["x", "-1", "0", "99999999999999999999999", "۱۲", "%00"])
def test_a_damaged_page_of_the_thread_shows_its_end(as_kasia, ticket, before):
    assert as_kasia.get(f"/tickets/{ticket.number}/?before={before}").status_code == 200


def test_the_page_costs_the_same_with_one_message_and_with_five(as_kasia, ticket, alice):
    address = f"/tickets/{ticket.number}/"

    def measure():
        as_kasia.get(address)
        with CaptureQueriesContext(connection) as queries:
            as_kasia.get(address)
        return len(queries)

    reply_as_customer(ticket, text="With a picture", files=[])
    with_few = measure()
    for _again in range(4):
        reply_as_staff(ticket, text="Hello", by=alice)
        reply_as_customer(ticket, text="Hello")

    assert measure() == with_few <= 15


# --- Who may not see it --------------------------------------------------------------------------------


@pytest.mark.parametrize("part", ["", "sent/", "replies/", "closure/"])
def test_tickets_of_others_and_unknown_numbers_are_404(as_kasia, nour, support, part):
    theirs = make_ticket("Nour's grinder", customer=nour, department=support)

    for number in (theirs.number, "1", "999999999999", "9" * 60):
        assert as_kasia.get(f"/tickets/{number}/{part}").status_code == 404
        if part in {"replies/", "closure/"}:
            assert as_kasia.post(f"/tickets/{number}/{part}", ANSWER).status_code == 404
    assert Message.objects.count() == 1
    assert not fresh(theirs).is_closed


def test_staff_rights_open_no_ticket_in_the_portal(client, alice, ticket):
    client.force_login(alice)

    assert client.get(f"/tickets/{ticket.number}/").status_code == 404


@pytest.mark.parametrize("number", ["abc", "%00", "4%0a2", "..", "۱۲"])
def test_addresses_that_are_no_numbers_are_404(as_kasia, ticket, number):
    assert as_kasia.get(f"/tickets/{number}/").status_code == 404


def test_visitors_sign_in_first_and_come_back(visitor, ticket):
    assert visitor.get(f"/tickets/{ticket.number}/").url == f"/account/login/?next=/tickets/{ticket.number}/"


@pytest.mark.parametrize("part", ["", "sent/", "replies/", "closure/", "files/11111111-1111-1111-1111-111111111111/"])
def test_altered_links_are_calm_404_pages(visitor, ticket, part):
    token = token_for(ticket)
    for wrong in (token[:-1], f"{token}x", "abc", "%20", token.upper(), signing.dumps(ticket.number)):
        response = visitor.get(f"/t/{wrong}/{part}")
        assert response.status_code == 404
        assert "<h1" in response.content.decode()


def test_a_link_that_has_ended_says_so_in_the_readers_language(visitor, ticket, monkeypatch):
    token = token_for(ticket)
    in_a_year = timezone.now().timestamp() + 365 * 86_400
    monkeypatch.setattr("django.core.signing.time.time", lambda: in_a_year)

    response = visitor.get(f"/t/{token}/", headers={"accept-language": "fa"})

    assert response.status_code == 410
    assert 'dir="rtl"' in response.content.decode()


def test_a_link_opens_one_ticket_and_not_its_neighbour(visitor, linked, marta, support):
    other = make_ticket("Another matter", customer=marta, department=support)

    page = visitor.get(f"/t/{token_for(linked)}/").content.decode()

    assert linked.number in page
    assert "Another matter" not in page
    assert other.number not in page


def test_a_page_behind_a_link_is_neither_kept_nor_indexed(visitor, linked):
    response = visitor.get(f"/t/{token_for(linked)}/")

    assert "no-store" in response.headers["Cache-Control"]
    assert response.headers["X-Robots-Tag"] == "noindex"


def test_a_link_opened_by_its_signed_in_owner_leads_to_the_own_page(as_kasia, ticket):
    assert as_kasia.get(f"/t/{token_for(ticket)}/").url == f"/tickets/{ticket.number}/"


def test_a_page_behind_a_link_speaks_the_language_of_the_ticket_unless_the_reader_chose_one(visitor, marta, support):
    address = f"/t/{token_for(make_ticket(customer=marta, department=support, language='fa'))}/"

    response = visitor.get(address, headers={"accept-language": "en"})
    assert response.headers["Content-Language"] == "fa"
    assert '<html lang="fa" dir="rtl"' in response.content.decode()

    visitor.cookies["language"] = "en"
    assert '<html lang="en" dir="ltr"' in visitor.get(address).content.decode()


# --- Answering -----------------------------------------------------------------------------------------


def test_the_customer_writes_again_and_the_turn_goes_to_us(room, alice):
    browser, address, ticket = room
    reply_as_staff(ticket, text="Which?", by=alice)

    response = browser.post(f"{address}replies/", ANSWER | {"files": [photo("label.png")]})

    assert response.url == f"{address}#latest"
    ticket = fresh(ticket)
    assert ticket.last_word_by_customer
    assert ticket.status.kind == "open"
    message = ticket.messages.latest("pk")
    assert (message.kind, message.body_text) == ("customer", "Here is the label.")
    assert message.attachments.get().name == "label.png"
    assert "Your answer is sent." in browser.get(address).content.decode()


def test_a_photo_may_speak_for_itself(room):
    browser, address, ticket = room

    browser.post(f"{address}replies/", {"form_key": "k" * 22, "files": [photo("label.png")]})

    assert Attachment.objects.get().name == "label.png"


@pytest.mark.parametrize("text", ["", " \n\u200c ", "\x00", "x" * 20_001])
def test_an_answer_without_words_or_with_too_many_comes_back_with_its_reason(room, text):
    browser, address, ticket = room

    response = browser.post(f"{address}replies/", ANSWER | {"text": text})

    assert response.status_code == 422
    assert response.context["form"].errors.keys() == {"text"}
    assert ticket.messages.count() == 1


def test_a_wrong_file_costs_neither_the_text_nor_the_other_files(room):
    browser, address, ticket = room
    browser.get(address)

    response = browser.post(f"{address}replies/", ANSWER | {"files": [photo("label.png"), program("run.exe")]})
    assert response.status_code == 422
    assert "run.exe" in str(response.context["form"].errors["files"])
    assert "Here is the label." in response.content.decode()

    browser.post(f"{address}replies/", ANSWER | {"kept": [KeptFile.objects.get().pk]})

    assert ticket.messages.count() == 2
    assert Attachment.objects.get().name == "label.png"


def test_the_same_answer_sent_twice_is_stored_once(room):
    browser, address, ticket = room

    first = browser.post(f"{address}replies/", ANSWER)
    second = browser.post(f"{address}replies/", ANSWER)

    assert ticket.messages.count() == 2
    assert first.url == second.url


@time_machine.travel("2026-03-02 10:00+00:00", tick=False)  # all within one span of the limit, however slow the machine
def test_too_many_answers_come_back_with_429_and_their_text(room, monkeypatch):
    what, times, seconds = REPLIES
    assert times == 60
    monkeypatch.setattr("portal.tickets.room.REPLIES", (what, 3, seconds))
    browser, address, ticket = room
    for number in range(3):
        assert browser.post(f"{address}replies/", {"text": "", "form_key": f"{number:022}"}).status_code == 422

    response = browser.post(f"{address}replies/", ANSWER)

    assert response.status_code == 429
    assert "Retry-After" in response.headers
    assert "Here is the label." in response.content.decode()
    assert ticket.messages.count() == 1


def test_answers_need_a_csrf_token_and_getting_their_address_leads_to_the_page(kasia, ticket):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(kasia.user)
    for part in ("replies/", "closure/"):
        assert strict.post(f"/tickets/{ticket.number}/{part}", ANSWER).status_code == 403
        assert strict.get(f"/tickets/{ticket.number}/{part}").url == f"/tickets/{ticket.number}/"

    assert ticket.messages.count() == 1
    assert not fresh(ticket).is_closed


def test_where_the_status_takes_no_answers_there_is_no_box_and_what_came_late_is_given_back(room):
    browser, address, ticket = room
    ticket.department.workflow.statuses.update(customer_may_reply=False)

    assert "<textarea" not in browser.get(address).content.decode()
    response = browser.post(f"{address}replies/", ANSWER)

    assert response.status_code == 422
    assert "we cannot take answers" in response.content.decode()
    assert "Here is the label." in response.content.decode()
    assert ticket.messages.count() == 1


# --- Closing and going on --------------------------------------------------------------------------------


def test_the_customer_closes_and_closing_twice_is_no_error(room):
    browser, address, ticket = room

    assert browser.post(f"{address}closure/").url == address
    assert browser.post(f"{address}closure/").url == address

    ticket = fresh(ticket)
    assert ticket.is_closed
    assert list(ticket.events.filter(kind="closed").values_list("by_customer", flat=True)) == [True]
    assert "You closed this request" in browser.get(address).content.decode()


def test_where_customers_may_not_close_there_is_no_button_and_nothing_happens(room, store):
    browser, address, ticket = room
    store.customers_may_close = False
    store.save()

    assert "closure/" not in browser.get(address).content.decode()
    browser.post(f"{address}closure/")

    assert not fresh(ticket).is_closed


def test_an_answer_opens_a_closed_request_again(room, alice):
    browser, address, ticket = room
    close_ticket(ticket, by=alice)
    assert "Send and open again" in browser.get(address).content.decode()

    browser.post(f"{address}replies/", ANSWER)

    assert not fresh(ticket).is_closed


def test_when_the_time_for_going_on_is_over_a_new_request_is_offered(room, alice):
    browser, address, ticket = room
    close_ticket(ticket, by=alice)
    ticket.department.workflow.statuses.update(reply_days=7)
    Ticket.objects.update(closed_at=timezone.now() - timedelta(days=8))

    page = browser.get(address).content.decode()
    assert "<textarea" not in page
    assert f"/tickets/new/{ticket.department_id}/answers/" in page

    response = browser.post(f"{address}replies/", ANSWER)

    assert response.status_code == 422
    assert "closed too long ago" in response.content.decode()
    assert "Here is the label." in response.content.decode()
    assert fresh(ticket).is_closed


# --- Files -----------------------------------------------------------------------------------------------


def with_file(ticket, alice, *, note=False):
    from common.uploads import check_upload

    checked = check_upload(photo("label.png"))
    (add_note if note else reply_as_staff)(ticket, text="See here", files=[checked], by=alice)
    return Attachment.objects.latest("created_at")


def test_a_file_and_its_small_picture_open_by_the_signed_link(visitor, linked, alice):
    attachment = with_file(linked, alice)
    address = f"/t/{token_for(linked)}/files/{attachment.pk}/"

    assert f'href="{address}"' in visitor.get(f"/t/{token_for(linked)}/").content.decode()
    for part in ("", "thumbnail/"):
        response = visitor.get(address + part)
        assert response.status_code == 200
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert b"".join(response.streaming_content)


def test_files_of_notes_and_of_other_tickets_do_not_exist_behind_a_link(visitor, linked, marta, support, alice):
    of_note = with_file(linked, alice, note=True)
    of_other = with_file(make_ticket("Another", customer=marta, department=support), alice)

    for attachment in (of_note, of_other):
        assert visitor.get(f"/t/{token_for(linked)}/files/{attachment.pk}/").status_code == 404
        assert visitor.get(f"/t/{token_for(linked)}/files/{attachment.pk}/thumbnail/").status_code == 404


def test_pages_and_files_change_nothing_when_looked_at(room, alice):
    browser, address, ticket = room
    before = (fresh(ticket).version, fresh(ticket).updated_at, ticket.events.count())

    browser.get(address)
    browser.get(f"{address}sent/")
    browser.head(address)

    assert (fresh(ticket).version, fresh(ticket).updated_at, ticket.events.count()) == before
