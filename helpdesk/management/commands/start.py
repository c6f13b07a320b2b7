"""`manage.py start`: the whole product, or one part of it, until Ctrl-C or SIGTERM."""

import http.client
import time

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from helpdesk.running import parts, prepare
from helpdesk.running.supervisor import Part, Supervisor, run_apart


class Command(BaseCommand):
    help = "Run the help desk: web, worker and clock under one parent, or one of them with --only."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("--only", choices=["web", "worker", "clock"], help="run this part alone and prepare nothing")
        parser.add_argument("--demo", action="store_true", help="fill a new database with the demo store")
        parser.add_argument("--end-with-parent", action="store_true", help="end when the process that started this one ends")

    def handle(self, *, only, demo, end_with_parent, **options):
        # Held until this process ends, like the socket.
        hold = None if only else self._hold_data_folder()
        listener = self._listen() if only in {None, "web"} else None
        if not only:
            self._prepare(demo)
        parts.preload()

        wanted = []
        if listener:
            wanted += [Part("web server", lambda: parts.web(listener)) for _ in range(settings.WEB_PROCESSES)]
        if only in {None, "worker"}:
            wanted += [Part("worker", parts.worker) for _ in range(settings.WORKER_PROCESSES)]
        if only in {None, "clock"}:
            wanted += [Part("clock", parts.clock)]
        if listener:
            wanted += [Part("greeting", lambda: self._greet(demo), once=True)]
        Supervisor(wanted, end_with_parent=end_with_parent).run()
        if hold:
            hold.close()

    def _hold_data_folder(self):
        try:
            return prepare.hold_data_folder()
        except prepare.AlreadyRuns as error:
            raise CommandError(
                f"The help desk already runs on {settings.DATA_DIR} (process {error.pid}). "
                "Stop it first, or choose another data folder with DATA_DIR=…"
            ) from None

    def _listen(self):
        try:
            return parts.listen(settings.LISTEN_ON, settings.PORT)
        except parts.PortIsBusy as error:
            raise CommandError(
                f"Cannot listen on {settings.LISTEN_ON}, port {settings.PORT} ({error}). "
                f"Choose another port: PORT={settings.PORT + 1} make run"
            ) from None

    def _prepare(self, demo):
        prepare.compile_translations()
        steps = [prepare.migrate, prepare.collect_static_files] + [prepare.seed_if_empty] * demo
        for step in steps:
            if not run_apart(step):
                raise CommandError("The start stopped here; the lines above say why. `python manage.py doctor` looks for the usual causes.")

    def _greet(self, demo):
        if not self._web_answers():
            return
        self.stdout.write(self.style.SUCCESS(f"The help desk runs at {settings.SITE_URL}/ - end it with Ctrl-C."))
        if demo:
            prepare.show_demo_sign_ins()
        if address := prepare.way_to_set_up():
            self.stdout.write(f"Nobody signs in here yet. Set it up in the browser: {address}")

    def _web_answers(self, seconds=30):
        host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(settings.LISTEN_ON, settings.LISTEN_ON)
        last_moment = time.monotonic() + seconds
        while time.monotonic() < last_moment:
            try:
                connection = http.client.HTTPConnection(host, settings.PORT, timeout=5)
                connection.request("GET", "/healthz")
                return connection.getresponse().status == 200
            except OSError:
                time.sleep(0.1)
        return False
