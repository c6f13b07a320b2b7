"""Kannel itself, with its simulated operator: Persian and Polish texts, their parts, delivery reports, and an SMS that becomes a reply."""

import re
import socket
import subprocess
import time
from contextlib import ExitStack, contextmanager
from urllib.parse import quote, unquote_to_bytes

import pytest

from notifications import engine, sms_inbound
from notifications.models import Delivery, EventText, InboundSms, SmsGateway
from stores.models import Store
from tests.counterparts.programs import need
from tests.make import fresh, make_customer, make_department, make_message, make_staff, make_store, make_ticket

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.once]
PHONE = "+48601220214"
CONFIG = """
group = core
admin-port = {admin}
admin-password = secret
smsbox-port = {boxes}
box-allow-ip = "127.0.0.1"
dlr-storage = internal

group = smsc
smsc = fake
smsc-id = operator
host = 127.0.0.1
port = {operator}
connect-allow-ip = 127.0.0.1

group = smsbox
bearerbox-host = 127.0.0.1
sendsms-port = {sendsms}

group = sendsms-user
username = shop
password = secret
concatenation = true
max-messages = 10

group = sms-service
keyword = default
catch-all = true
get-url = "{inbound}?id=%I&from=%p&to=%P&charset=%C&text=%b"
max-messages = 0
"""


def free_ports(count):
    with ExitStack() as stack:
        sockets = [stack.enter_context(socket.socket()) for _port in range(count)]
        for one in sockets:
            one.bind(("127.0.0.1", 0))
        return [one.getsockname()[1] for one in sockets]


def until(question, seconds=30):
    ends = time.monotonic() + seconds
    while time.monotonic() < ends:
        if found := question():
            return found
        time.sleep(0.1)
    raise AssertionError("it did not happen in time")


def answers(port):
    with socket.socket() as line:
        return line.connect_ex(("127.0.0.1", port)) == 0


@contextmanager
def running(command, log):
    with log.open("wb") as file, subprocess.Popen(command, stdout=file, stderr=file) as process:
        try:
            yield process
        finally:
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()


class Operator:
    """The simulated operator: what reached it, and what it brings. Kannel takes one connection of it at a time."""

    def __init__(self, program, port, folder):
        self._program, self._port, self._log = program, port, folder / "operator.log"

    def taking(self):
        return running([self._program, "-H", "127.0.0.1", "-r", str(self._port), "-m", "0", "1 2 text x"], self._log)

    def bringing(self, message):
        return running([self._program, "-H", "127.0.0.1", "-r", str(self._port), "-m", "1", "-i", "0.1", message], self._log)

    @property
    def got(self):
        """[(header of a part or "", its text)] of each SMS that reached it."""
        found = []
        for line in re.findall(rb"Got message \d+: <(.*)>", self._log.read_bytes()):
            _from, _to, kind, rest = line.decode().split(" ", 3)
            header, kind, words = rest.split(" ", 2) if kind == "udh" else ("", kind, rest)
            raw = unquote_to_bytes(words.replace("+", " "))
            found.append(
                (header, raw.decode("utf-16-be") if kind in {"data", "ucs2"} and b"\x06" in raw else raw.decode("utf-8", "replace"))
            )
        return found


@pytest.fixture
def kannel(live_server, settings, tmp_path):
    """(gateway, operator): Kannel runs, its sendsms serves the store, and its reports and SMS come back to our own server."""
    programs = [need("bearerbox", "kannel"), need("smsbox", "kannel"), need("/usr/lib/kannel/test/fakesmsc", "kannel", "kannel-extras")]
    settings.SITE_URL, settings.ALLOW_PRIVATE_HOSTS, settings.ALLOWED_HOSTS = live_server.url, True, ["*"]
    admin, boxes, operator, sendsms = free_ports(4)
    gateway = SmsGateway.objects.create(
        store=Store.objects.default() or make_store(), kind="kannel", user="shop", key="secret", sender="Narvan", price_per_part="0.10",
        url=f"http://127.0.0.1:{sendsms}/cgi-bin/sendsms", currency="PLN",
    )  # fmt: skip
    inbound = f"{live_server.url}/hooks/sms/{gateway.token}/in/"
    config = tmp_path / "kannel.conf"
    config.write_text(CONFIG.format(admin=admin, boxes=boxes, operator=operator, sendsms=sendsms, inbound=inbound))
    with ExitStack() as stack:
        stack.enter_context(running([programs[0], str(config)], tmp_path / "bearerbox.log"))
        until(lambda: answers(boxes))
        stack.enter_context(running([programs[1], str(config)], tmp_path / "smsbox.log"))
        until(lambda: answers(sendsms))
        yield gateway, Operator(programs[2], operator, tmp_path)


def test_texts_arrive_whole_in_as_many_parts_as_we_count_and_are_reported_and_an_sms_becomes_a_reply(kannel):
    gateway, operator = kannel
    support = make_department("Support", store=gateway.store)
    alice, ticket = make_staff("Alice", support), make_ticket(department=support, customer=make_customer(phone=PHONE))
    words = {"pl": "Zażółć gęślą jaźń: " + "odpowiedź " * 8, "fa": "پاسخ شما آماده است. " * 4, "en": "Plain words. " * 14}
    sent = {}
    with operator.taking():
        for language, text in words.items():
            EventText.objects.update_or_create(store=gateway.store, template="reply", defaults={"sms": {language: text}})
            make_message(ticket, "An answer.", by=alice)
            Delivery.objects.filter(channel="sms", state="queued").update(language=language)
            delivery = sent[language] = Delivery.objects.filter(channel="sms").latest("pk")
            engine.deliver(delivery.pk)
            assert fresh(delivery).state in {"sent", "delivered"}, fresh(delivery).remark
        until(lambda: all(fresh(one).state == "delivered" for one in sent.values()))
        got = operator.got

    parts = {language: fresh(one).parts for language, one in sent.items()}
    assert parts == {"pl": 2, "fa": 2, "en": 2} and len(got) == sum(parts.values())
    assert "".join(text for _header, text in got[2:4]) == words["fa"].strip()
    assert {str(fresh(one).cost) for one in sent.values()} == {"0.2000"}

    brought = quote("ممنون، درست شد".encode("utf-16-be"))
    with operator.bringing(f"48601220214 10004346 ucs2 {brought}"):
        came = until(InboundSms.objects.first)
    sms_inbound.deal_with(came.pk)
    assert (fresh(came).outcome, fresh(came).ticket) == ("replied", ticket)
    assert ticket.messages.latest("pk").body_text.strip() == "ممنون، درست شد"
