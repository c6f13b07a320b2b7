import pytest
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command

from tests.accounts.door import sign_in
from tests.make import make_staff, make_store, make_ticket
from tickets.models import Ticket

pytestmark = pytest.mark.django_db


@pytest.fixture
def environment(monkeypatch):
    monkeypatch.setenv("DJANGO_SUPERUSER_EMAIL", "Olga@Shop.example")
    monkeypatch.setenv("DJANGO_SUPERUSER_NAME", "Olga")
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", "a long and winding password")


def test_a_superuser_is_made_unattended(environment, client):
    make_store()
    call_command("createsuperuser", "--noinput", verbosity=0)

    olga = get_user_model().objects.get()
    assert (olga.email, olga.name, olga.is_staff, olga.is_superuser) == ("olga@shop.example", "Olga", True, True)
    assert sign_in(client, "olga@shop.example", "a long and winding password").url == "/desk/"


def test_the_second_time_is_refused_and_nothing_changes(environment, capsys):
    call_command("createsuperuser", "--noinput", verbosity=0)
    with pytest.raises(CommandError, match="e-mail"):
        call_command("createsuperuser", "--noinput", verbosity=0)
    assert get_user_model().objects.count() == 1


def test_a_superuser_who_was_granted_nothing_sees_no_ticket(environment):
    ticket = make_ticket()
    call_command("createsuperuser", "--noinput", verbosity=0)
    olga = get_user_model().objects.get(is_superuser=True)

    assert list(Ticket.objects.visible_to(olga)) == []
    assert list(Ticket.objects.visible_to(make_staff("Alice", ticket.department))) == [ticket]
