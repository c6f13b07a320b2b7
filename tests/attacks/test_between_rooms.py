"""Where one room meets another: what waits to be said, what stands beside a ticket, what closes it, and whose all of it is."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.utils import timezone

from common.uploads import CheckedFile
from notifications.models import Delivery
from permissions.rights import DepartmentRight, RoleKey
from permissions.services import withdraw
from stores.models import Store
from tests.attacks.test_words_stay_words import LINK, XSS, Reader
from tests.make import fresh, make_action, make_customer, make_message, make_staff, make_ticket
from tickets.choices import LinkKind
from tickets.models import (
    BulkRun,
    ChecklistItem,
    DraftFile,
    Message,
    MessageOriginal,
    OutgoingReply,
    ReplyDraft,
    SavedView,
    TicketCopy,
    TicketEvent,
    TicketLink,
    Watch,
    WorkRecord,
)
from tickets.services import drafts
from tickets.services.bulk import begin_run, carry_out
from tickets.services.changing_messages import edit_message, redact_message
from tickets.services.checklist import add_items
from tickets.services.copies import copy_to
from tickets.services.drafts import forget_old_drafts, keep_draft, keep_file
from tickets.services.linking import link_tickets
from tickets.services.sending import hold_reply, send_reply, take_back_reply
from tickets.services.splitting import split_ticket
from tickets.services.watching import watch_ticket
from tickets.services.work import record_time

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def ticket(support, store):
    Store.objects.update(undo_seconds=10)
    return make_ticket(department=support, store=fresh(store), customer=make_customer("Kasia Nowak", phone="+48601220214"))


def file(name="label.txt", text=b"abc"):
    return CheckedFile(name=name, content_type="text/plain", kind="text", size=len(text), content=ContentFile(text))


def due(outgoing):
    OutgoingReply.objects.filter(pk=outgoing.pk).update(leaves_at=timezone.now() - timedelta(seconds=1))
    return send_reply(outgoing.pk)


# --- What waits to be said --------------------------------------------------------------------------------
def test_a_shared_draft_is_for_those_who_may_answer_and_covered_for_those_who_may_not_know(ticket, support, alice, bob, browser_of):
    observer = make_staff("Vera", support, role=RoleKey.OBSERVER)
    dan = make_staff("Dan", support, sees_customers=False)
    draft = keep_draft(ticket, text="Amaranth for Kasia Nowak, +48601220214", by=alice)
    kept = keep_file(file(), draft=draft)
    drafts.share_draft(draft, shared=True, by=alice)

    for person, sees in ((alice, True), (dan, True), (observer, False), (bob, False)):
        browser = browser_of(person)
        assert ("Amaranth" in browser.get("/desk/drafts/").text) is sees, person.name
        served = browser.get(f"/files/{kept.pk}/label.txt")
        assert (served.getvalue() == b"abc", served.status_code == 200) == (sees, sees), person.name
        page = browser.get(f"/desk/tickets/{ticket.number}/")
        assert (page.status_code == 200 and "Amaranth" in page.text) is sees, person.name
    for address in ("/desk/drafts/", f"/desk/tickets/{ticket.number}/"):
        text = browser_of(dan).get(address).text
        assert "Nowak" not in text and "601220214" not in text
    customer = browser_of(ticket.customer.user)
    assert customer.get(f"/files/{kept.pk}/label.txt").status_code == 404
    assert "Amaranth" not in customer.get(f"/tickets/{ticket.number}/").text


def test_a_note_that_is_begun_meanwhile_does_not_stand_in_a_reply(ticket, alice):
    outgoing = hold_reply(ticket, text="We look at it.", by=alice)
    keep_draft(ticket, mode="note", text="This one complains each week.", by=alice)

    draft = take_back_reply(outgoing, by=alice)

    assert draft.mode == "note"
    assert "We look at it." in draft.text and "complains" in draft.text


def test_a_reply_does_not_close_for_somebody_who_may_not_close_any_more(ticket, support, alice):
    closed = support.workflow.closing_status()
    outgoing = hold_reply(ticket, text="It is done.", then=closed, by=alice)
    withdraw(alice, DepartmentRight.CLOSE, support)

    assert due(outgoing)

    assert not fresh(ticket).is_closed
    assert not ticket.messages.filter(kind="reply").exists()
    assert ReplyDraft.objects.get().held_back == "no_right"


def test_drafts_end_and_their_files_with_them(ticket, alice, django_capture_on_commit_callbacks):
    kept = keep_file(file(), draft=keep_draft(ticket, text="Dear Kasia", by=alice))
    storage, name = kept.file.storage, kept.file.name
    assert forget_old_drafts() == 0
    ReplyDraft.objects.update(updated_at=timezone.now() - drafts.KEPT_FOR - timedelta(hours=1))

    with django_capture_on_commit_callbacks(execute=True):
        assert forget_old_drafts() == 1

    assert not ReplyDraft.objects.exists()
    assert not storage.exists(name)


def test_files_that_wait_have_bounds_by_every_way(ticket, alice, browser_of, monkeypatch):
    browser, most = browser_of(alice), ticket.store.max_files
    place = f"/desk/tickets/{ticket.number}/draft/"
    for _time in range(3):
        browser.post(place, {"text": "Dear Kasia", "files": [ContentFile(b"abc", name=f"{one}.txt") for one in range(most)]})
    assert DraftFile.objects.count() <= most
    assert browser.post(f"{place}files/", {"file": ContentFile(b"abc", name="more.txt")}).status_code == 422

    DraftFile.objects.all().delete()
    monkeypatch.setattr(drafts, "MOST_FILES", 1)
    assert [browser.post(f"{place}files/", {"file": ContentFile(b"abc", name="a.txt")}).status_code for _time in range(2)] == [200, 422]
    assert DraftFile.objects.count() == 1


def test_a_script_that_saves_without_end_is_slowed_down(ticket, alice, browser_of, monkeypatch):
    from backoffice.live import views as live
    from backoffice.palette import views as palette
    from backoffice.tickets import keeping

    monkeypatch.setattr(keeping, "SAVES", (2, 60))
    monkeypatch.setattr(live, "BEATS", (2, 60))
    monkeypatch.setattr(palette, "ASKED", (2, 60))
    browser, place = browser_of(alice), f"/desk/tickets/{ticket.number}/"
    beat = {"page": "abcdefgh1", "doing": "reading"}
    said = [browser.post(f"{place}draft/", {"text": f"Dear {one}"}, headers={"X-Requested-With": "keep-draft"}) for one in range(3)]
    beats = [browser.post(f"{place}visits/", beat) for _one in range(3)]
    asked = [browser.get("/desk/palette/?q=kasia", headers={"X-Requested-With": "command-palette"}) for _one in range(3)]

    for answers in (said, beats, asked):
        assert [answer.status_code for answer in answers][1:] == [200, 429]
        assert answers[-1]["Retry-After"]


# --- What closes a ticket ----------------------------------------------------------------------------------
def test_a_button_that_closes_asks_about_what_is_in_the_way(ticket, support, alice, browser_of):
    blocker = make_ticket("The part is ordered", department=support)
    link_tickets(blocker, ticket, LinkKind.BLOCKS, by=alice)
    closed = support.workflow.closing_status()
    quick = make_action(ticket.status, "Done", target=closed)
    worded = make_action(ticket.status, "Done with a note", target=closed, deed="note")
    browser = browser_of(make_staff("Olga", support, role=RoleKey.OWNER))

    for action, given in ((quick, {}), (worded, {"text": "All is well."})):
        place = f"/desk/tickets/{ticket.number}/actions/{action.pk}/"
        page = browser.post(place, given)
        assert (page.status_code, "The part is ordered" in page.text) == (409, True), action.name
        assert 'name="even_blocked"' in page.text
        assert not fresh(ticket).is_closed
    assert "The part is ordered" in browser.get(f"/desk/tickets/{ticket.number}/actions/{worded.pk}/").text

    assert (
        browser.post(f"/desk/tickets/{ticket.number}/actions/{worded.pk}/", {"text": "All is well.", "even_blocked": "1"}).status_code
        == 302
    )
    assert fresh(ticket).is_closed
    assert not fresh(blocker).is_closed


def test_sleeping_tickets_are_found_by_a_word_in_each_language(ticket, support, alice, browser_of):
    from tickets.services.snoozing import snooze_ticket

    make_ticket("Awake", department=support)
    snooze_ticket(ticket, until=timezone.now() + timedelta(days=1), by=alice)

    for word in ("is:snoozed", "is:asleep", "jest:uśpione", "jest:odłożone", "это:отложенные", "است:به‌تعویق‌افتاده", "است:خوابیده"):
        text = browser_of(alice).get("/desk/tickets/", {"view": "all", "q": word}).text
        assert ("The grinder rattles" in text, ">Awake<" in text) == (True, False), word


# --- Blacked out -------------------------------------------------------------------------------------------
def test_words_are_blacked_out_in_what_was_split_off_too_where_one_may(ticket, support, sales, alice):
    told = make_message(ticket, "My card is 4111 1111.")
    later = make_message(ticket, "Again: 4111 1111, and another thing.")
    far = make_message(ticket, "For sales: 4111 1111.")
    senior = make_staff("Olga", support, role=RoleKey.OWNER)
    near = split_ticket(ticket, message=later, department=support, subject="Another thing", by=alice)
    foreign = split_ticket(ticket, message=far, department=sales, subject="Sales", by=alice)
    before = fresh(foreign).version

    redact_message(told, phrases=["4111 1111"], everywhere=True, by=senior)

    assert "4111" not in fresh(told).body_text + fresh(later).body_text + fresh(near).last_words
    assert "4111" in fresh(far).body_text and fresh(foreign).version == before, "nobody changes what they may not edit"
    assert near.events.filter(kind="message_redacted").exists()


# --- Whose it is ---------------------------------------------------------------------------------------------
@pytest.fixture
def theirs(ticket, support, sales, alice, bob):
    """A ticket of Bob's in Sales with everything beside it: {place: what to post}, of which nothing is Alice's."""
    foreign = make_ticket("Discount", department=sales, customer=ticket.customer)
    asked = foreign.messages.get()
    note = make_message(foreign, "Heliotrope.", by=bob, note=True)
    edit_message(note, text="Heliotrope, changed.", by=bob)
    draft = keep_draft(foreign, text="Heliotrope", by=bob)
    kept = keep_file(file(), draft=draft)
    drafts.share_draft(draft, shared=True, by=bob)
    outgoing = OutgoingReply.objects.create(ticket=foreign, author=bob, text="Heliotrope", leaves_at=timezone.now() + timedelta(days=1))
    copy_to(foreign, [("", "ola@office.example")], by=bob)
    [item] = add_items(foreign, ["Heliotrope"], by=bob)
    work = record_time(foreign, minutes=5, note="Heliotrope", by=bob)
    watch_ticket(foreign, by=bob)
    other = make_ticket(department=sales)
    link = link_tickets(foreign, other, "related", by=bob)
    view = SavedView.objects.create(owner=bob, name="Heliotrope", query={"q": "heliotrope"})
    run = begin_run("read", [foreign.pk], by=bob)
    carry_out(run)
    notice = Delivery.objects.filter(channel="in_app", user=bob).first()
    posts = {f"/desk/tickets/chosen/{run.pk}/undo/": {}, f"/desk/notices/{notice.pk}/reading/" if notice else "/desk/nothing/": {}}
    for part in ("settings", "filter", "removal"):
        posts[f"/desk/views/{view.pk}/{part}/"] = {"name": "Mine now", "q": "x"}
    for number in (foreign.number, ticket.number):  # their ids under a number of one's own as well
        desk = f"/desk/tickets/{number}"
        posts |= {
            f"{desk}/messages/{asked.pk}/": {"text": "Mine now"},
            f"{desk}/messages/{note.pk}/redaction/": {"words": "Heliotrope"},
            f"{desk}/notes/{note.pk}/showing/": {},
            f"{desk}/outgoing/{outgoing.pk}/undo/": {},
            f"{desk}/draft/files/{kept.pk}/removal/": {},
            f"{desk}/draft/": {"draft": draft.pk, "text": "Mine now"},
            f"{desk}/draft/removal/": {"draft": draft.pk},
            f"{desk}/links/{link.pk}/removal/": {},
            f"{desk}/copies/": {"take_out": TicketCopy.objects.get().pk},
            f"{desk}/checklist/": {"remove": item.pk},
            f"{desk}/time/": {"take_back": work.pk},
            f"{desk}/watchers/": {"take_off": bob.pk},
        }
    looks = [f"/desk/tickets/chosen/{run.pk}/", f"/desk/views/{view.pk}/", f"/files/{kept.pk}/label.txt"]
    looks += [f"/desk/tickets/{number}/messages/{note.pk}/originals/" for number in (foreign.number, ticket.number)]
    looks += [f"/desk/tickets/{foreign.number}/{part}/" for part in ("print", "visits", "checklist", "time", "copies", "watchers", "links")]
    return posts, looks


MODELS = [
    BulkRun, ChecklistItem, Delivery, DraftFile, Message, MessageOriginal, OutgoingReply, ReplyDraft, SavedView, TicketCopy, TicketEvent,
    TicketLink, Watch, WorkRecord,
]  # fmt: skip


def everything():
    return {model.__name__: list(model.objects.order_by("pk").values()) for model in MODELS}


def test_what_stands_beside_a_foreign_ticket_is_neither_read_nor_changed(theirs, ticket, alice, browser_of):
    posts, looks = theirs
    browser, before = browser_of(alice), everything()

    for place in looks:
        assert browser.get(place).status_code == 404, place
    for place, given in posts.items():
        answer = browser.post(place, given)
        assert answer.status_code in {302, 403, 404, 409, 410}, place
        assert "eliotrope" not in answer.text, place
        follow = browser.get(answer["Location"]).text if answer.status_code == 302 else ""
        assert "eliotrope" not in follow, place

    assert everything() == before


def test_nothing_is_done_without_the_token_of_the_form_or_by_looking(theirs, bob, browser_of):
    posts, _looks = theirs
    browser, before = Client(enforce_csrf_checks=True), everything()
    browser.force_login(bob)

    for place, given in posts.items():
        assert browser.post(place, given).status_code == 403, place
        browser.get(place, given)

    assert everything() == before


def test_what_a_form_does_not_ask_is_not_taken_from_it(ticket, alice, bob, browser_of):
    browser, desk = browser_of(alice), f"/desk/tickets/{ticket.number}"
    extra = {
        "author": bob.pk,
        "user": bob.pk,
        "owner": bob.pk,
        "is_shared": "1",
        "shared": "1",
        "audience": "everybody",
        "added_by": bob.pk,
    }
    extra |= {"done_by": bob.pk, "ticket": "1", "held_back": "news", "people": "ola@office.example", "edited_by": bob.pk, "customer": "1"}
    for part, given in (
        ("draft/", {"text": "Dear Kasia"}), ("checklist/", {"names": "Ring"}), ("time/", {"duration": "5"}), ("copies/", {}), ("watch/", {}),
    ):  # fmt: skip
        assert browser.post(f"{desk}/{part}", extra | given).status_code == 302, part
    assert browser.post("/desk/views/", extra | {"name": "Mine", "q": "grinder"}).status_code == 302

    draft, view = ReplyDraft.objects.get(), SavedView.objects.get()
    assert (draft.author, draft.is_shared, draft.held_back, draft.edited_by) == (alice, False, "", alice)
    assert (view.owner, view.audience) == (alice, "oneself")
    assert ChecklistItem.objects.get().done_by is None
    assert WorkRecord.objects.get().user == alice
    assert TicketCopy.objects.get().added_by == alice
    assert list(Watch.objects.values_list("user", flat=True)) == [alice.pk]


TELLS = ["Nowak", "601220214", "601 220 214", "kasia.nowak", "Roastery"]


def test_whoever_may_not_know_customers_learns_nothing_beside_tickets(support, alice, browser_of):
    Store.objects.update(undo_seconds=10)
    kasia = make_customer("Kasia Nowak", phone="+48601220214", email="kasia.nowak@mail.example", company="Nowak Roastery")
    ticket = make_ticket("Kasia Nowak asks", department=support, customer=kasia, text="Yours Nowak, 601 220 214")
    other = make_ticket("Nowak again", department=support, customer=kasia)
    dan = make_staff("Dan", support, sees_customers=False)
    note = make_message(ticket, "Nowak rang.", by=alice, note=True)
    edit_message(note, text="Nowak rang, 601 220 214.", by=alice)
    draft = keep_draft(ticket, text="Dear Ms Nowak", html="<p>Dear Ms <b>Nowak</b></p>", by=alice)
    keep_file(file("Nowak.txt"), draft=draft)
    drafts.share_draft(draft, shared=True, by=alice)
    outgoing = hold_reply(ticket, text="Dear Ms Nowak, 601 220 214", files=[file("For Nowak.txt")], by=alice)
    add_items(ticket, ["Ring Nowak, 601 220 214"], by=alice)
    record_time(ticket, minutes=5, note="Talked with Nowak", by=alice)
    link_tickets(other, ticket, LinkKind.BLOCKS, by=alice)
    watch_ticket(ticket, by=dan)
    run = begin_run("read", [ticket.pk, other.pk], by=dan)
    carry_out(run)
    SavedView.objects.create(owner=alice, name="Nowak", query={"q": "customer:Nowak"}, audience="everybody")
    desk = f"/desk/tickets/{ticket.number}"
    script = {"X-Requested-With": "command-palette"}

    found = {}
    addresses = [
        f"{desk}/", f"{desk}/?draft={draft.pk}", "/desk/drafts/", "/desk/day/", "/desk/tickets/?layout=board", "/desk/tickets/?layout=dense",
        f"/desk/tickets/chosen/{run.pk}/", "/desk/palette/?q=grinder", "/desk/palette/?q=" + ticket.number, "/desk/live/news/", "/desk/notices/",
        f"/desk/live/news/?ticket={ticket.number}", f"{desk}/messages/{note.pk}/originals/", "/desk/notices/newest/", "/desk/views/",
        *(f"{desk}/{part}/" for part in ("print", "checklist", "time", "copies", "watchers", "links", "merge", "visits", "snooze", "closure")),
        f"{desk}/split/?message={ticket.messages.first().pk}",
    ]  # fmt: skip
    for address in addresses:
        answer = browser_of(dan).get(address, headers=script if "palette" in address else {}, follow=True)
        assert answer.status_code in {200, 403, 404, 405}, (address, answer.status_code)
        if told := [word for word in TELLS if word in answer.text]:
            found[address] = told
    blocked = browser_of(dan).post(f"{desk}/closure/")
    assert blocked.status_code == 409
    found |= {"closure": [word for word in TELLS if word in blocked.text]} if "Nowak" in blocked.text else {}
    assert found == {}
    assert OutgoingReply.objects.filter(pk=outgoing.pk).exists()


# --- Words stay words ----------------------------------------------------------------------------------------
def test_markup_in_what_the_new_pages_name_is_read_as_words(ticket, support, alice, browser_of):
    olga = make_staff(f"Olga {XSS}"[:100], support, role=RoleKey.OWNER)
    other = make_ticket(f"Other {XSS}"[:200], department=support)
    make_message(ticket, XSS + LINK, by=alice)
    draft = keep_draft(ticket, html=f"<p onclick=alert(1)>Draft {XSS}{LINK}</p>", by=olga)
    keep_file(file(f"{XSS}.txt".replace("/", "")), draft=draft)
    OutgoingReply.objects.create(
        ticket=ticket,
        author=olga,
        html=drafts.clean_words("", f"<p>Leaves {XSS}{LINK}</p>")[0],
        text=XSS,
        leaves_at=timezone.now() + timedelta(days=1),
    )
    copy_to(ticket, [(XSS[:80], "ola@office.example")], by=olga)
    add_items(ticket, [XSS], by=olga)
    record_time(ticket, minutes=5, note=XSS, by=olga)
    link_tickets(other, ticket, LinkKind.BLOCKS, by=olga)
    view = SavedView.objects.create(owner=olga, name=XSS[:60], query={"q": XSS}, audience="everybody")
    run = begin_run("read", [ticket.pk, other.pk], by=olga)
    carry_out(run)
    run.results.update(words=XSS)
    desk = f"/desk/tickets/{ticket.number}"
    addresses = [
        f"{desk}/", "/desk/drafts/", "/desk/views/", f"/desk/views/{view.pk}/settings/", f"/desk/tickets/?saved={view.pk}", "/desk/day/",
        "/desk/tickets/?layout=board", "/desk/tickets/?layout=dense", f"/desk/tickets/chosen/{run.pk}/", "/desk/keys/", "/desk/notices/",
        f"/desk/palette/?q={XSS[:40]}&ticket={ticket.number}", "/desk/live/news/", "/desk/organisations/",
        *(f"{desk}/{part}/" for part in ("copies", "checklist", "time", "watchers", "links", "print", "merge", "visits")),
    ]  # fmt: skip
    browser = browser_of(olga)
    bad, seen = {}, 0
    for address in addresses:
        answer = browser.get(address)
        assert answer.status_code in {200, 302}, (address, answer.status_code)
        if answer["Content-Type"].startswith("text/html"):
            seen += "onerror=alert" in answer.text
            if found := [one for one in Reader(answer.text).bad if not one.startswith("a href=tel:+48")]:
                bad[address] = found
    assert bad == {}
    assert seen > 8


HOSTILE = ["\x00", "9" * 5000, "-1", "²", "%", "_%'\"", "A" * 3000, '"><script>alert(1)</script>', "owner__password", "[]", "{{7*7}}"]
PARAMETERS = [
    "q",
    "sort",
    "order",
    "layout",
    "columns",
    "saved",
    "view",
    "before",
    "after",
    "lane",
    "tags",
    "assignee",
    "due",
    "at",
    "show",
    "draft",
]


def test_no_parameter_of_the_new_pages_breaks_them(ticket, alice, browser_of):
    browser = browser_of(alice)
    browser.raise_request_exception = False
    view = SavedView.objects.create(
        owner=alice, name="Odd", query={"q": "%'", "sort": "owner__password", "columns": {"a": 1}, "order_by": ["password"]}
    )
    places = ["/desk/tickets/", "/desk/palette/", "/desk/day/", "/desk/live/news/", f"/desk/tickets/{ticket.number}/", "/desk/drafts/"]
    bad = [
        (place, words[:20])
        for place in places
        for words in HOSTILE
        for answer in [browser.get(place, dict.fromkeys(PARAMETERS, words))]
        if answer.status_code >= 500 or b"<script>alert" in answer.getvalue()
    ]
    posts = [
        "/desk/lists/layout/",
        "/desk/lists/columns/",
        "/desk/views/",
        f"/desk/views/{view.pk}/filter/",
        f"/desk/views/{view.pk}/place/",
    ]
    posts += [
        f"/desk/tickets/{ticket.number}/{part}/" for part in ("draft", "visits", "checklist", "time", "copies", "links", "snooze", "lane")
    ]
    fields = [
        *PARAMETERS,
        "name",
        "layout",
        "column",
        "version",
        "draft_version",
        "page",
        "doing",
        "names",
        "duration",
        "people",
        "number",
        "kind",
    ]
    bad += [
        (place, words[:20])
        for place in posts
        for words in HOSTILE
        for answer in [browser.post(place, dict.fromkeys(fields, words))]
        if answer.status_code >= 500
    ]
    assert bad == []
    assert browser.get(f"/desk/tickets/?saved={view.pk}").status_code == 200
