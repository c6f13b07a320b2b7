"""The folders that stand in for servers, and reading them back."""

import stat

import pytest

from notifications import engine, outbox
from tests.make import make_store
from tests.notifications.sending import row


@pytest.fixture(autouse=True)
def folders(settings, tmp_path):
    settings.MAIL_FOLDER, settings.SMS_FOLDER = tmp_path / "mail", tmp_path / "sms"
    settings.EMAIL_BACKEND = "notifications.mail_folder.FolderBackend"
    return tmp_path


@pytest.mark.django_db
def test_mails_and_sms_are_read_back_newest_first(folders):
    make_store()
    for delivery in (row("kasia@mail.example"), row("+48601220214", "sms")):
        engine.deliver(delivery.pk)
    newest, oldest = outbox.recent()

    assert (newest.is_mail, newest.to) == (False, "+48601220214")
    assert "123456" in newest.text
    assert (oldest.is_mail, oldest.to) == (True, "kasia@mail.example")
    assert oldest.subject == "Your code to sign in at Narvan"
    assert "123456" in oldest.text and "<" not in oldest.text
    assert outbox.is_in_use()


@pytest.mark.django_db
def test_files_are_for_us_only_and_whole(folders):
    engine.deliver(row("kasia@mail.example").pk)
    (path,) = (folders / "mail").iterdir()

    assert path.suffix == ".eml"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_empty_or_missing_folders_hold_nothing(folders):
    assert outbox.recent() == []


def test_odd_files_are_left_out_and_nobody_suffers(folders):
    mail, sms = folders / "mail", folders / "sms"
    mail.mkdir()
    sms.mkdir()
    (mail / "17953605733100000000-a.eml").write_bytes(b"Subject: =?utf-8?q?=0d=0aBcc:v?=\r\nFrom: " + b"(" * 2000 + b"\r\n\r\nhi")
    (mail / "not-a-time.eml").write_bytes(b"x")
    (mail / "99999999999999999999999-b.eml").write_bytes(b"x")
    (sms / "17953605733100000001-c.txt").write_bytes(b"\xff\xfe\x00")
    (sms / ".17953605733100000002-d.txt.part").write_bytes(b"half")
    (sms / "notes.md").write_bytes(b"x")

    assert all("\n" not in sent.subject for sent in outbox.recent())


def test_only_the_newest_are_read(folders):
    from notifications.mail_folder import write_file

    for number in range(30):
        write_file(folders / "sms", ".txt", f"To: +4860122{number:04}\n\nhello".encode())

    assert [sent.to for sent in outbox.recent(3)] == ["+48601220029", "+48601220028", "+48601220027"]
