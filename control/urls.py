"""Addresses for those who set a store up, all under /control/."""

from django.urls import include, path

app_name = "control"

urlpatterns = [
    path("", include("control.store.urls")),
    path("stores/", include("control.stores.urls")),
    path("guide/", include("control.guide.urls")),
    path("configuration/", include("control.configuration.urls")),
    path("departments/", include("control.departments.urls")),
    path("request-types/", include("control.request_types.urls")),
    path("protection/", include("control.protection.urls")),
    path("faq/", include("control.faq.urls")),
    path("pages/", include("control.pages.urls")),
    path("tags/", include("control.tags.urls")),
    path("workflows/", include("control.workflows.urls")),
    path("rights/", include("control.rights.urls")),
    path("fields/", include("control.fields.urls")),
    path("answers/", include("control.answers.urls")),
    path("surveys/", include("control.surveys.urls")),
    path("texts/", include("control.texts.urls")),
    path("messages/", include("control.messages.urls")),
    path("deliveries/", include("control.deliveries.urls")),
    path("senders/", include("control.senders.urls")),
    path("sms/", include("control.sms.urls")),
    path("audit/", include("control.audit.urls")),
    path("people/", include("control.people.urls")),
    path("teams/", include("control.teams.urls")),
    path("roles/", include("control.roles.urls")),
    path("emergency/", include("control.emergency.urls")),
]
