"""/healthz and /readyz: for load balancers, which know neither our host name nor our certificate."""

import time

import pytest
from django.db import connection
from django.test import override_settings

from tests.servers import Redis


@pytest.mark.once
def test_alive_asks_nothing_of_the_database(client):
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json()) == (200, {"status": "alive"})


@pytest.mark.once
@override_settings(SECURE_SSL_REDIRECT=True, ALLOWED_HOSTS=["help.example.com"])
def test_neither_https_nor_the_host_name_is_asked_for(client):
    assert client.get("/healthz", headers={"host": "10.1.2.3:8000"}).status_code == 200


@pytest.mark.django_db
def test_ready_when_everything_answers(client):
    answer = client.get("/readyz")
    assert answer.status_code == 200
    assert answer.json() == {"status": "ready", "database": "ok", "migrations": "ok", "broker": "ok"}
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.django_db(transaction=True)
def test_not_ready_while_a_migration_is_missing(client):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE django_migrations SET app = 'elsewhere' WHERE app = 'helpdesk'")
        try:
            answer = client.get("/readyz")
        finally:
            cursor.execute("UPDATE django_migrations SET app = 'helpdesk' WHERE app = 'elsewhere'")
    assert answer.status_code == 503
    assert answer.json()["migrations"] == "not applied"


@pytest.mark.django_db
def test_not_ready_and_quick_about_it_while_redis_hangs(client):
    with Redis() as redis, override_settings(CELERY_BROKER_URL=redis.url()):
        assert client.get("/readyz").status_code == 200
        redis.pause()
        started = time.monotonic()
        answer = client.get("/readyz")
        redis.go_on()
    assert time.monotonic() - started < 3
    assert (answer.status_code, answer.json()["broker"]) == (503, "no answer")


@pytest.mark.django_db
def test_what_is_wrong_is_said_without_secrets(client, closed_port):
    with override_settings(CELERY_BROKER_URL=f"redis://user:a-secret@127.0.0.1:{closed_port}/0"):
        answer = client.get("/readyz")
    assert answer.status_code == 503
    assert b"a-secret" not in answer.content
