"""All addresses. They are promises: see docs/contributors/addresses.md before changing one."""

from django.urls import include, path

from control.setup.views import setup
from helpdesk import files, health, look, reports
from portal.mailings.views import unsubscribing

handler400 = "common.error_pages.bad_request"
handler403 = "common.error_pages.forbidden"
handler404 = "common.error_pages.not_found"
handler500 = "common.error_pages.broken"

#: What stands where it stands, wherever the owner puts the portal (helpdesk/portals.py).
not_of_the_portal = [
    path("healthz", health.alive, name="healthz"),
    path("readyz", health.ready, name="readyz"),
    path("csp-report/", reports.csp_report, name="csp-report"),
    path("look/<slug:store>-<slug:version>.css", look.look, name="look"),
    path("look/<slug:store>-<slug:version>.logo", look.logo, name="logo"),
    path("files/<uuid:pk>/thumbnail", files.thumbnail, name="thumbnail"),
    path("files/<uuid:pk>/<str:name>", files.file, name="file"),
    path("pictures/<uuid:pk>/<str:name>", files.picture, name="picture"),
    path("unsubscribe/<str:token>/", unsubscribing, name="unsubscribing"),
    path("account/", include("portal.accounts.urls")),
    path("setup/<slug:key>/", setup, name="setup"),
    path("hooks/", include("callbacks.urls")),
    path("desk/", include("backoffice.urls")),
    path("control/", include("control.urls")),
]

urlpatterns = [*not_of_the_portal, path("", include("portal.urls"))]
