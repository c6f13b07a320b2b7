from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from accounts.choices import Language
from notifications.choices import State
from notifications.models import Delivery
from statuses.models import StatusKind
from surveys.models import Survey
from tickets.models import Attachment, Ticket

pytestmark = pytest.mark.django_db


@pytest.fixture
def demo(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    call_command("seed_demo", stdout=StringIO(), stderr=StringIO())


def test_the_demo_has_tickets_at_every_stage_in_all_four_languages(demo):
    assert set(Ticket.objects.values_list("status__kind", flat=True)) == set(StatusKind.values)
    assert set(Ticket.objects.values_list("language", flat=True)) == set(Language.values)


def test_the_demo_has_files_ratings_and_an_unassigned_ticket(demo):
    assert Attachment.objects.filter(width__isnull=False).exists()
    assert Survey.objects.filter(score__isnull=False).count() >= 4
    assert Ticket.objects.still_open().unassigned().exists()


def test_the_past_of_the_demo_sends_nothing(demo):
    assert not Delivery.objects.filter(state=State.QUEUED).exists()
    assert Delivery.objects.filter(state=State.FAILED).count() == 1


def test_history_of_the_demo_is_in_time_order(demo):
    for ticket in Ticket.objects.all():
        moments = list(ticket.events.order_by("pk").values_list("created_at", flat=True))
        assert moments == sorted(moments)
        assert ticket.created_at <= ticket.last_message_at


def test_the_demo_is_only_built_into_an_empty_database(demo):
    with pytest.raises(CommandError):
        call_command("seed_demo")
