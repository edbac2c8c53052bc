# Sets up, runs and checks Invånarrösten. Needs Python 3.11 or newer, make and git; `make help` lists the targets.
.DEFAULT_GOAL := help
.PHONY: help run serve test lint audit clean

PYTHON ?= $(shell for p in python3.11 python3; do \
	"$$p" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && command -v "$$p" && break; done)
BIN := .venv/bin
PIP := $(BIN)/python -m pip
INSTALL := $(PIP) install --quiet --disable-pip-version-check -c requirements.lock

# Tests of one file may share what is slow to make. The browser's are told even where others failed; more than two
# at a time wait for each other on the machines that there are.
PYTEST := $(BIN)/python -m pytest --dist loadfile

help:
	@echo 'make run     start with demonstration data on http://127.0.0.1:8501 (PORT=9000 make run for another port)'
	@echo 'make serve   start for real use, with the settings of the environment'
	@echo 'make test    every check: style, types and tests (installs Chromium and PostgreSQL where it may)'
	@echo 'make lint    style and types only'
	@echo 'make audit   known weaknesses of the pinned packages, where their list can be reached'
	@echo 'make clean   remove what can be made again; never the data in var/'

run: .venv/.installed
	@exec $(BIN)/python -m survey run --demo

serve: .venv/.installed
	@exec $(BIN)/python -m survey run

lint: .venv/.installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/basedpyright

audit: .venv/.installed-dev
	$(BIN)/python .ci/audit

test: .venv/.installed-dev
	.ci/prepare
	@$(MAKE) --no-print-directory lint audit
	@failed=0; \
	$(PYTEST) --numprocesses auto --ignore tests/browser || failed=1; \
	$(PYTEST) --numprocesses 2 tests/browser || failed=1; \
	exit $$failed

clean:
	rm -rf .venv .pytest_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# The two stamps are newer than the requirements they stand for, so a second run calls pip for nothing.
.venv/.installed: requirements.txt requirements.lock
	@test -n "$(PYTHON)" || { echo 'No Python 3.11 or newer was found. Install one, or name it: make PYTHON=/path/to/python3.11' >&2; exit 1; }
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo '$(PYTHON) is not Python 3.11 or newer, or does not start.' >&2; exit 1; }
	@"$(PYTHON)" -c 'import ensurepip, venv' 2>/dev/null || { echo '$(PYTHON) lacks venv. On Debian: apt-get install python3-venv' >&2; exit 1; }
	@echo 'Installing the packages in requirements.txt; this takes a minute or two.'
	@$(PIP) --version >/dev/null 2>&1 || "$(PYTHON)" -m venv --clear .venv
	@$(INSTALL) -r requirements.txt
	@touch $@

.venv/.installed-dev: .venv/.installed requirements-dev.txt
	@echo 'Installing the packages in requirements-dev.txt; this takes a minute.'
	@$(INSTALL) -r requirements.txt -r requirements-dev.txt
	@touch $@
