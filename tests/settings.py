"""The product's own settings, in an environment that no machine can colour.

A run keeps everything in one temporary folder. TEST_DATABASE_URL chooses PostgreSQL instead of SQLite.
"""

import atexit
import os
import shutil
import tempfile

for _name in ("DATABASE_URL", "REDIS_URL", "SITE_URL", "EMAIL_URL", "ALLOWED_HOSTS", "TRUSTED_PROXIES", "DEBUG", "STATIC_ROOT"):
    os.environ.pop(_name, None)
for _name in [name for name in os.environ if name.startswith(("SMS_", "RECAPTCHA_"))]:
    del os.environ[_name]
_folder = tempfile.mkdtemp(prefix="helpdesk-test-")
atexit.register(shutil.rmtree, _folder, ignore_errors=True)
os.environ["DATA_DIR"] = _folder
os.environ["LOG_LEVEL"] = "WARNING"
# Nobody listens: what a worker should do is called by the test that is about it.
os.environ["BROKER_URL"] = "memory://"
if os.environ.get("TEST_DATABASE_URL"):
    os.environ["DATABASE_URL"] = os.environ["TEST_DATABASE_URL"]

from helpdesk.settings import *  # noqa: E402, F403
from helpdesk.settings import DATA_DIR, DATABASES, STATIC_ROOT, STORAGES  # noqa: E402

_database = DATABASES["default"]
if _database["ENGINE"].endswith("sqlite3"):
    # A file, not memory, so that threads and other processes meet the same locks as in the product.
    _database["TEST"] = {"NAME": str(DATA_DIR / "test.sqlite3")}
    _database["OPTIONS"] = _database["OPTIONS"] | {"init_command": _database["OPTIONS"]["init_command"] + "PRAGMA synchronous=OFF;"}
else:
    # A pool would hold connections of threads that are over, and the test database could not be dropped.
    _database["OPTIONS"] = {name: value for name, value in _database["OPTIONS"].items() if name != "pool"}

STATIC_ROOT.mkdir(exist_ok=True)  # WhiteNoise warns of a folder that is not there

# Slow on purpose in the product; tests/accounts tries the real one.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
# Tests send forms within a blink; tests/common/test_captcha.py tries the stopwatch.
FORM_LEAST_SECONDS = 0
