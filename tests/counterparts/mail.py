"""Debian's Postfix with a queue and bounces of its own, and Dovecot with the mailboxes, on free loopback ports and in temporary folders.

Postfix takes everything and finds out later who exists, as the mail servers of others do: Dovecot refuses an unknown person, and Postfix
sends a bounce to the address on the envelope.
"""

import imaplib
import os
import socket
import subprocess
import time
from pathlib import Path

import pytest
from imap_tools import BaseMailBox

from tests.counterparts.programs import need
from tests.servers import NOBODY, Server, free_port

PASSWORD = "correct horse"
#: The domain whose server is away until somebody starts it at `slow_port`.
SLOW = "slow.example"

_DOVECOT = """
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/dovecot.log
protocols = imap lmtp
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
default_internal_user = dovecot
default_login_user = dovenull
first_valid_uid = 1
recipient_delimiter = +
mail_location = maildir:~/Maildir
passdb {{
  driver = passwd-file
  args = scheme=PLAIN username_format=%u {folder}/users
}}
userdb {{
  driver = passwd-file
  args = username_format=%u {folder}/users
}}
service imap-login {{
  inet_listener imap {{
    port = {imap}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
service lmtp {{
  inet_listener lmtp {{
    port = {lmtp}
  }}
}}
"""

_POSTFIX = """
compatibility_level = 3.6
queue_directory = {folder}/queue
data_directory = {folder}/data
maillog_file = {folder}/maillog
maillog_file_prefixes = {folder}
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
myhostname = mx.shop.example
mydestination =
mynetworks = 127.0.0.0/8
alias_maps =
local_recipient_maps =
recipient_delimiter = +
virtual_mailbox_domains = mail.example, shop.example
virtual_transport = lmtp:inet:127.0.0.1:{lmtp}
transport_maps = inline:{{ {{ {slow} = smtp:[127.0.0.1]:{slow_port} }} }}
smtpd_reject_unlisted_recipient = no
smtputf8_enable = no
smtp_host_lookup = native
smtpd_peername_lookup = no
queue_run_delay = 1s
minimal_backoff_time = 1s
maximal_backoff_time = 2s
delay_warning_time = 2s
"""

_SERVICES = """
127.0.0.1:{port} inet n - n - - smtpd
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 1 1 qmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
flush unix n - n 1000? 0 flush
proxymap unix - - n - - proxymap
smtp unix - - n - - smtp
relay unix - - n - - smtp
showq unix n - n - - showq
error unix - - n - - error
retry unix - - n - - error
lmtp unix - - n - - lmtp
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
postlog unix-dgram n - n - 1 postlogd
"""


class Dovecot(Server):
    name = "dovecot"

    def __init__(self, people):
        super().__init__()
        self.lmtp = free_port()
        self.folder.chmod(0o755)
        lines = []
        for person in people:
            home = self.folder / "homes" / person
            home.mkdir(parents=True)
            lines.append(f"{person}:{{PLAIN}}{PASSWORD}:{NOBODY}:{NOBODY}::{home}::")
        for path in (self.folder / "homes", *(self.folder / "homes").iterdir()):
            os.chown(path, NOBODY, NOBODY)
        (self.folder / "users").write_text("\n".join(lines) + "\n")
        (self.folder / "dovecot.conf").write_text(_DOVECOT.format(folder=self.folder, imap=self.port, lmtp=self.lmtp))

    def command(self):
        return [need("dovecot", "dovecot-imapd", "dovecot-lmtpd"), "-F", "-c", str(self.folder / "dovecot.conf")]

    def mails_of(self, person, *, at_least=1, seconds=40):
        """The raw mails of this person, oldest first, as IMAP gives them out."""
        last_moment = time.monotonic() + seconds
        while True:
            with _Mailbox(self.port) as box:
                box.login(person, PASSWORD)
                found = [box.client.uid("fetch", uid, "(BODY.PEEK[])")[1][0][1] for uid in box.uids(charset=None)]
            if len(found) >= at_least or time.monotonic() > last_moment:
                return found
            time.sleep(0.2)


class _Mailbox(BaseMailBox):
    def __init__(self, port):
        self._port = port
        super().__init__()

    def _get_mailbox_client(self):
        return imaplib.IMAP4("127.0.0.1", self._port, timeout=20)


class Postfix(Server):
    name = "postfix"

    def __init__(self, lmtp):
        super().__init__()
        self.slow_port = free_port()
        # Its programs run as other users and enter by themselves.
        self.folder.chmod(0o755)
        facts = {"folder": self.folder, "lmtp": lmtp, "slow": SLOW, "slow_port": self.slow_port, "port": self.port}
        self.config = self.folder / "config"
        for name in ("config", "queue", "data"):
            (self.folder / name).mkdir()
        (self.config / "main.cf").write_text(_POSTFIX.format(**facts))
        (self.config / "master.cf").write_text(_SERVICES.format(**facts))
        subprocess.run(["chown", "postfix", str(self.folder / "data")], check=True)

    def command(self):
        return [need("postfix", "postfix"), "-c", str(self.config), "start-fg"]

    def queue(self):
        """What waits in its queue, in its own words."""
        return subprocess.run(
            [need("postqueue", "postfix"), "-c", str(self.config), "-p"], capture_output=True, text=True, check=False
        ).stdout

    def said(self):
        path = Path(self.folder / "maillog")
        return path.read_text(errors="replace")[-6000:] if path.exists() else ""

    def stop(self):
        """Its master has children in groups of their own, and ends them itself."""
        subprocess.run(["postfix", "-c", str(self.config), "stop"], capture_output=True, timeout=30, check=False)
        super().stop()


def real_mail():
    """(Postfix, Dovecot) for a fixture; skipped with the reason where they cannot run."""
    if os.geteuid() != 0:
        pytest.skip("Postfix starts as root only")
    need("postfix", "postfix")
    need("dovecot", "dovecot-imapd", "dovecot-lmtpd")
    with Dovecot(["kasia@mail.example", "bounces@shop.example"]) as dovecot, Postfix(dovecot.lmtp) as postfix:
        yield postfix, dovecot


def wait_for(question, seconds=40):
    """What `question()` returns once it is true; else what it returned last."""
    last_moment = time.monotonic() + seconds
    while not (answer := question()) and time.monotonic() < last_moment:
        time.sleep(0.2)
    return answer


def hears(port):
    try:
        socket.create_connection(("127.0.0.1", port), 1).close()
    except OSError:
        return False
    return True
