"""`manage.py doctor`: what is missing or unreachable. Exit code 1 when something keeps the help desk from working."""

import sys

from django.core.management.base import BaseCommand

from helpdesk import diagnosis


class Command(BaseCommand):
    help = "Say in plain words what is missing or unreachable, and what to do about it."
    requires_system_checks = []

    def handle(self, **options):
        styles = {diagnosis.OK: self.style.SUCCESS, diagnosis.NOTE: self.style.WARNING, diagnosis.FAULT: self.style.ERROR}
        faults = 0
        for finding in diagnosis.examine():
            faults += finding.level == diagnosis.FAULT
            self.stdout.write(styles[finding.level](f"{finding.level:<6}") + finding.words)
            if finding.hint:
                self.stdout.write(f"{'':<6}-> {finding.hint}")
        if faults:
            self.stdout.write(self.style.ERROR(f"\n{faults} thing{'s' if faults > 1 else ''} to put right."))
            sys.exit(1)
        self.stdout.write(self.style.SUCCESS("\nAll is well."))
