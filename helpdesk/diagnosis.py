"""What is missing or unreachable, in plain words, and what to do about it. The doctor command prints it."""

import shutil
import socket
import stat
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import get_connection
from django.db import DatabaseError, connection
from django.utils import timezone

from audit.triggers import missing
from helpdesk import health
from helpdesk.models import Heartbeat
from notifications.choices import Channel
from notifications.health import CHANNELS, hour_by_channel, waiting_by_channel

OK, NOTE, FAULT = "ok", "note", "fault"
LITTLE_SPACE = 200 * 1024 * 1024
SILENCE = timedelta(minutes=2)  # the clock asks every 30 seconds
TOO_LONG = timedelta(minutes=15)
_CALLED = {Channel.MAIL: "E-mails", Channel.SMS: "SMS", Channel.PUSH: "Notices on devices"}


@dataclass(frozen=True)
class Finding:
    """One line of the diagnosis. A note is worth knowing; a fault keeps something from working."""

    level: str
    words: str
    hint: str = ""


def examine():
    """Every finding, in the order in which things depend on each other."""
    yield data_folder()
    yield from keys()
    database = reachable("The database", health.check_database, "Check DATABASE_URL and that the server runs.")
    yield database
    if database.level == OK:
        yield migrations()
        yield audit_log()
    yield reachable("The broker", health.check_broker, "Check REDIS_URL (or BROKER_URL) and that the server runs.")
    yield from cache()
    if database.level == OK:
        yield worker_and_clock()
        yield from messages()
    yield mail()
    yield sms()
    yield from address()
    yield from files_made_ready()


def data_folder():
    folder = settings.DATA_DIR
    trial = folder / "trial"
    try:
        trial.write_bytes(b"1")
        trial.unlink()
        free = shutil.disk_usage(folder).free
    except OSError as error:
        return Finding(
            FAULT, f"The data folder {folder} cannot be written to ({error.strerror}).", "Give it to the user the help desk runs as."
        )
    if free < LITTLE_SPACE:
        return Finding(FAULT, f"Only {free // 2**20} MiB are left where the data folder {folder} lies.", "Free some space.")
    return Finding(OK, f"The data folder {folder} can be written to.")


def keys():
    for name in ("SECRET_KEY", "ENCRYPTION_KEY", "VAPID_PRIVATE_KEY"):
        path = settings.DATA_DIR / name.lower()
        if path.exists() and stat.S_IMODE(path.stat().st_mode) & 0o077:
            yield Finding(FAULT, f"Others on this machine can read {path}.", f"chmod 600 {path}")
        else:
            yield Finding(OK, f"{name} is set" + (f", kept in {path}." if path.exists() else " in the environment."))


def reachable(thing, check, hint):
    try:
        check()
    except Exception as error:
        return Finding(FAULT, f"{thing} does not answer: {_first_line(error)}", hint)
    return Finding(OK, f"{thing} answers.")


def migrations():
    try:
        health.check_migrations()
    except health.NotReady:
        return Finding(FAULT, "The tables of the database are not those of this version.", "python manage.py migrate")
    return Finding(OK, "The tables of the database are up to date.")


def audit_log():
    try:
        gone = missing(connection)
    except DatabaseError:
        return Finding(FAULT, "There is no audit log yet.", "python manage.py migrate")
    if gone:
        words = f"The database no longer refuses to change the audit log; missing: {', '.join(gone)}."
        return Finding(FAULT, words, "Find out who took it down; docs/owners/audit-log.md says how to put it up again.")
    return Finding(OK, "The database lets nobody change the audit log.")


def cache():
    if settings.WEB_PROCESSES > 1 and not settings.REDIS_URL:
        yield Finding(
            FAULT, "Several web processes cannot count sign-in attempts together without Redis.", "Set REDIS_URL, or WEB_PROCESSES=1."
        )


