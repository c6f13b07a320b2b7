"""The one door for attachments of people who are signed in: what you may not see does not exist."""

from django.http import Http404
from django.views.decorators.http import require_safe

from tickets.models import Attachment
from tickets.serving import attachment_response


@require_safe
def file(request, pk, name=""):
    return attachment_response(_attachment(request, pk))


@require_safe
def thumbnail(request, pk):
    return attachment_response(_attachment(request, pk), thumbnail=True)


def _attachment(request, pk):
    attachment = Attachment.objects.visible_to(request.user).filter(pk=pk).first()
    if attachment is None:
        raise Http404
    return attachment
