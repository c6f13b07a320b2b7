"""A Chromium for the browser tests: found on the machine, else installed, else plainly missing."""

import glob
import os
import shutil
import subprocess
import sys
from urllib.parse import urlsplit

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
INSTALL_LINE = "sudo apt-get install chromium    (or: .venv/bin/playwright install chromium)"


def find():
    """The path of a Chromium, or None. CHROMIUM in the environment comes first."""
    given = os.environ.get("CHROMIUM")
    if given:
        return given if os.access(given, os.X_OK) else None
    return next(filter(None, map(shutil.which, NAMES)), None) or _playwrights_own()


def find_or_install():
    return find() or _install(_by_debian) or _install(_by_playwright)


def _playwrights_own():
    folder = os.environ.get("PLAYWRIGHT_BROWSERS_PATH") or os.path.expanduser(
        "~/Library/Caches/ms-playwright" if sys.platform == "darwin" else "~/.cache/ms-playwright"
    )
    patterns = ("chromium-*/chrome-linux*/chrome", "chromium-*/chrome-mac*/*.app/Contents/MacOS/*")
    return max(
        (path for pattern in patterns for path in glob.glob(os.path.join(folder, pattern)) if os.access(path, os.X_OK)), default=None
    )


def _install(way):
    try:
        way()
    except (OSError, subprocess.SubprocessError):
        return None
    return find()


def _by_debian():
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return
    print("Installing Chromium for the browser tests …", flush=True)
    quietly = {
        "check": True,
        "stdout": subprocess.DEVNULL,
        "stderr": subprocess.DEVNULL,
        "env": os.environ | {"DEBIAN_FRONTEND": "noninteractive"},
    }
    subprocess.run(["apt-get", "update"], timeout=300, **quietly)
    subprocess.run(["apt-get", "install", "-y", "--no-install-recommends", "chromium"], timeout=900, **quietly)


def _by_playwright():
    print("Looking for a Chromium to install for the browser tests …", flush=True)
    subprocess.run(
        [sys.executable, "-m", "playwright", "install", "chromium"],
        check=True,
        timeout=300,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


class Watch:
    """Remembers what a page must never do: ask another host, break the content policy, fail in a script."""

    def __init__(self, context, host):
        self.faults = []
        self._host = host
        context.on("request", self._note_request)
        context.on("console", self._note_console)
        context.on("weberror", lambda error: self.faults.append(f"script failed: {error.error}"))

    def _note_request(self, request):
        address = urlsplit(request.url)
        if address.scheme in {"http", "https", "ws", "wss"} and address.netloc != self._host:
            self.faults.append(f"asked another host: {request.url}")
        if address.path == "/csp-report/":
            self.faults.append(f"broke the content policy: {request.post_data}")

    def _note_console(self, message):
        # A page may answer 403 or 404 on purpose; the browser logs those as errors too.
        if message.type == "error" and "Failed to load resource" not in message.text:
            self.faults.append(f"console: {message.text}")
