"""Owners write the words of messages: seen, tried on, sent to oneself, taken back; mistakes said beside their cause."""

import pytest
from i18nfield.strings import LazyI18nString

from audit.models import AuditLine
from custom_fields.models import Field
from notifications.about import ABOUT
from notifications.models import ActionMessage, ActionText, EventText
from notifications.originals import original_of
from notifications.texts import save_event_text, write_action_text
from permissions.rights import StoreRight
from permissions.services import grant
from tests.make import fresh, make_action, make_customer, make_message, make_staff, make_ticket

LANGUAGES = ("en", "fa", "pl", "ru")


def typed(template="reply", do="save", **changes):
    """What the page sends when only this was changed."""
    about, words = ABOUT[template], {}
    for code in LANGUAGES:
        ours = original_of(template, code)
        words |= {f"subject_{code}": ours.subject, f"body_{code}": ours.body} | ({f"sms_{code}": ours.sms} if about.has_sms else {})
    return words | {"carries_answer": "on", "shown_language": "en", "number": "", do: "1", **changes}


@pytest.fixture
def ticket(support, alice):
    ticket = make_ticket("The grinder rattles", department=support, customer=make_customer("Kasia Nowak"))
    make_message(ticket, "Try a coarser setting.", by=alice)
    return ticket


@pytest.mark.parametrize("template", list(ABOUT))
def test_every_message_opens_with_the_words_that_are_sent_now(as_olga, support, template):
    page = as_olga.get(f"/control/texts/{template}/")

    assert page.status_code == 200
    assert original_of(template, "en").subject.split("{")[0].strip() in page.content.decode()


def test_whoever_changes_one_language_keeps_ours_in_the_others(as_olga, store):
    answer = as_olga.post("/control/texts/reply/", typed(body_en="Dear {customer},\n\n{words}\n\n{link}"))

    row = EventText.objects.get()
    assert answer.status_code == 302
    assert (row.body.data, row.subject.data, row.sms.data) == ({"en": "Dear {customer},\n\n{words}\n\n{link}"}, {}, {})
    assert "dot dot-own" in as_olga.get("/control/texts/").content.decode()
    line = AuditLine.objects.get(deed="settings_changed")
    assert (line.before, line.after) == ({}, {"message": "reply", "body:en": "Dear {customer},\n\n{words}\n\n{link}"})


def test_saving_our_own_words_stores_nothing(as_olga, store):
    as_olga.post("/control/texts/reply/", typed())

    assert not EventText.objects.exists() and not AuditLine.objects.filter(deed="settings_changed").exists()


def test_back_to_the_original_in_one_language(as_olga, store, olga):
    save_event_text(store, "reply", words={"en": ("A", "B {words}", "C"), "fa": ("د", "ه {words}", "")}, by=olga)
    as_olga.post("/control/texts/reply/original/", {"language": "en"})

    assert EventText.objects.get().body.data == {"fa": "ه {words}"}
    as_olga.post("/control/texts/reply/original/", {"language": "fa"})
    assert not EventText.objects.exists()


@pytest.mark.parametrize(
    ("template", "changes", "said"),
    [
        ("reply", {"body_pl": "Cześć {custmer}"}, "There is no variable {custmer} here. Did you mean {customer}?"),
        ("reply", {"sms_en": "{{settings.SECRET_KEY}}"}, "There is no variable {{settings.SECRET_KEY}} here."),
        ("closed", {"body_en": "Bye {words}"}, "There is no variable {words} here."),
        ("sign_in_code", {"body_en": "Welcome"}, "Without {code} nobody can do what the message asks."),
        ("reply", {"body_en": "{words}", "carries_answer": ""}, "{words} cannot stand in it"),
        ("reply", {"number": "999999"}, "There is no request with this number"),
    ],
)
def test_a_mistake_is_said_beside_its_field_and_nothing_typed_is_lost(as_olga, store, template, changes, said):
    answer = as_olga.post(f"/control/texts/{template}/", typed(template, subject_ru="Моё слово", **changes))
    page = answer.content.decode()

    assert answer.status_code == 422
    assert said in page.replace("&#x27;", "'") and "Моё слово" in page
    assert not EventText.objects.exists()


def test_the_switch_is_kept_and_a_code_has_none(as_olga, store):
    as_olga.post("/control/texts/reply/", typed(carries_answer=""))

    assert EventText.objects.get().carries_answer is False
    assert 'name="carries_answer"' not in as_olga.get("/control/texts/sign_in_code/").content.decode()


def test_typed_words_are_shown_on_a_made_up_request_before_anything_is_saved(as_olga, support):
    page = as_olga.post(
        "/control/texts/reply/", typed(do="look", body_en="Dear {customer},\n\n{words}\n\n{link}", sms_en="{store}! {link}")
    )
    said = page.content.decode()

    assert page.status_code == 200 and not EventText.objects.exists()
    assert "Dear Maja Lis," in said and "Please send us a photo of the label." in said and 'class="m-button"' in said
    assert "1 part of 160 signs" in said


