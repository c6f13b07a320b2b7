"""The owner's own questions on the survey's page, a bad rating, and opening the request again from there."""

import pytest

from notifications.models import Delivery
from notifications.rendering import mail_of
from surveys.building import save_question
from surveys.choices import QuestionKind
from surveys.models import DepartmentRules, Survey, SurveyAnswer, SurveyQuestion, SurveyRules
from surveys.services import token_for
from tests.make import fresh, make_customer, make_message, make_store, make_ticket
from tickets.services.lifecycle import close_ticket, reopen_ticket


@pytest.fixture
def ticket(kasia, support, alice):
    ticket = make_ticket("The grinder rattles", customer=kasia, department=support)
    make_message(ticket, "Turn the burr.", by=alice)
    close_ticket(ticket, by=alice)
    return fresh(ticket)


@pytest.fixture
def survey(ticket):
    return Survey.objects.get()


@pytest.fixture
def address(survey):
    return f"/survey/{token_for(survey)}/"


@pytest.fixture
def ask(ticket, alice):
    def ask(kind, label="How fast were we?", *, required=False, department=None, store=None, choices=()):
        question = SurveyQuestion(store=store or ticket.store, department=department)
        choices = [{"key": word.lower(), "label": {"en": word}} for word in choices]
        words = {"label": label, "low_label": "slow", "high_label": "fast", "choices": choices}
        return save_question(question, {"kind": kind, "is_required": required, **words}, by=alice)

    return ask


def answer_to(question):
    return SurveyAnswer.objects.get(question=question)


def test_each_kind_of_question_keeps_its_answer_beside_its_words(visitor, ask, address, survey):
    scale, one = ask(QuestionKind.SCALE_10), ask(QuestionKind.ONE, choices=["Price", "Speed"])
    several, text = ask(QuestionKind.SEVERAL, choices=["Mail", "Phone", "Chat"]), ask(QuestionKind.TEXT)

    visitor.post(address, {
        "whole": "1", "score": "4", "comment": "", f"q{scale.pk}": "0", f"q{one.pk}": "speed", f"q{several.pk}": ["mail", "chat"],
        f"q{text.pk}": " More burrs. ",
    })  # fmt: skip

    assert answer_to(scale).number == 0
    assert answer_to(one).chosen == ["speed"]
    assert answer_to(several).chosen == ["mail", "chat"]
    assert answer_to(text).text == "More burrs."
    assert {answer.wording for answer in survey.answers.all()} == {scale.wording, one.wording, several.wording, text.wording}
    page = visitor.get(address).content.decode()
    assert "More burrs." in page
    assert page.count("checked") == 5


def test_a_click_says_the_score_alone_and_takes_nothing_back(visitor, ask, address, survey):
    question = ask(QuestionKind.SCALE_5, required=True)
    visitor.post(address, {"whole": "1", "score": "4", "comment": "Kind.", f"q{question.pk}": "5"})

    visitor.post(address, {"score": "5"})

    assert (fresh(survey).score, fresh(survey).first_score, fresh(survey).comment) == (5, 4, "Kind.")
    assert answer_to(question).number == 5


def test_a_required_question_is_asked_for_and_nothing_typed_is_lost(visitor, ask, address, survey):
    required, text = ask(QuestionKind.SCALE_5, required=True), ask(QuestionKind.TEXT, "What else?")

    response = visitor.post(address, {"whole": "1", "score": "2", "comment": "Kept", f"q{text.pk}": "Kept too"})

    assert response.status_code == 422
    assert response.context["form"].errors.keys() == {f"q{required.pk}"}
    assert "Kept too" in response.content.decode()
    assert fresh(survey).score is None


@pytest.mark.parametrize("wrong", ["999", "-1", "x", "\x00", "11", "۳۳"])
def test_a_number_off_the_scale_is_refused(visitor, ask, address, survey, wrong):
    question = ask(QuestionKind.SCALE_10)

    assert visitor.post(address, {"whole": "1", "score": "4", f"q{question.pk}": wrong}).status_code == 422
    assert not SurveyAnswer.objects.exists()


def test_ten_thousand_letters_are_refused_with_the_reason(visitor, ask, address):
    question = ask(QuestionKind.TEXT)

    response = visitor.post(address, {"whole": "1", "score": "4", f"q{question.pk}": "x" * 10_000})

    assert "too long" in response.content.decode()
    assert not SurveyAnswer.objects.exists()


def test_a_question_of_another_store_or_department_is_not_answered_here(visitor, ask, address, support):
    foreign = ask(QuestionKind.TEXT, store=make_store())
    of_a_department = ask(QuestionKind.TEXT, department=support)

    visitor.post(address, {"whole": "1", "score": "4", f"q{foreign.pk}": "Hello", f"q{of_a_department.pk}": "Hello"})

    assert not SurveyAnswer.objects.exists()


