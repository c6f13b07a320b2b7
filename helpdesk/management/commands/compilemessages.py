"""Django's `compilemessages`, without needing gettext on the machine, and only for what changed."""

import os
from pathlib import Path

import polib
from django.conf import settings
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Compile the translations (locale/*/LC_MESSAGES/*.po) that changed since they were last compiled."
    requires_system_checks = []

    def handle(self, *, verbosity, **options):
        for source in sorted(path for folder in settings.LOCALE_PATHS for path in Path(folder).glob("*/LC_MESSAGES/*.po")):
            compiled = source.with_suffix(".mo")
            if compiled.exists() and compiled.stat().st_mtime_ns >= source.stat().st_mtime_ns:
                continue
            # Two processes may compile at once (test workers do): each writes its own file and renames it.
            unfinished = compiled.with_suffix(f".{os.getpid()}.part")
            polib.pofile(str(source)).save_as_mofile(str(unfinished))
            unfinished.replace(compiled)
            if verbosity > 1:
                self.stdout.write(f"Compiled {source}.")
