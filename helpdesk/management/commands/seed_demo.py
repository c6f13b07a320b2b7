from django.core.management.base import BaseCommand, CommandError

from audit.log import COMMAND_LINE, acting_from
from helpdesk.demo import store
from helpdesk.demo.build import build_demo
from stores.models import Store

SIGN_INS = """Sign in to the demo store (password of everybody: {password})
  customers   kasia@mail.example (English)   nour@mail.example (Persian)   tomasz@mail.example (Polish)   ivan@mail.example (Russian)
  staff       alice@narvan.example (repairs, orders)   negar@narvan.example (orders, Persian)
              bob@narvan.example (sales)               vera@narvan.example (payment, returns)
              dan@narvan.example (accountant: sees what waits for payment)
              witek@narvan.example (observer: sees everything but the customers' data)
  owner       olga@narvan.example"""


class Command(BaseCommand):
    help = "Build the demo store: a coffee shop with departments, staff, customers, answers and tickets in four languages."

    def add_arguments(self, parser):
        parser.add_argument("--if-empty", action="store_true", help="do nothing when there is a store already")
        parser.add_argument("--sign-ins", action="store_true", help="only print who may sign in")

    @acting_from(None, way=COMMAND_LINE)
    def handle(self, *, if_empty=False, sign_ins=False, **options):
        exists = Store.objects.exists()
        if not sign_ins and not (exists and if_empty):
            if exists:
                raise CommandError("There is a store already; the demo is only built into an empty database.")
            build_demo(say=self.stderr.write)
        if Store.objects.filter(key="narvan").exists():
            self.stdout.write(SIGN_INS.format(password=store.PASSWORD))