def test_a_made_up_request_has_no_fields_and_that_is_fine(as_olga, support):
    Field.objects.create(key="serial", label="Serial")
    page = as_olga.post("/control/texts/reply/", typed(do="look", body_en="Serial: {field:serial}.")).content.decode()

    assert "Serial: ." in page


def test_an_sms_in_persian_is_counted_in_its_parts(as_olga, support):
    page = as_olga.post("/control/texts/reply/", typed(do="look", shown_language="fa", sms_fa="س" * 108))

    assert "2 parts of 67 signs, 41 in the last one" in page.content.decode()


def test_a_preview_speaks_of_a_ticket_the_owner_may_see_covered_and_without_a_way_in(browser_of, olga, support, ticket, settings):
    browser = browser_of(olga)
    refused = browser.post("/control/texts/reply/", typed(do="look", number=ticket.number))
    assert refused.status_code == 422

    boss = make_staff("Boss", support, sees_customers=False)
    grant(boss, StoreRight.CHANGE_SETTINGS, ticket.store)
    ticket.customer.user = None
    ticket.customer.save()
    body = "Dear {customer} {email}: {subject} {words} {link}"
    page = browser_of(boss).post("/control/texts/reply/", typed(do="look", number=ticket.number, body_en=body)).content.decode()
    assert "The grinder rattles" in page and "Try a coarser setting." in page
    assert "Kasia" not in page and ticket.customer.email not in page and "/t/" not in page.partition('id="shown"')[2]


def test_a_test_leaves_for_whoever_writes_and_not_too_often(as_olga, olga, support, mailoutbox):
    for _once in range(5):
        page = as_olga.post("/control/texts/reply/", typed(do="mail_me", body_en="Dear {customer}, {words}"))
    assert "The message left for" in page.content.decode()
    assert [mail.to for mail in mailoutbox] == [[olga.email]] * 5 and "Dear Maja Lis" in mailoutbox[0].body

    assert as_olga.post("/control/texts/reply/", typed(do="mail_me")).status_code == 429


# --- Texts of actions ---------------------------------------------------------------------------------


def action_words(**changes):
    return {"name": "Handed over", "subject_en": "Look at {number}", "body_en": "Hello,\n\n{words}\n\n{link}", "save": "1", **changes}


def test_a_text_of_actions_is_written_used_and_only_then_not_archived(as_olga, support, store):
    as_olga.post("/control/texts/actions/new/", action_words())
    text = ActionText.objects.get()
    action = make_action(support.workflow.statuses.first(), "Hand over")
    use = ActionMessage.objects.create(action=action, text=text, recipient="assignee")

    assert "Hand over" in as_olga.get("/control/texts/actions/").content.decode()
    page = as_olga.post(f"/control/texts/actions/{text.pk}/archiving/", follow=True).content.decode()
    assert "Actions still send this text." in page and fresh(text).archived_at is None

    use.delete()
    as_olga.post(f"/control/texts/actions/{text.pk}/archiving/")
    assert fresh(text).archived_at is not None
    assert as_olga.get(f"/control/texts/actions/{text.pk}/").status_code == 404


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"body_en": "{custmer}"}, "Did you mean {customer}?"),
        ({"body_en": ""}, "The e-mail is missing."),
        ({"subject_en": ""}, "The subject is missing."),
        ({"subject_en": "", "body_en": ""}, "Write it in one language at least."),
        ({"name": ""}, "This field is required."),
    ],
)
def test_mistakes_in_a_text_of_actions_keep_what_was_typed(as_olga, support, changes, said):
    answer = as_olga.post("/control/texts/actions/new/", action_words(**{"sms_pl": "", **changes}))

    assert answer.status_code == 422
    assert said in answer.content.decode() and not ActionText.objects.exists()


def test_a_text_of_actions_sent_twice_is_made_once_and_changed_with_a_trace(as_olga, support, store, olga):
    for _once in range(2):
        as_olga.post("/control/texts/actions/new/", action_words(form_key="a-key-of-this-form-1"))
    text = ActionText.objects.get()
    as_olga.post(f"/control/texts/actions/{text.pk}/", action_words(subject_en="Look here: {number}"))

    assert fresh(text).subject == LazyI18nString({"en": "Look here: {number}"})
    line = AuditLine.objects.filter(deed="settings_changed").latest("pk")
    assert (line.before, line.after) == ({"subject:en": "Look at {number}"}, {"subject:en": "Look here: {number}", "did": "changed"})


def test_a_text_of_actions_is_shown_before_it_is_saved(as_olga, support, olga, store):
    text = write_action_text(
        name="Advice", words={"en": ("Advice on {number}", "Dear {first_name}, {words}", "SMS {number}")}, by=olga, store=store
    )
    typed_words = action_words(body_en="New: {words}") | {"look": "1"}
    del typed_words["save"]
    page = as_olga.post(f"/control/texts/actions/{text.pk}/", typed_words).content.decode()

    assert "New: Please send us a photo" in page and 'class="m-button"' not in page
    assert "You get this message because you wrote to" in page
    assert fresh(text).body.localize("en") == "Dear {first_name}, {words}"
