"""Links that work without signing in: signed for one purpose, ending by themselves."""

from django.core import signing
from django.utils.translation import gettext_lazy as _

from common.errors import DeskError

_MAX_LENGTH = 1000


class LinkInvalid(DeskError):
    status_code = 404
    message = _("This link is not complete. Open it from the message again, or copy the whole of it.")


class LinkExpired(DeskError):
    status_code = 410
    message = _("This link has ended. Ask for a new one, or sign in to see your requests.")


def make_link_token(purpose, value) -> str:
    """A signed token that carries `value` (plain data) and the moment it was made. One purpose's token is nothing to another."""
    return signing.dumps(value, salt=f"link.{purpose}")


def read_link_token(purpose, token, *, days):
    """The value of a token made for this purpose in the last `days`. Raises LinkInvalid (empty, altered, another purpose) or LinkExpired.

    Whether what it points to still exists and may still be seen is for the caller to ask.
    """
    if not isinstance(token, str) or not token.strip() or len(token) > _MAX_LENGTH:
        raise LinkInvalid()
    try:
        return signing.loads(token, salt=f"link.{purpose}", max_age=days * 86_400)
    except signing.SignatureExpired as error:
        raise LinkExpired() from error
    except (signing.BadSignature, ValueError) as error:
        raise LinkInvalid() from error
