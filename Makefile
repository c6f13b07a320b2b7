# The words everyone uses here. `make` alone lists them.
PORT ?= 8000
PYTHON := .venv/bin/python
# Two memory arenas are plenty for a handful of threads; the default of eight per core grows for nothing.
export MALLOC_ARENA_MAX ?= 2
export PORT

.PHONY: help setup setup-dev run begin worker test check format messages seed bench bench-staff clean

help:
	@echo "make run        install what is missing and run the help desk with a demo store on http://127.0.0.1:$(PORT)"
	@echo "make begin      run an empty help desk in data/own, and set up your own store in the browser"
	@echo "make setup      only install what it needs, into .venv"
	@echo "make worker     run a worker alone (the full stack: docs/operators/full-stack.md)"
	@echo "make seed       fill the database with the demo store"
	@echo "make test       everything CI runs: check, then the tests on SQLite and on PostgreSQL"
	@echo "make check      linters, migrations, translations, deploy check"
	@echo "make format     rewrite code and templates as the linters want them"
	@echo "make messages   collect the words to translate into locale/ (needs GNU gettext)"
	@echo "make bench      how quick every page is, with up to a million tickets (docs/contributors/benchmarks.md)"
	@echo "make clean      delete .venv and caches; the data stays"

setup:
	@$(or $(shell command -v python3 || command -v python),$(error Python is missing: install Python 3.11 or newer)) scripts/setup.py

setup-dev:
	@$(or $(shell command -v python3 || command -v python),$(error Python is missing: install Python 3.11 or newer)) scripts/setup.py --dev

run: setup
	@exec $(PYTHON) manage.py start --demo --end-with-parent

begin: setup
	@DATA_DIR=$(or $(DATA_DIR),data/own) exec $(PYTHON) manage.py start --end-with-parent

worker: setup
	@exec $(PYTHON) manage.py start --only worker --end-with-parent

seed: setup
	@$(PYTHON) manage.py migrate --verbosity 0
	@$(PYTHON) manage.py seed_demo

test: setup-dev
	@$(PYTHON) -m tests.run

check: setup-dev
	@$(PYTHON) scripts/check.py

format: setup-dev
	@$(PYTHON) -m ruff check --fix-only --quiet .
	@$(PYTHON) -m ruff format .
	@$(PYTHON) -m djlint --reformat --quiet templates || true

messages: setup-dev
	@$(PYTHON) scripts/messages.py
	@$(PYTHON) manage.py compilemessages

bench: setup-dev
	@$(PYTHON) -m scripts.bench

bench-staff: setup-dev
	@$(PYTHON) -m scripts.bench.fifty_staff

clean:
	rm -rf .venv .pytest_cache .ruff_cache .hypothesis .test
