from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from i18nfield.strings import LazyI18nString

from accounts.choices import Language
from departments.models import Department
from statuses.services import create_workflow
from stores.models import Store


class Command(BaseCommand):
    help = "Make the first store of an empty installation, with the usual workflow and one department."

    def add_arguments(self, parser):
        parser.add_argument("name")
        parser.add_argument("--language", choices=Language.values, default="en")
        parser.add_argument("--time-zone", default="Europe/Warsaw")
        parser.add_argument("--phone-region", default="PL", help="two letters: where mobile numbers without a country belong")

    @transaction.atomic
    def handle(self, *, name, language, time_zone, phone_region, **options):
        if Store.objects.exists():
            raise CommandError("There is a store already.")
        store = Store.objects.create(
            key="main", is_default=True, name=name, language=language, time_zone=time_zone, phone_region=phone_region.upper()
        )
        workflow = create_workflow({"en": "Support", "fa": "پشتیبانی", "pl": "Obsługa", "ru": "Поддержка"})
        department = Department.objects.create(
            name=LazyI18nString({"en": "Support", "fa": "پشتیبانی", "pl": "Obsługa klienta", "ru": "Поддержка"}), workflow=workflow
        )
        department.stores.add(store)
        self.stdout.write(f"{name} is there, with one department. Next: manage.py grant_owner you@example.com --name 'Your Name'.")