def worker_and_clock():
    try:
        last = Heartbeat.objects.get(name=Heartbeat.CLOCK_AND_WORKER).at
    except Exception:
        last = None
    if last and timezone.now() - last < SILENCE:
        return Finding(OK, "The clock and a worker are at work.")
    since = f"since {last:%Y-%m-%d %H:%M} UTC" if last else "yet"
    waiting = _messages_waiting()
    if waiting is None:
        return Finding(FAULT, f"Neither clock nor worker has been heard of {since}.", "Start both: python manage.py start")
    if waiting:
        return Finding(
            FAULT, f"No worker has been heard of {since}; tasks waiting for one: {waiting}.", "python manage.py start --only worker"
        )
    return Finding(FAULT, f"The clock has not been heard of {since}.", "python manage.py start (or, on the full stack, --only clock)")


def _messages_waiting():
    from helpdesk.celery import app

    try:
        with app.connection_for_read(connect_timeout=health.PATIENCE) as connection:
            return connection.default_channel.queue_declare("celery", durable=True).message_count
    except Exception:
        return None


def messages():
    """Whether what should have left has: by way, over all stores."""
    try:
        waiting, hour = waiting_by_channel(), hour_by_channel()
    except DatabaseError:  # the tables are not there yet, which was said
        return
    for channel in CHANNELS:
        waits = [found for (_store, of), found in waiting.items() if of == channel]
        failed, sent = (sum(found[part] for (_store, of), found in hour.items() if of == channel) for part in (0, 1))
        number, oldest = sum(found.number for found in waits), max((found.seconds for found in waits), default=0)
        words = f"{_CALLED[channel]}: {number} waiting, sent in the last hour: {sent}, failed: {failed}."
        if oldest > TOO_LONG.total_seconds():
            late = f"{words} The oldest should have left {int(oldest // 60)} minutes ago."
            yield Finding(FAULT, late, "Look at Settings, Messages, How messages fare: it names the reason.")
        elif failed > sent:
            yield Finding(NOTE, words, "Look at Settings, Messages, How messages fare: it names the reason.")
        elif number or failed or sent:
            yield Finding(OK, words)


def mail():
    if "smtp" not in settings.EMAIL_BACKEND:
        return Finding(
            NOTE, f"E-mail is not sent but written to {settings.MAIL_FOLDER}.", "Set EMAIL_URL, such as smtp+tls://user:password@host:587"
        )
    where = f"The mail server {settings.EMAIL_HOST}:{settings.EMAIL_PORT}"
    try:
        connection = get_connection(timeout=5)
        connection.open()
        connection.close()
    except Exception as error:
        return Finding(FAULT, f"{where} does not take mail: {_first_line(error)}", "Check EMAIL_URL.")
    return Finding(OK, f"{where} takes mail.")


def sms():
    if settings.SMS_GATEWAY == "folder":
        return Finding(
            NOTE, f"SMS are not sent but written to {settings.SMS_FOLDER}.", "Set SMS_GATEWAY; see docs/operators/environment.md."
        )
    return Finding(OK, f"SMS leave by the gateway “{settings.SMS_GATEWAY}”.")


def address():
    host = urlsplit(settings.SITE_URL).hostname
    if not settings.HTTPS:
        local = host in {"127.0.0.1", "localhost", "::1"}
        words = f"Links in messages begin with {settings.SITE_URL}" + (
            ", which only this machine can open." if local else ", without encryption."
        )
        yield Finding(NOTE, words, "Set SITE_URL=https://…, the address customers use.")
    else:
        yield Finding(OK, f"Links in messages begin with {settings.SITE_URL}.")
        try:
            socket.getaddrinfo(host, None)
        except OSError:
            yield Finding(NOTE, f"The name {host} is not known here.", "Check SITE_URL, or the DNS.")
    if settings.DEBUG:
        yield Finding(FAULT, "DEBUG is on: errors show the inside of the program to everyone.", "Set DEBUG=no.")


def files_made_ready():
    if not (settings.STATIC_ROOT / "staticfiles.json").exists():
        yield Finding(FAULT, "Stylesheets and scripts have not been collected.", "python manage.py collectstatic --no-input")
    sources = [path for folder in settings.LOCALE_PATHS for path in Path(folder).glob("*/LC_MESSAGES/*.po")]
    if any(not path.with_suffix(".mo").exists() for path in sources):
        yield Finding(FAULT, "The translations have not been compiled.", "python manage.py compilemessages")


def _first_line(error):
    return (str(error).strip() or type(error).__name__).splitlines()[0]
