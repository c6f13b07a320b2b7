"""Prepared answers of one ticket: found by typing, put into the reply, counted."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from backoffice.doors import require
from backoffice.pages import menu_page
from backoffice.tickets.ways import find
from common.text import clean_line
from departments.switches import READY_ANSWERS
from tickets.prepared import prepared_for
from tickets.services.reply_templates import count_use


def find_for_answers(request, number):
    found, can = find(request, number)
    require(can.can_reply, _("You may not answer in this department."))
    if not found.department.uses(READY_ANSWERS):
        raise Http404
    return found


@require_safe
def answers(request, number):
    """What may be inserted here: for the composer's menu, and as a page with a search where there is no script."""
    found = find_for_answers(request, number)
    words = clean_line(request.GET.get("q"), 100)
    context = {"ticket": found, "answers": prepared_for(found, request.user, words=words), "words": words}
    return menu_page(request, "backoffice/tickets/answers.html", "backoffice/tickets/_answers.html", context)


@require_POST
def use(request, number, pk):
    """Counts that the answer was chosen. Without script it leads to the composer with the answer in it."""
    found = find_for_answers(request, number)
    chosen = prepared_for(found, request.user, pk=pk)
    if not chosen:
        raise Http404
    count_use(chosen[0].template)
    if request.headers.get("X-Requested-With") == "insert-answer":
        return HttpResponse(status=204)
    return redirect(f"{reverse('backoffice:ticket', args=[number])}?answer={pk}#composer")
