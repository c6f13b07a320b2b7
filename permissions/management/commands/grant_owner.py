import sys
from pathlib import Path

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from audit.choices import Deed
from audit.log import COMMAND_LINE, acting_from, differences, note
from departments.models import Department
from permissions.rights import DepartmentRight, RoleKey, StoreRight
from permissions.services import grant, grant_role
from stores.models import Store


class Command(BaseCommand):
    help = "Give a person every right there is: all departments, all statuses, all stores. Makes the person where needed."

    def add_arguments(self, parser):
        parser.add_argument("email")
        parser.add_argument("--name", default="", help="name of a person who does not exist yet")
        parser.add_argument("--password-from", metavar="FILE", help="file with the new person's password (- for standard input)")

    @acting_from(None, way=COMMAND_LINE)
    @transaction.atomic
    def handle(self, *, email, name, password_from, **options):
        User = get_user_model()
        user = User.objects.filter(email__iexact=email).first()
        if user is None:
            if not name:
                raise CommandError(f"Nobody signs in as {email}. Give --name to make this person.")
            user = User.objects.create_user(email, name=name, password=self._password(password_from))
        before, after = differences({"staff": user.is_staff, "active": user.is_active}, {"staff": True, "active": True})
        if after:
            user.is_staff = user.is_active = True
            user.save(update_fields=["is_staff", "is_active"])
            note(Deed.PERSON_CHANGED, on=user, before=before, after=after)
        for store in Store.objects.all():
            for right in StoreRight:
                grant(user, right, store)
        for department in Department.objects.select_related("workflow"):
            grant_role(user, department, RoleKey.OWNER)
        self.stdout.write(f"{user} may now do everything in {Department.objects.count()} departments ({len(DepartmentRight)} rights each).")

    def _password(self, source):
        if not source:
            return None
        try:
            text = sys.stdin.read() if source == "-" else Path(source).read_text(encoding="utf-8")
        except OSError as error:
            raise CommandError(f"The password file cannot be read: {error.strerror}.") from error
        return text.strip() or None
