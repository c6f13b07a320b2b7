"""A small browser for measuring: one kept connection, cookies, and the forms of a page. It costs far less than what it measures."""

import gzip
import socket
import time
from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit

from scripts.bench.forms import form_at

IDLE_SECONDS = 4  # the server ends a connection that was silent for five
PATIENCE = 120
SIGN_IN, DOOR_SECONDS = "/account/login/", 2.2
#: Not those that remember a list's order or place: what a page costs shall not depend on the page before.
KEPT_COOKIES = {"session", "csrf"}
BOUNDARY = "----helpdesk-bench-3f9a71"


@dataclass
class Request:
    """One thing to ask of the server, ready to be timed."""

    address: str
    data: dict | None = None  # a POST, when there is any; sent as a form with room for files
    headers: dict = field(default_factory=dict)


@dataclass
class Answer:
    status: int
    headers: dict
    body: bytes
    seconds: float
    wire_bytes: int

    @property
    def text(self):
        """The page as the server wrote it, before it was compressed. Asked for after the time was taken."""
        packed = self.headers.get("content-encoding", "") == "gzip"
        return (gzip.decompress(self.body) if packed else self.body).decode(errors="replace")

    def is_fine(self, request):
        """A page that was asked for is that page; a form that was sent leads on, and not to the door."""
        if request.data is None:
            return self.status == 200
        return self.status in {302, 303} and SIGN_IN not in self.headers.get("location", "")


class Lost(Exception):
    """The connection ended before the answer did."""


class Browser:
    """Talks to one host over one connection, as one person. Follows nothing by itself."""

    def __init__(self, host, port, *, cookies=None):
        self.host, self.port = host, port
        self.cookies = dict(cookies or {})
        self._socket, self._used, self._rest = None, 0.0, b""

    def get(self, address, **headers):
        return self.ask(Request(address, headers=headers))

    def post(self, address, data):
        return self.ask(Request(address, data))

    def ask(self, request):
        """The answer, with the seconds from the first byte sent to the last byte read."""
        message = self._message(request)
        if self._socket is None or time.perf_counter() - self._used > IDLE_SECONDS:
            self._connect()
        begun = time.perf_counter()
        self._socket.sendall(message)
        status, headers, body, size = self._read()
        self._used = time.perf_counter()
        if headers.get("connection", "").lower() == "close":
            self.close()
        return Answer(status, headers, body, self._used - begun, size)

    def follow(self, answer, address):
        """The page a redirect leads to, the answer itself when it is none."""
        while answer.status in {301, 302, 303, 307}:
            address = urljoin(address, answer.headers["location"])
            answer = self.get(_path(address))
        return answer

    def open_door(self):
        """The form to sign in with. It takes no answer that comes within DOOR_SECONDS."""
        self.door = form_at(self.get(SIGN_IN).text, "password")
        return self

    def sign_in(self, login, password):
        answer = self.post(SIGN_IN, self.door.filled(login=login, password=password))
        if answer.status not in {302, 303}:
            raise RuntimeError(f"{login} cannot sign in: {answer.status}")
        return self

    def close(self):
        if self._socket:
            self._socket.close()
        self._socket, self._rest = None, b""

    def _connect(self):
        self.close()
        self._socket = socket.create_connection((self.host, self.port), timeout=PATIENCE)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def _message(self, request):
        head = {
            "Host": f"{self.host}:{self.port}",
            "Accept": "text/html",
            "Accept-Encoding": "gzip, br",
            "Accept-Language": "en",
            "Connection": "keep-alive",
            **request.headers,
        }
        if self.cookies:
            head["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        body = b""
        if request.data is not None:
            body = _form_data(request.data)
            head |= {
                "Content-Type": f"multipart/form-data; boundary={BOUNDARY}",
                "Content-Length": len(body),
                "Origin": f"http://{self.host}:{self.port}",
            }
        lines = "".join(f"{name}: {value}\r\n" for name, value in head.items())
        return f"{'GET' if request.data is None else 'POST'} {request.address} HTTP/1.1\r\n{lines}\r\n".encode() + body

    def _read(self):
        head = self._until(b"\r\n\r\n")
        lines = head.decode("latin-1").split("\r\n")
        status, headers = int(lines[0].split(" ", 2)[1]), {}
        for line in lines[1:]:
            name, _colon, value = line.partition(":")
            name, value = name.lower(), value.strip()
            headers[name] = value
            if name == "set-cookie":
                self._keep(value)
        if status in {204, 304}:
            return status, headers, b"", len(head)
        if headers.get("transfer-encoding", "").lower() == "chunked":
            body, size = self._chunks()
        else:
            body = self._exactly(int(headers.get("content-length", 0)))
            size = len(body)
        return status, headers, body, len(head) + size

    def _keep(self, cookie):
        name, _equals, value = cookie.partition(";")[0].partition("=")
        if name not in KEPT_COOKIES:
            return
        if value.strip('"') and "max-age=0" not in cookie.lower():
            self.cookies[name] = value
        else:
            self.cookies.pop(name, None)

    def _more(self):
        part = self._socket.recv(262_144)
        if not part:
            self.close()
            raise Lost()
        self._rest += part

    def _until(self, mark):
        while (end := self._rest.find(mark)) < 0:
            self._more()
        found, self._rest = self._rest[:end], self._rest[end + len(mark) :]
        return found

    def _exactly(self, size):
        while len(self._rest) < size:
            self._more()
        found, self._rest = self._rest[:size], self._rest[size:]
        return found

    def _chunks(self):
        parts, overhead = [], 0
        while True:
            line = self._until(b"\r\n")
            size = int(line.partition(b";")[0], 16)
            parts.append(self._exactly(size))
            self._exactly(2)
            overhead += len(line) + 4
            if not size:
                body = b"".join(parts)
                return body, len(body) + overhead


def _form_data(data):
    part = '--{}\r\nContent-Disposition: form-data; name="{}"\r\n\r\n{}\r\n'
    return ("".join(part.format(BOUNDARY, name, value) for name, value in data.items()) + f"--{BOUNDARY}--\r\n").encode()


def _path(address):
    parts = urlsplit(address)
    return parts.path + (f"?{parts.query}" if parts.query else "")
