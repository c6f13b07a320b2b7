"""The composer: drafts that are there on any machine, replies that can be taken back, and a second look at what seems wrong."""

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from permissions.rights import DepartmentRight, RoleKey, StatusRight
from permissions.services import grant, withdraw
from tests.make import fresh, make_customer, make_message, make_staff, make_status, make_ticket
from tickets.links import token_for
from tickets.models import Attachment, DraftFile, Message, OutgoingReply, ReplyDraft
from tickets.services import drafts, sending
from tickets.services.lifecycle import change_priority

pytestmark = pytest.mark.django_db
KEPT = {"x-requested-with": "keep-draft"}


@pytest.fixture
def bea(support):
    return make_staff("Bea Stone", support)


@pytest.fixture
def slow(store):
    """A store whose replies can be taken back for ten seconds."""
    store.undo_seconds = 10
    store.save()


@pytest.fixture
def reader(desk_of, support):
    """The browser of somebody who only reads and writes notes nowhere."""
    person = make_staff("Reader", support, role=RoleKey.OBSERVER)
    withdraw(person, DepartmentRight.NOTE, support)
    return desk_of(person)


def place(ticket, more=""):
    return f"/desk/tickets/{ticket.number}/{more}"


def page_of(browser, ticket, query=""):
    return browser.get(place(ticket, query)).content.decode()


def a_file(name="label.txt"):
    return SimpleUploadedFile(name, b"G2-1")


def keep(browser, ticket, text="Dear Kasia", **more):
    return browser.post(place(ticket, "draft/"), {"mode": "reply", "text": text, **more}, headers=KEPT)


def said(ticket):
    return list(ticket.messages.filter(kind="reply").values_list("body_text", flat=True))


# --- Undo ---------------------------------------------------------------------------------------------
def test_a_reply_stands_at_the_end_of_the_talk_until_it_leaves(slow, desk, desk_of, bea, ticket):
    desk.post(place(ticket, "replies/"), {"mode": "reply", "text": "We look at it."})

    mine, hers = page_of(desk, ticket), page_of(desk_of(bea), ticket)

    outgoing = OutgoingReply.objects.get()
    assert said(ticket) == []
    for page in (mine, hers):
        assert re.search(r'<leave-soon [^>]*seconds="(9|10)"', page) and "We look at it." in page.split("<leave-soon")[1]
    assert f"/outgoing/{outgoing.pk}/undo/" in mine
    assert f"/outgoing/{outgoing.pk}/undo/" not in hers


def test_the_customer_sees_nothing_of_it(slow, desk, desk_of, ticket):
    desk.post(place(ticket, "replies/"), {"mode": "reply", "text": "We look at it."})

    page = desk_of(ticket.customer.user).get(f"/tickets/{ticket.number}/").content.decode()

    assert "It rattles since Monday." in page
    assert "We look at it." not in page


def test_undo_puts_the_words_back_into_the_composer(slow, desk, ticket):
    desk.post(place(ticket, "replies/"), {"mode": "reply", "text": "We look at it.", "files": [a_file()]})

    answer = desk.post(place(ticket, f"outgoing/{OutgoingReply.objects.get().pk}/undo/"))

    composer = page_of(desk, ticket).split('id="composer"')[1]
    assert answer.status_code == 302
    assert ">We look at it.</textarea>" in composer and "label.txt" in composer
    assert not OutgoingReply.objects.exists() and said(ticket) == []


def test_undo_that_comes_too_late_says_so(slow, desk, ticket):
    desk.post(place(ticket, "replies/"), {"mode": "reply", "text": "We look at it."})
    outgoing = OutgoingReply.objects.get()
    OutgoingReply.objects.update(leaves_at=timezone.now() - timedelta(seconds=1))
    sending.send_due_replies()

    answer = desk.post(place(ticket, f"outgoing/{outgoing.pk}/undo/"), follow=True)

    assert "It is too late to take this reply back" in answer.content.decode()
    assert said(ticket) == ["We look at it."]


def test_a_colleagues_reply_is_not_ones_to_take_back(slow, desk, desk_of, bea, bob, ticket):
    desk.post(place(ticket, "replies/"), {"mode": "reply", "text": "We look at it."})
    undo = place(ticket, f"outgoing/{OutgoingReply.objects.get().pk}/undo/")

    desk_of(bea).post(undo)

    assert desk_of(bob).post(undo).status_code == 404
    assert OutgoingReply.objects.count() == 1


