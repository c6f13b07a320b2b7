"""How a ticket's customer is asked: by the rules of its store, where its department says nothing else. Kept by the process."""

from datetime import timedelta

from common.kept import kept
from surveys.models import DepartmentRules, SurveyQuestion, SurveyRules


def rules_of(store):
    """The SurveyRules of a store (its id)."""
    return kept(("survey rules",), lambda: {row.store_id: row for row in SurveyRules.objects.all()}).get(store) or SurveyRules(
        store_id=store
    )


def department_rules(store, department):
    """Where this department asks otherwise than its store (ids); a row that says nothing where it does not."""
    rows = kept(("survey rules of departments",), lambda: {(row.store_id, row.department_id): row for row in DepartmentRules.objects.all()})
    return rows.get((store, department)) or DepartmentRules(store_id=store, department_id=department)


def delay_of(ticket):
    """How long after closing its customer is asked."""
    own = department_rules(ticket.store_id, ticket.department_id).delay_minutes
    return timedelta(minutes=ticket.store.survey_delay_minutes if own is None else own)


def questions_for(store, department):
    """The owner's questions, in their order, that a ticket of this store and department (ids) is asked: the department's own, or the store's."""
    own = department_rules(store, department).own_questions
    return kept_questions().get((store, department if own else None), [])


def kept_questions():
    return kept(("survey questions",), _by_place)


def _by_place():
    """{(store, department or None): [SurveyQuestion]}"""
    places = {}
    for question in SurveyQuestion.objects.filter(archived_at=None, wording__isnull=False).select_related("wording"):
        places.setdefault((question.store_id, question.department_id), []).append(question)
    return places
