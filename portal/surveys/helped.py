"""Did this answer help? Behind the signed link of one answer and one customer. Opening it stores nothing, as with the survey."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from common.errors import DeskError
from common.text import excerpt
from portal.reading import reading_as_customer
from portal.surveys.forms import HelpedForm
from portal.surveys.standing import HELPED
from portal.tickets.doors import Door
from portal.tickets.timeline import staff_name
from portal.writing.limits import SURVEYS, refusal
from stores.addresses import portal_url
from surveys.helping import may_still_change, message_behind, rate_answer
from surveys.models import AnswerRating
from tickets.links import token_for


@require_http_methods(["GET", "HEAD", "POST"])
@login_not_required
@never_cache
def helped(request, token):
    message = message_behind(token)
    store = message.ticket.store
    if store.pk != request.store.pk and request.method != "POST":
        query = request.META.get("QUERY_STRING", "")
        return redirect(portal_url(store, "helped", token) + (f"?{query}" if query else ""))
    with reading_as_customer(request, message.ticket):
        response = _rate(request, message, token) if request.method == "POST" else _page(request, message)
        response.headers["Content-Language"] = get_language()
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _rate(request, message, token):
    """Who rated on the conversation goes back to it."""
    refused = refusal(request, SURVEYS)
    if refused:
        raise refused
    form = HelpedForm(request.POST)
    if form.is_valid():
        try:
            rate_answer(message, **form.said)
        except DeskError as error:
            error.add_to(form)
        else:
            back = request.POST.get("back") == "ticket"
            return redirect(f"{_door(message).page_url}#helped-{message.pk}" if back else "portal:helped", *(() if back else (token,)))
    return _page(request, message, form, status=422)


def _door(message):
    ticket = message.ticket
    return Door(ticket, token="" if ticket.customer.has_account else token_for(ticket))


def _page(request, message, form=None, status=200):
    rating = AnswerRating.objects.filter(message=message).first()
    saved = rating.score if rating else None
    clicked = None if form else _clicked(request)
    form = form or HelpedForm(initial={"score": clicked or saved, "comment": rating.comment if rating else ""})
    context = {
        "ticket": message.ticket,
        "form": form,
        "author": staff_name(message.author),
        "said": excerpt(message.body_text, 300),
        "choices": [(*choice, str(form["score"].value()) == str(choice[0])) for choice in HELPED],
        "clicked": clicked if clicked != saved else None,
        "saved": rating.get_score_display() if rating else "",
        "may_change": may_still_change(rating),
        "ticket_url": _door(message).page_url,
        "action": request.path,
    }
    return render(request, "portal/surveys/helped.html", context, status=status)


def _clicked(request):
    score = request.GET.get("score", "")
    return int(score) if score in {"1", "2", "3"} else None
