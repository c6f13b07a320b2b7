"""Mail server and SMS gateway from the pages: used, tried out, kept secret, and never a way into the house (A-35)."""

import socket

import pytest
from django.db import connection

from audit.models import AuditLine
from common import guarded
from common.errors import TooManyRequests
from notifications import engine
from notifications.gateways import base
from notifications.mail import build
from notifications.mail_account import account_for
from notifications.models import Delivery, MailAccount
from notifications.senders import (
    HostRefused,
    forget_account,
    mail_state,
    send_test_mail,
    set_mail_account,
)
from stores.models import Store
from tests.fakes.smtp import SmtpServer
from tests.make import fresh, make_store
from tests.notifications.sending import row

HOUSE = [
    "127.0.0.1", "127.1", "2130706433", "0x7f000001", "0177.0.0.1", "0x7f.1", "localhost", "::1", "[::1]", "::", "[::]", "0.0.0.0", "0",
    "::ffff:127.0.0.1", "::ffff:7f00:1", "10.0.0.1", "172.16.3.4", "192.168.1.1", "169.254.169.254", "::ffff:169.254.169.254", "fd00::1",
    "fe80::1", "64:ff9b::7f00:1", "2002:7f00:1::", "100.64.0.1", "224.0.0.1", "255.255.255.255", "①②⑦.⓪.⓪.①", "a b", "", "mail.example/x",
    "127.0.0.1:25", "user@127.0.0.1", "127.0.0.1\r\nX: y",
]  # fmt: skip
MAIL = {"port": 587, "security": "none", "user": "", "sender": "help@shop.example"}


@pytest.fixture
def names(monkeypatch):
    """`names(**{"mail.shop.example": ["93.184.216.34"]})` answers instead of the DNS; numbers answer for themselves."""
    known, real = {}, socket.getaddrinfo

    def look(host, port, *args, **options):
        if host in known:
            answer = known[host].pop(0) if isinstance(known[host], list) and len(known[host]) > 1 else known[host][0]
            return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (answer, port))]
        try:
            return real(host, port, *args, **options | {"flags": socket.AI_NUMERICHOST})
        except OSError:
            if host == "localhost":
                return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]
            raise

    monkeypatch.setattr(socket, "getaddrinfo", look)
    return known.update


@pytest.mark.parametrize("host", HOUSE)
def test_the_house_has_no_name_by_which_it_can_be_reached(names, host):
    with pytest.raises(guarded.HostNotAllowed) as refused:
        guarded.address_of(host, 587, ports={587})
    assert str(refused.value) == "this host cannot be used"


@pytest.mark.parametrize("port", [22, 6379, 5432, 0, 80])
def test_a_port_no_mail_server_has_is_none(names, port):
    names({"mail.shop.example": ["93.184.216.34"]})
    with pytest.raises(guarded.HostNotAllowed):
        guarded.address_of("mail.shop.example", port, ports={25, 465, 587})


def test_a_host_of_the_internet_is_connected_at_the_address_that_was_looked_at(names, monkeypatch):
    names({"mail.shop.example": ["93.184.216.34", "127.0.0.1"]})
    reached = []
    monkeypatch.setattr(socket, "create_connection", lambda address, timeout: reached.append(address))
    guarded.connect("mail.shop.example", 587, 5, ports={587})

    assert reached == [("93.184.216.34", 587)]


def test_a_name_with_one_private_address_among_public_ones_is_refused(monkeypatch):
    answers = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 587)) for address in ("93.184.216.34", "10.0.0.1")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **options: answers)
    with pytest.raises(guarded.HostNotAllowed):
        guarded.address_of("mail.shop.example", 587, ports={587})


@pytest.fixture
def olga(db):
    from tests.make import make_staff

    return make_staff("Olga")


@pytest.fixture
def store(db):
    return fresh(Store.objects.default() or make_store())


@pytest.mark.django_db
def test_a_private_host_is_refused_when_saved_and_when_connected(names, store, olga):
    for host in ("127.0.0.1", "nowhere.invalid", "169.254.169.254"):
        with pytest.raises(HostRefused) as refused:
            set_mail_account(store, by=olga, host=host, **MAIL)
        assert str(refused.value).startswith("This server cannot be used.")
    assert not MailAccount.objects.exists()

    MailAccount.objects.create(store=store, host="127.0.0.1", **MAIL)
    outcome = send_test_mail(store, "olga@shop.example", by=olga)
    MailAccount.objects.update(host="10.1.2.3")
    other = send_test_mail(store, "olga@shop.example", by=olga)
    assert not outcome.ok and outcome == other and outcome.words.startswith("The server cannot be reached.")


