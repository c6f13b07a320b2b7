"""Addresses of the back office, all under /desk/ and all for staff only."""

from django.urls import include, path

from backoffice import counting
from backoffice.doors import staff_path

app_name = "backoffice"

urlpatterns = [
    staff_path("counts/", counting.counts, "counts"),
    path("", include("backoffice.tickets.urls")),
    path("", include("backoffice.customers.urls")),
    path("", include("backoffice.day.urls")),
    path("", include("backoffice.notices.urls")),
    path("", include("backoffice.presence.urls")),
    path("", include("backoffice.keys.urls")),
    path("", include("backoffice.palette.urls")),
    path("", include("backoffice.live.urls")),
    path("exports/", include("backoffice.exports.urls")),
    path("answers/", include("backoffice.answers.urls")),
    path("reports/", include("backoffice.reports.urls")),
]
