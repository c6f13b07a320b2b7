"""A customer's data handed out as one archive, and erased: afterwards no text column of any table holds a word of the person."""

import io
import json
import zipfile
from datetime import time

import pytest
from allauth.account.models import EmailAddress
from django.apps import apps
from django.contrib.sessions.models import Session
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection
from django.test import Client
from django.utils import timezone

from accounts.models import User
from audit.models import AuditLine
from common.uploads import CheckedFile
from custom_fields.services import write_customer_values
from customers.erasing import erase_customer
from customers.errors import ErasureWaits, NameNotTyped, StaffAreNotErased
from customers.history import remember
from customers.models import Customer, CustomerKind, Erasure
from customers.services import add_customer_note, block_customer, unblock_customer
from exports import working
from exports.models import Export
from notifications.addresses import note_bounce, stop_mailing
from notifications.choices import Mailing
from notifications.models import AddressState, Delivery, DeliveryStep, PushSubscription
from notifications.wishes import Wishes, wish
from permissions.rights import StoreRight
from permissions.services import grant
from surveys.building import save_question
from surveys.helping import rate_answer
from surveys.models import AnswerRating, Survey, SurveyAnswer, SurveyQuestion, SurveyRules
from surveys.services import answer_survey
from tests.exports.helping import fetched
from tests.make import fresh, make_customer, make_field, make_message, make_staff, make_store, make_ticket
from tickets.models import (
    Attachment,
    BulkResult,
    BulkRun,
    DraftFile,
    HeldRequest,
    MessageOriginal,
    OutgoingReply,
    ReplyDraft,
    SavedView,
    Ticket,
)
from tickets.services import lifecycle
from tickets.services.changing_messages import edit_message
from tickets.services.checklist import add_items
from tickets.services.copies import copy_to, end_copy
from tickets.services.drafts import keep_draft, keep_file
from tickets.services.fields import write_values
from tickets.services.holding import hold_request
from tickets.services.joining import merge_customers
from tickets.services.revealing import reveal_customer
from tickets.services.tagging import tag_ticket
from tickets.services.work import record_time
from tickets.services.writing import attach

pytestmark = pytest.mark.django_db

#: What tells who it was, folded as search folds it; and what she wrote.
PERSON = ["bronislawa", "bronisława", "kowalczyk", "609876543", "609 876 543", "kawiarniabron", "oldbron"]
WORDS = ["amaranth", "cinnabar", "vermilion", "heliotrope"]


@pytest.fixture
def olga(support, store):
    """May export and erase."""
    olga = make_staff("Olga", support)
    grant(olga, StoreRight.ERASE_CUSTOMERS, store)
    grant(olga, StoreRight.REVEAL_CUSTOMERS, store)
    return olga


def file(name, text=b"amaranth"):
    return CheckedFile(name=name, content_type="text/plain", size=len(text), content=ContentFile(text))


@pytest.fixture
def bronislawa(support, store, alice, olga):
    """A customer with everything that there can be of one; all her tickets are closed."""
    customer = make_customer("Bronisława Kowalczyk", email="bronislawa@kowalczyk.example", phone="+48609876543", company="KawiarniaBron")
    EmailAddress.objects.create(user=customer.user, email=customer.email, verified=True, primary=True)
    old = make_customer("B. Kowalczyk", account=False, email="oldbron@mail.example")
    older = make_ticket("Before, by Kowalczyk", department=support, customer=old)
    merge_customers(old, into=customer, by=alice)
    ticket = make_ticket("Amaranth from Bronisława", department=support, customer=customer, text="Cinnabar, yours Kowalczyk, 609 876 543")
    attach(ticket.messages.get(), file("Bronislawa cv.txt"))
    lifecycle.reply_as_staff(ticket, text="Dear Ms Kowalczyk: vermilion.", files=[file("Offer for Kowalczyk.txt", b"kept")], by=alice)
    make_message(ticket, "Bronisława called, heliotrope.", by=alice, note=True)
    text, secret, size = make_field("Serial"), make_field("Access", "secret"), make_field("Size", "choice", options=["large"])
    write_values(ticket, {text: "Cinnabar of Kowalczyk", secret: "amaranth", size: "large"}, by_customer=True)
    write_customer_values(customer, {make_field("Segment", place="customer"): "Friend of Kowalczyk"})
    tag_ticket(ticket, ["Kowalczyk", "Refund"], by=alice)
    add_customer_note(customer, text="Bronisława shouts: vermilion.", is_warning=True, by=alice)
    block_customer(customer, reason="Kowalczyk insulted Vera", words="Ms Kowalczyk, call us", by=alice)
    unblock_customer(customer, reason="Bronisława apologised", by=alice)
    hold_request(
        rule=rule_of(store), store=store, department=support, subject="Kowalczyk", text="Cinnabar", language="en", customer=customer
    )
    reveal_customer(ticket, reason="To ring the customer up about this", by=olga)
    Delivery.objects.filter(ticket=ticket).update(remark="unknown: bronislawa@kowalczyk.example", context={"reason": "ask Kowalczyk"})
    beside(ticket, alice)
    lifecycle.close_ticket(ticket, by=alice)
    lifecycle.close_ticket(older, by=alice)
    said(ticket, alice)
    heard(ticket, fresh(customer), alice)
    return fresh(customer)


