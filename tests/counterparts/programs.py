"""Finding programs that are no Python packages, or installing them where that can be done: as root, by apt."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest


def need(program, *packages):
    """The path of the program; installs Debian's packages where it is missing. Where it cannot be had, the test is skipped with the line to type."""
    found = _find(program)
    if not found and os.geteuid() == 0 and shutil.which("apt-get"):
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "timeout": 300}
        for command in (["apt-get", "update"], ["apt-get", "install", "-y", "--no-install-recommends", *packages]):
            subprocess.run(command, env=os.environ | {"DEBIAN_FRONTEND": "noninteractive"}, check=False, **quiet)
        found = _find(program)
    if not found:
        pytest.skip(f"{program} is not here: apt-get install {' '.join(packages)}")
    return found


def _find(program):
    if program.startswith("/"):
        return program if Path(program).exists() else None
    return shutil.which(program, path=os.environ.get("PATH", "") + ":/usr/sbin:/sbin")
