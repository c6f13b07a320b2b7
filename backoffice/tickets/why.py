"""Why may, or may not, a person do something with this ticket? Answered from the very decision that opens and closes the buttons."""

from django.views.decorators.http import require_safe

from backoffice.pages import desk_page
from backoffice.tickets.person_forms import WhyForm
from backoffice.tickets.ways import find
from permissions.querysets import people_who_grant, stores_to_grant_in
from tickets.access import TicketAccess
from tickets.explaining import explain

MOST_GRANTERS = 5


@require_safe
def why(request, number):
    """Everybody who sees the ticket may ask about themself; about others, who grants rights in its store."""
    ticket, can = find(request, number)
    others = stores_to_grant_in(request.user).filter(pk=ticket.store_id).exists()
    form = WhyForm(request.GET, ticket=ticket, user=request.user, may_ask_about_others=others)
    explanation, granters = None, []
    if form.is_valid():
        person = form.cleaned_data["person"]
        access = can if person == request.user else TicketAccess(person, ticket)
        explanation = explain(form.decide(access), person=person, ticket=ticket)
        granters = [] if explanation.is_yes else people_who_grant(ticket.store)[:MOST_GRANTERS]
    context = {"ticket": ticket, "form": form, "others": others, "explanation": explanation, "granters": granters}
    return desk_page(request, "backoffice/tickets/why.html", context)