def test_a_department_with_a_set_of_its_own_asks_that(visitor, ask, address, support, ticket):
    ask(QuestionKind.TEXT, "The store's question")
    ask(QuestionKind.TEXT, "The department's question", department=support)
    DepartmentRules.objects.create(store=ticket.store, department=support, own_questions=True)

    page = visitor.get(address).content.decode()

    assert "The department&#x27;s question" in page
    assert "The store&#x27;s question" not in page


def test_words_of_people_stay_words(visitor, ask, address):
    question = ask(QuestionKind.TEXT, "<script>alert(1)</script>")
    visitor.post(address, {"whole": "1", "score": "4", "comment": "<img src=x onerror=alert(2)>", f"q{question.pk}": "<b>bold</b>"})

    page = visitor.get(address).content.decode()

    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert "<b>bold" not in page


# --- A bad rating ---------------------------------------------------------------------------------------


def test_a_bad_rating_tells_the_responsible_person_once(visitor, address, support, alice):
    support.responsible = alice
    support.save()

    visitor.post(address, {"score": "1", "comment": "<b>Nobody</b> called."})
    assert not Delivery.objects.filter(template="rated").exists()

    visitor.post(address, {"score": "2"})
    assert Delivery.objects.filter(template="bad_rating", user=alice, channel="in_app").count() == 1


def test_what_a_customer_is_called_stays_words_in_the_alarm(visitor, address, ticket, kasia, support, alice):
    support.responsible = alice
    support.save()
    type(ticket).objects.update(subject="<script>alert(1)</script>")
    visitor.post(address, {"score": "1"})

    _subject, _text, html = mail_of(Delivery.objects.get(template="bad_rating", channel="mail"))

    assert "<script" not in html
    assert "1 of 5" in html


def test_a_good_rating_alarms_nobody(visitor, address):
    visitor.post(address, {"score": "3"})

    assert not Delivery.objects.filter(template="bad_rating").exists()


def test_the_owner_says_what_is_bad(visitor, address, ticket, support, alice):
    support.responsible = alice
    support.save()
    SurveyRules.objects.create(store=ticket.store, bad_score=3)

    visitor.post(address, {"score": "3"})

    assert Delivery.objects.filter(template="bad_rating").exists()


def test_after_a_bad_rating_the_request_opens_again_right_there(visitor, address, ticket):
    visitor.post(address, {"score": "1"})
    page = visitor.get(address)
    key = page.context["again"]["form_key"].value()

    for _twice in range(2):
        response = visitor.post(f"{address}reopening/", {"words": "It still rattles.", "form_key": key})

    assert response.url == address
    assert not fresh(ticket).is_closed
    assert ticket.messages.filter(body_text="It still rattles.").count() == 1
    assert "open again" in visitor.get(address).content.decode()


def test_without_words_it_stays_closed_and_says_why(visitor, address, ticket):
    visitor.post(address, {"score": "1"})

    response = visitor.post(f"{address}reopening/", {"words": " "})

    assert response.status_code == 422
    assert "Write what is still missing." in response.content.decode()
    assert fresh(ticket).is_closed


def test_where_it_may_not_be_opened_again_it_is_not_offered_and_not_done(visitor, address, ticket):
    ticket.status.customer_may_reopen = False
    ticket.status.save()
    visitor.post(address, {"score": "1"})

    assert visitor.get(address).context["again"] is None
    visitor.post(f"{address}reopening/", {"words": "It still rattles."})
    assert fresh(ticket).is_closed


def test_a_withdrawn_link_opens_nothing_again(visitor, address, ticket, alice):
    reopen_ticket(ticket, by=alice)
    close_ticket(ticket, by=alice)

    assert visitor.post(f"{address}reopening/", {"words": "It still rattles."}).status_code == 400
    assert visitor.post(address, {"score": "1"}).status_code == 400
    assert fresh(ticket).is_closed


def test_opening_the_address_of_reopening_does_nothing(visitor, address, ticket):
    visitor.post(address, {"score": "1"})

    assert visitor.get(f"{address}reopening/").url == address
    visitor.head(f"{address}reopening/")
    assert fresh(ticket).is_closed


def test_the_link_ends_with_the_customers_data(visitor, address, ticket, kasia):
    from django.utils import timezone

    type(kasia).objects.filter(pk=kasia.pk).update(erased_at=timezone.now())

    assert visitor.post(address, {"score": "5"}).status_code == 400


def test_the_card_in_the_portal_belongs_to_the_customer_alone(client, ticket):
    other = make_customer("Marta")
    client.force_login(other.user)

    assert client.get(f"/tickets/{ticket.number}/").status_code == 404