def said(ticket, alice):
    """Two surveys answered, the first with an answer in words, and one answer of ours rated."""
    SurveyRules.objects.create(store=ticket.store, pause_days=0)
    words = {"label": "What else?", "low_label": "", "high_label": "", "choices": []}
    question = save_question(SurveyQuestion(store=ticket.store), {"kind": "text", "is_required": False, **words}, by=alice)
    first = Survey.objects.get(ticket=ticket)
    answer_survey(first, score=4, comment="Vermilion, Bronisława", answers={question: "Amaranth for Kowalczyk"})
    lifecycle.reopen_ticket(ticket, by=alice)
    lifecycle.close_ticket(ticket, by=alice)
    answer_survey(Survey.objects.filter(ticket=ticket).exclude(pk=first.pk).get(), score=2, comment="Heliotrope, says Kowalczyk")
    rate_answer(ticket.messages.get(kind="reply"), score=3, comment="Cinnabar, thanks Kowalczyk")


def heard(ticket, customer, alice):
    """By which ways: wishes, a device, addresses of today and of before, and the story of what was sent there."""
    session = Client()
    session.force_login(customer.user)
    PushSubscription.objects.create(
        user=customer.user, store=ticket.store, endpoint="https://push.example/bronislawa", public_key="k", auth_secret="s",
        session_key=session.session.session_key, agent="Firefox of Kowalczyk",
    )  # fmt: skip
    wish(customer, Wishes(by_sms=False, quiet_from=time(22), quiet_to=time(7)))
    remember(customer, CustomerKind.CHANGED, by=alice, fields={"email": ["before@kowalczyk.example", customer.email]})
    for address in (customer.email, "before@kowalczyk.example"):
        note_bounce(address, ticket.store, f"unknown: {address}")
        stop_mailing(address, ticket.store, Mailing.SURVEY)
    event = ticket.events.first()
    same = {"ticket": ticket, "store": ticket.store, "event": event, "template": "reply"}
    sent = [
        Delivery.objects.create(**same, channel="push", customer=customer, recipient_key="customer:1:1", address="Firefox of Kowalczyk"),
        Delivery.objects.create(**same, channel="mail", recipient_key="copy:1", address="office@kawiarniabron.example"),
    ]
    for delivery in sent:
        DeliveryStep.objects.create(delivery=delivery, channel=delivery.channel, state="failed", remark="550 bronislawa@kowalczyk.example")


def beside(ticket, alice):
    """All that may stand beside a ticket and before it is said."""
    edit_message(ticket.messages.get(kind="note"), text="Bronisława Kowalczyk rang, heliotrope!", by=alice)
    asked = ticket.messages.order_by("pk").first()
    MessageOriginal.objects.create(message=asked, change="redacted", body_html="<p>Ko<b>walczyk</b>: cinnabar</p>", body_text="Kowalczyk")
    draft = keep_draft(ticket, text="Kowalczyk again, vermilion", html="<p>Kowal<b>czyk</b> again, vermilion</p>", by=alice)
    keep_file(file("Draft for Kowalczyk.txt"), draft=draft)
    outgoing = OutgoingReply.objects.create(ticket=ticket, author=alice, text="Ms Kowalczyk, heliotrope", leaves_at=timezone.now())
    keep_file(file("Leaving for Bronisława.txt"), outgoing=outgoing)
    copy_to(ticket, [("Office of Kowalczyk", "office@kawiarniabron.example")], by=alice)
    ended = copy_to(ticket, [("Kowalczyk at home", "home@kawiarniabron.example")], by=alice).copies.get(email__startswith="home")
    end_copy(ended, by=alice)
    add_items(ticket, ["Ring Kowalczyk: cinnabar"], by=alice)
    record_time(ticket, minutes=5, note="Talked with Bronisława: amaranth", by=alice)
    SavedView.objects.create(owner=alice, name="All of Kowalczyk", query={"q": "customer:Kowalczyk"})
    run = BulkRun.objects.create(user=alice, deed="status")
    BulkResult.objects.create(run=run, ticket=ticket, words="Kowalczyk is asked first", before={"words": "Bronisława"})


