"""Refusals in words. Services raise them; forms attach them to a field, a middleware turns the rest into a calm page."""

from django.utils.translation import gettext_lazy as _


class DeskError(Exception):
    """Something a person asked for cannot be done, said so that this person understands it.

    A child sets `message`, `status_code` and, where one input is to blame, `field`. Words given to a single
    raise win over the class. The words are resolved when shown, so in the language of whoever reads them.
    """

    status_code = 400
    message = _("This could not be done.")
    field = None

    def __init__(self, message=None, *, field=None):
        if message is not None:
            self.message = message
        if field is not None:
            self.field = field
        super().__init__(message)

    def __str__(self):
        return str(self.message)

    def add_to(self, form):
        """Show the words beside their field of the form, or above the form when it has no such field."""
        form.add_error(self.field if self.field in form.fields else None, str(self))


class Conflict(DeskError):
    """Somebody else was quicker: what the person saw is no longer how things are."""

    status_code = 409
    message = _("This was changed meanwhile. Look at it again, then decide.")


class TooManyRequests(DeskError):
    """A limit is reached. `retry_after` (seconds) becomes the Retry-After header."""

    status_code = 429
    message = _("That was a lot in a short time. Please wait a little and try again.")

    def __init__(self, message=None, *, retry_after=60, field=None):
        super().__init__(message, field=field)
        self.retry_after = max(1, int(retry_after))