def test_a_hidden_customer_stays_hidden_in_what_is_about_to_leave(slow, desk, desk_of, support, ticket):
    desk.post(place(ticket, "replies/"), {"mode": "reply", "text": "Hello Kasia, your number is kasia@mail.example."})
    dan = make_staff("Dan", support, sees_customers=False)

    part = page_of(desk_of(dan), ticket).split("<leave-soon")[1]

    assert "your number is" in part
    assert "Kasia" not in part and "kasia@" not in part


# --- Drafts -------------------------------------------------------------------------------------------
def test_what_is_kept_at_a_pause_is_there_on_another_machine(desk, desk_of, alice, support, ticket):
    closed = support.workflow.statuses.get(kind="closed")
    told = keep(desk, ticket, html="<p>Dear <b>Kasia</b></p>", then=closed.pk).json()

    composer = page_of(desk_of(alice), ticket).split('id="composer"')[1]

    assert told["words"].startswith("Draft kept") and told["version"] == 1
    assert "&lt;b&gt;Kasia&lt;/b&gt;" in composer
    assert f'value="{closed.pk}" selected' in composer
    assert f'name="draft" value="{told["draft"]}"' in composer


def test_what_is_emptied_is_no_draft_any_more(desk, ticket):
    told = keep(desk, ticket).json()

    emptied = keep(desk, ticket, "", draft=told["draft"], draft_version=1)

    assert (emptied.status_code, emptied.json()) == (200, {"draft": "", "version": "", "words": ""})
    assert not ReplyDraft.objects.exists()


def test_sending_forgets_the_draft_and_says_the_form_of_the_text(desk, ticket):
    keep(desk, ticket)

    desk.post(place(ticket, "replies/"), {"mode": "reply", "text": "Dear Kasia", "html": "<p>Dear <b>Kasia</b><script>x()</script></p>"})

    assert Message.objects.get(kind="reply").body_html == "<p>Dear <b>Kasia</b></p>"
    assert not ReplyDraft.objects.exists()


def test_a_draft_is_nobody_elses_until_it_is_shared(desk, desk_of, alice, bea, bob, ticket):
    draft = keep(desk, ticket, "Half a thought").json()["draft"]
    hers = desk_of(bea)

    assert (
        "Half a thought"
        not in page_of(hers, ticket) + page_of(hers, ticket, f"?draft={draft}") + hers.get("/desk/drafts/").content.decode()
    )
    assert keep(hers, ticket, "Stolen", draft=draft).status_code == 409
    desk.post(place(ticket, "draft/sharing/"), {"shared": "1", "mode": "reply", "text": "Half a thought", "draft": draft})

    assert "Alice Warren asks you to look at a draft" in page_of(hers, ticket).replace("\u2068", "").replace("\u2069", "")
    assert "Half a thought</textarea>" in page_of(hers, ticket, f"?draft={draft}")
    assert "Half a thought" in hers.get("/desk/drafts/").content.decode()
    assert "Half a thought" not in desk_of(bob).get("/desk/drafts/").content.decode()
    assert ReplyDraft.objects.get().author == alice


def test_who_may_not_answer_sees_no_shared_draft(desk, desk_of, alice, support, ticket):
    drafts.share_draft(drafts.keep_draft(ticket, by=alice, text="Half a thought"), shared=True, by=alice)
    watcher = desk_of(make_staff("Watcher", support, role=RoleKey.OBSERVER))

    assert "Half a thought" not in page_of(watcher, ticket)


def test_of_two_who_write_in_one_draft_the_second_is_told_and_stopped(desk, desk_of, alice, bea, ticket):
    draft = drafts.keep_draft(ticket, by=alice, text="Dear")
    drafts.share_draft(draft, shared=True, by=alice)
    keep(desk_of(bea), ticket, "Dear Kasia", draft=draft.pk, draft_version=1)

    told = keep(desk, ticket, "Dear customer", draft=draft.pk, draft_version=1)
    sent = desk.post(place(ticket, "replies/"), {"mode": "reply", "text": "Dear customer", "draft": draft.pk, "draft_version": 1})

    assert (told.status_code, told.json()["version"]) == (409, 2)
    assert "Bea Stone" in told.json()["words"]
    assert sent.status_code == 409 and "Dear customer</textarea>" in sent.content.decode()
    assert (fresh(draft).text, said(ticket)) == ("Dear Kasia", [])