def rule_of(store):
    from stores.blocking import add_rule

    return add_rule(store, kind="word", value="cheap watches")


def told_anywhere(words):
    """{table and column: words} of every column of every table, read as the models read it and as it lies there."""
    found = {}

    def look(place, value):
        text = str(bytes(value) if isinstance(value, memoryview) else value).casefold()
        hits = [word for word in words if word in text]
        if hits:
            found.setdefault(place, hits)

    for model in apps.get_models():
        names = [field.attname for field in model._meta.concrete_fields]
        for row in model._base_manager.values_list(*names):
            for name, value in zip(names, row, strict=True):
                look(f"{model._meta.label}.{name}", value)
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if table.startswith("sqlite_") or table.endswith(("_data", "_idx")):  # the pages of an index hold no columns
                continue
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            for row in cursor.fetchall():
                look(table, row)
    return found


def erase(customer, olga, mode):
    return erase_customer(customer, mode=mode, reason="Asked for by letter", name=str(customer), by=olga)


def test_with_all_texts_nothing_of_her_is_left_in_any_column(bronislawa, olga, django_capture_on_commit_callbacks):
    files = [row.file.name for model in (Attachment, DraftFile) for row in model.objects.all()]
    assert len(files) == 4
    assert len(told_anywhere([*PERSON, *WORDS])) > 20, "there is something to erase"

    with django_capture_on_commit_callbacks(execute=True):
        done = erase(bronislawa, olga, "texts")

    assert told_anywhere([*PERSON, *WORDS]) == {}
    assert files
    assert not Attachment.objects.exists()
    assert not DraftFile.objects.exists()
    assert not OutgoingReply.objects.exists(), "nothing leaves to somebody who was erased"
    assert not any(default_storage.exists(name) for name in files)
    assert not User.objects.filter(pk=bronislawa.user_id).exists()
    assert not HeldRequest.objects.exists()
    assert not any(str(session.get_decoded().get("_auth_user_id")) == str(bronislawa.user_id) for session in Session.objects.all())
    ticket = Ticket.objects.get(rating=2)
    assert ticket.messages.count() == 3
    assert ticket.events.filter(kind="closed").exists()
    assert {done.counts["customers"], done.counts["tickets"]} == {2}
    line = AuditLine.objects.filter(deed="customer_changed").latest("pk")
    assert (line.after["did"], line.actor, line.subject_name) == ("erased", olga, f"#{bronislawa.pk}")


def test_with_personal_data_alone_the_words_stay_and_who_wrote_them_does_not(bronislawa, olga):
    erase(bronislawa, olga, "personal")

    assert told_anywhere(PERSON) == {}
    ticket = Ticket.objects.get(rating=2)
    assert ticket.subject == "Amaranth from •••"
    said = " ".join(ticket.messages.values_list("body_text", flat=True))
    for word in ("Cinnabar", "vermilion", "heliotrope"):
        assert word in said
    assert [item.name for item in ticket.checklist.all()] == ["Ring •••: cinnabar"]
    assert not ReplyDraft.objects.exists()
    assert SavedView.objects.get().name == "All of •••"
    # Our own file is what law may oblige us to keep; hers are gone.
    assert [attachment.name for attachment in Attachment.objects.all()] == ["Offer for •••.txt"]
    assert [tag.name for tag in ticket.tags.all()] == ["Refund"]
    assert [value.option for value in ticket.values.all()] == ["large"]


