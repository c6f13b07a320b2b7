"""One file that holds the database and the files of one moment, and the way back.

The keys are not in it: whoever finds a backup must not be able to read what the database keeps secret. They are
written beside it, to be kept elsewhere.

Files belong to rows: the names are read from the very snapshot of the database that is kept, so a backup taken while
people write holds no row without its file and no file without its row.
"""

import hashlib
import io
import json
import os
import shutil
import sqlite3
import subprocess
import tarfile
import tempfile
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core.files.storage import default_storage
from django.db import connection, models, transaction

FORMAT = 1
KEYS = ("SECRET_KEY", "ENCRYPTION_KEY", "VAPID_PRIVATE_KEY")


class CannotBackUp(Exception):
    """Said to the operator in one sentence."""


def back_up(target: Path, say=lambda words: None):
    """Write the backup to `target`; nothing is there until it is whole. Returns what `about` says."""
    unfinished = target.with_name(f"{target.name}.part")
    try:
        with tempfile.TemporaryDirectory(dir=target.parent) as folder, _snapshot(Path(folder)) as (database, names):
            say(f"The database is copied ({database.stat().st_size // 1024} KiB).")
            with _open_private(unfinished) as file, tarfile.open(fileobj=file, mode="w:gz", compresslevel=3) as archive:
                archive.add(database, database.name)
                missing = _add_files(archive, names, say)
                about = _about(database, names, missing)
                _add_text(archive, "about.json", json.dumps(about, indent=2))
        unfinished.replace(target)
    finally:
        unfinished.unlink(missing_ok=True)
    return about


def write_keys(path: Path):
    with _open_private(path) as file:
        file.write("".join(f"{name}={getattr(settings, name)}\n" for name in KEYS).encode())


def fingerprint_of_keys():
    """Tells whether two installations have the same encryption key, and nothing else about it."""
    return hashlib.sha256(b"backup" + settings.ENCRYPTION_KEY.encode()).hexdigest()[:16]


def read_about(source: Path):
    try:
        with tarfile.open(source) as archive:
            about = json.load(archive.extractfile("about.json"))
    except (OSError, tarfile.TarError, KeyError, ValueError) as error:
        raise CannotBackUp(f"{source} is not a backup of the help desk, or is damaged ({error}).") from error
    if about["format"] != FORMAT:
        raise CannotBackUp(f"{source} was made by another version; restore it with that version, then upgrade.")
    if about["database"] != connection.vendor:
        raise CannotBackUp(f"The backup is of {about['database']}, but this help desk runs on {connection.vendor}.")
    return about


def restore(source: Path, about, say=lambda words: None):
    """Put the database and the files back. Both must be empty; the caller has made sure."""
    with tempfile.TemporaryDirectory(dir=settings.DATA_DIR) as folder:
        with tarfile.open(source) as archive:
            archive.extractall(folder, filter="data")
        database = Path(folder) / about["database_file"]
        if _checksum(database) != about["checksum"]:
            raise CannotBackUp(f"{source} is damaged: the database in it is not the one that was kept.")
        _put_database_back(database)
        say("The database is back.")
        if (Path(folder) / "files").exists():
            shutil.copytree(Path(folder) / "files", settings.MEDIA_ROOT, dirs_exist_ok=True)
        say(f"{about['files']} files are back.")


@contextmanager
def _snapshot(folder):
    """(the file with the database, the names of the files its rows point at), both of one moment."""
    if connection.vendor == "sqlite":
        path = folder / "database.sqlite3"
        with sqlite3.connect(settings.DATABASES["default"]["NAME"]) as source, sqlite3.connect(path) as copy:
            source.backup(copy)  # all pages in one step: readers do not hold up writers
            yield path, _names(copy.execute)
        copy.close()
        source.close()
        return
    path = folder / "database.dump"
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        cursor.execute("SELECT pg_export_snapshot()")
        snapshot = cursor.fetchone()[0]
        _run("pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--snapshot={snapshot}", f"--file={path}")
        yield path, _names(lambda sql: cursor.execute(sql) or cursor)


def _put_database_back(path):
    if connection.vendor == "sqlite":
        target = Path(settings.DATABASES["default"]["NAME"])
        connection.close()
        for leftover in (target.with_name(target.name + "-wal"), target.with_name(target.name + "-shm")):
            leftover.unlink(missing_ok=True)
        path.chmod(0o600)
        path.replace(target)
    else:
        _run("pg_restore", "--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction", "--dbname", _pg()["dbname"], path)


def _run(program, *arguments):
    """A tool of PostgreSQL, with the address in its environment, where other users of the machine do not see it."""
    if not shutil.which(program):
        raise CannotBackUp(f"{program} is missing: install the client programs of PostgreSQL (Debian: postgresql-client).")
    address = _pg()
    variables = {"PGHOST": "host", "PGPORT": "port", "PGUSER": "user", "PGPASSWORD": "password", "PGDATABASE": "dbname"}
    environment = os.environ | {name: str(address[key]) for name, key in variables.items() if address.get(key)}
    done = subprocess.run([program, *map(str, arguments)], env=environment, capture_output=True, text=True)
    if done.returncode:
        raise CannotBackUp(f"{program} failed: {done.stderr.strip() or done.returncode}")


def _pg():
    return connection.get_connection_params()


def _names(execute):
    names = set()
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, models.FileField) and field.storage == default_storage:
                table, column = model._meta.db_table, field.column
                names |= {name for (name,) in execute(f'SELECT "{column}" FROM "{table}" WHERE "{column}" <> \'\'').fetchall()}
    return sorted(names)


def _add_files(archive, names, say):
    """Adds every file and returns the names of those that are not there; one lost file must not cost all others."""
    missing = []
    for number, name in enumerate(names, 1):
        try:
            with default_storage.open(name) as file:
                entry = tarfile.TarInfo(f"files/{name}")
                entry.size, entry.mode = file.size, 0o640
                archive.addfile(entry, file)
        except FileNotFoundError:
            missing.append(name)
        if number % 1000 == 0:
            say(f"{number} of {len(names)} files are copied.")
    return missing


def _about(database, names, missing):
    return {
        "format": FORMAT,
        "made": datetime.now(UTC).isoformat(timespec="seconds"),
        "database": connection.vendor,
        "database_file": database.name,
        "checksum": _checksum(database),
        "files": len(names) - len(missing),
        "missing": missing,
        "keys": fingerprint_of_keys(),
    }


def _checksum(path):
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _add_text(archive, name, text):
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode = len(text.encode()), 0o600
    archive.addfile(entry, io.BytesIO(text.encode()))


def _open_private(path):
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb")
