# One way to do each thing; `make` alone lists them.
SHELL := /bin/bash
PYTHON ?= python3
PORT ?= 8000
WORKERS ?= 2
BIN := .venv/bin
LOCKS := requirements/bootstrap.txt requirements/development.txt
COMPILE := $(BIN)/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url \
           --no-header --no-annotate --python-version 3.11

.DEFAULT_GOAL := help
.PHONY: help setup lock demo run test test-all check fix bench docs clean

help: ## List these targets
	@grep -hE '^[a-z-]+:.*?## ' $(MAKEFILE_LIST) | awk -F ':.*?## ' '{printf "  make %-10s %s\n", $$1, $$2}'

setup: .venv/ready ## Make .venv from the locks

.venv/ready: $(LOCKS) pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed: make PYTHON=...")'
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/bootstrap.txt
	@$(BIN)/uv pip sync --quiet --python $(BIN)/python --require-hashes requirements/bootstrap.txt requirements/development.txt
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --editable .
	@touch $@

lock: setup ## Bring the locks up to date with pyproject.toml (UPGRADE=--upgrade for new versions)
	@$(COMPILE) $(UPGRADE) requirements/bootstrap.in -o requirements/bootstrap.txt
	@$(COMPILE) $(UPGRADE) pyproject.toml -o requirements/runtime.txt
	@$(COMPILE) $(UPGRADE) pyproject.toml --group dev -c requirements/runtime.txt -o requirements/development.txt