def test_of_ratings_the_numbers_stay_and_of_the_ways_nothing(bronislawa, olga):
    assert bronislawa.hears and PushSubscription.objects.exists() and AddressState.objects.count() == 2

    erase(bronislawa, olga, "texts")

    assert sorted(Survey.objects.exclude(score=None).values_list("score", "comment")) == [(2, "•••"), (4, "•••")]
    assert [rating.score for rating in AnswerRating.objects.all()] == [3]
    assert SurveyAnswer.objects.get().text == "•••"
    assert Customer.objects.get(pk=bronislawa.pk).hears == {}
    assert not PushSubscription.objects.exists()
    assert not AddressState.objects.exists(), "not of an address she had before either"
    assert set(Delivery.objects.filter(ticket__rating=2, user=None).values_list("address", flat=True)) == {""}
    assert not Delivery.objects.filter(ticket__rating=2, user=None, state="queued").exists()


def test_an_address_she_had_that_is_anothers_now_stays_known(bronislawa, olga, store):
    make_customer("Kasia", email="before@kowalczyk.example")

    erase(bronislawa, olga, "texts")

    assert [state.address for state in AddressState.objects.all()] == ["before@kowalczyk.example"]


def test_others_keep_what_is_theirs(bronislawa, olga, kasia, support):
    ticket = make_ticket("Cinnabar", department=support, customer=kasia, text="Amaranth")
    attach(ticket.messages.get(), file("mine.txt"))

    erase(bronislawa, olga, "texts")

    assert (fresh(ticket).subject, ticket.messages.get().body_text) == ("Cinnabar", "Amaranth")
    assert Attachment.objects.get().name == "mine.txt"
    assert fresh(kasia).name == "Kasia Nowak"


def test_it_waits_for_open_tickets_and_for_the_right_name(bronislawa, olga, support):
    with pytest.raises(NameNotTyped):
        erase_customer(bronislawa, mode="texts", reason="Asked for", name="Bronisława", by=olga)
    make_ticket(department=support, customer=bronislawa)

    with pytest.raises(ErasureWaits):
        erase(bronislawa, olga, "texts")

    assert fresh(bronislawa).name == "Bronisława Kowalczyk"


def test_colleagues_are_not_erased(olga):
    staff = make_customer("Kasia")
    User.objects.filter(pk=staff.user_id).update(is_staff=True)

    with pytest.raises(StaffAreNotErased):
        erase(staff, olga, "texts")


def test_files_of_lists_end_with_it(desk_of, bronislawa, olga):
    desk = desk_of(olga)
    desk.post("/desk/customers/export/", {"format": "csv"})
    export = Export.objects.get()
    working.write(export.pk)
    assert b"Kowalczyk" in fetched(desk, export)

    erase(bronislawa, olga, "texts")

    assert desk.get(f"/desk/exports/{export.pk}/file/").status_code == 410
    assert not default_storage.exists(export.stored_name)


def test_the_page_asks_twice_and_leaves_a_certificate(desk_of, bronislawa, olga):
    desk, address = desk_of(olga), f"/desk/customers/{bronislawa.pk}/erasure/"
    assert "This cannot be undone." in desk.get(address).content.decode()
    for wrong in ({}, {"name": "Bronisława", "reason": "Asked for", "mode": "texts"}, {"name": "Bronisława Kowalczyk", "mode": "texts"}):
        assert desk.post(address, wrong).status_code == 422
    assert not Erasure.objects.exists()

    data = {"name": "bronisława  kowalczyk", "reason": "Ms Kowalczyk asked for it", "mode": "texts", "form_key": "k" * 22}
    for _twice in range(2):
        assert desk.post(address, data)["Location"] == f"/desk/customers/{bronislawa.pk}/certificate/"

    page = desk.get(f"/desk/customers/{bronislawa.pk}/certificate/").content.decode()
    assert "Ms ••• asked for it" in page
    assert "Kowalczyk" not in page
    shown = desk.get(f"/desk/customers/{bronislawa.pk}/").content.decode()
    assert f"Erased customer {bronislawa.pk}" in shown
    assert desk.get("/desk/customers/").content.decode().count("Kowalczyk") == 0
    assert desk.post(f"/desk/customers/{bronislawa.pk}/notes/", {"text": "Hm"}).status_code in {403, 409}


# --- Handed out ---------------------------------------------------------------------------------------


def archive_of(desk, customer):
    assert desk.post(f"/desk/customers/{customer.pk}/archive/").status_code == 302
    export = Export.objects.get()
    working.write(export.pk)
    return zipfile.ZipFile(io.BytesIO(fetched(desk, export)))


