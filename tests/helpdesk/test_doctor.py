"""The doctor says what is missing in plain words and tells by its exit code."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import override_settings
from django.utils import timezone

from audit.triggers import put_up, take_down
from helpdesk import diagnosis
from helpdesk.models import Heartbeat
from helpdesk.tasks import note_heartbeat
from notifications.models import Delivery
from notifications.services import send_code
from tests.make import make_store


def examine(level):
    return [finding.words for finding in diagnosis.examine() if finding.level == level]


def doctor(capsys):
    try:
        call_command("doctor", no_color=True)
        code = 0
    except SystemExit as end:
        code = end.code
    return code, capsys.readouterr().out


@pytest.fixture
def collected(monkeypatch):
    """Stylesheets are not collected in tests, and the audit log is not guarded."""
    monkeypatch.setattr(diagnosis, "files_made_ready", lambda: ())
    monkeypatch.setattr(diagnosis, "missing", lambda connection: [])


@pytest.mark.django_db
def test_an_audit_log_that_can_be_changed_is_a_fault():
    take_down(connection, {"audit_never_changed"})
    assert any("no longer refuses to change the audit log; missing: audit_never_changed" in words for words in examine(diagnosis.FAULT))
    put_up(connection)
    assert "The database lets nobody change the audit log." in examine(diagnosis.OK)


@pytest.mark.django_db
def test_all_is_well(capsys, collected):
    note_heartbeat()
    code, words = doctor(capsys)
    assert "All is well." in words
    assert code == 0


@pytest.mark.django_db
def test_silence_of_the_clock_is_a_fault(capsys, collected, monkeypatch):
    monkeypatch.setattr(diagnosis, "_messages_waiting", lambda: 0)
    note_heartbeat()
    Heartbeat.objects.update(at=timezone.now() - timedelta(minutes=5))
    code, words = doctor(capsys)
    assert code == 1
    assert "The clock has not been heard of since" in words
    assert "-> python manage.py start" in words


@pytest.mark.django_db
def test_tasks_that_wait_tell_that_the_worker_is_missing(monkeypatch):
    monkeypatch.setattr(diagnosis, "_messages_waiting", lambda: 7)
    assert any("tasks waiting for one: 7" in words for words in examine(diagnosis.FAULT))


@pytest.mark.django_db
def test_unreachable_servers_are_named_with_what_to_do(closed_port):
    with override_settings(
        CELERY_BROKER_URL=f"redis://127.0.0.1:{closed_port}/0",
        EMAIL_BACKEND="django.core.mail.backends.smtp.EmailBackend",
        EMAIL_HOST="127.0.0.1",
        EMAIL_PORT=closed_port,
    ):
        faults = examine(diagnosis.FAULT)
    assert any(words.startswith("The broker does not answer:") for words in faults)
    assert any(words.startswith(f"The mail server 127.0.0.1:{closed_port} does not take mail:") for words in faults)


@pytest.mark.django_db
def test_keys_others_can_read_are_a_fault(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    (tmp_path / "encryption_key").write_text("x")
    (tmp_path / "encryption_key").chmod(0o644)
    assert f"Others on this machine can read {tmp_path / 'encryption_key'}." in examine(diagnosis.FAULT)


@pytest.mark.django_db
def test_a_data_folder_that_cannot_be_written_to_is_a_fault(settings, tmp_path):
    settings.DATA_DIR = tmp_path / "gone"
    assert any("cannot be written to" in words for words in examine(diagnosis.FAULT))


@pytest.mark.django_db
def test_several_web_processes_need_redis(settings):
    settings.WEB_PROCESSES = 2
    assert any("without Redis" in words for words in examine(diagnosis.FAULT))


@pytest.mark.django_db
def test_messages_that_should_have_left_long_ago_are_a_fault():
    make_store()
    delivery = send_code("sign_in_code", code="1", language="en", email="nour@mail.example")
    assert any("E-mails: 1 waiting" in words for words in examine(diagnosis.OK))
    since = timezone.now() - timedelta(minutes=20)
    Delivery.objects.filter(pk=delivery.pk).update(created_at=since, next_try_at=since)

    assert any("E-mails: 1 waiting" in words and "20 minutes ago" in words for words in examine(diagnosis.FAULT))
