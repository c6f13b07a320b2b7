"""Viewing the desk as a colleague: beginning and stopping. What happens in between is permissions/middleware.py."""

from django.contrib import messages
from django.contrib.auth import get_user_model
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from common.errors import DeskError
from permissions.querysets import may_grant, stores_where
from permissions.rights import StoreRight
from permissions.viewing import begin_viewing, end_viewing, may_view_as


class NotThroughTheseEyes(DeskError):
    status_code = 403
    message = gettext_lazy("You may look only through the eyes of active colleagues who see nothing beyond the stores where you may do so.")


def view_as(request, pk):
    """For whom the right was not given, this does not exist."""
    if not stores_where(request.user, StoreRight.VIEW_AS).exists():
        raise Http404
    return _begin(request, pk)


@require_POST
def _begin(request, pk):
    colleague = get_object_or_404(get_user_model(), pk=pk, is_staff=True)
    if not may_view_as(request.user, colleague):
        raise NotThroughTheseEyes()
    begin_viewing(request, colleague)
    return redirect("backoffice:inbox")


@require_POST
def view_as_end(request):
    end_viewing(request)
    messages.success(request, _("You see the desk as yourself again."))
    return redirect("control:people" if may_grant(request.user) else "backoffice:inbox" if request.user.is_staff else "portal:home")
