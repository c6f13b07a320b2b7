"""Mail providers that speak what Mailgun, Postmark and Brevo document, over real HTTP."""

import base64
import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

from tests.fakes.sms import DRIPS, pour

KEY = "secret-key"


class Provider:
    """`with Mailgun() as provider: …`; what it took is in `taken`, as it was told.

    `answer`: (status, JSON) instead of the usual one; None as status: it takes the mail and never answers, "drips":
    its answer begins and then comes a byte now and then.
    """

    path = ""

    def __init__(self, answer=()):
        self.answer, self.taken, self._over = answer, [], threading.Event()

    def __enter__(self):
        provider = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                status, told = provider.take(self.path, self.headers, body)
                if status == "drips":
                    pour(self.connection, provider._over, *DRIPS, head=b"HTTP/1.1 20")
                    self.close_connection = True
                    return
                if status is None:
                    provider._over.wait(30)
                    self.close_connection = True
                    return
                content = json.dumps(told).encode()
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            def log_message(self, *args):
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        return self

    def __exit__(self, *_):
        self._over.set()
        self._server.shutdown()
        self._server.server_close()

    @property
    def url(self):
        return f"http://127.0.0.1:{self._server.server_port}/"

    def take(self, path, headers, body):
        if path != self.path:
            return 404, {"message": "Not Found"}
        if not self.knows(headers):
            return self.stranger
        if self.answer and isinstance(self.answer[0], int):
            return self.answer
        self.taken.append(self.read(body))
        return self.answer or self.good()


class Mailgun(Provider):
    setting, path, stranger = "MAILGUN_API_URL", "/mg.shop.example/messages", (401, {"message": "Forbidden"})

    def knows(self, headers):
        return headers.get("Authorization") == "Basic " + base64.b64encode(f"api:{KEY}".encode()).decode()

    def read(self, body):
        told = {name.lower(): values[0] for name, values in parse_qs(body.decode()).items()}
        return {
            "to": told["to"], "message_id": told["h:message-id"], "references": told.get("h:references"), "metadata": told["v:message"],
            "html": told["html"],
        }  # fmt: skip

    def good(self):
        return 200, {"id": self.taken[-1]["message_id"], "message": "Queued. Thank you."}


class Postmark(Provider):
    setting, path = "POSTMARK_API_URL", "/email"
    stranger = (401, {"ErrorCode": 10, "Message": "Bad or missing API token."})

    def knows(self, headers):
        return headers.get("X-Postmark-Server-Token") == KEY

    def read(self, body):
        told = json.loads(body)
        headers = {one["Name"]: one["Value"] for one in told["Headers"]}
        assert headers["X-PM-KeepID"] == "true"
        return {
            "to": told["To"], "message_id": headers["Message-ID"], "references": headers.get("References"),
            "metadata": told["Metadata"]["message"], "html": told["HtmlBody"],
        }  # fmt: skip

    def good(self):
        return 200, {
            "ErrorCode": 0,
            "Message": "OK",
            "MessageID": "0a129aee-e1cd",
            "To": self.taken[-1]["to"],
            "SubmittedAt": "2026-11-19T12:00:00Z",
        }


class Brevo(Provider):
    setting, path, stranger = "BREVO_API_URL", "/smtp/email", (401, {"code": "unauthorized", "message": "Key not found"})

    def knows(self, headers):
        return headers.get("api-key") == KEY

    def read(self, body):
        told = json.loads(body)
        assert told["headers"]["idempotencyKey"].replace("-", "") in told["headers"]["Message-ID"]
        return {
            "to": told["to"][0]["email"], "message_id": told["headers"]["Message-ID"], "references": told["headers"].get("References"),
            "metadata": json.loads(told["headers"]["X-Mailin-custom"])["message"], "html": told["htmlContent"],
        }  # fmt: skip

    def good(self):
        return 201, {"messageId": "<202611191200.4711@smtp-relay.mailin.fr>"}
