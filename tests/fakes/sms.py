"""SMS gateways that speak what Kavenegar, SMSAPI.pl and home-made gateways document, over real HTTP."""

import base64
import itertools
import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, urlsplit

#: Seconds between pieces, and a piece.
DRIPS, FLOODS = (0.1, b"x"), (0, b"x" * 60_000)


HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n"


def pour(line, over, pause, piece, head=None):
    """An answer that never ends. One that drips does not even come to the end of its headers."""
    line.sendall(head or HEAD + (b"X-Drip: " if pause else b"\r\n"))
    while not over.wait(pause):
        try:
            line.sendall(piece)
        except OSError:
            return


class SmsGateway:
    """`with KavenegarGateway() as gateway: …`; what was really sent is in `sent`, every request in `requests`.

    mode: ok · slow (answers after `delay`) · busy · refuse · silent (sends, then never answers) · broken (HTTP 500)
    dripping (sends, then answers a byte now and then, for ever) · endless (sends, then answers without end)
    """

    def __init__(self, mode="ok", delay=0.0):
        self.mode, self.delay = mode, delay
        self.sent, self.requests, self.seen, self.states = [], [], {}, {}
        self._ids = itertools.count(8_792_343)
        self._over = threading.Event()

    def __enter__(self):
        gateway = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
                gateway.requests.append({"method": self.command, "path": self.path, "headers": dict(self.headers), "body": body})
                answer = gateway.take(self.path, dict(self.headers), body)
                if answer is None:  # never
                    gateway._over.wait(60)
                    self.close_connection = True
                    return
                if gateway.mode in {"dripping", "endless"}:
                    pour(self.connection, gateway._over, *DRIPS if gateway.mode == "dripping" else FLOODS)
                    self.close_connection = True
                    return
                status, content = answer
                content = content.encode()
                self.send_response(status)
                self.send_header("Content-Type", "application/json; charset=utf-8")
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            do_GET = do_PUT = do_POST

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

    def take(self, path, headers, body):
        """(status, body) of the answer, or None for no answer at all."""
        if self.mode == "slow":
            time.sleep(self.delay)
        if self.mode == "broken":
            return 500, "<html>oops</html>"
        answer = self.speak(path, headers, body)
        return None if self.mode == "silent" else answer

    def speak(self, path, headers, body):
        raise NotImplementedError

    def keep(self, to, text, **more):
        number = next(self._ids)
        self.sent.append({"to": to, "text": text, "id": number, **more})
        return number


class KavenegarGateway(SmsGateway):
    """REST v1: /v1/<key>/<method>.json, always HTTP 200 with `return` and `entries`. `states`: {id: what it says of that message}."""

    KEY = "secret-api-key"
    TEMPLATES = ("narvan-code",)
    CREDIT = 1_250_000

    def speak(self, path, headers, body):
        data = dict(parse_qsl(body))
        _empty, version, key, *method = urlsplit(path).path.split("/")
        known = {"sms/send.json", "verify/lookup.json", "sms/status.json", "account/info.json"}
        if version != "v1" or "/".join(method) not in known:
            return self._return(404, "متد نامشخص است")
        if key != self.KEY:
            return self._return(403, "کد شناسائی معتبر نیست")
        if method[0] == "account":
            account = {"remaincredit": self.CREDIT, "expiredate": 13548889, "type": "Master"}
            return 200, json.dumps({"return": {"status": 200, "message": "تایید شد"}, "entries": account})
        if method[1] == "status.json":
            entries = [{"messageid": int(one), "status": self.states.get(one, 100)} for one in data["messageid"].split(",")]
            return 200, json.dumps({"return": {"status": 200, "message": "تایید شد"}, "entries": entries})
        if self.mode == "no credit":
            return self._return(418, "اعتبار حساب شما کافی نیست")
        if self.mode == "busy":
            return self._return(409, "سرور قادر به پاسخگوئی نیست")
        if self.mode == "refuse" or not (data.get("receptor", "").startswith(("09", "00")) and data["receptor"].isdigit()):
            return self._return(411, "دریافت کننده نامعتبر است")
        if method[0] == "verify":
            return self._lookup(data)
        if not data.get("message"):
            return self._return(400, "پارامترها ناقص هستند")
        local = data.get("localid")
        if local in self.seen:
            return self._entries(self.seen[local], data["receptor"], data["message"])
        number = self.keep(data["receptor"], data["message"], sender=data.get("sender"))
        if local:
            self.seen[local] = number
        return self._entries(number, data["receptor"], data["message"])

    def _lookup(self, data):
        if data.get("template") not in self.TEMPLATES:
            return self._return(424, "الگوی مورد نظر پیدا نشد")
        if not data.get("token") or " " in data["token"]:
            return self._return(431, "ساختار کد صحیح نمی‌باشد")
        number = self.keep(data["receptor"], f"code {data['token']}", template=data["template"])
        return self._entries(number, data["receptor"], data["token"])

    def _return(self, status, message):
        return 200 if status < 500 else status, json.dumps({"return": {"status": status, "message": message}, "entries": None})

    def _entries(self, number, receptor, message):
        entry = {"messageid": number, "message": message, "status": 1, "statustext": "در صف ارسال", "receptor": receptor, "cost": 120}
        return 200, json.dumps({"return": {"status": 200, "message": "تایید شد"}, "entries": [entry]}, ensure_ascii=False)


