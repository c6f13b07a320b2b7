"""What a measuring stands on: a kept data folder and database per size, the servers, and the product in processes of its own.

Everything lies under BENCH_DIR and is used again by the next run, so that a million tickets are made once.
"""

import hashlib
import json
import os
import shutil
import stat
import subprocess
import sys
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg.errors import DuplicateDatabase

from scripts.bench.telling import tell
from tests.live import ROOT, LiveStack
from tests.servers import Postgres, Redis, Server, create_database, drop_database

BENCH_DIR = Path(os.environ.get("BENCH_DIR") or ROOT / "data" / "bench").resolve()
WEB_PROCESSES = 2
#: As docs/benchmarks/README.md tells: PostgreSQL's own defaults, so that every write waits for the disk, with a little more memory.
POSTGRES = {"shared_buffers": "512MB", "max_connections": "200"}
#: While the set is made nothing has to outlive a power cut; it is written out before anything is measured.
POSTGRES_FILLING = POSTGRES | {"fsync": "off", "synchronous_commit": "off", "max_wal_size": "8GB", "maintenance_work_mem": "512MB"}


class KeptPostgres(Postgres):
    """PostgreSQL on a folder that stays. Beside it the folder of the process (programs, socket, log) comes and goes as in the tests."""

    def __init__(self, home, settings):
        super().__init__()
        self.home, self.settings = home, settings

    @property
    def data(self):
        return self.home / "data"

    def start(self):
        self.home.mkdir(parents=True, exist_ok=True)
        if self.user() is not None:
            os.chown(self.home, self.user(), self.user())
        return super().start()

    def make_data_folder(self):
        if not (self.data / "PG_VERSION").exists():
            super().make_data_folder()

    def options(self):
        return self.settings


def postgres_home():
    """Below BENCH_DIR; when root runs this and others may not enter there, below /var/tmp, because PostgreSQL refuses to be root."""
    home = BENCH_DIR / "postgres"
    BENCH_DIR.mkdir(parents=True, exist_ok=True)
    if os.geteuid() == 0 and not all(folder.stat().st_mode & stat.S_IXOTH for folder in home.parents):
        return Path("/var/tmp") / f"helpdesk-bench-{hashlib.sha256(str(BENCH_DIR).encode()).hexdigest()[:12]}"
    return home


class BareView(Server):
    """The bare view in as many processes as the product has, on the same database."""

    name = "bare"
    patience = 60

    def __init__(self, environment):
        super().__init__()
        self.own_environment = environment

    def command(self):
        return [sys.executable, "-m", "scripts.bench.bare"]

    def environment(self):
        return self.own_environment | {"PORT": str(self.port)}

    def working_folder(self):
        return ROOT


@dataclass
class Ground:
    """One database of one size, ready to be measured."""

    database: str  # "sqlite" or "postgres"
    size: int
    data: Path
    environment: dict

    @property
    def name(self):
        return f"{self.database}-{self.size}"

    @property
    def facts(self):
        """What generate_tickets wrote down of its set."""
        return json.loads((self.data / "generated.json").read_text())

    def product(self):
        more = {name: self.environment[name] for name in ("DATABASE_URL", "REDIS_URL") if self.environment.get(name)}
        usual = {"SWEEP_SECONDS": 20, "SURVEY_SWEEP_SECONDS": 60, "LOG_LEVEL": "WARNING"}  # not the haste of the tests
        return LiveStack(data=self.data, demo=False, WEB_PROCESSES=WEB_PROCESSES, **usual, **more)

    def bare(self):
        return BareView(self.environment)

    def run(self, *arguments, capture_output=False, text=None, **more):
        """Python in the environment of the product (and `more`). Raises CalledProcessError when it does not end well."""
        own = self.environment | more
        return subprocess.run([sys.executable, *arguments], cwd=ROOT, env=own, check=True, capture_output=capture_output, text=text)


@contextmanager
def prepared(database, size, *, fresh=False):
    """The Ground of this size: migrated, filled and, on PostgreSQL, its servers running. What was made before is used again."""
    data = BENCH_DIR / f"{database}-{size}"
    with ExitStack() as servers:
        environment = _environment(data)
        if database == "postgres":
            _fill_postgres(data, size, environment, fresh=fresh)
            server = servers.enter_context(KeptPostgres(postgres_home(), POSTGRES))
            environment |= {"DATABASE_URL": server.url(f"bench_{size}"), "REDIS_URL": servers.enter_context(Redis()).url()}
        ground = Ground(database, size, data, environment)
        if database == "sqlite":
            if fresh:
                shutil.rmtree(data, ignore_errors=True)
            _fill(ground)
        yield ground


def _fill_postgres(data, size, environment, *, fresh):
    """Make the set on a server that does not wait for the disk; stopping that one writes everything out."""
    with KeptPostgres(postgres_home(), POSTGRES_FILLING) as server:
        if fresh:
            shutil.rmtree(data, ignore_errors=True)
            drop_database(server.url(), f"bench_{size}")
        with suppress(DuplicateDatabase):
            create_database(server.url(), f"bench_{size}")
        _fill(Ground("postgres", size, data, environment | {"DATABASE_URL": server.url(f"bench_{size}")}))
        with psycopg.connect(server.url(f"bench_{size}"), autocommit=True) as connection:
            connection.execute("VACUUM (ANALYZE)")


def _fill(ground):
    ground.data.mkdir(parents=True, exist_ok=True)
    ground.run("manage.py", "migrate", "--verbosity", "0")
    if (ground.data / "generated.json").exists() and ground.facts["rows"]["tickets"] == ground.size and "bench" in ground.facts:
        tell(f"{ground.name}: the set is there already")
        return
    tell(f"{ground.name}: generating {ground.size:,} tickets")
    ground.run("manage.py", "generate_tickets", "--tickets", str(ground.size))
    ground.run("-m", "scripts.bench.finishing")


def _environment(data):
    foreign = {"DATABASE_URL", "REDIS_URL", "BROKER_URL", "EMAIL_URL", "SITE_URL", "DJANGO_SETTINGS_MODULE", "DEBUG"}
    kept = {name: value for name, value in os.environ.items() if name not in foreign}
    return kept | {"ENV_FILE": os.devnull, "DATA_DIR": str(data), "WEB_PROCESSES": str(WEB_PROCESSES), "LOG_LEVEL": "WARNING"}
