"""What the owner wants to know of a ticket: changed on a page of its own, and secrets shown on a click."""

from django.contrib import messages
from django.db import transaction
from django.http import Http404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from backoffice.doors import require
from backoffice.pages import desk_page
from backoffice.tickets.forms import FieldsForm
from backoffice.tickets.page import TicketPage
from backoffice.tickets.ways import address, find, go_back
from common.errors import DeskError
from common.form_keys import claim_form
from custom_fields.models import Field, FieldKind
from tickets.errors import ChangedMeanwhile
from tickets.field_values import stored_values, values_of
from tickets.services.fields import write_values
from tickets.services.lifecycle import guard_version, locked
from tickets.services.secrets import show_secret


@require_http_methods(["GET", "HEAD", "POST"])
def fields(request, number):
    """The fields this person may change, filled with what is known."""
    ticket, can = find(request, number)
    require(can.can_reply, _("You may not answer in this department, so you may not fill in its fields either."))
    theirs = [held.field for held in values_of(ticket, request.user, may_answer=True, even_unasked=True) if held.may_edit]
    require(theirs, _("There is no field here that you may change."))
    data, files = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = FieldsForm(data, files, fields=theirs, values=_known(ticket, theirs), store=ticket.store, version=ticket.version)
    if form.is_bound and form.is_valid():
        try:
            with transaction.atomic():
                sent = claim_form(form, request)
                if sent.is_first:
                    _write(ticket, form, by=request.user)
                    sent.finish(address(number, "#fields"))
                    messages.success(request, _("The fields are saved."))
            return go_back(request, number, sent.outcome_url)
        except ChangedMeanwhile:
            form.data = form.data.copy()
            form.data["version"] = str(locked_version(ticket))
            form.add_error(None, _("Somebody changed this ticket meanwhile. Look at what you typed once more, then save it again."))
        except DeskError as refusal:
            refusal.add_to(form)
    context = {"ticket": ticket, "form": form}
    return desk_page(request, "backoffice/tickets/fields.html", context, status=422 if form.is_bound else 200)


def locked_version(ticket):
    return type(ticket).objects.values_list("version", flat=True).get(pk=ticket.pk)


def _write(ticket, form, *, by):
    """Raises ChangedMeanwhile when a field was changed since the page was drawn."""
    guard_version(locked(ticket), form.cleaned_data["version"])
    write_values(ticket, form.field_values, by=by)


def _known(ticket, fields):
    """What stands in the fields of the form and in those they hang on. What has to be covered is not put into inputs: typed over, it would be lost."""
    values, _files = stored_values(ticket)
    return values


@require_POST
def secret(request, number, pk):
    """Show one secret, for this page only. The history and the audit log keep who looked."""
    ticket, can = find(request, number)
    field = Field.objects.filter(pk=pk, kind=FieldKind.SECRET).first()
    held = next((held for held in values_of(ticket, request.user) if field and held.field == field and held.is_there), None)
    if held is None:
        raise Http404
    require(may_look(can), _("Secrets are for those who answer in this department."))
    words = show_secret(ticket, field, by=request.user)
    response = TicketPage(request, ticket, can).show(secret=(pk, ticket.mask.text(words)))
    response.headers["Cache-Control"] = "no-store, private"
    return response


def may_look(can):
    """Whoever may answer, and whoever has the ticket's right to."""
    return can.can_reply
