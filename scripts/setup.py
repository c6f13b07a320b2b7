"""Make .venv and install the pinned packages into it; does nothing when they are there already.

Runs on whatever `python3` is and looks for a newer one beside it, so this file keeps to old syntax.
"""

import hashlib
import os
import shutil
import subprocess
import sys

HERE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
VENV = os.path.join(HERE, ".venv")
PYTHON = os.path.join(VENV, "bin", "python")
STAMP = os.path.join(VENV, "installed.txt")
LEAST = (3, 11)


def main():
    wanted = ["requirements.txt"] + (["requirements-dev.txt"] if "--dev" in sys.argv else [])
    if not is_python_new_enough(PYTHON):
        make_environment()
    installed = read(STAMP).split()
    missing = [name for name in wanted if mark(name) not in installed]
    if missing:
        install(missing[-1])  # requirements-dev.txt includes requirements.txt
        marks = [mark(name) for name in ("requirements.txt", "requirements-dev.txt")]
        # What was for development stays installed, so its mark stays too if nothing in it changed.
        write(STAMP, "\n".join(m for m in marks if m in installed or m in [mark(name) for name in wanted]))


def is_python_new_enough(python):
    question = "import sys; sys.exit(sys.version_info < %r)" % (LEAST,)
    try:
        return subprocess.call([python, "-c", question], stderr=subprocess.DEVNULL) == 0
    except OSError:
        return False


def make_environment():
    python = find_python()
    print("Making .venv …")
    sys.stdout.flush()
    made = subprocess.run(
        [python, "-m", "venv", "--clear", VENV], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, universal_newlines=True
    )
    if made.returncode:
        shutil.rmtree(VENV, ignore_errors=True)
        sys.exit(
            made.stdout + "\nPython cannot make a virtual environment here. On Debian and Ubuntu the part is a package of its own:"
            "\n    sudo apt-get install python3-venv"
        )


def find_python():
    for name in ("python3", "python", "python3.14", "python3.13", "python3.12", "python3.11"):
        path = shutil.which(name)
        if path and is_python_new_enough(path):
            return path
    sys.exit("The help desk needs Python %d.%d or newer; python3 here is %d.%d." % (LEAST + sys.version_info[:2]))


def install(requirements):
    print("Installing the packages of %s …" % requirements)
    sys.stdout.flush()
    command = [PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-virtualenv", "-r", requirements]
    if subprocess.call(command, cwd=HERE):
        sys.exit("The packages could not be installed; the lines above say why (no network, or no space left?).")


def mark(name):
    with open(os.path.join(HERE, name), "rb") as file:
        return "%s:%s" % (name, hashlib.sha256(file.read()).hexdigest())


def read(path):
    try:
        with open(path) as file:
            return file.read()
    except OSError:
        return ""


def write(path, text):
    with open(path, "w") as file:
        file.write(text)


if __name__ == "__main__":
    main()
