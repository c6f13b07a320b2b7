"""t/<token>/…, the same for whoever holds a signed link."""

from django.urls import path

from portal.messages.views import behind_link
from portal.tickets import link_views as views

urlpatterns = [
    path("", views.ticket, name="ticket_link"),
    path("sent/", views.sent, name="link_sent"),
    path("replies/", views.replies, name="link_replies"),
    path("fields/", views.fields, name="link_fields"),
    path("closure/", views.closure, name="link_closure"),
    path("messages/", behind_link, name="link_messages"),
    path("actions/<int:pk>/", views.action, name="link_action"),
    path("files/<uuid:pk>/", views.file, name="link_file"),
    path("files/<uuid:pk>/thumbnail/", views.thumbnail, name="link_thumbnail"),
]