def test_all_of_it_is_handed_out_as_plain_data_and_files(desk_of, bronislawa, olga):
    archive = archive_of(desk_of(olga), bronislawa)

    facts = json.loads(archive.read("customer.json"))
    assert (facts["name"], facts["email"], facts["fields"]) == (
        "Bronisława Kowalczyk", "bronislawa@kowalczyk.example", {"Segment": "Friend of Kowalczyk"},
    )  # fmt: skip
    ticket = Ticket.objects.get(rating=2)
    told = json.loads(archive.read(f"tickets/{ticket.number}.json"))
    assert [message["from"] for message in told["messages"]] == ["customer", "staff"]
    assert told["fields"]["Serial"] == ["Cinnabar of Kowalczyk"]
    assert told["rating"] == {"score": 2, "comment": "Heliotrope, says Kowalczyk", "answers": []}
    answered = [{"question": "What else?", "number": None, "chosen": [], "text": "Amaranth for Kowalczyk"}]
    assert told["earlier_ratings"] == [{"score": 4, "comment": "Vermilion, Bronisława", "answers": answered}]
    helped = told["messages"][1]["helped"]
    assert (helped["score"], helped["comment"]) == (3, "Cinnabar, thanks Kowalczyk")
    assert archive.read(told["messages"][0]["files"][0]) == b"amaranth"
    assert len([name for name in archive.namelist() if name.startswith("tickets/")]) == 2
    everything = b"".join(archive.read(name) for name in archive.namelist())
    for hidden in (b"shouts", b"called", b"Access", b"insulted"):
        assert hidden not in everything


def test_how_she_hears_is_handed_out_too(desk_of, bronislawa, olga):
    facts = json.loads(archive_of(desk_of(olga), bronislawa).read("customer.json"))

    assert (facts["ways"]["by_mail"], facts["ways"]["by_sms"], facts["ways"]["quiet_from"]) == (True, False, "22:00")
    by_address = {row["address"]: row["known"] for row in facts["addresses"]}
    assert by_address.keys() == {"bronislawa@kowalczyk.example", "+48609876543"}
    (known,) = by_address["bronislawa@kowalczyk.example"]
    assert known["bounced_at"] and known["stops"].keys() == {"survey"} and known["remark"].startswith("unknown")
    (device,) = facts["devices"]
    assert (device["browser"], device["push_service"]) == ("Firefox of Kowalczyk", "https://push.example/bronislawa")
    assert not {"public_key", "auth_secret", "session_key"} & device.keys()


def test_no_name_of_a_file_leads_out_of_the_archive(desk_of, bronislawa, olga):
    attach(Ticket.objects.get(rating=2).messages.first(), file("../../etc/passwd"))

    names = archive_of(desk_of(olga), bronislawa).namelist()

    assert not any(".." in name.split("/") or name.startswith("/") for name in names)
    assert all(name.count("/") <= 2 for name in names)


def test_both_need_their_right_in_every_store(desk, desk_of, bronislawa, olga, alice, support):
    dan = make_staff("Dan", support, sees_customers=False)
    deeds = [("post", "archive/"), ("get", "erasure/"), ("post", "erasure/")]
    data = {"name": "Bronisława Kowalczyk", "reason": "Asked for", "mode": "texts"}

    for person, status in ((alice, 403), (dan, 404)):
        for method, deed in deeds:
            assert getattr(desk_of(person), method)(f"/desk/customers/{bronislawa.pk}/{deed}", data).status_code == status
    assert "/erasure/" not in desk.get(f"/desk/customers/{bronislawa.pk}/").content.decode()
    make_ticket(department=support, store=make_store(), customer=bronislawa)
    for method, deed in deeds:
        assert getattr(desk_of(olga), method)(f"/desk/customers/{bronislawa.pk}/{deed}", data).status_code == 403

    assert not Export.objects.exists()
    assert Customer.objects.get(pk=bronislawa.pk).erased_at is None


def test_the_archive_is_gone_with_the_right(desk_of, bronislawa, olga, store):
    from permissions.services import withdraw

    desk = desk_of(olga)
    archive_of(desk, bronislawa)
    withdraw(olga, StoreRight.ERASE_CUSTOMERS, store)

    assert desk.get(f"/desk/exports/{Export.objects.get().pk}/file/").status_code == 410
