"""The ratings themselves, newest first: what stands behind a number of a report, as far as its reader may see the tickets."""

from backoffice.reports.words import SCORES
from common.paging import Section, page_at, page_of
from reports.questions import labels_of
from reports.ratings import comments_of
from surveys.models import SurveyAnswer
from tickets.covering import cover_ticket, known_stores

PAGE, ON_REPORT = 30, 5


def answers_page(scope, choice, query, *, address):
    """A page of all answers. `query`: of the address, with `score`, `question` and `comments` besides what the choice read."""
    rows = comments_of(scope, choice.period, **narrowed(query))
    address = address if "?" in address else f"{address}?"
    page = page_at([Section("answers", _with_words(rows), "-answered_at")], query, size=PAGE, address=address)
    dress(page.rows, scope.sight)
    return page


def newest_comments(scope, period):
    """The first few with a comment, and whether there are more."""
    rows = _with_words(comments_of(scope, period, only_comments=True))
    page = page_of([Section("comments", rows, "-answered_at")], size=ON_REPORT)
    dress(page.rows, scope.sight)
    return page.rows, bool(page.after)


def narrowed(query):
    """{score, question, only_comments}, of an address."""
    score, question = query.get("score", ""), query.get("question", "")
    is_id = question.isascii() and question.isdigit() and len(question) < 10
    return {
        "score": int(score) if score in {"1", "2", "3", "4", "5"} else None,
        "question": int(question) if is_id else None,
        "only_comments": query.get("comments") == "1",
    }


def _with_words(rows):
    return rows.select_related("ticket__customer", "ticket__status", "person", "department")


def dress(surveys, sight):
    """Each with its score in words and sign, what was said to the owner's questions, and covered where its reader may not know the customer."""
    known = known_stores(sight)
    said = _answers_of(surveys)
    for survey in surveys:
        mask = known.mask(survey.ticket)
        cover_ticket(survey.ticket, mask)
        survey.comment = mask.text(survey.comment) if mask.covers else survey.comment
        survey.score_words, survey.sign = SCORES[survey.score], f"face-{survey.score}"
        survey.said = [(str(answer.wording), answer_words(answer, mask)) for answer in said.get(survey.pk, [])]


def _answers_of(surveys):
    """{survey id: [its answers]}, in the owner's order."""
    found = {}
    answers = SurveyAnswer.objects.filter(survey__in=[survey.pk for survey in surveys]).select_related("wording", "question__wording")
    for answer in answers.order_by("question__position", "question"):
        found.setdefault(answer.survey_id, []).append(answer)
    return found


def answer_words(answer, mask):
    """What was answered to one question, in words; a number stays one."""
    if answer.number is not None:
        return answer.number
    if answer.chosen:
        labels = labels_of(answer.question)
        return ", ".join(labels.get(key, key) for key in answer.chosen)
    return mask.text(answer.text) if mask.covers else answer.text
