"""The owner's questions of the survey: writing, ordering, removing; rules of stores and departments."""

import pytest

from audit.models import AuditLine
from permissions.rights import StoreRight
from permissions.services import grant
from surveys.models import DepartmentRules, Survey, SurveyAnswer, SurveyQuestion, SurveyRules
from surveys.rules import questions_for
from surveys.services import answer_survey
from tests.make import fresh, make_department, make_store, make_ticket
from tickets.services.lifecycle import close_ticket

NEW = "/control/surveys/questions/new/"


def typed(**more):
    return {"kind": "scale_10", "label_en": "Would you recommend us?", "low_label_en": "never", "high_label_en": "always", **more}


@pytest.fixture
def question(as_olga):
    as_olga.post(NEW, typed())
    return SurveyQuestion.objects.get()


def answer(question, support, alice, value):
    ticket = close_ticket(make_ticket(department=support), by=alice)
    answer_survey(Survey.objects.get(ticket=ticket), score=4, answers={question: value})
    return SurveyAnswer.objects.get(question=question)


def test_a_question_is_written_in_several_languages(as_olga, store):
    response = as_olga.post(NEW, typed(label_pl="Czy poleciłbyś nas?", is_required="on"))

    question = SurveyQuestion.objects.get()
    assert response.url == f"/control/surveys/#question-{question.pk}"
    assert question.wording.label.localize("pl") == "Czy poleciłbyś nas?"
    assert (question.kind, question.is_required, question.store) == ("scale_10", True, store)
    assert questions_for(store.pk, None) == [question]
    assert AuditLine.objects.filter(subject_type="surveyquestion", after__did="made").exists()


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"label_en": ""}, "label_en"),
        ({"label_en": "x" * 201}, "label_en"),
        ({"low_label_en": "x" * 41}, "low_label_en"),
        ({"kind": "stars"}, "kind"),
        ({"kind": "one"}, "option_0_en"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_nothing_is_lost(as_olga, wrong, field):
    response = as_olga.post(NEW, typed(**wrong))

    assert response.status_code == 422
    assert field in response.context["form"].errors
    assert "always" in response.content.decode()
    assert not SurveyQuestion.objects.exists()


def test_a_form_sent_twice_makes_one_question(as_olga):
    key = as_olga.get(NEW).context["form"]["form_key"].value()
    for _twice in range(2):
        as_olga.post(NEW, typed(form_key=key))

    assert SurveyQuestion.objects.count() == 1


def test_an_answer_keeps_the_words_it_was_given_to(as_olga, question, support, alice):
    given = answer(question, support, alice, 9)

    as_olga.post(f"/control/surveys/questions/{question.pk}/", typed(label_en="Would you come back?", kind="text"))

    question.refresh_from_db()
    assert str(question.wording.label) == "Would you come back?"
    assert str(fresh(given).wording.label) == "Would you recommend us?"
    assert question.kind == "scale_10"


def test_words_nobody_has_answered_are_simply_changed(as_olga, question):
    as_olga.post(f"/control/surveys/questions/{question.pk}/", typed(label_en="Would you come back?", kind="text"))

    question.refresh_from_db()
    assert (question.wordings.count(), question.kind) == (1, "text")


def test_questions_are_put_into_another_order(as_olga, question, store):
    as_olga.post(NEW, typed(label_en="Anything else?", kind="text"))
    second = SurveyQuestion.objects.latest("pk")

    as_olga.post(f"/control/surveys/questions/{second.pk}/place/", {"move": "up"})

    assert questions_for(store.pk, None) == [second, question]


def test_a_removed_question_keeps_its_answers_and_can_be_asked_again(as_olga, question, store, support, alice):
    given = answer(question, support, alice, 9)

    as_olga.post(f"/control/surveys/questions/{question.pk}/removal/")
    assert questions_for(store.pk, None) == []
    assert fresh(given).number == 9

    as_olga.post(f"/control/surveys/questions/{question.pk}/restoration/")
    assert questions_for(store.pk, None) == [question]


def test_a_department_may_ask_its_own_at_its_own_time(as_olga, question, store, support):
    page = f"/control/surveys/departments/{support.pk}/"
    as_olga.post(page, {"delay_minutes": "5", "own_questions": "on"})
    as_olga.post(f"{NEW}?department={support.pk}", typed(label_en="Was it repaired?"))

    rules = DepartmentRules.objects.get()
    assert (rules.delay_minutes, rules.own_questions) == (5, True)
    assert [str(row) for row in questions_for(store.pk, support.pk)] == ["Was it repaired?"]
    assert questions_for(store.pk, None) == [question]
    assert "Was it repaired?" in as_olga.get(page).content.decode()


def test_the_rules_of_the_store(as_olga, store):
    as_olga.post("/control/surveys/rules/", {
        "survey_delay_minutes": "120", "pause_days": "14", "change_days": "3", "bad_score": "3", "thanks_pl": "Dziękujemy!",
    })  # fmt: skip

    rules = SurveyRules.objects.get()
    assert (rules.store, rules.pause_days, rules.change_days, rules.bad_score) == (store, 14, 3, 3)
    assert rules.thanks.localize("pl") == "Dziękujemy!"
    assert fresh(store).survey_delay_minutes == 120
    told = AuditLine.objects.get(subject_type="surveyrules")
    assert told.after["survey_thanks"] == {"pl": "Dziękujemy!"}


@pytest.mark.parametrize(
    ("name", "value"), [("survey_delay_minutes", "999999"), ("pause_days", "366"), ("change_days", "-1"), ("bad_score", "5")]
)
def test_rules_have_their_limits(as_olga, name, value):
    fields = {"survey_delay_minutes": "60", "pause_days": "30", "change_days": "7", "bad_score": "2", name: value}
    response = as_olga.post("/control/surveys/rules/", fields)

    assert response.status_code == 422
    assert response.context["form"].errors.keys() == {name}
    assert not SurveyRules.objects.exists()


def test_questions_and_departments_of_another_store_do_not_exist_here(as_olga, question):
    other = make_store(name="Jobs")
    SurveyQuestion.objects.update(store=other)
    foreign = make_department("Jobs", store=other)

    for part in ("", "place/", "removal/", "restoration/"):
        assert as_olga.post(f"/control/surveys/questions/{question.pk}/{part}", typed()).status_code == 404
    assert as_olga.post(f"/control/surveys/departments/{foreign.pk}/", {}).status_code == 404
    assert as_olga.get(f"{NEW}?department={foreign.pk}").status_code == 404


def test_the_page_shows_the_questions_in_each_language(as_olga, store):
    as_olga.post(NEW, typed(label_fa="ما را پیشنهاد می‌کنید؟"))

    page = as_olga.get("/control/surveys/").content.decode()

    assert "ما را پیشنهاد می‌کنید؟" in page
    assert 'lang="fa" dir="rtl"' in page


def test_who_may_not_change_settings_finds_nothing(client, alice, olga, store):
    client.force_login(alice)
    assert client.get("/control/surveys/").status_code == 404
    grant(alice, StoreRight.CHANGE_SETTINGS, store)
    assert client.get("/control/surveys/").status_code == 200
