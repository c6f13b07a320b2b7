"""What owners do with their questions and rules. Every change is in the audit log with before and after."""

from django.db import transaction
from django.utils import timezone

from audit.choices import Deed
from audit.log import differences, note
from common.ordering import move_row
from stores.services import change_settings, plain
from surveys.models import DepartmentRules, SurveyAnswer, SurveyQuestion, SurveyRules, Wording

WORDS = ["label", "low_label", "high_label", "choices"]
RULES = ["pause_days", "change_days", "bad_score", "thanks"]
#: So many questions are asked at once, at most: who is asked more says nothing.
MOST = 12


@transaction.atomic
def save_question(question, changes, *, by):
    """Write these changes into the question, a new one at the end of its set. Saving what is already so leaves no line.

    Words that somebody has answered stay as they are, and the new ones are another row; the kind of such a question stays too.
    """
    is_new = question.pk is None
    before = {} if is_new else facts_of(question)
    if not is_held(question):
        question.kind = changes["kind"]
    question.is_required = changes["is_required"]
    if is_new:
        question.position = siblings(question).count()
        question.save()
    _write_words(question, {name: changes[name] for name in WORDS})
    question.save()
    before, after = differences(before, facts_of(question))
    if is_new or before or after:
        _note(question, by, before=before, after=after | {"did": "made" if is_new else "changed"})
    return question


def is_held(question):
    """Whether somebody has answered it."""
    return question.pk is not None and SurveyAnswer.objects.filter(question=question).exists()


def _write_words(question, words):
    now = question.wording
    if now is not None and all(plain(getattr(now, name)) == plain(value) for name, value in words.items()):
        return
    if now is None or now.answers.exists():
        question.wording = Wording.objects.create(question=question, **words)
        return
    for name, value in words.items():
        setattr(now, name, value)
    now.save()


def siblings(question):
    """The questions that are asked beside it, in their order."""
    return SurveyQuestion.objects.filter(store=question.store_id, department=question.department_id, archived_at=None)


def facts_of(question):
    """The question as neutral facts."""
    words = question.wording
    facts = {"kind": question.kind, "is_required": question.is_required}
    for name in WORDS[:3]:
        facts |= {f"{name}:{code}": text for code, text in _by_language(getattr(words, name)).items()}
    facts["choices"] = [
        {"id": choice["key"], "name": " / ".join(choice["label"].values())} for choice in words.choices if not choice.get("archived")
    ]
    return {name: value for name, value in facts.items() if value not in (None, "", [])}


def _by_language(words):
    words = plain(words)
    return words if isinstance(words, dict) else {"en": words} if words else {}


@transaction.atomic
def move_question(question, *, places, by):
    if move_row(siblings(question).select_for_update(of=("self",)), question, places):
        _note(question, by, after={"did": "moved"})


@transaction.atomic
def archive_question(question, *, by):
    """Ask it no more. What was answered stays, to be read in the words it had."""
    question = SurveyQuestion.objects.select_for_update(of=("self",)).select_related("wording").get(pk=question.pk)
    if question.is_archived:
        return
    question.archived_at = timezone.now()
    question.save(update_fields=["archived_at"])
    _note(question, by, after={"did": "removed"})


@transaction.atomic
def restore_question(question, *, by):
    """Ask it again, at the end. One that is asked stays as it is."""
    question = SurveyQuestion.objects.select_for_update(of=("self",)).select_related("wording").get(pk=question.pk)
    if not question.is_archived:
        return
    question.archived_at, question.position = None, siblings(question).count()
    question.save(update_fields=["archived_at", "position"])
    _note(question, by, after={"did": "restored"})


@transaction.atomic
def change_rules(store, changes, *, by):
    """How the store asks: the named rules, and `survey_delay_minutes`, which is the store's own."""
    if "survey_delay_minutes" in changes:
        change_settings(store, {"survey_delay_minutes": changes["survey_delay_minutes"]}, by=by)
    rules = SurveyRules.objects.select_for_update().filter(store=store).first() or SurveyRules(store=store)
    changed = [name for name in RULES if name in changes and plain(getattr(rules, name)) != plain(changes[name])]
    before = _facts_of_rules(rules, changed)
    for name in changed:
        setattr(rules, name, changes[name])
    if changed:
        rules.save()
        note(Deed.SETTINGS_CHANGED, by=by, on=rules, name=str(store), before=before, after=_facts_of_rules(rules, changed), store=store)
    return rules


def _facts_of_rules(rules, names):
    """A store says thanks for requests too, so these have a name of their own."""
    return {"survey_thanks" if name == "thanks" else name: plain(getattr(rules, name)) for name in names}


@transaction.atomic
def change_department_rules(store, department, *, delay_minutes, own_questions, by):
    """Where a department asks otherwise. With a set of its own that is empty it asks for the rating alone."""
    rows = DepartmentRules.objects.select_for_update(of=("self",)).filter(store=store, department=department)
    rules = rows.first() or DepartmentRules(store=store, department=department)
    after = {"delay_minutes": delay_minutes, "own_questions": own_questions}
    before = {name: getattr(rules, name) for name in after}
    before, after = differences(before, after)
    if not before and not after:
        return
    rules.delay_minutes, rules.own_questions = delay_minutes, own_questions
    rules.save()
    note(Deed.SETTINGS_CHANGED, by=by, on=rules, name=str(department), before=before, after=after, store=store)


def _note(question, by, **facts):
    note(Deed.SETTINGS_CHANGED, by=by, on=question, store=question.store, **facts)
