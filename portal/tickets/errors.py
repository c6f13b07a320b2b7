from django.utils.translation import gettext_lazy as _

from common.errors import DeskError


class NoAnswersNow(DeskError):
    status_code = 409
    message = _("At this stage we cannot take answers here. We write to you as soon as it goes on.")


class NotShownNow(DeskError):
    status_code = 404
    message = _("At this stage the request cannot be looked at here. We write to you when it goes on.")
