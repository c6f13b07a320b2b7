"""The owner's fields as customers know them: beside the conversation, and on a page to fill them in."""

from django.contrib import messages
from django.db import transaction
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from common.errors import DeskError
from common.form_keys import OneTimeForm, claim_form
from common.uploads import UploadLimits
from custom_fields.forms import FieldsMixin
from portal.writing.limits import REPLIES, refusal
from tickets.access import CustomerAccess
from tickets.field_values import stored_values, values_for_customer
from tickets.services.fields import write_values


class FieldsForm(FieldsMixin, OneTimeForm):
    def __init__(self, *args, fields, values, store, **kwargs):
        super().__init__(*args, **kwargs)
        limits = UploadLimits(max_bytes=store.max_file_mb * 1_000_000, max_files=1)
        self.add_fields(fields, values=values, upload_limits=limits, add_clearing=True)


def dressed(door, held):
    """[(what is held, the address of its file)]: files go by the door the customer came through."""
    return [(row, door.file_urls(row.attachment)[0] if row.attachment else "") for row in held]


def may_fill_in(ticket, held):
    """Whether there is something to fill in, while the customer may write at all."""
    return any(row.may_edit for row, _url in held) and CustomerAccess(ticket).can_reply


def fill_in(request, door):
    """The fields that are the customer's to fill in. What is wrong comes back with the reason, and nothing else is lost."""
    ticket = door.ticket
    fields = [held.field for held in values_for_customer(ticket, even_unasked=True) if held.may_edit]
    is_blocked = request.method == "POST" and ticket.customer.is_blocked  # refused in words, with all that was typed
    if not fields or not (is_blocked or CustomerAccess(ticket).can_reply):
        return redirect(door.page_url)
    refused = refusal(request, REPLIES) if request.method == "POST" else None
    data, files = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    # What only staff know may decide what is asked, but is never put into the page.
    form = FieldsForm(data, files, fields=fields, values=stored_values(ticket)[0], store=ticket.store)
    if refused:
        form.is_valid()
        form.add_error(None, str(refused))
    elif form.is_bound and form.is_valid():
        try:
            return redirect(_store(request, door, form))
        except DeskError as error:
            error.add_to(form)
    status = refused.status_code if refused else 422 if form.is_bound else 200
    response = render(request, "portal/tickets/fields.html", {"door": door, "ticket": ticket, "form": form}, status=status)
    if refused:
        response.headers["Retry-After"] = str(refused.retry_after)
    return response


@transaction.atomic
def _store(request, door, form):
    sent = claim_form(form, request)
    if sent.is_first:
        write_values(door.ticket, form.field_values, by=door.person, by_customer=True)
        sent.finish(f"{door.page_url}#fields")
        messages.success(request, _("Thank you, it is saved."))
    return sent.outcome_url