def test_a_draft_can_be_dropped(desk, ticket):
    keep(desk, ticket)

    desk.post(place(ticket, "draft/removal/"))

    assert not ReplyDraft.objects.exists()
    assert "Dear Kasia" not in page_of(desk, ticket)


@pytest.mark.parametrize("more", ["draft/", "draft/sharing/", "draft/removal/", "draft/files/"])
def test_other_departments_find_no_draft_and_readers_may_keep_none(desk_of, reader, bob, ticket, more):
    given = {"mode": "reply", "text": "Dear", "shared": "1", "file": a_file()}

    assert desk_of(bob).post(place(ticket, more), given).status_code == 404
    assert reader.post(place(ticket, more), given | {"file": a_file()}).status_code == 403
    assert not ReplyDraft.objects.exists()


# --- Files --------------------------------------------------------------------------------------------
def test_a_file_goes_up_while_one_writes_and_leaves_with_the_reply(desk, desk_of, alice, bea, ticket):
    told = desk.post(place(ticket, "draft/files/"), {"file": a_file(), "mode": "reply"}).json()

    assert desk.get(told["url"]).status_code == 200
    assert desk_of(bea).get(told["url"]).status_code == 404
    assert desk_of(ticket.customer.user).get(told["url"]).status_code == 404
    desk.post(place(ticket, "replies/"), {"mode": "reply", "text": "Look.", "kept": [told["id"]]})
    assert str(Attachment.objects.get(message__kind="reply").pk) == told["id"]
    assert desk_of(ticket.customer.user).get(told["url"]).status_code == 200


def test_files_of_others_are_not_ones_to_send_or_to_remove(desk, desk_of, bea, ticket):
    hers = desk_of(bea).post(place(ticket, "draft/files/"), {"file": a_file(), "mode": "reply"}).json()

    refused = desk.post(place(ticket, "replies/"), {"mode": "reply", "text": "Look.", "kept": [hers["id"]]})

    assert refused.status_code == 422
    assert desk.post(place(ticket, f"draft/files/{hers['id']}/removal/")).status_code == 404
    assert DraftFile.objects.count() == 1 and said(ticket) == []


def test_a_program_is_refused_in_words(desk, ticket):
    answer = desk.post(place(ticket, "draft/files/"), {"file": SimpleUploadedFile("run.exe", b"MZ\x90\x00" + b"\0" * 60)})

    assert answer.status_code == 422
    assert "run.exe" in answer.json()["words"]


def test_a_reply_that_is_stopped_keeps_its_files(desk, bea, ticket):
    seen = ticket.version
    make_message(ticket, "I have it already.", by=bea)

    stopped = desk.post(place(ticket, "replies/"), {"mode": "reply", "text": "Me too.", "version": seen, "files": [a_file()]})

    page = stopped.content.decode()
    kept = re.search(r'name="kept" value="([0-9a-f-]{36})" checked', page).group(1)
    again = {
        "mode": "reply",
        "text": "Me too.",
        "kept": [kept],
        "version": re.search(r'name="version" value="(\d+)"', page.split('id="composer"')[1]).group(1),
    }
    assert stopped.status_code == 409
    assert "Send anyway" in page and "See it" in page and "Drop my text" in page
    assert desk.post(place(ticket, "replies/"), again).status_code == 302
    assert [file.name for file in Attachment.objects.filter(message__body_text="Me too.")] == ["label.txt"]


def test_a_picture_in_the_text_is_seen_by_whoever_comes_with_a_link(desk, client, support):
    ivan = make_customer("Ivan", account=False)
    ticket = make_ticket(department=support, customer=ivan)
    told = desk.post(place(ticket, "draft/files/"), {"file": a_file("shot.txt"), "mode": "reply"}).json()
    desk.post(
        place(ticket, "replies/"), {"mode": "reply", "text": "Look", "html": f'<p>Look</p><img src="{told["url"]}">', "kept": [told["id"]]}
    )

    page = client.get(f"/t/{token_for(ticket)}/", follow=True).content.decode()
    source = re.search(r'<img src="([^"]+)"', page.split("Look")[1]).group(1)

    assert told["id"] in source and source != told["url"]
    assert client.get(source).status_code == 200


