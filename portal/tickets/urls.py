"""tickets/…, for people who signed in."""

from django.urls import path

from portal.tickets import views

urlpatterns = [
    path("", views.tickets, name="tickets"),
    path("<int:number>/", views.ticket, name="ticket"),
    path("<int:number>/sent/", views.sent, name="ticket_sent"),
    path("<int:number>/replies/", views.replies, name="ticket_replies"),
    path("<int:number>/fields/", views.fields, name="ticket_fields"),
    path("<int:number>/closure/", views.closure, name="ticket_closure"),
]
