from datetime import timedelta

from django.utils import timezone

from portal.models import KeptFile
from portal.tasks import clear_kept_files
from portal.writing import keeping
from tests.portal.pictures import photo


def keep(client, department, key="k" * 22, **files):
    return client.post(f"/tickets/new/{department.pk}/", {"form_key": key, "text": "It rattles.", "files": [photo()]})


def test_what_nobody_came_back_for_is_forgotten_with_its_files(as_kasia, support, django_capture_on_commit_callbacks):
    keep(as_kasia, support)
    kept = KeptFile.objects.get()
    clear_kept_files()
    assert KeptFile.objects.exists()

    KeptFile.objects.update(created_at=timezone.now() - timedelta(hours=7))
    with django_capture_on_commit_callbacks(execute=True):
        clear_kept_files()

    assert not KeptFile.objects.exists()
    assert not kept.file.storage.exists(kept.file.name)
    assert not kept.thumbnail.storage.exists(kept.thumbnail.name)


def test_an_address_cannot_fill_the_disk_with_forms_it_never_finishes(as_kasia, support, monkeypatch):
    monkeypatch.setattr(keeping, "PER_HOUR", 2)
    for number in range(4):
        response = keep(as_kasia, support, key=f"{number:022}")

    assert KeptFile.objects.count() == 2
    assert response.status_code == 422


def test_a_form_with_a_damaged_key_still_keeps_its_files(as_kasia, support):
    response = keep(as_kasia, support, key="\x00<b>")

    assert response.status_code == 422
