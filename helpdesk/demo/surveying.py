"""The survey of the demo store: its questions in four languages, a set of its own for repairs, and what customers answered."""

from i18nfield.strings import LazyI18nString

from surveys.choices import QuestionKind
from surveys.models import DepartmentRules, Survey, SurveyAnswer, SurveyQuestion, SurveyRules, Wording
from surveys.models.rules import PAUSE_DAYS
from surveys.rules import questions_for

THANKS = {
    "en": "Thank you. Every answer is read by somebody in our team.",
    "fa": "سپاسگزاریم. هر پاسخ را یکی از همکاران ما می‌خواند.",
    "pl": "Dziękujemy. Każdą odpowiedź czyta ktoś z naszego zespołu.",
    "ru": "Спасибо. Каждый ответ читает кто-то из нашей команды.",
}
RECOMMEND = {
    "en": "Would you recommend us to a friend?",
    "fa": "ما را به دوستی پیشنهاد می‌کنید؟",
    "pl": "Czy polecisz nas znajomym?",
    "ru": "Порекомендуете ли вы нас друзьям?",
}
NEVER = {"en": "not at all", "fa": "به هیچ وجه", "pl": "na pewno nie", "ru": "точно нет"}
ALWAYS = {"en": "certainly", "fa": "حتماً", "pl": "na pewno tak", "ru": "обязательно"}
BETTER = {"en": "What should be better?", "fa": "چه چیزی باید بهتر شود؟", "pl": "Co powinno być lepsze?", "ru": "Что стоит улучшить?"}
CHOICES = {
    "speed": {"en": "Speed", "fa": "سرعت", "pl": "Szybkość", "ru": "Скорость"},
    "words": {"en": "Clear words", "fa": "روشن بودن پاسخ", "pl": "Jasność odpowiedzi", "ru": "Понятность"},
    "price": {"en": "Cost", "fa": "هزینه", "pl": "Koszt", "ru": "Стоимость"},
}
REPAIRED = {
    "en": "How well does it work after the repair?",
    "fa": "پس از تعمیر چقدر خوب کار می‌کند؟",
    "pl": "Jak działa po naprawie?",
    "ru": "Как работает после ремонта?",
}


def set_up_survey(shop, departments):
    """Everybody is asked after every ticket while the stories are told, since all of them are told at once."""
    SurveyRules.objects.create(store=shop, pause_days=0, thanks=LazyI18nString(THANKS))
    _ask(shop, None, 0, QuestionKind.SCALE_10, RECOMMEND, low=NEVER, high=ALWAYS)
    _ask(shop, None, 1, QuestionKind.SEVERAL, BETTER, choices=CHOICES)
    DepartmentRules.objects.create(store=shop, department=departments["repairs"], own_questions=True)
    _ask(shop, departments["repairs"], 0, QuestionKind.SCALE_5, REPAIRED, low=NEVER, high=ALWAYS)


def _ask(shop, department, position, kind, label, *, low=None, high=None, choices=None):
    question = SurveyQuestion.objects.create(store=shop, department=department, kind=kind, position=position)
    question.wording = Wording.objects.create(
        question=question,
        label=LazyI18nString(label),
        low_label=LazyI18nString(low or {}),
        high_label=LazyI18nString(high or {}),
        choices=[{"key": key, "label": words, "archived": False} for key, words in (choices or {}).items()],
    )
    question.save(update_fields=["wording"])


def answer_questions(shop):
    """Two of three who rated answered the questions too; and from now on a customer is left alone for some weeks."""
    keys = list(CHOICES)
    for place, survey in enumerate(Survey.objects.answered().filter(store=shop).order_by("pk")):
        for question in questions_for(shop.pk, survey.department_id) if place % 3 else ():
            said = {"number": None, "chosen": []}
            if question.is_scale:
                said["number"] = min(10, survey.score * 2) if question.kind == QuestionKind.SCALE_10 else survey.score
            else:
                said["chosen"] = [keys[place % len(keys)]]
            SurveyAnswer.objects.create(survey=survey, question=question, wording=question.wording, **said)
    SurveyRules.objects.filter(store=shop).update(pause_days=PAUSE_DAYS)
