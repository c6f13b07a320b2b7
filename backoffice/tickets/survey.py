"""How a ticket stands with its survey, in words: whether, when and how the customer was asked, or why not, and all that they said."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from common.moments import format_moment
from common.numbers import format_number
from surveys.beside import read_answers, read_helped, read_surveys
from surveys.choices import AskedBy, QuestionKind, WhyNot
from surveys.planning import is_asked_about
from tickets.choices import Helped

_FACES = {Helped.NO: "face-1", Helped.PARTLY: "face-3", Helped.YES: "face-5"}


@dataclass
class Standing:
    """`words`: one sentence about the asking; `rated`: the survey that was answered last, with `answers` [(question, words)]."""

    words: str = ""
    rated: object = None
    before: str = ""
    answers: list = field(default_factory=list)

    @property
    def face(self):
        return f"face-{self.rated.score}" if self.rated else ""


def survey_of(ticket):
    """Covered as the ticket is. No query: it came with the ticket's row."""
    surveys = read_surveys(ticket)
    standing = Standing(words=_words(ticket, surveys[0] if surveys else None))
    standing.rated = next((survey for survey in surveys if survey.is_answered), None)
    if standing.rated:
        standing.rated.comment = ticket.mask.text(standing.rated.comment)
        standing.answers = [(label, _answer(ticket, said, kind)) for label, said, kind in read_answers(ticket, standing.rated)]
        if standing.rated.first_score:
            standing.before = _("before: %(score)s of 5") % {"score": format_number(standing.rated.first_score)}
    return standing


def _answer(ticket, said, kind):
    if isinstance(said, int):
        most = format_number(10 if kind == QuestionKind.SCALE_10 else 5)
        return _("%(score)s of %(most)s") % {"score": format_number(said), "most": most}
    return ticket.mask.text(said) if isinstance(said, str) else " · ".join(said)


def _words(ticket, survey):
    if survey is None:
        if not ticket.is_closed or is_asked_about(ticket):
            return ""
        return _("Not asked: the owner asks about no tickets of this department and status.")
    if survey.why_not == WhyNot.RECENT and survey.asked_before_at:
        days = max(0, (survey.withdrawn_at - survey.asked_before_at).days)
        told = ngettext("Not asked: asked %(days)s day before.", "Not asked: asked %(days)s days before.", days)
        return told % {"days": format_number(days)}
    if survey.why_not:
        return _("Not asked: %(reason)s.") % {"reason": survey.get_why_not_display()}
    if survey.asked_at:
        told = _ASKED.get(survey.asked_by, _ASKED[""])()
        return told % {"when": format_moment(survey.asked_at, "moment")}
    if survey.withdrawn_at:
        return _("Not asked: %(reason)s.") % {"reason": WhyNot.REOPENED.label}
    return _("Will be asked: %(when)s") % {"when": format_moment(survey.due_at, "moment")}


_ASKED = {
    AskedBy.MAIL: lambda: _("Asked by e-mail: %(when)s"),
    AskedBy.SMS: lambda: _("Asked by SMS: %(when)s"),
    AskedBy.PORTAL: lambda: _("Asked in the portal: %(when)s"),
    "": lambda: _("Asked: %(when)s"),
}


def helped_of(ticket):
    """{message id: (words, icon, comment)} of the answers that the customer rated."""
    return {
        message: (str(Helped(score).label), _FACES[score], ticket.mask.text(comment))
        for message, (score, comment) in read_helped(ticket).items()
    }
