"""Handing a stored file to a browser that must not be made to run it."""

from django.http import FileResponse

SHOWN_IN_PAGE = {"image/jpeg", "image/png", "image/gif", "image/webp"}


def attachment_response(attachment, *, thumbnail=False):
    """The file, or its thumbnail. Images may be shown; everything else downloads. Rights are the caller's matter."""
    file = attachment.thumbnail if thumbnail and attachment.thumbnail else attachment.file
    shown = attachment.is_image and attachment.content_type in SHOWN_IN_PAGE
    response = FileResponse(
        file.open("rb"),
        as_attachment=not shown,
        filename=attachment.name,
        content_type=attachment.content_type if shown else "application/octet-stream",
    )
    if thumbnail and attachment.thumbnail:
        response["Content-Type"] = "image/webp"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, max-age=3600"
    return response
