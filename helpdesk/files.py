"""The one door for attachments of people who are signed in: what you may not see does not exist. And pictures of answers, for everybody."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from faq.models import FaqImage
from faq.pictures import picture_response
from tickets.access import TicketAccess
from tickets.covering import cover_file, mask_of
from tickets.models import Attachment, DraftFile
from tickets.serving import attachment_response


@require_safe
def file(request, pk, name=""):
    return attachment_response(_attachment(request, pk))


@require_safe
def thumbnail(request, pk):
    return attachment_response(_attachment(request, pk), thumbnail=True)


@require_safe
@login_not_required
def picture(request, pk, name=""):
    """A picture in an answer or on a page. Who knows its address may see it; drafts' pictures have addresses nobody can guess."""
    return picture_response(get_object_or_404(FaqImage, pk=pk))


def _attachment(request, pk):
    """The file, under a name that this person may read. Any name in the address will do."""
    seen = Attachment.objects.visible_to(request.user, even_removed=True)
    attachment = seen.for_serving().filter(pk=pk).first()
    if attachment is None:
        return _draft_file(request, pk)
    message = attachment.message
    if attachment.is_removed and not TicketAccess(request.user, message.ticket).can_see_originals:
        raise Http404
    if message.ticket.customer.user_id == request.user.pk and not request.viewer:
        return attachment
    mask = mask_of(TicketAccess(request.user, message.ticket))
    return cover_file(attachment, mask, from_customer=message.is_from_customer)


def _draft_file(request, pk):
    """A file that waits to be said: with one's draft, a shared one, or a reply about to leave. Its address stays when it is said."""
    related = ("draft__ticket", "outgoing__ticket")
    places = [f"{ticket}__{name}" for ticket in related for name in ("customer__user", "store", "status", "department")]
    waiting = DraftFile.objects.visible_to(request.user).select_related("draft", *places).filter(pk=pk).first()
    if waiting is None or (request.viewer and waiting.draft_id):
        raise Http404
    ticket = (waiting.draft or waiting.outgoing).ticket
    if waiting.draft_id and waiting.draft.author_id != request.user.pk and not TicketAccess(request.user, ticket).can_reply:
        raise Http404
    return cover_file(waiting, mask_of(TicketAccess(request.user, ticket)), from_customer=False)
