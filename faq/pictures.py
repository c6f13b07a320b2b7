"""Pictures in answers and on pages: drawn anew when they come, so that nothing hidden is in them, and served to everybody."""

import re

from django.db import transaction
from django.http import FileResponse
from django.urls import reverse

from common.file_kinds import IMAGE
from common.uploads import UploadLimits, check_upload
from faq.errors import NotAPicture
from faq.models import FaqImage
from faq.noting import note_about

_IN_WORDS = re.compile(r"[\[\]()\\<>\"\s]+")


@transaction.atomic
def keep_picture(file, *, store, by=None):
    """Look into the file and keep it. Raises a child of UploadRefused, or NotAPicture."""
    limits = UploadLimits(max_bytes=store.max_file_mb * 1_000_000, max_files=1, kinds=frozenset({IMAGE}))
    checked = check_upload(file, limits)
    if not checked.is_image:
        raise NotAPicture()
    picture = FaqImage(store=store, name=checked.name, content_type=checked.content_type, width=checked.width, height=checked.height)
    picture.file.save(checked.name, checked.content, save=False)
    picture.save()
    note_about(picture, "made", by=by, stores=[store])
    return picture


def address_of(picture):
    """Without a host: the same wherever the portal stands."""
    ending = picture.name.rpartition(".")[2]
    return reverse("picture", args=[picture.pk, f"{picture.width}x{picture.height}.{ending}"])


def as_markdown(picture):
    """What stands for the picture in a text. The words are for those who do not see it; its writer changes them."""
    words = _IN_WORDS.sub(" ", picture.name.rpartition(".")[0]).strip()
    return f"![{words}]({address_of(picture)})"


def picture_response(picture):
    """The picture, for everybody and for ever: what is behind an address never changes."""
    response = FileResponse(picture.file.open("rb"), content_type=picture.content_type)
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    return response
