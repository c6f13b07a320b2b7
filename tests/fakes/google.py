"""Google's word about a ticked box, over real HTTP: right, wrong, slow, out of reach, or told with keys it does not know."""

import contextlib
import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl
from urllib.request import Request, urlopen

from django.conf import settings

TICKED, SECRET = "ticked by a person", "the right secret"


class GoogleServer:
    """`with GoogleServer() as google: monkeypatch.setattr("django_recaptcha.client.recaptcha_request", google.request)`.

    mode: ok (the box must be TICKED and the key be SECRET) · slow (answers after `delay`) · broken (HTTP 503) · odd (no JSON).
    """

    def __init__(self, mode="ok", delay=0.0):
        self.mode, self.delay, self.asked = mode, delay, []

    def __enter__(self):
        google = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
                google.asked.append(dict(parse_qsl(body)))
                if google.mode == "slow":
                    time.sleep(google.delay)
                with contextlib.suppress(BrokenPipeError):  # nobody waits any more
                    self.send_response(503 if google.mode == "broken" else 200)
                    self.end_headers()
                    self.wfile.write(google.answer(google.asked[-1]).encode())

            def log_message(self, *args):
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        return self

    def __exit__(self, *_):
        self._server.shutdown()
        self._server.server_close()

    def answer(self, asked):
        if self.mode == "odd":
            return "<html>blocked</html>"
        if asked.get("secret") != SECRET:
            return json.dumps({"success": False, "error-codes": ["invalid-input-secret"]})
        if asked.get("response") != TICKED:
            return json.dumps({"success": False, "error-codes": ["invalid-input-response"]})
        return json.dumps({"success": True})

    def request(self, params):
        """In the place of the client's own, which only speaks to Google's host by HTTPS."""
        request = Request(f"http://127.0.0.1:{self._server.server_port}/recaptcha/api/siteverify", data=params)  # noqa: S310
        return urlopen(request, timeout=settings.RECAPTCHA_VERIFY_REQUEST_TIMEOUT)  # noqa: S310
