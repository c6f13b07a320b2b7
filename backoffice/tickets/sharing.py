"""The exceptions of one ticket: with whom it is shared, for what and until when."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from backoffice.doors import require
from backoffice.pages import desk_page
from backoffice.tickets.person_forms import ShareForm
from backoffice.tickets.ways import find
from common.errors import DeskError
from common.templatetags.formats import isolate
from tickets.services.sharing import end_share, share_ticket


@require_http_methods(["GET", "HEAD", "POST"])
def shares(request, number):
    """The running shares, and one more. Sharing again with the same person changes what they may do and until when."""
    ticket, can = find(request, number)
    require(can.can_share, _not_allowed())
    form = ShareForm(request.POST if request.method == "POST" else None, ticket=ticket, by=request.user)
    if form.is_valid() and _share(ticket, form, by=request.user):
        words = _("The ticket is shared with %(name)s.") % {"name": isolate(form.cleaned_data["user"])}
        messages.success(request, words)
        return redirect("backoffice:ticket_shares", number)
    running = ticket.shares.running().select_related("user", "shared_by").order_by("-created_at", "-pk")
    context = {"ticket": ticket, "shares": running, "form": form}
    return desk_page(request, "backoffice/tickets/shares.html", context, status=422 if form.is_bound else 200)


def _share(ticket, form, *, by):
    given = form.cleaned_data
    try:
        share_ticket(ticket, user=given["user"], right=given["right"], ends_at=form.ends_at, by=by)
    except DeskError as refusal:
        refusal.add_to(form)
        return False
    return True


@require_POST
def end(request, number, pk):
    """Take the ticket back from one person."""
    ticket, can = find(request, number)
    require(can.can_share, _not_allowed())
    share = ticket.shares.select_related("user", "ticket").filter(pk=pk).first()
    if share is None:
        raise Http404
    end_share(share, by=request.user)
    messages.success(request, _("The ticket is no longer shared with %(name)s.") % {"name": isolate(share.user)})
    return redirect(reverse("backoffice:ticket_shares", args=[number]))


def _not_allowed():
    return _("You may not share this ticket.")
