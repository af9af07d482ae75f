# The commands of the house. `make run` and `make test` need python3 (3.11 or later), git and make; nothing else.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
UV := $(shell command -v uv 2>/dev/null)
INSTALL := $(if $(UV),$(UV) pip install --quiet --python $(BIN)/python,$(BIN)/python -m pip install --quiet --disable-pip-version-check)
COMPILE := pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header --no-annotate --python-version 3.11 $(if $(UPGRADE),--upgrade)
# A production house as far as its settings go: what `check --deploy` is shown.
PRODUCTION := DEMO= DEBUG= SECRET_KEY=$$($(BIN)/python -c 'import secrets; print(secrets.token_urlsafe(50))') \
	BASE_URL=https://guide.example ALLOWED_HOSTS=guide.example EMAIL_URL=smtps://user:password@mail.example:587 \
	DATABASE_URL=postgres://user:password@127.0.0.1:1/houselights REDIS_URL=redis://127.0.0.1:1

.PHONY: help run test check lock cities catalogues shots faults pictures credits-roll
.DEFAULT_GOAL := help

help:
	@echo "make run      open the house: web, worker, beat, Redis and a demo world (LAN=1: on the network too)"
	@echo "make test     pass the tests (REQUIRE_ALL=1: none may be left out; DATABASE_URL: on that PostgreSQL)"
	@echo "make check    style, types, the direction of imports, migrations, settings"
	@echo "make lock     renew the locks after pyproject.toml changed (UPGRADE=1: to the newest versions)"
	@echo "make cities   make the gazetteer's file anew from GeoNames"
	@echo "make catalogues the words of letters, as locale/ has them (.po), as they are looked up (.mo)"
	@echo "make faults   break the ledger's house in every way it is made for, and count (some minutes)"
	@echo "make credits-roll a full house takes out its phones: the live room under load (some minutes)"
	@echo "make shots    a picture of every page and of every kind of letter"
	@echo "make pictures the pictures of docs/theaters.md, docs/organizers.md and docs/attendees.md anew"

run: $(VENV)/run.stamp
	@exec $(BIN)/python manage.py house

test: $(VENV)/test.stamp
	$(BIN)/python -m pytest --numprocesses 2 --dist loadgroup --no-loadscope-reorder $(PYTEST_ARGS)

check: $(VENV)/test.stamp
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy .
	$(BIN)/lint-imports
	$(BIN)/python manage.py makemigrations --check --dry-run
	$(BIN)/python manage.py check
	$(PRODUCTION) $(BIN)/python manage.py check --deploy --fail-level WARNING

shots: $(VENV)/test.stamp
	$(BIN)/python -m tests.shots
	$(BIN)/python -m tests.letter_shots

pictures: $(VENV)/test.stamp
	$(BIN)/python -m tests.pictures

credits-roll: $(VENV)/test.stamp
	$(BIN)/python benchmarks/credits_roll.py

faults: $(VENV)/test.stamp
	$(BIN)/python -m tests.faults.table

cities: $(VENV)/run.stamp requirements-data.lock
	$(INSTALL) --require-hashes -r requirements-data.lock
	$(BIN)/python manage.py make_cities

catalogues: $(VENV)/run.stamp
	$(BIN)/python manage.py compilemessages

lock: $(VENV)/made.stamp
	@test -n "$(UV)" || test -x $(BIN)/uv || $(INSTALL) uv
	$(or $(UV),$(BIN)/uv) $(COMPILE) pyproject.toml -o requirements.lock
	$(or $(UV),$(BIN)/uv) $(COMPILE) pyproject.toml --group dev -c requirements.lock -o requirements-dev.lock
	$(or $(UV),$(BIN)/uv) $(COMPILE) --group data -c requirements.lock -o requirements-data.lock

$(VENV)/run.stamp: requirements.lock $(VENV)/made.stamp
	@echo "Installing what the house runs on (once; under a minute) …"
	@$(INSTALL) --require-hashes -r requirements.lock
	@touch $@

$(VENV)/test.stamp: requirements-dev.lock requirements.lock $(VENV)/made.stamp
	@echo "Installing what the house and its tests run on (once; a minute) …"
	@$(INSTALL) --require-hashes -r requirements-dev.lock
	@touch $(VENV)/run.stamp $@

$(VENV)/made.stamp:
	@command -v $(PYTHON) >/dev/null || { echo "python3 is missing. On Debian or Ubuntu: apt install python3 python3-venv"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "python3 is older than 3.11: $$($(PYTHON) --version). Name a newer one: make PYTHON=python3.12 …"; exit 1; }
	@test -n "$(UV)" || $(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { echo "python3 cannot make environments with pip in them. On Debian or Ubuntu: apt install python3-venv"; exit 1; }
	@$(if $(UV),$(UV) venv --quiet --allow-existing --python $(PYTHON),$(PYTHON) -m venv) $(VENV)
	@touch $@
