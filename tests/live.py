"""The product as it really runs: web, worker and clock in processes of their own, with a demo store in its own data folder."""

import http.client
import os
import subprocess
import sys
from pathlib import Path

from tests import seeded
from tests.servers import Server

ROOT = Path(__file__).resolve().parent.parent


class LiveStack(Server):
    """`manage.py start --demo`, in an environment of its own, on a copy of the demo store.

    `demo=False` starts on an empty database. `only="worker"` and the like start one part on a given data folder.
    Its environment is best made by the fixture `live_environment`, which knows the database of the run.
    """

    name = "stack"
    patience = 120
    #: {host: the stack that answers there}
    running = {}

    def __init__(self, *, data=None, only=None, demo=True, **environment):
        super().__init__()
        self.data = Path(data or self.folder / "data")
        self.only = only
        self.demo = demo
        self.own_environment = environment

    @property
    def host(self):
        return f"127.0.0.1:{self.port}"

    @property
    def url(self):
        return f"http://{self.host}"

    def command(self):
        return [sys.executable, "manage.py", "start", *(["--only", self.only] if self.only else ["--demo"] * self.demo)]

    def environment(self):
        # The settings of the tests took their own away; what is left of the machine's is harmless.
        kept = {
            name: value
            for name, value in os.environ.items()
            if name not in {"DATABASE_URL", "BROKER_URL", "LOG_LEVEL", "DJANGO_SETTINGS_MODULE"}
        }
        own = {
            "ENV_FILE": os.devnull,
            "MALLOC_ARENA_MAX": "2",  # as the Makefile, the image and the units set it
            "DATA_DIR": str(self.data),
            "PORT": str(self.port),
            "SWEEP_SECONDS": "1",
            "SURVEY_SWEEP_SECONDS": "1",
        }
        return kept | own | {name: str(value) for name, value in self.own_environment.items()}

    def working_folder(self):
        return ROOT

    def start(self):
        if self.demo and not self.data.exists():
            seeded.copy(seeded.data_folder(self.server_of_the_run), self.data)
        self.running[self.host] = self
        return super().start()

    @property
    def server_of_the_run(self):
        """The PostgreSQL this product's database was made on; None when it runs on SQLite."""
        return os.environ.get("TEST_DATABASE_URL") if "DATABASE_URL" in self.own_environment else None

    def answers(self):
        if self.only in {"worker", "clock"}:
            return True
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            connection.request("GET", "/readyz")
            return connection.getresponse().status == 200
        except OSError:
            return False
        finally:
            connection.close()

    def manage(self, *arguments, **kwargs):
        """Run a command of manage.py in the same environment and return what it printed."""
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env=self.environment(),
            capture_output=True,
            text=True,
            timeout=120,
            **kwargs,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def new_ticket(self, then="pass"):
        """The number of a new ticket in Alice's department, which she and Olga see. `then`: a statement about `ticket`, `reply_as_customer` at hand."""
        return self.shell(
            "from django.contrib.auth import get_user_model; from customers.models import Customer; from departments.models import Department;"
            "from tickets.services.lifecycle import open_ticket, reply_as_customer;"
            "alice = get_user_model().objects.get(email='alice@narvan.example');"
            "department = Department.objects.filter(responsible=alice).get(); kasia = Customer.objects.get(email='kasia@mail.example');"
            "ticket = open_ticket(store=department.stores.get(), department=department, customer=kasia, subject='The lid leaks', text='It drips.');"
            f"{then}; print(ticket.number)"
        ).strip()

    def session_of(self, email):
        """(name, value) of the cookie of somebody who is signed in."""
        return self.shell(
            "from django.conf import settings; from django.contrib.auth import get_user_model; from django.test import Client;"
            f"browser = Client(); browser.force_login(get_user_model().objects.get(email='{email}'));"
            "print(settings.SESSION_COOKIE_NAME, browser.session.session_key)"
        ).split()

    def shell(self, code):
        """Run Python inside the product, as `manage.py shell` does, and return what it printed."""
        return self.manage("shell", "--verbosity", "0", "-c", code)
