"""The whole configuration as a file: out, and in again."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from audit.models import AuditLine
from control.configuration.files import FileIsBroken, read_file, write_file
from control.configuration.reading import read_configuration
from control.configuration.taking import FileHasFaults, rehearse, take_configuration
from departments.models import Department, RequestType
from faq.services import write_entry
from notifications.models import EventText, MailSignature, MessageRule, MessageSettings
from notifications.signatures import save_signature
from permissions.rights import StoreRight
from permissions.services import grant
from statuses.models import Workflow
from stores.models import Store
from tests.make import make_action, make_department, make_staff, make_store
from tickets.services.reply_templates import write_reply_template

pytestmark = pytest.mark.django_db


@pytest.fixture
def shop():
    """A store with one of everything that a file can hold."""
    store = make_store(languages=["en", "fa"], captcha_private_key="very secret")
    support = make_department("Support", key="support", store=store, answer_hours=4)
    make_action(support.workflow.by_code["new"], "Take it", target=support.workflow.by_code["open"])
    RequestType.objects.create(key="repair", name="Repair").departments.add(support)
    write_entry(stores=[store], department=support, words={"en": ("When?", "<p>Today.</p>"), "fa": ("کی؟", "<p>امروز.</p>")})
    write_reply_template(words={"en": ("Thanks", "Thank you, {customer}.")}, department=support)
    MessageSettings.objects.create(store=store, answers_minutes=5)
    for department, is_on in ((None, False), (support, True)):
        MessageRule.objects.create(store=store, department=department, template="reply", audience="customer", channel="sms", is_on=is_on)
    for department, words in ((None, {"en": "{store}", "fa": "فروشگاه {store}"}), (support, {"en": "{author}, {department}"})):
        save_signature(store, words, department=department, by=None)
    return store


def text_of(document):
    return read_file(write_file(document).encode())


def test_what_was_taken_out_changes_nothing_when_it_is_taken_in(shop):
    before = AuditLine.objects.count()

    report = take_configuration(text_of(read_configuration()), by=None)

    assert (report.faults, report.changes) == ([], [])
    assert AuditLine.objects.count() == before


def test_a_file_sets_up_an_empty_help_desk_like_the_one_it_came_from(shop):
    document = text_of(read_configuration())
    RequestType.objects.all().delete()
    shop.faq_entries.all().delete()
    Department.objects.all().delete()
    Workflow.objects.all().delete()
    shop.delete()

    take_configuration(document, by=None)

    again = read_configuration()
    assert {part: again.get(part) for part in document} == document


def test_secrets_and_people_stay_at_home(shop):
    make_staff("Alice Warren", Department.objects.get())

    text = write_file(read_configuration())

    assert "very secret" not in text
    assert "Alice" not in text


def test_a_changed_file_says_what_it_would_change_and_does_exactly_that(shop):
    document = read_configuration()
    document["departments"][0] |= {"answer_hours": 8, "name": {"en": "Help"}}

    told = rehearse(text_of(document), by=None)
    assert Department.objects.get().answer_hours == 4
    done = take_configuration(text_of(document), by=None)

    assert told == done
    assert [(change.part, change.did, change.settings) for change in done.changes] == [("departments", "changed", ("answer_hours", "name"))]
    line = AuditLine.objects.latest("pk")
    assert (line.before["answer_hours"], line.after["answer_hours"]) == (4, 8)


def test_a_workflow_of_a_file_is_published_as_a_version(shop):
    document = read_configuration()
    document["workflows"][0]["statuses"][0]["name"]["en"] = "Just in"

    take_configuration(text_of(document), by=None)

    assert str(Workflow.objects.get().first_status()) == "Just in"
    assert Workflow.objects.get().versions.count() == 2


@pytest.mark.parametrize(
    ("spoil", "place", "words"),
    [
        (lambda d: d["departments"][0].update(workflow="gone"), "departments.support.workflow", "“gone”"),
        (lambda d: d["departments"][0].update(colour="red"), "departments.support.colour", "no such setting"),
        (lambda d: d["departments"][0].update(answer_hours="soon"), "departments.support.answer_hours", "soon"),
        (lambda d: d["departments"][0].update(assignment="by_lot"), "departments.support.assignment", "by_lot"),
        (lambda d: d["departments"].append("nonsense"), "departments.2", "settings with their names"),
        (lambda d: d["stores"][0].update(name="Narvan"), "stores.", "by language"),
        (lambda d: d.update(cellar=[]), "cellar", "no such part"),
        (lambda d: d.update(helpdesk=99), "helpdesk", "another version"),
        (lambda d: d["workflows"][0].update(statuses=[]), "workflows.shop", ""),
        (lambda d: d["questions"][0].update(words={"en": {"question": "When?"}}), "questions.", "not whole"),
        (lambda d: d["prepared_answers"][0].pop("key"), "prepared_answers.1", "key"),
        (lambda d: d["signatures"][1].update(text={"en": "{password}"}), "signatures.2.text", "password"),
        (lambda d: d["signatures"][1].update(text={"en": "a" * 601}), "signatures.2.text", "600"),
        (lambda d: d["signatures"][1].update(text={}), "signatures.2.text", "by language"),
        (lambda d: d["signatures"].append({"store": d["stores"][0]["key"], "department": "gone"}), "signatures.3.department", "“gone”"),
    ],
)
def test_a_mistake_is_named_with_its_place_and_nothing_at_all_is_taken(shop, spoil, place, words):
    document = read_configuration()
    document["stores"][0]["max_files"] = 9
    spoil(document)
    before = read_configuration()

    with pytest.raises(FileHasFaults) as refused:
        take_configuration(text_of(document), by=None)

    told = [(fault.place, str(fault.words)) for fault in refused.value.report.faults]
    assert any(where.startswith(place) and words in sentence for where, sentence in told), told
    assert read_configuration() == before


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00\xff\xfe",
        b"[1, 2]",
        b"helpdesk: 1\nstores: [",
        b"stores: []",
        b"a: &a [x]\nhelpdesk: *a",
        b"helpdesk: !!python/object/apply:os.system ['true']",
        b"helpdesk: 1\nx: " + b"[" * 500 + b"]" * 500,
        b"{" * 100_000,
        b"helpdesk: 1\n" + b"x" * 4_000_001,
    ],
    ids=["empty", "no text", "a list", "cut off", "no head", "aliases", "code", "deep", "very deep", "too large"],
)
def test_what_is_no_configuration_is_refused_in_words(content):
    with pytest.raises(FileIsBroken) as refused:
        read_file(content)

    assert str(refused.value)


def test_days_stay_the_text_that_was_written():
    assert read_file(b"helpdesk: 1\nday: 2026-11-22")["day"] == "2026-11-22"


def test_signatures_are_changed_by_a_file_like_anything_else(shop):
    document = read_configuration()
    assert [item.get("department") for item in document["signatures"]] == [None, "support"]
    document["signatures"][1]["text"] = {"en": "Yours, {author}", "pl": "{author}"}

    report = take_configuration(text_of(document), by=None)

    assert [(change.part, change.settings) for change in report.changes] == [("signatures", ("text",))]
    assert MailSignature.objects.get(department__key="support").text.data == {"en": "Yours, {author}", "pl": "{author}"}


def older_text(shop, template, **more):
    """As a file said it while the ways of a message stood beside its words."""
    return {"store": shop.key, "template": template, **more}


def rules(**which):
    return set(MessageRule.objects.filter(department=None, **which).values_list("audience", "channel", "is_on"))


def test_an_older_file_in_which_the_ways_stand_beside_the_words_is_taken_in(shop):
    document = {"helpdesk": 1, "event_texts": [
        older_text(shop, "closed", subject={"en": "Done"}, by_mail=False),
        older_text(shop, "passed_on", by_mail=False, by_sms=False),
        older_text(shop, "opened", by_mail=True, by_sms=True),
    ]}  # fmt: skip

    report = take_configuration(text_of(document), by=None)

    assert report.faults == []
    assert rules(template="closed") == {("customer", "mail", False)}
    assert rules(template="passed_on") == {(who, way, False) for who in ("holder", "team", "department") for way in ("mail", "sms")}
    assert rules(template="opened") == set(), "what is usual needs no rule"
    assert [(text.template, text.subject.data) for text in EventText.objects.all()] == [("closed", {"en": "Done"})]


def test_an_older_file_switches_on_again_what_is_off_and_nobody_in_copy_gets_an_sms(shop):
    take_configuration(text_of({"helpdesk": 1, "event_texts": [older_text(shop, "reply", by_mail=False, by_sms=True)]}), by=None)

    assert rules(template="reply") == {("customer", "sms", True), ("customer", "mail", False), ("copies", "mail", False)}


def test_what_a_file_says_in_todays_words_counts_more_than_its_older_ones(shop):
    rule = {"store": shop.key, "template": "closed", "audience": "customer", "channel": "mail", "is_on": True}
    document = {"helpdesk": 1, "event_texts": [older_text(shop, "closed", by_mail=False)], "message_rules": [rule]}

    take_configuration(text_of(document), by=None)

    assert rules(template="closed") == {("customer", "mail", True)}


def test_older_words_with_a_wrong_value_are_a_mistake_with_its_place(shop):
    with pytest.raises(FileHasFaults) as refused:
        take_configuration(text_of({"helpdesk": 1, "event_texts": [older_text(shop, "closed", by_mail="sometimes")]}), by=None)

    assert [fault.place for fault in refused.value.report.faults] == ["event_texts.1.by_mail"]


@pytest.fixture
def owner(shop, client):
    olga = make_staff("Olga Nowicka", sees_customers=False)
    grant(olga, StoreRight.CHANGE_SETTINGS, shop)
    client.force_login(olga)
    return olga


def test_the_page_shows_first_and_takes_in_then(shop, owner, client):
    document = read_configuration()
    document["departments"][0]["answer_hours"] = 8
    text = write_file(document)

    shown = client.post("/control/configuration/", {"file": SimpleUploadedFile("c.yaml", text.encode())})
    assert "answer_hours" in shown.content.decode()
    assert Department.objects.get().answer_hours == 4
    client.post("/control/configuration/taking/", {"text": shown.context["text"]})

    assert Department.objects.get().answer_hours == 8


def test_the_page_names_the_places_of_mistakes(shop, owner, client):
    document = read_configuration()
    document["departments"][0]["workflow"] = "gone"

    answer = client.post("/control/configuration/", {"file": SimpleUploadedFile("c.yaml", write_file(document).encode())})

    assert answer.status_code == 422
    assert "departments.support.workflow" in answer.content.decode()
    assert "would change" not in answer.content.decode()


def test_the_file_is_downloaded_with_a_line_in_the_audit_log(shop, owner, client):
    answer = client.get("/control/configuration/file/")

    assert answer["Content-Disposition"].endswith('.yaml"')
    assert read_file(answer.content) == text_of(read_configuration())
    assert AuditLine.objects.latest("pk").deed == "exported"


def test_who_sets_up_one_of_two_stores_has_no_such_page(shop, owner, client):
    make_store(key="other", address="other")

    assert client.get("/control/configuration/").status_code == 404
    assert client.get("/control/configuration/file/").status_code == 404
    assert Store.objects.count() == 2
