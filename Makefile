# Two commands do everything: `make demo` and `make test`. Both set up what they need first.
SHELL := /bin/bash
.DEFAULT_GOAL := help
PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
READY := .venv/.ready

.PHONY: help demo test test-all lint bench docs clean

help: ## Show what each target does
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-9s %s\n", $$1, $$2}'

$(READY): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed; found $$($(PYTHON) --version 2>&1). Name one with: make PYTHON=/path/to/python3.11"; exit 2; }
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	@.ci/chromium
	@touch $(READY)

demo: $(READY) ## Set up, read the bundled sample, build the index and show a shortlist (DEMO_ARGS=--no-serve)
	$(BIN)/matcher demo $(DEMO_ARGS)

test: $(READY) ## Set up and run the tests (under 15 minutes on two cores)
	$(BIN)/pytest -n 2 --dist loadfile -m "not slow"

test-all: $(READY) ## The tests with the slow suites
	$(BIN)/pytest -n 2 --dist loadfile

lint: $(READY) ## Style and types: ruff and mypy --strict
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: $(READY) ## Measure speed and quality side by side; rewrites docs/results.md
	$(BIN)/python -m eval.bench
	$(BIN)/python -m api.pages.make_quality

docs: $(READY) ## Check that what README and docs show runs
	$(BIN)/pytest tests/test_docs.py

clean: ## Remove the environment and what was built (var/ holds your data: it is kept)
	rm -rf .venv .pytest_cache .mypy_cache .ruff_cache build *.egg-info
