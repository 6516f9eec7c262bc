# One way to do each thing; `make` alone lists them.
SHELL := /bin/bash
PYTHON ?= python3
PORT ?= 8000
WORKERS ?= 2
# Debian's server, the newest that is installed.
SERVER ?= $(lastword $(sort $(wildcard /usr/lib/postgresql/*/bin)))
BIN := .venv/bin
LOCKS := requirements/bootstrap.txt requirements/development.txt
COMPILE := $(BIN)/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url \
           --no-header --no-annotate --python-version 3.11

.DEFAULT_GOAL := help
.PHONY: help setup lock demo run test test-all test-server check fix bench docs pictures clean

help: ## List these targets
	@grep -hE '^[a-z-]+:.*?## ' $(MAKEFILE_LIST) | awk -F ':.*?## ' '{printf "  make %-12s %s\n", $$1, $$2}'

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

# ---------------------------------------------------------------------------------- use

demo: messages ## Show the whole service on this machine (PORT=8000)
	@$(BIN)/mahis demo --port $(PORT)

run: messages ## Serve with your own settings (DATABASE_URL, MAHIS_...), migrating first (PORT=8000)
	@$(BIN)/mahis db migrate --quiet
	@$(BIN)/mahis serve --port $(PORT)

# Compiled catalogues are made, never kept.
.PHONY: messages
messages: setup
	@if [ -f tools/messages.py ]; then $(BIN)/python tools/messages.py compile; fi

# ---------------------------------------------------------------------------------- test

.PHONY: test-tools
test-tools: .venv/npm
	@$(BIN)/python tools/browser.py install || test -z "$(MAHIS_BROWSER_NEEDED)"

.venv/npm: .venv/ready package-lock.json
	@$(BIN)/python tools/npm.py ci --silent
	@touch $@

test: messages test-tools ## Run the tests but the slow ones (WORKERS=2, ARGS=...; DATABASE_URL for another server)
	@$(BIN)/pytest -n $(WORKERS) -m "not slow" $(ARGS)

test-all: messages test-tools ## Run every test, with coverage
	@$(BIN)/pytest -n $(WORKERS) --cov --cov-report=term:skip-covered $(ARGS)

test-server: messages .venv/npm ## Run the tests that meet the database on another server (SERVER=/usr/lib/postgresql/15/bin)
	@$(BIN)/python tools/with_server.py $(SERVER) $(BIN)/pytest -n $(WORKERS) -m "not slow" tests/integration $(ARGS)

bench: setup ## Measure every claim in bench/
	@shopt -s nullglob; for script in bench/*.py; do echo "== $$script"; $(BIN)/python "$$script" || exit 1; done

# ---------------------------------------------------------------------------------- check

check: messages ## Check format, style, types, imports, templates, migrations, messages, docs, locks
	@$(BIN)/python tools/check.py

fix: setup ## Mend what a machine can mend: format, imports, simple style
	@$(BIN)/ruff check --quiet --fix . || true
	@$(BIN)/ruff format --quiet .
	@if [ -f tools/messages.py ]; then $(BIN)/python tools/messages.py update; fi
	@if [ -f tools/generate_docs.py ]; then $(BIN)/python tools/generate_docs.py; fi

docs: setup ## Make the generated pages of docs/ again
	@$(BIN)/python tools/generate_docs.py

pictures: messages test-tools ## Make the pictures of docs/images again, from a real browser
	@$(BIN)/python -m tools.screenshots

clean: ## Remove everything that was made here; your data stays in MAHIS_DATA_DIR
	@rm -rf .venv node_modules .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	@rm -rf .coverage* htmlcov test-results build dist
	@find src tests tools -name __pycache__ -prune -exec rm -rf {} +
	@find src -name '*.mo' -delete
