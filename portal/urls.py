"""The portal's addresses. They stand in mails, in SMS and on other sites: see docs/contributors/addresses.md."""

from django.urls import include, path

from portal.accounts.urls import page
from portal.accounts.views import notices, own, switches
from portal.home import views as home
from portal.messages import views as to_customer
from portal.new_ticket import views as new_ticket
from portal.surveys import helped
from portal.surveys import views as surveys

app_name = "portal"

urlpatterns = [
    path("", home.home, name="home"),
    path("forms/<slug:address>/", new_ticket.published, name="web_form"),
    path("tickets/new/", include("portal.new_ticket.urls")),
    path("tickets/", include("portal.tickets.urls")),
    path("t/<str:token>/", include("portal.tickets.link_urls")),
    path("faq/", include("portal.faq.urls")),
    path("pages/", include("portal.pages.urls")),
    path("account/profile/", page(own.profile), name="profile"),
    path("account/messages/", to_customer.own, name="messages"),
    path("push-worker.js", notices.worker, name="push_worker"),
    path("push-worker/change/", notices.change, name="device_change"),
    path("account/devices/", notices.subscribing, name="devices"),
    path("account/devices/renewal/", notices.renewal, name="device_renewal"),
    path("account/devices/receipts/", notices.receipts, name="device_receipts"),
    path("account/devices/<int:pk>/removal/", notices.removal, name="device_removal"),
    path("language/", switches.set_language, name="language"),
    path("theme/", switches.set_theme, name="theme"),
    path("survey/<str:token>/", surveys.survey, name="survey"),
    path("survey/<str:token>/reopening/", surveys.reopening, name="survey_reopening"),
    path("helped/<str:token>/", helped.helped, name="helped"),
]
