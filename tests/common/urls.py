"""Addresses that go wrong on purpose."""

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import BadRequest, PermissionDenied, RequestDataTooBig, TooManyFilesSent
from django.http import Http404, HttpResponse
from django.urls import path

from common.errors import Conflict, DeskError, TooManyRequests

RAISED = {
    "desk": DeskError("The grinder <b> is away."),
    "conflict": Conflict(),
    "hasty": TooManyRequests(retry_after=7),
    "forbidden": PermissionDenied(),
    "missing": Http404(),
    "bad": BadRequest(),
    "heavy": RequestDataTooBig(),
    "many": TooManyFilesSent(),
    "broken": RuntimeError("password=hunter2"),
}


@login_not_required
def goes_wrong(request, how):
    raise RAISED[how]


@login_not_required
def answers(request):
    return HttpResponse("fine")


@login_not_required
def is_public(request):
    return HttpResponse("fine", headers={"Cache-Control": "public, max-age=60"})


handler400 = "common.error_pages.bad_request"
handler403 = "common.error_pages.forbidden"
handler404 = "common.error_pages.not_found"
handler500 = "common.error_pages.broken"
urlpatterns = [path("wrong/<str:how>", goes_wrong), path("fine", answers), path("public", is_public)]
