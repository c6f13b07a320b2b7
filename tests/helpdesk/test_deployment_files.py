"""compose.yaml, the systemd units and the documentation agree with the code. They are read here, not started."""

import configparser
import re
from pathlib import Path

import pytest
import yaml

pytestmark = pytest.mark.once

ROOT = Path(__file__).resolve().parents[2]
READ_BY_SETTINGS = re.compile(r'(?:env_[a-z]+|\b_[a-z]+)\(\s*"([A-Z_]+)"')


def variables():
    """Every variable of the environment that the code reads."""
    sources = [ROOT / "helpdesk" / "settings.py", *ROOT.glob("helpdesk/environment*.py")]
    return sorted({name for path in sources for name in READ_BY_SETTINGS.findall(path.read_text())})


def test_every_variable_is_explained_to_operators():
    page = (ROOT / "docs/operators/environment.md").read_text()
    assert [name for name in variables() if f"`{name}`" not in page] == []


def test_every_variable_is_in_the_example_file():
    example = (ROOT / ".env.example").read_text()
    assert [name for name in variables() if name != "ENV_FILE" and f"#{name}=" not in example] == []


def test_compose_starts_every_part_once_the_tables_are_there():
    services = yaml.safe_load((ROOT / "compose.yaml").read_text())["services"]
    assert {name for name, service in services.items() if "--only" in service.get("command", "")} == {"web", "worker", "clock"}
    for name in ("web", "worker", "clock"):
        assert services[name]["command"] == f"python manage.py start --only {name}"
        assert services[name]["depends_on"]["migrate"] == {"condition": "service_completed_successfully"}
        assert services[name]["environment"]["DATABASE_URL"].startswith("postgres://")
    assert all("healthcheck" in services[name] for name in ("web", "postgres", "redis"))


@pytest.mark.parametrize("path", sorted((ROOT / "deploy").glob("*.service")), ids=lambda path: path.name)
def test_a_unit_runs_a_command_that_exists_without_rights_it_does_not_need(path):
    unit = configparser.ConfigParser(strict=False, interpolation=None)
    unit.optionxform = str
    unit.read(path)
    part = path.stem.partition("-")[2]
    assert unit["Service"]["ExecStart"] == "/opt/helpdesk/.venv/bin/python manage.py start" + (f" --only {part}" if part else "")
    assert unit["Service"]["User"] == "helpdesk"
    assert unit["Service"]["NoNewPrivileges"] == "yes"
