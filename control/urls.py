"""Addresses for those who set a store up, all under /control/."""

from django.urls import include, path

app_name = "control"

urlpatterns = [
    path("", include("control.store.urls")),
    path("faq/", include("control.faq.urls")),
    path("rights/", include("control.rights.urls")),
    path("fields/", include("control.fields.urls")),
    path("answers/", include("control.answers.urls")),
    path("audit/", include("control.audit.urls")),
    path("people/", include("control.people.urls")),
    path("teams/", include("control.teams.urls")),
    path("roles/", include("control.roles.urls")),
    path("emergency/", include("control.emergency.urls")),
]