# --- A second look ------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "text",
    ["Hello Kasia, the label is attached.", "Etykieta jest w załączniku.", "Этикетка во вложении.", "برچسب را پیوست کردم."],
)
def test_a_text_that_speaks_of_an_attachment_asks_for_it_once(desk, ticket, text):
    asked = desk.post(place(ticket, "replies/"), {"mode": "reply", "text": text})

    assert asked.status_code == 422
    assert "speaks of an attachment" in asked.content.decode()
    assert 'name="confirmed" value="file"' in asked.content.decode()
    assert said(ticket) == []
    assert desk.post(place(ticket, "replies/"), {"mode": "reply", "text": text, "confirmed": ["file"]}).status_code == 302
    assert len(said(ticket)) == 1


def test_with_a_file_nothing_is_asked(desk, ticket):
    sent = desk.post(place(ticket, "replies/"), {"mode": "reply", "text": "The label is attached.", "files": [a_file()]})

    assert sent.status_code == 302


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("Hello Nour,\nwe look at it.", True),
        ("Dzień dobry Anno, sprawdzamy.", True),
        ("Здравствуйте, Анна!", True),
        ("سلام نور، بررسی می‌کنیم.", True),
        ("Hello Kasia,\nwe look at it.", False),
        ("Cześć Kasiu, sprawdzamy.", False),
        ("Dear Ms Nowak, we look at it.", False),
        ("Hello,\nwe look at it.", False),
        ("Hello again, we look at it.", False),
        ("سلام وقت بخیر، بررسی می‌کنیم.", False),
        ("We look at it, Nour.", False),
    ],
)
def test_a_greeting_of_somebody_else_is_asked_about(desk, ticket, text, asks):
    answer = desk.post(place(ticket, "replies/"), {"mode": "reply", "text": text})

    assert answer.status_code == (422 if asks else 302)
    assert ("but the customer is called" in answer.content.decode()) == asks


def test_the_question_about_a_greeting_does_not_tell_a_hidden_name(desk_of, support, ticket):
    dan = desk_of(make_staff("Dan", support, sees_customers=False))

    assert dan.post(place(ticket, "replies/"), {"mode": "reply", "text": "Hello Nour, we look at it."}).status_code == 302


def test_a_note_is_kept_without_questions(desk, ticket):
    assert desk.post(place(ticket, "notes/"), {"mode": "note", "text": "Hello Nour, see the attachment."}).status_code == 302


# --- The rest -----------------------------------------------------------------------------------------
def test_the_next_status_is_remembered_by_its_kind(desk, alice, support, ticket):
    waiting = make_status(support.workflow)
    grant(alice, StatusRight.VIEW, waiting)
    grant(alice, StatusRight.MOVE_TO, waiting)
    desk.post(place(ticket, "replies/"), {"mode": "reply", "text": "We ask the maker.", "then": waiting.pk})
    change_priority(ticket, to=40, by=None)
    other = support.workflow.statuses.filter(kind="open").first()
    type(ticket).objects.filter(pk=ticket.pk).update(status=other)

    assert f'value="{waiting.pk}" selected' in page_of(desk, ticket)


def test_pictures_in_the_text_come_from_this_message_alone(desk, ticket):
    told = desk.post(place(ticket, "draft/files/"), {"file": a_file("x.txt"), "mode": "reply"}).json()
    html = f'<p>Look</p><img src="{told["url"]}"><img src="https://evil.example/x.png">'

    desk.post(place(ticket, "replies/"), {"mode": "reply", "text": "Look", "html": html, "kept": [told["id"]]})

    assert re.findall(r"<img [^>]*>", Message.objects.get(kind="reply").body_html) == [f'<img src="{told["url"]}">']


def test_what_waits_costs_the_ticket_page_three_queries_at_most(slow, desk, alice, ticket):
    def cost():
        with CaptureQueriesContext(connection) as queries:
            desk.get(place(ticket))
        return len(queries)

    desk.get(place(ticket))
    bare = cost()
    keep(desk, ticket)
    with_draft = cost()
    desk.post(place(ticket, "draft/files/"), {"file": a_file(), "mode": "reply"})
    sending.hold_reply(ticket, text="We look at it.", by=alice)

    assert (with_draft - bare, cost() - bare) == (1, 3)
