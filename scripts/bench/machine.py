"""On what and with what it was measured, so that figures can be compared."""

import os
import platform
import subprocess
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

import psutil

from tests.live import ROOT


def description():
    return {
        "at": datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC"),
        "commit": _git("rev-parse", "--short", "HEAD") + ("+" if _git("status", "--porcelain", "--untracked-files=no") else ""),
        "processor": _processor(),
        "cores": os.cpu_count(),
        "load": round(os.getloadavg()[0], 1),  # before anything is measured: above a half somebody else was at work
        "memory": f"{psutil.virtual_memory().total / 1024**3:.0f} GiB",
        "system": f"{platform.system()} {platform.release()}",
        "versions": {"Python": platform.python_version()} | {name: version(name) for name in ("Django", "uvicorn", "uvloop", "httptools")},
    }


def database_version(environment):
    if address := environment.get("DATABASE_URL"):
        import psycopg

        with psycopg.connect(address) as connection:
            return f"PostgreSQL {connection.info.server_version // 10_000}.{connection.info.server_version % 10_000}"
    import sqlite3

    return f"SQLite {sqlite3.sqlite_version}"


def _git(*arguments):
    done = subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True)
    return done.stdout.strip() or "?" if done.returncode == 0 and arguments[0] == "rev-parse" else done.stdout.strip()


def _processor():
    facts = Path("/proc/cpuinfo")
    names = (
        [line.partition(":")[2].strip() for line in facts.read_text().splitlines() if line.startswith("model name")]
        if facts.exists()
        else []
    )
    return names[0] if names else platform.processor() or platform.machine()
