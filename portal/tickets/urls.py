"""tickets/…, for people who signed in."""

from django.urls import path

from portal.tickets import views

urlpatterns = [
    path("", views.tickets, name="tickets"),
    path("<slug:number>/", views.ticket, name="ticket"),
    path("<slug:number>/sent/", views.sent, name="ticket_sent"),
    path("<slug:number>/replies/", views.replies, name="ticket_replies"),
    path("<slug:number>/closure/", views.closure, name="ticket_closure"),
    path("<slug:number>/actions/<int:pk>/", views.action, name="ticket_action"),
    path("<slug:number>/fields/", views.fields, name="ticket_fields"),
]
