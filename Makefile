# make run | demo | test | bench: each sets up what it needs, and the second time starts in seconds.
# Configuration by environment or on the command line: PORT, DATA_DIR, DATABASE_URL (make run PORT=8080).
SHELL := /bin/bash
MAKEFLAGS += --no-print-directory
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help run demo test check bench browser lock migration clean

PY := .venv/bin/python
PIP := $(PY) -m pip --disable-pip-version-check --quiet install
RUN := .venv/.run-installed
DEV := .venv/.dev-installed

help:
	@sed -nE 's/^([a-z]+):.*## /  make \1\t/p' Makefile

run: $(RUN) ## set up and start Service Lane on http://localhost:8501
	@exec $(PY) Home.py

demo: $(RUN) ## the same with the demo garage, in a data folder of its own (data/demo)
	@DEMO=1 DATA_DIR=$${DATA_DIR:-data/demo} exec $(PY) Home.py

test: check browser ## style, types and every test on SQLite, PostgreSQL and in Chromium
	@$(PY) -m pytest -n 2 --dist worksteal

check: $(DEV) ## style and types only
	@$(PY) -m ruff check --quiet .
	@$(PY) -m ruff format --check .
	@$(PY) -m mypy

bench: $(DEV) browser ## measure; one JSON line a figure
	@$(PY) -m benchmarks

browser:
	@tools/browser.sh

# Every pin is exact. requirements-dev.txt holds all of requirements.txt too, so after it there is nothing left to do for run.
$(RUN): requirements.txt
	@tools/venv.sh
	@echo "Installing what the application needs (a minute the first time)"
	@$(PIP) -r requirements.txt
	@touch $(RUN)

$(DEV): requirements-dev.txt requirements.txt
	@tools/venv.sh
	@echo "Installing what the application and its tests need (a minute or two the first time)"
	@$(PIP) -r requirements-dev.txt
	@touch $(RUN) $(DEV)

LOCK := uv pip compile --universal --python-version 3.11 --no-emit-index-url --no-emit-find-links --no-header --no-annotate --quiet
lock: ## renew the lock files after a change of the .in files (needs uv)
	@$(LOCK) $(UPGRADE) requirements.in -o requirements.txt
	@$(LOCK) $(UPGRADE) requirements-dev.in -o requirements-dev.txt

migration: $(DEV) ## make migration m="what changes": write the step from the last schema to the models
	@$(PY) -m tools.new_migration "$(m)"

clean: ## remove what make made, except the data
	@rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .hypothesis htmlcov .coverage