@pytest.mark.django_db
def test_mails_leave_by_the_stores_own_server_and_from_its_address(store, olga, settings):
    settings.ALLOW_PRIVATE_HOSTS = True
    with SmtpServer() as own:
        set_mail_account(store, by=olga, host="127.0.0.1", **{**MAIL, "port": own.port})
        delivery = row("kasia@mail.example")
        engine.deliver(delivery.pk)

        assert [(mail["To"], mail["From"]) for mail in own.mails] == [("kasia@mail.example", "Narvan <help@shop.example>")]
    assert fresh(delivery).state == "sent"
    assert mail_state(store).kind == "own"


@pytest.mark.django_db
def test_a_store_without_a_server_uses_the_default_stores_and_then_that_of_the_installation(store, olga, settings):
    settings.ALLOW_PRIVATE_HOSTS = True
    second = make_store()
    assert (mail_state(store).kind, mail_state(second).kind) == ("environment", "environment")
    set_mail_account(second, by=olga, host="127.0.0.1", **MAIL)
    assert (mail_state(store).kind, mail_state(second).kind) == ("environment", "own")
    first = set_mail_account(store, by=olga, host="127.0.0.1", **MAIL)
    forget_account(account_for(second), by=olga)
    assert (account_for(second), mail_state(second).kind) == (first, "inherited")
    settings.EMAIL_BACKEND = "notifications.mail_folder.FolderBackend"
    forget_account(first, by=olga)
    assert mail_state(store).kind == "folder" and not mail_state(store).leaves


@pytest.mark.django_db
def test_secrets_are_stored_encrypted_kept_when_left_empty_and_never_taken_to_another_server(store, olga, settings):
    settings.ALLOW_PRIVATE_HOSTS = True
    fields = {**MAIL, "user": "olga"}
    set_mail_account(store, by=olga, host="127.0.0.1", password="hunter2", **fields)
    with connection.cursor() as cursor:
        cursor.execute("SELECT password FROM notifications_mailaccount")
        assert "hunter2" not in cursor.fetchone()[0]
    assert set_mail_account(store, by=olga, host="127.0.0.1", **{**fields, "sender": "hi@shop.example"}).password == "hunter2"
    assert set_mail_account(store, by=olga, host="127.0.0.1", **{**fields, "security": "starttls"}).password == ""
    set_mail_account(store, by=olga, host="127.0.0.1", password="hunter2", **fields)
    assert set_mail_account(store, by=olga, host="127.0.0.2", **fields).password == ""
    assert all("hunter2" not in f"{line.before}{line.after}" for line in AuditLine.objects.all())
    assert AuditLine.objects.filter(deed="settings_changed").latest("pk").after["mail_host"] == "127.0.0.2"


@pytest.mark.django_db
def test_tests_have_a_limit(store, olga, mailoutbox):
    for _once in range(5):
        send_test_mail(store, "olga@shop.example", by=olga)
    with pytest.raises(TooManyRequests):
        send_test_mail(store, "olga@shop.example", by=olga)
    assert len(mailoutbox) == 5


@pytest.mark.django_db
def test_no_redirect_is_followed(monkeypatch):
    import httpx

    seen = []

    def answer(request):
        seen.append(str(request.url))
        return httpx.Response(302, headers={"Location": "http://127.0.0.1/"})

    real = httpx.Client
    monkeypatch.setattr(base.httpx, "Client", lambda **options: real(**options, transport=httpx.MockTransport(answer)))
    monkeypatch.setattr(guarded, "address_of", lambda host, port, ports: (socket.AF_INET, "93.184.216.34"))
    response = base.call("POST", "https://sms.example.com/send?x=1", guard=True)

    assert response.status_code == 302 and seen == ["https://93.184.216.34/send?x=1"]


@pytest.mark.django_db
def test_a_sender_of_the_store_wins_over_that_of_the_server(store, olga, settings):
    settings.ALLOW_PRIVATE_HOSTS = True
    account = set_mail_account(store, by=olga, host="127.0.0.1", **MAIL)
    store.sender_email = "hello@shop.example"
    store.save()

    assert build(Delivery.objects.for_sending().get(pk=row().pk), account).from_email == "Narvan <hello@shop.example>"
