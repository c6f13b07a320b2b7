"""`make check`: linters, templates, migrations, translations and Django's deploy check. Every step runs; one failure fails all."""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent

# A production as the documentation describes it: any warning here is a warning to an operator.
PRODUCTION = {"SITE_URL": "https://help.example.com", "TRUSTED_PROXIES": "1", "DEBUG": "no"}


def main():
    with tempfile.TemporaryDirectory(prefix="helpdesk-check-") as folder:
        own = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "REDIS_URL", "BROKER_URL", "EMAIL_URL"}}
        environment = own | {"ENV_FILE": os.devnull, "DATA_DIR": folder, "LOG_LEVEL": "WARNING"}
        manage = [sys.executable, "manage.py"]
        steps = [
            ("ruff check", [BIN / "ruff", "check", "--quiet", "."], {}),
            ("ruff format", [BIN / "ruff", "format", "--check", "--quiet", "."], {}),
            ("templates", [BIN / "djlint", "--lint", "--quiet", "templates"], {}),
            ("migrations", [*manage, "makemigrations", "--check", "--dry-run"], {}),
            ("translations", [sys.executable, "scripts/messages.py", "--check"], {}),
            ("deploy check", [*manage, "check", "--deploy", "--fail-level", "WARNING"], PRODUCTION),
            ("packages", [sys.executable, "-m", "pip", "check", "--disable-pip-version-check"], {}),
        ]
        failed = [name for name, command, more in steps if not passes(name, command, environment | more)]
    print(f"check: {len(steps) - len(failed)} passed, {len(failed)} failed" + (f" ({', '.join(failed)})" if failed else ""))
    return bool(failed)


def passes(name, command, environment):
    started = time.monotonic()
    done = subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    word = "ok" if done.returncode == 0 else "FAILED"
    print(f"  {name:<14}{word:<8}{time.monotonic() - started:4.1f} s", flush=True)
    if done.returncode:
        print(done.stdout, flush=True)
    return done.returncode == 0


if __name__ == "__main__":
    sys.exit(main())
