"""A push service and the browsers that listen to it, as RFC 8030, 8291 and 8292 describe them, written from the texts alone.

Nothing of it is shared with the product: what the product seals is opened here by another hand.
"""

import base64
import json
import secrets
import struct
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from tests.fakes.sms import DRIPS, FLOODS, pour

LONGEST = 4096
#: {mode: (pause, piece, what comes first)}
POURS = {
    "dripping": (*DRIPS, b"HTTP/1.1 20"),
    "endless": (*FLOODS, b"HTTP/1.1 500 Oops\r\nContent-Type: text/plain\r\n\r\n"),
    "gone slowly": (*DRIPS, b"HTTP/1.1 410 Gone\r\nContent-Type: text/plain\r\n\r\n"),
}
DAY = 24 * 3600


class Refused(Exception):
    """status, words"""


class Browser:
    """One subscription: what a browser makes, gives to the page, and reads its notices with. `notices` are those it has read."""

    def __init__(self, service, *, server_key):
        self.token, self.server_key = secrets.token_urlsafe(24), server_key
        self._private, self._auth = ec.generate_private_key(ec.SECP256R1()), secrets.token_bytes(16)
        self.endpoint = f"{service.url}/push/{self.token}"
        self.notices, self.headers = [], []

    @property
    def form(self):
        """What the page sends to the help desk."""
        return {"endpoint": self.endpoint, "public_key": encoded(point_of(self._private.public_key())), "auth_secret": encoded(self._auth)}

    def read(self, body):
        """RFC 8188 and 8291: one record of aes128gcm, whose key id is the sender's public key."""
        salt, size, length = body[:16], struct.unpack("!L", body[16:20])[0], body[20]
        sender, sealed = body[21 : 21 + length], body[21 + length :]
        if length != 65 or len(sealed) > size:
            raise Refused(400, "not one record of aes128gcm")
        shared = self._private.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), sender))
        info = b"WebPush: info\x00" + point_of(self._private.public_key()) + sender
        secret = _derived(shared, self._auth, info, 32)
        key = _derived(secret, salt, b"Content-Encoding: aes128gcm\x00", 16)
        nonce = _derived(secret, salt, b"Content-Encoding: nonce\x00", 12)
        try:
            text = AESGCM(key).decrypt(nonce, sealed, None)
        except InvalidTag as error:
            raise Refused(400, "sealed for another browser") from error
        plain, mark, _padding = text.rpartition(b"\x02")
        assert mark, "the last record ends with 2"
        return json.loads(plain)


class PushService:
    """`with PushService() as service: browser = service.browser(server_key)`.

    mode: ok · gone (410) · unknown (404) · busy (429, wait `retry_after`) · broken (500) · redirect · silent (never answers) ·
    dripping (its answer begins, then comes a byte now and then) · endless (500, and words without end) ·
    gone slowly (410, and a byte of its words now and then)
    `requests` counts every request, those that were led astray too.
    """

    def __init__(self, mode="ok", retry_after="120"):
        self.mode, self.retry_after = mode, retry_after
        self.browsers, self.requests = {}, []
        self._over = threading.Event()

    def __enter__(self):
        service = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                service.requests.append(self.path)
                if service.mode == "silent":
                    service._over.wait(60)
                    self.close_connection = True
                    return
                if service.mode in POURS:
                    pour(self.connection, service._over, *POURS[service.mode])
                    self.close_connection = True
                    return
                try:
                    status, headers, words = service.take(self.path, self.headers, body)
                except Refused as refusal:
                    (status, words), headers = refusal.args, {}
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(words)))
                self.end_headers()
                self.wfile.write(words.encode())

            do_GET = do_POST

            def log_message(self, *args):
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_):
        self._over.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    @property
    def url(self):
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def browser(self, server_key):
        """A browser that subscribes for the help desk with this public key (applicationServerKey)."""
        browser = Browser(self, server_key=server_key)
        self.browsers[f"/push/{browser.token}"] = browser
        return browser

    def take(self, path, headers, body):
        browser = self.browsers.get(path)
        if browser is None or self.mode == "unknown":
            raise Refused(404, "no such subscription")
        if self.mode == "gone":
            raise Refused(410, "unsubscribed")
        if self.mode == "broken":
            raise Refused(500, "oops")
        if self.mode == "busy":
            return 429, {"Retry-After": self.retry_after}, "too many"
        if self.mode == "redirect":
            return 307, {"Location": f"{self.url}/elsewhere"}, ""
        self._check_sender(headers, browser)
        if len(body) > LONGEST:
            raise Refused(413, "too large")
        if not headers.get("TTL", "").isdecimal():
            raise Refused(400, "no TTL")
        if headers.get("Content-Encoding") != "aes128gcm":
            raise Refused(415, "another encoding")
        if len(headers.get("Topic", "")) > 32:
            raise Refused(400, "topic too long")
        browser.notices.append(browser.read(body))
        browser.headers.append({name: headers.get(name) for name in ("TTL", "Topic", "Urgency")})
        return 201, {"Location": f"{self.url}/message/{len(browser.notices)}"}, ""

    def _check_sender(self, headers, browser):
        """RFC 8292: the word is signed by the key the browser subscribed for, for this service, and not for longer than a day."""
        scheme, _space, rest = headers.get("Authorization", "").partition(" ")
        parts = dict(part.strip().partition("=")[::2] for part in rest.split(","))
        if scheme != "vapid" or not {"t", "k"} <= parts.keys():
            raise Refused(401, "no VAPID")
        if parts["k"] != browser.server_key:
            raise Refused(403, "another key than the subscription's")
        head, claims, signature = parts["t"].split(".")
        key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), decoded(parts["k"]))
        raw = decoded(signature)
        pair = encode_dss_signature(int.from_bytes(raw[:32]), int.from_bytes(raw[32:]))
        try:
            key.verify(pair, f"{head}.{claims}".encode(), ec.ECDSA(SHA256()))
        except InvalidSignature as error:
            raise Refused(403, "not signed by that key") from error
        told = json.loads(decoded(claims))
        if json.loads(decoded(head))["alg"] != "ES256" or told["aud"] != self.url or not time.time() < told["exp"] <= time.time() + DAY:
            raise Refused(403, "for another service or time")
        if not told["sub"].startswith(("mailto:", "https:")):
            raise Refused(400, "nobody to write to")


def _derived(secret, salt, info, length):
    return HKDF(SHA256(), length, salt, info).derive(secret)


def point_of(key):
    return key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def encoded(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def decoded(words):
    return base64.urlsafe_b64decode(words + "=" * (-len(words) % 4))
