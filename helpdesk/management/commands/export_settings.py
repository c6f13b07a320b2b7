from django.core.management.base import BaseCommand

from control.configuration.files import write_file
from control.configuration.reading import read_configuration


class Command(BaseCommand):
    help = "Write everything that is set up, without secrets and people, as one YAML file to standard output."

    def handle(self, **options):
        self.stdout.write(write_file(read_configuration()), ending="")
