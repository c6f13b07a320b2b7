"""What staff know of the demo's customers beyond their names: somebody blocked, a café whose people see each other's requests, one here twice."""

from datetime import timedelta

from allauth.account.models import EmailAddress
from django.contrib.auth import get_user_model
from django.utils import timezone

from customers.models import Sharing
from customers.services import add_customer, add_organisation_note, block_customer, put_into_organisation, save_organisation
from helpdesk.demo import store

#: name, language, e-mail, mobile number: three who have written nothing that is told here.
BLOCKED = ("Piotr Dudek", "pl", "piotr@mail.example", "+48605664718")
COLLEAGUE = ("آرش اکبری", "fa", "arash@mail.example", "+989124567817")
TWICE = ("Marta Zielinska", "pl", "marta+sklep@mail.example", "")


def tell_of_customers(customers, staff):
    piotr, arash = _with_account(*BLOCKED), _with_account(*COLLEAGUE)
    name, language, email, phone = TWICE
    add_customer(name=name, language=language, email=email, phone=phone, created_at=timezone.now() - timedelta(days=12))
    block_customer(
        piotr,
        reason="Obraża obsługę w każdej rozmowie, dwa ostrzeżenia.",
        words="Prosimy o kontakt telefoniczny: 22 123 45 67.",
        until=timezone.now() + timedelta(days=60),
        by=staff["olga"],
    )
    mirror = save_organisation(name="کافه آینه", sharing=Sharing.READ, domains=["ayneh-cafe.example"], by=staff["olga"])
    for customer in (customers["leila"], arash):
        put_into_organisation(customer, mirror, by=staff["negar"])
    add_organisation_note(mirror, text="قرارداد سرویس دارند؛ دستگاه جایگزین بی‌هزینه است.", by=staff["negar"])


def _with_account(name, language, email, phone):
    person = get_user_model().objects.create_user(email, phone, store.PASSWORD, name=name, language=language, phone_verified=True)
    EmailAddress.objects.create(user=person, email=email, verified=True, primary=True)
    return add_customer(user=person, name=name, email=email, phone=phone, language=language)
