"""Reading the environment, loudly: a wrong value stops the start with one sentence that names it.

URLs of databases and mail servers are parsed by django-environ; this module adds the plain words.
"""

import base64
import os
import secrets
import time
from pathlib import Path

import environ

_environ = environ.Env()
P256_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551


class WrongSetting(Exception):
    """A value in the environment cannot be used. The message names the variable and what it takes."""


def read_env_file(path):
    """Take NAME=value lines of a file for what the environment does not say. ENV_FILE names another file."""
    path = Path(env_str("ENV_FILE", str(path)))
    if path.is_file():
        environ.Env.read_env(str(path), overwrite=False)
    elif env_str("ENV_FILE") and not path.exists():
        raise WrongSetting(f"ENV_FILE is “{path}”, but there is no such file.")


def env_str(name, default=""):
    return os.environ.get(name, "").strip() or default


def env_bool(name, default=False):
    value = env_str(name).lower()
    if not value:
        return default
    if value in {"1", "true", "yes", "on"}:
        return True
    if value in {"0", "false", "no", "off"}:
        return False
    raise WrongSetting(f"{name} is “{value}”, but takes yes or no.")


def env_int(name, default, *, least=0, most=2**31 - 1):
    value = env_str(name)
    if not value:
        return default
    try:
        number = int(value)
    except ValueError:
        number = None
    if number is None or not least <= number <= most:
        raise WrongSetting(f"{name} is “{value}”, but takes a whole number from {least} to {most}.")
    return number


def env_list(name, default=()):
    value = env_str(name)
    return [part.strip() for part in value.split(",") if part.strip()] if value else list(default)


def env_seconds(name, default):
    """Growing pauses: “30, 60, 180”."""
    found = env_list(name, default)
    if not all(str(part).isdigit() and int(part) for part in found):
        raise WrongSetting(f"{name} is “{env_str(name)}”, but takes seconds with commas between them, such as 30, 60, 180.")
    return [int(part) for part in found]


def env_choice(name, default, *, choices):
    value = env_str(name, default)
    if value not in choices:
        raise WrongSetting(f"{name} is “{value}”, but takes one of: {', '.join(choices)}.")
    return value


def env_database(name, default):
    """A DATABASES entry from a URL such as postgres://user:password@host:5432/name."""
    url = env_str(name, default)
    try:
        config = _environ.db_url_config(url)
    except Exception as error:
        raise WrongSetting(f"{name} is not a database address ({error}).") from error
    if config.get("ENGINE") not in {"django.db.backends.postgresql", "django.db.backends.sqlite3"}:
        raise WrongSetting(f"{name} must start with postgres:// or sqlite://.")
    return config


def env_mail_server(name):
    """E-mail settings from a URL such as smtp+tls://user:password@host:587, or None when not set."""
    url = env_str(name)
    if not url:
        return None
    try:
        config = _environ.email_url_config(url)
    except Exception as error:
        raise WrongSetting(f"{name} is not a mail server address ({error}).") from error
    if "smtp" not in str(config.get("EMAIL_BACKEND")) and not url.startswith(("consolemail:", "filemail:", "dummymail:", "memorymail:")):
        raise WrongSetting(f"{name} must start with smtp://, smtp+tls:// or smtp+ssl://.")
    return config


def env_redis(name):
    url = env_str(name)
    if url and not url.startswith(("redis://", "rediss://", "unix://")):
        raise WrongSetting(f"{name} is “{url}”, but takes an address such as redis://127.0.0.1:6379/0.")
    return url


def env_curve_key(name, *, folder: Path):
    """A private key of the curve P-256 as 32 bytes in base64url, from the environment, else made once as env_secret does."""
    value = env_secret(name, folder=folder, bytes_=32)
    try:
        number = int.from_bytes(base64.b64decode(value.rstrip("=") + "=", altchars=b"-_", validate=True))
    except ValueError:
        number = 0
    if len(value.rstrip("=")) != 43 or not 0 < number < P256_ORDER:
        raise WrongSetting(f"{name} takes a private key of the curve P-256: 32 bytes as 43 characters of base64url.")
    return value


def env_secret(name, *, folder: Path, bytes_=48):
    """A secret from the environment, else from a file in the data folder, made on first use.

    The file is written once, readable by its owner only; two processes starting together agree on one value.
    """
    value = env_str(name)
    if value:
        if len(value) < 32:
            raise WrongSetting(f"{name} is too short: it takes at least 32 characters.")
        return value
    path = folder / name.lower()
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        for _attempt in range(100):
            text = path.read_text().strip()
            if text:
                return text
            time.sleep(0.02)
        raise WrongSetting(f"The file {path} is empty: delete it to make a new secret.") from None
    with os.fdopen(descriptor, "w") as file:
        file.write(secrets.token_urlsafe(bytes_))
    return path.read_text().strip()
