"""Open pages at a running server of two web processes: they hear what other processes do, with Redis, without, and when Redis dies; who
signed out hears nothing more; and the server stops at once, however many are open."""

import json
import threading
import time
from contextlib import ExitStack

import httpx
import pytest

from tests.live import LiveStack
from tests.servers import Redis

pytestmark = [pytest.mark.once, pytest.mark.slow]

SIGN_IN = """
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY, get_user_model
from accounts.sessions import SessionStore
person, store = get_user_model().objects.get(email="{email}"), SessionStore()
store[SESSION_KEY], store[HASH_SESSION_KEY] = str(person.pk), person.get_session_auth_hash()
store[BACKEND_SESSION_KEY] = "accounts.backends.AccountBackend"
store.save()
print(store.session_key)
"""
NOTE = """
from django.contrib.auth import get_user_model
from tickets.models import Ticket
from tickets.services.lifecycle import add_note
ticket = Ticket.objects.filter(assignee__email="alice@narvan.example", closed_at=None).order_by("pk").first()
add_note(ticket, text="Said by another process.", by=get_user_model().objects.get(email="alice@narvan.example"))
print(ticket.number)
"""


class Page:
    """A stream that is read by a thread. `heard`: [(name, facts), …]."""

    def __init__(self, stack, session):
        self.heard, self.is_over, self.status = [], threading.Event(), None
        self.client = httpx.Client(base_url=stack.url, cookies={"session": session}, timeout=httpx.Timeout(60, connect=10))
        self.thread = threading.Thread(target=self.listen, daemon=True)
        self.thread.start()

    def listen(self):
        try:
            with self.client.stream("GET", "/desk/live/") as answer:
                self.status, name = answer.status_code, ""
                for line in answer.iter_lines():
                    if line.startswith("event: "):
                        name = line[7:]
                    elif line.startswith("data: "):
                        self.heard.append((name, json.loads(line[6:])))
        except httpx.HTTPError:
            pass
        self.client.close()
        self.is_over.set()

    def hears(self, name, *, seconds=30, **facts):
        """Seconds until it hears such a sentence."""
        started = time.monotonic()
        while time.monotonic() - started < seconds:
            if any(said == name and all(told.get(key) == value for key, value in facts.items()) for said, told in tuple(self.heard)):
                return time.monotonic() - started
            time.sleep(0.02)
        raise AssertionError(f"never heard {name} {facts}, but {self.heard}")


@pytest.mark.parametrize("with_redis", [False, True], ids=["embedded", "redis"])
def test_pages_hear_other_processes_end_with_the_session_and_stop_no_server(with_redis):
    with ExitStack() as servers:
        redis = servers.enter_context(Redis()) if with_redis else None
        environment = {"WEB_PROCESSES": 2, "LOG_LEVEL": "WARNING"} | ({"REDIS_URL": redis.url()} if redis else {})
        stack = servers.enter_context(LiveStack(**environment))
        session, other = (stack.shell(SIGN_IN.format(email=email)).strip() for email in ("alice@narvan.example", "olga@narvan.example"))
        pages = [Page(stack, session) for _ in range(6)] + [Page(stack, other) for _ in range(6)]
        for page in pages:
            page.hears("hello")

        number = stack.shell(NOTE).strip()
        for page in pages:
            page.hears("tickets", numbers=[number])

        if redis:
            redis.kill()
            time.sleep(1)
            for page in pages:
                page.heard.clear()
            stack.shell(NOTE)
            for page in pages:
                page.hears("tickets", numbers=[number])

        stack.shell(f"from django.contrib.sessions.models import Session; Session.objects.filter(pk='{session}').delete()")
        for page in pages[:6]:
            page.hears("end", why="signed_out")
            assert page.is_over.wait(5)
        assert not any(page.is_over.is_set() for page in pages[6:])

        started = time.monotonic()
        stack.process.terminate()
        stack.process.wait(30)
        assert time.monotonic() - started < 9  # uvicorn alone would wait ten seconds for them
        for page in pages[6:]:
            page.hears("end", why="restart")
        log = stack.log.read_text(errors="replace")
        assert [line[:200] for line in log.splitlines() if "Traceback" in line and "celery" not in line] == []
        assert "graceful shutdown exceeded" not in log


def test_who_is_not_signed_in_gets_no_stream(live_stack):
    for session in ("", "a" * 32, "../../etc"):
        answer = httpx.get(f"{live_stack.url}/desk/live/", cookies={"session": session}, follow_redirects=False)
        assert answer.status_code == 302
