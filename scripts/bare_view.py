"""What pages are measured against: a Django view that asks for the session, its person and fifty tickets by an index, and draws them.

Used as ROOT_URLCONF, with MIDDLEWARE beside it, by measuring scripts alone: no address of the product leads here.
"""

from functools import cache

from django.http import HttpResponse
from django.template import Context, Engine
from django.urls import path

from tickets.models import Ticket

MIDDLEWARE = ["django.contrib.sessions.middleware.SessionMiddleware", "django.contrib.auth.middleware.AuthenticationMiddleware"]
COLUMNS = ("number", "subject", "last_words", "last_message_at")


@cache
def _template():
    return Engine().from_string(
        "<!doctype html><title>{{ user.name }}</title><ul>{% for row in rows %}"
        '<li><a href="/t/{{ row.number }}/">{{ row.number }} {{ row.subject }}</a> {{ row.last_words }} {{ row.last_message_at|date:"c" }}</li>'
        "{% endfor %}</ul>"
    )


def bare(request):
    rows = Ticket.objects.only(*COLUMNS).order_by("-last_message_at", "-pk")[:50]
    return HttpResponse(_template().render(Context({"user": request.user, "rows": rows})))


urlpatterns = [path("bare/", bare)]
