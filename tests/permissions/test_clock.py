"""The clock clears away what has ended: with a line each, cheaply when there is nothing, and safe to run twice."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone

from audit.choices import Deed
from audit.models import AuditLine
from permissions.models import DepartmentUserObjectPermission
from permissions.rights import DepartmentRight, StoreRight
from permissions.services import grant
from permissions.tasks import end_grants
from tests.make import make_department, make_staff

pytestmark = pytest.mark.django_db


def test_what_has_ended_goes_and_leaves_a_line(django_assert_max_num_queries):
    support = make_department()
    dan = make_staff("Dan", sees_customers=False)
    now = timezone.now()
    grant(dan, DepartmentRight.VIEW, support, ends_at=now + timedelta(hours=1))
    grant(dan, DepartmentRight.REPLY, support)
    grant(dan, StoreRight.SHARE, support.stores.get(), ends_at=now + timedelta(hours=1))
    DepartmentUserObjectPermission.objects.filter(permission__codename=DepartmentRight.VIEW).update(ends_at=now - timedelta(minutes=1))

    assert end_grants() == 1

    (line,) = AuditLine.objects.filter(deed=Deed.GRANT_ENDED)
    assert (line.actor, line.subject_name, line.before["rights"][0]["right"]) == (None, "Dan", "view_tickets")
    assert [row.permission.codename for row in DepartmentUserObjectPermission.objects.all()] == ["reply_tickets"]
    with django_assert_max_num_queries(12):
        assert end_grants() == 0


def test_the_clock_knows_the_task():
    assert settings.CELERY_BEAT_SCHEDULE["end-grants"]["task"] == end_grants.name
