# Needs Python 3.11 or newer and make; everything else goes into .venv.
.DEFAULT_GOAL := help
.PHONY: help install run test lint lock words clean
MAKEFLAGS += --no-print-directory

VENV := .venv
BIN := $(VENV)/bin
WORKERS ?= 2
UV := .tools/uv/bin/uv

find_python = for name in python3.13 python3.12 python3.11 python3 python; do \
		$$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || continue; \
		$$name -c 'import ensurepip, venv' 2>/dev/null || { bare=$$name; continue; }; \
		echo $$name; exit 0; \
	done; \
	if [ -n "$$bare" ]; then echo "$$bare has no venv module: install it (on Debian: apt install python3-venv)." >&2; \
	else echo "Tandem needs Python 3.11 or newer: no such python3 was found in PATH." >&2; fi; exit 1

# $(1): a lock file. pip's own words go to a log, a person gets one sentence.
install_from = $(BIN)/python -m pip install --quiet --disable-pip-version-check --retries 2 \
		--require-hashes -r $(1) >$(VENV)/install.log 2>&1 || { \
		if grep -qiE 'connection|resolution|timed out|unreachable|no matching distribution' $(VENV)/install.log; \
		then echo "The packages in $(1) could not be fetched: is the network there? ($(VENV)/install.log)" >&2; \
		else echo "$(1) could not be installed: $$(grep -m1 ERROR $(VENV)/install.log) ($(VENV)/install.log)" >&2; \
		fi; exit 1; }

help:
	@echo "make run      open the rehearsal room at http://127.0.0.1:8080"
	@echo "make test     lint, types, import rules, and all tests"
	@echo "make install  .venv with the tandem script, nothing started"
	@echo "make lint     lint, types and import rules alone"
	@echo "make lock     write the lock files anew"
	@echo "make words    write the catalogue of sentences for translators anew"

install: $(VENV)/.installed
	@echo "$(BIN)/tandem is ready"

run: $(VENV)/.installed
	@$(BIN)/tandem run

$(BIN)/python:
	@python=$$($(find_python)) && $$python -m venv $(VENV)

$(VENV)/.installed: requirements.lock pyproject.toml | $(BIN)/python
	@echo "Installing into $(VENV) ..."
	@$(call install_from,requirements.lock)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-index --no-deps --no-build-isolation \
		--editable . >$(VENV)/install.log 2>&1 || { cat $(VENV)/install.log >&2; exit 1; }
	@touch $@

$(VENV)/.installed-dev: requirements-dev.lock $(VENV)/.installed
	@echo "Installing what the tests need into $(VENV) ..."
	@$(call install_from,requirements-dev.lock)
	@touch $@

lint: $(VENV)/.installed-dev
	@echo "ruff, mypy, import rules"
	@$(BIN)/ruff check --quiet .
	@$(BIN)/ruff format --quiet --check . || { echo "These files are not formatted: $(BIN)/ruff format does it." >&2; exit 1; }
	@$(BIN)/mypy --no-error-summary
	@$(BIN)/lint-imports --no-logo >$(VENV)/imports.log 2>&1 || { cat $(VENV)/imports.log; exit 1; }

test: lint
	@$(BIN)/python -m pytest -q -n $(WORKERS) --dist loadgroup

$(UV):
	@python=$$($(find_python)) && $$python -m venv .tools/uv && .tools/uv/bin/pip install --quiet uv

compile = $(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
	--no-emit-index-url --no-emit-find-links --upgrade

words: $(VENV)/.installed-dev
	@$(BIN)/python -m core.catalogue

lock: $(UV)
	@echo 'setuptools>=80' | $(compile) pyproject.toml - --output-file requirements.lock
	@$(compile) pyproject.toml --extra dev --constraint requirements.lock --output-file requirements-dev.lock

clean:
	@rm -rf $(VENV) build *.egg-info .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
