"""Reports as files: each table of the page as it stands there, and the ratings themselves, one a row, with the owner's questions as columns."""

from django.http import Http404
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from django.views.decorators.http import require_http_methods

from backoffice.doors import require
from backoffice.exports.asking import ask
from backoffice.pages import sight_of
from backoffice.reports import tables
from backoffice.reports.answers import answer_words, narrowed
from backoffice.reports.choosing import Choice
from backoffice.tickets.exporting import IDS_AT_ONCE, LONGEST_CELL, rights_to_tickets
from common.paging import Section, page_of
from exports.listing import Listing
from permissions.sight import Sight
from reports.ratings import comments_of
from reports.scope import stores_with_reports
from surveys.models import Survey, SurveyAnswer, SurveyQuestion
from tickets.covering import cover_ticket, known_stores

ANSWERS = "answers"


class ReportListing(Listing):
    """What both kinds of files of a report have in common: the choice of the page, its rights, the way back."""

    @cached_property
    def sight(self):
        return Sight.of(self.user)

    @cached_property
    def choice(self):
        return Choice.read(self.given, self.sight)

    @property
    def scope(self):
        return self.choice.scope(self.sight)

    @property
    def back(self):
        return self.choice.address("ratings")

    def is_open(self):
        return bool(self.scope.stores)

    def rights(self):
        return rights_to_tickets(self.user) | {
            "stores": sorted(known_stores(self.user)),
            "reports": sorted(stores_with_reports(self.sight)),
        }


class RatingsListing(ReportListing):
    """Each rating of the period: where and whose it was, what was said."""

    key = "ratings"
    title = gettext_lazy("Ratings")
    newest = gettext_lazy("These are the newest %(number)s ratings.")

    @property
    def asked(self):
        return narrowed(self.given)

    @property
    def chosen(self):
        asked = self.asked
        more = {"score": asked["score"], "question": asked["question"], "comments": "1" if asked["only_comments"] else ""}
        return self.choice.lasting | {"table": ANSWERS} | {name: str(value) for name, value in more.items() if value}

    @property
    def listed(self):
        return comments_of(self.scope, self.choice.period, **self.asked)

    def ids(self):
        after = ""
        while True:
            page = page_of([Section("answers", self.listed.only("pk", "answered_at"), "-answered_at")], size=IDS_AT_ONCE, after=after)
            yield [row.pk for row in page.rows]
            after = page.after
            if not after:
                return

    @cached_property
    def questions(self):
        """Those of the stores of this report that were answered, in the owner's order."""
        questions = SurveyQuestion.objects.filter(store__in=sorted(self.scope.stores), wording__isnull=False).select_related("wording")
        return list(questions.order_by("store", "department", "position", "pk"))

    def head(self):
        where = [_("Ticket"), _("Subject"), _("Customer"), _("Store"), _("Department"), pgettext("report", "Who had the ticket")]
        when = [_("Language"), pgettext("survey", "Asked"), pgettext("survey", "Answered"), _("Rating"), _("Before it was changed")]
        return [*where, *when, _("Comment"), *(str(question.wording) for question in self.questions)]

    def rows(self, ids):
        people = ("ticket__customer", "ticket__status", "store", "department", "person")
        found = self.scope.narrow(Survey.objects.filter(pk__in=ids), seen_only=True).select_related(*people).in_bulk()
        answers = {}
        for answer in SurveyAnswer.objects.filter(survey__in=list(found)).select_related("wording", "question__wording"):
            answers.setdefault(answer.survey_id, {})[answer.question_id] = answer
        known = known_stores(self.sight)
        return [self._row(found[pk], answers.get(pk, {}), known.mask(found[pk].ticket)) for pk in ids if pk in found]

    def _row(self, survey, answers, mask):
        ticket = cover_ticket(survey.ticket, mask)
        comment = mask.text(survey.comment) if mask.covers else survey.comment
        return [
            ticket.number,
            ticket.subject,
            str(ticket.customer),
            str(survey.store or ""),
            str(survey.department.name) if survey.department else "",
            str(survey.person or ""),
            survey.get_language_display(),
            survey.asked_at,
            survey.answered_at,
            survey.score,
            survey.first_score,
            comment[:LONGEST_CELL],
            *(_cell(answers.get(question.pk), mask) for question in self.questions),
        ]


def _cell(answer, mask):
    if answer is None:
        return None
    words = answer_words(answer, mask)
    return words[:LONGEST_CELL] if isinstance(words, str) else words


class RatingTablesListing(ReportListing):
    """One table of the report, as it stands on the page."""

    key = "report"
    title = gettext_lazy("Report of ratings")
    newest = gettext_lazy("These are the first %(number)s rows.")

    @property
    def table(self):
        return self.given.get("table") if self.given.get("table") in tables.TABLES else "people"

    @property
    def chosen(self):
        return self.choice.lasting | {"table": self.table}

    @cached_property
    def found(self):
        return tables.TABLES[self.table](self.scope, self.choice)

    def ids(self):
        yield list(range(len(self.found.rows)))

    def head(self):
        return self.found.head

    def rows(self, ids):
        return [self.found.rows[place] for place in ids if place < len(self.found.rows)]


@require_http_methods(["GET", "HEAD", "POST"])
def ratings_export(request):
    """A table of the report, or the ratings behind it, as a file."""
    given = {name: value[:200] for name, value in request.GET.items()}
    listing = (RatingsListing if given.get("table") == ANSWERS else RatingTablesListing)(request.user, given)
    if not stores_with_reports(sight_of(request)):
        raise Http404
    require(not request.viewer, _("Looking as a colleague, nothing can be exported."))
    return ask(request, listing)
