"""Addresses the frames link to, so that they can be drawn before and without the doors."""

from django.http import HttpResponse
from django.urls import include, path


def nothing(request, **kwargs):
    return HttpResponse()


portal = [path(f"{name}/", nothing, name=name) for name in ("home", "tickets", "new_ticket", "faq", "profile", "language")]
desk = [
    path(f"{name}/", nothing, name=name)
    for name in (
        "inbox",
        "customers",
        "notices",
        "answers",
        "presence",
        "counts",
        "keys",
        "palette",
        "live",
        "live_news",
        "day",
        "drafts",
        "notices_newest",
        "notices_choices",
    )
]
account = [path(f"account/{name}/", nothing, name=f"account_{name}") for name in ("login", "logout", "signup")]
files = [path("files/<int:pk>/<str:name>", nothing, name="file"), path("files/<int:pk>", nothing, name="thumbnail")]
urlpatterns = [*account, *files, path("portal/", include((portal, "portal"))), path("desk/", include((desk, "backoffice")))]
