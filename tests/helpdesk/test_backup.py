"""Backups: taken from one installation, restored into another, by the commands an operator types."""

import shutil
import subprocess
import tarfile
from io import StringIO
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command

from tests import seeded
from tests.live import LiveStack
from tests.make import make_person, make_ticket
from tickets.models import Attachment

LOOK = """
import hashlib
from tickets.models import Attachment, Message, Ticket
from notifications.models import Delivery
print(Ticket.objects.count(), Message.objects.count(), Delivery.objects.count())
for attachment in Attachment.objects.order_by("pk"):
    print(attachment.name, hashlib.sha256(attachment.file.read()).hexdigest())
"""
MAKE_ONE_WAIT = """
first = Delivery.objects.exclude(channel="in_app").order_by("pk").first()
Delivery.objects.filter(pk=first.pk).update(state="queued")
"""
LOOK_AT_THE_ONE = """
print("state:", Delivery.objects.exclude(channel="in_app").order_by("pk").first().state)
"""


@pytest.fixture(autouse=True)
def _tools(tools_of_postgres, monkeypatch):
    """pg_dump of the version of the server, where the run brought its own."""
    if tools_of_postgres:
        monkeypatch.setenv("PATH", tools_of_postgres, prepend=":")


def make_file(ticket, content=b"%PDF"):
    attachment = Attachment(message=ticket.messages.first(), name="bill.pdf", content_type="application/pdf", size=len(content))
    attachment.file.save("bill.pdf", ContentFile(content))
    attachment.save()
    return attachment


def backup_into(folder):
    call_command("backup", str(folder), stdout=StringIO(), stderr=StringIO())
    (archive,) = folder.glob("*.tar.gz")
    return archive


def keys_of(archive):
    lines = Path(str(archive).replace(".tar.gz", "-keys.txt")).read_text().splitlines()
    return dict(line.split("=", 1) for line in lines)


def names_in(archive):
    with tarfile.open(archive) as opened:
        return opened.getnames()


@pytest.mark.slow
def test_everything_comes_back_and_nothing_is_sent_twice(live_environment, tmp_path):
    shop, empty = LiveStack(**live_environment()), LiveStack(**live_environment(demo=False))
    try:
        seeded.copy(seeded.data_folder(shop.server_of_the_run), shop.data)
        before = shop.shell(LOOK + MAKE_ONE_WAIT)
        shop.manage("backup", str(tmp_path))
        (archive,) = tmp_path.glob("*.tar.gz")

        empty.own_environment |= keys_of(archive)
        assert "2 messages were waiting then" in empty.manage("restore", str(archive))

        assert empty.shell(LOOK + LOOK_AT_THE_ONE) == before + "state: unknown\n"
        assert len(before.splitlines()) > 1
    finally:
        shutil.rmtree(shop.folder)
        shutil.rmtree(empty.folder)


@pytest.mark.django_db(transaction=True)
def test_keys_are_not_in_the_archive_and_only_its_owner_reads_either(tmp_path):
    archive = backup_into(tmp_path)
    assert {oct(path.stat().st_mode & 0o777) for path in tmp_path.iterdir()} == {"0o600"}
    keys = keys_of(archive)
    assert set(keys) == {"SECRET_KEY", "ENCRYPTION_KEY", "VAPID_PRIVATE_KEY"}
    assert sorted(names_in(archive))[0] == "about.json"
    with tarfile.open(archive) as opened:
        about = opened.extractfile("about.json").read().decode()
    assert not any(key in about for key in keys.values())


@pytest.mark.django_db(transaction=True)
def test_every_file_in_the_archive_belongs_to_a_row_and_a_lost_one_does_not_stop_it(tmp_path):
    ticket = make_ticket()
    kept, lost = make_file(ticket), make_file(ticket)
    default_storage.delete(lost.file.name)
    default_storage.save("orphan", ContentFile(b"left by an upload that was never finished"))
    assert [name for name in names_in(backup_into(tmp_path)) if name.startswith("files/")] == [f"files/{kept.file.name}"]


@pytest.mark.django_db(transaction=True)
def test_other_keys_are_refused_before_anything_is_written(tmp_path, settings):
    archive = backup_into(tmp_path)
    settings.ENCRYPTION_KEY = "another-key" * 4
    with pytest.raises(CommandError, match="The encryption key is not the one of the backup"):
        call_command("restore", str(archive))


@pytest.mark.django_db(transaction=True)
def test_an_installation_with_people_is_never_overwritten(tmp_path):
    archive = backup_into(tmp_path)
    make_person()
    with pytest.raises(CommandError, match="There are people in this database"):
        call_command("restore", str(archive))


@pytest.mark.django_db
def test_a_damaged_archive_is_one_sentence(tmp_path):
    (tmp_path / "torn.tar.gz").write_bytes(b"\x1f\x8b not really")
    with pytest.raises(CommandError, match="is not a backup of the help desk, or is damaged"):
        call_command("restore", str(tmp_path / "torn.tar.gz"))


@pytest.mark.slow
def test_a_full_disk_leaves_no_half_backup(live_environment, tmp_path):
    shop = LiveStack(**live_environment())
    try:
        seeded.copy(seeded.data_folder(shop.server_of_the_run), shop.data)
        command = f"ulimit -f 8; exec {shop.command()[0]} manage.py backup {tmp_path}"
        done = subprocess.run(["sh", "-c", command], cwd=shop.working_folder(), env=shop.environment(), capture_output=True, text=True)
    finally:
        shutil.rmtree(shop.folder)
    assert done.returncode != 0
    assert list(tmp_path.iterdir()) == []