class SmsApiGateway(SmsGateway):
    """POST /sms.do with a bearer token; {"count", "list"} or {"error", "message"}. GET /profile tells the points left."""

    TOKEN = "oauth-token"

    def speak(self, path, headers, body):
        data = dict(parse_qsl(body))
        if path == "/profile" and headers.get("Authorization") == f"Bearer {self.TOKEN}":
            return 200, json.dumps({"name": "shop", "points": 41.5, "payment_type": "prepaid"})
        if urlsplit(path).path != "/sms.do" or data.get("format") != "json":
            return 404, "ERROR:1001"
        if headers.get("Authorization") != f"Bearer {self.TOKEN}":
            return 401, json.dumps({"error": 101, "message": "Authorization failed"})
        if self.mode == "busy":
            return 200, json.dumps({"error": 201, "message": "Internal system error"})
        if self.mode == "refuse" or not data.get("to", "").isdigit():
            return 200, json.dumps({"error": 13, "message": "No correct phone numbers", "invalid_numbers": [{"number": data.get("to")}]})
        if data.get("check_idx") == "1" and data.get("idx") in self.seen:
            return 200, json.dumps({"error": 53, "message": "Not unique idx parameter"})
        number = self.keep(data["to"], data["message"], sender=data.get("from"))
        self.seen[data.get("idx")] = number
        one = {"id": str(number), "points": 0.16, "number": data["to"], "status": "QUEUE", "error": None, "idx": data.get("idx")}
        return 200, json.dumps({"count": 1, "length": len(data["message"]), "parts": 1, "list": [one]})


class PlainGateway(SmsGateway):
    """What a small provider offers: some HTTP call, answered with “OK <id>” or “ERR <words>”."""

    def speak(self, path, headers, body):
        if self.mode == "busy":
            return 503, "later"
        if self.mode == "refuse":
            return 200, "ERR bad number"
        data = dict(parse_qsl(urlsplit(path).query)) | (
            json.loads(body) if "json" in headers.get("Content-Type", "") else dict(parse_qsl(body))
        )
        return 200, f"OK {self.keep(data.get('to', ''), data.get('text', ''))}"


class SmsIrGateway(SmsGateway):
    """REST v1 with X-API-KEY; {"status": 1, "message", "data"}. `received`: what receive/latest tells."""

    KEY = "smsir-key"
    TEMPLATES = (100_000,)
    received = ()

    def speak(self, path, headers, body):
        data, method = json.loads(body) if body else {}, urlsplit(path).path.removeprefix("/v1/")
        headers = {name.lower(): value for name, value in headers.items()}
        if headers.get("x-api-key") != self.KEY:
            return self._answer(10, "کلید وب سرویس نامعتبر است", status=401)
        if self.mode == "busy":
            return self._answer(20, "تعداد درخواست بیشتر از حد مجاز است", status=429)
        if method == "credit":
            return self._answer(data=512.5)
        if method == "receive/latest":
            return self._answer(data=list(self.received))
        if method == "send/verify":
            if data["templateId"] not in self.TEMPLATES:
                return self._answer(113, "قالب یافت نشد")
            number = self.keep(data["mobile"], json.dumps(data["parameters"]), template=data["templateId"])
            return self._answer(data={"messageId": number, "cost": 1.0})
        if method == "send/bulk":
            if self.mode == "refuse" or not all(mobile.isdigit() for mobile in data["mobiles"]):
                return self._answer(104, "موبایل نادرست است")
            number = self.keep(data["mobiles"][0], data["messageText"], sender=data["lineNumber"])
            return self._answer(data={"packId": "2b99b7ab", "messageIds": [number], "cost": 2.0})
        if method.startswith("send/"):
            number = method.removeprefix("send/")
            return self._answer(data={"messageId": int(number), "deliveryState": self.states.get(number), "cost": 2.0})
        return 404, "Not found"

    def _answer(self, code=1, message="موفق", data=None, status=200):
        return status, json.dumps({"status": code, "message": message, "data": data}, ensure_ascii=False)


class TwilioGateway(SmsGateway):
    """2010-04-01/Accounts/<sid>/Messages.json with Basic auth; 201 with the message, or {"code", "message", "status"}."""

    ACCOUNT, TOKEN = "AC0123456789", "twilio-token"

    def speak(self, path, headers, body):
        data = dict(parse_qsl(body))
        expected = base64.b64encode(f"{self.ACCOUNT}:{self.TOKEN}".encode()).decode()
        if headers.get("Authorization") != f"Basic {expected}":
            return 401, json.dumps({"code": 20003, "message": "Authenticate", "status": 401})
        method = path.removeprefix(f"/2010-04-01/Accounts/{self.ACCOUNT}/")
        if method == "Balance.json":
            return 200, json.dumps({"balance": "12.34", "currency": "USD", "account_sid": self.ACCOUNT})
        if method.startswith("Messages/"):
            sid = method.removeprefix("Messages/").removesuffix(".json")
            told = {"sid": sid, "status": self.states.get(sid, "sent"), "price": "-0.00750", "num_segments": "2", "error_code": None}
            return 200, json.dumps(told)
        if self.mode == "busy":
            return 429, json.dumps({"code": 20429, "message": "Too Many Requests", "status": 429})
        if self.mode == "refuse":
            return 400, json.dumps({"code": 21211, "message": "Invalid 'To' Phone Number", "status": 400})
        number = self.keep(data["To"], data.get("Body", ""), sender=data.get("From"), callback=data.get("StatusCallback"), content=data)
        return 201, json.dumps({"sid": f"SM{number}", "status": "queued", "num_segments": "1", "price": None, "error_code": None})
