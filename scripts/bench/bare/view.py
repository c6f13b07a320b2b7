"""What every page is measured against: a session, its person, fifty tickets by an index, and a plain template of fifty rows."""

from django.http import HttpResponse
from django.template.loader import render_to_string
from django.urls import path

from tickets.models import Ticket

ROWS = 50
COLUMNS = ("number", "subject", "last_message_at", "status__name")


def bare(request, department, status):
    if not request.user.is_authenticated:
        return HttpResponse(status=403)
    # The index closed_by_last holds them in this order.
    closed = Ticket.objects.filter(department=department, status=status, closed_at__isnull=False, deleted_at=None)
    rows = closed.select_related("status").only(*COLUMNS).order_by("-last_message_at", "-pk")[:ROWS]
    return HttpResponse(render_to_string("rows.html", {"user": request.user, "rows": rows}))


urlpatterns = [path("bare/<int:department>/<int:status>/", bare)]
