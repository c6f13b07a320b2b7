import pytest
from django.core.files.storage import default_storage

from tests.backoffice.conftest import alice, bob, desk, desk_of, kasia, sales, store, support, ticket  # noqa: F401


@pytest.fixture
def stored():
    """Names of the files of exports in the private storage."""
    return lambda: sorted(default_storage.listdir("exports")[1]) if default_storage.exists("exports") else []


@pytest.fixture(autouse=True)
def _own_files(settings, tmp_path):
    settings.STORAGES = {**settings.STORAGES, "default": {**settings.STORAGES["default"], "OPTIONS": {"location": tmp_path / "files"}}}
