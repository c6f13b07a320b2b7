"""One request of the event loop: middleware and view in one thread, whatever Django would do for views that are coroutines."""

import asyncio
import threading

from asgiref.sync import iscoroutinefunction
from django.http import HttpResponse
from django.test import RequestFactory

from helpdesk.asgi import Handler


def test_middleware_and_view_run_in_the_thread_of_their_request_and_not_in_the_loop(settings, monkeypatch):
    threads = []

    def middleware(get_response):
        def note(request):
            threads.append(threading.get_ident())
            return get_response(request)

        return note

    def view(request):
        threads.append(threading.get_ident())
        return HttpResponse("there")

    monkeypatch.setattr("tests.helpdesk.test_asgi.noting", middleware, raising=False)
    settings.MIDDLEWARE = ["tests.helpdesk.test_asgi.noting"]
    handler = Handler()
    monkeypatch.setattr(handler, "resolve_request", lambda request: (view, (), {}))

    answer = asyncio.run(handler.get_response_async(RequestFactory().get("/")))

    assert answer.content == b"there"
    assert not iscoroutinefunction(handler._middleware_chain)
    assert len(threads) == 2 and len({*threads, threading.get_ident()}) == 2
