PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8000
SIDE_BY_SIDE := --numprocesses auto --maxprocesses 4 --dist loadgroup

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

.PHONY: help
help: ## Show the commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-16s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.PHONY: run
run: $(VENV)/.run ## Set everything up, build the index and open the search (PORT=8000)
	$(BIN)/indexer build
	$(BIN)/search-app --port $(PORT)

.PHONY: test
test: $(VENV)/.test browser ## Set everything up and run all checks and tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/pytest $(SIDE_BY_SIDE)

.PHONY: quick
quick: $(VENV)/.test ## Run the checks, and the tests near what has changed since main: in less than a minute
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/pytest $(SIDE_BY_SIDE) -m "not long" $$($(BIN)/python -m tests.support.near)

.PHONY: test-api
test-api: $(VENV)/.test ## Ask the interface for programs 10,000 times whatever its document allows
	$(BIN)/python -m tests.support.api_cases

.PHONY: test-kill
test-kill: $(VENV)/.test ## Kill builds, fetches and switches at 200 instants, and switch 50 times, while the search is asked
	$(BIN)/pytest tests/indexer/build/test_kills.py tests/indexer/generations/test_switches.py --kills 200 --switches 50 -rP

.PHONY: messages
messages: $(VENV)/.test ## Write the messages of code and templates into the translations; new ones come without a text
	$(BIN)/python -m tests.support.messages

.PHONY: format
format: $(VENV)/.test ## Mend what ruff can mend
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

.PHONY: bench
bench: $(VENV)/.bench ## Measure the search against its peers
	$(BIN)/python -m bench.search
	$(BIN)/python -m bench.random_strings

.PHONY: bench-extract
bench-extract: $(VENV)/.bench ## Measure the extraction against its peers
	$(BIN)/python -m bench.extract

.PHONY: bench-api
bench-api: $(VENV)/.bench ## Measure the interface for programs under load (needs wrk)
	$(BIN)/python -m bench.api

.PHONY: bench-build
bench-build: $(VENV)/.bench ## Measure builds, whole and after changes
	$(BIN)/python -m bench.build

.PHONY: relevance
relevance: $(VENV)/.bench ## Measure the ranking on judged collections
	$(BIN)/python -m bench.relevance

.PHONY: sample
sample: $(VENV)/.test ## Make the sample PDFs again from their sources
	$(BIN)/python -m corpus.sample.make

.PHONY: lock
lock: $(VENV)/.test ## Write the lock files again from pyproject.toml
	$(BIN)/pip install --quiet uv
	$(call lock,run)
	$(call lock,test,--group dev)
	$(call lock,bench,--group dev --group bench)

define lock
	UV_CUSTOM_COMPILE_COMMAND="make lock" $(BIN)/uv pip compile pyproject.toml --group build $(2) \
		--universal --generate-hashes --no-emit-index-url --no-annotate --upgrade --quiet --output-file requirements/$(1).txt
endef

.PHONY: clean
clean: ## Remove what was set up and built (documents stay)
	rm -rf $(VENV) index .cache .hypothesis .mypy_cache .pytest_cache .ruff_cache

.PHONY: browser
browser:
	@command -v chromium >/dev/null || .ci/install-browser

$(VENV)/bin/pip:
	@$(PYTHON) -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Python 3.11 or newer with venv is needed: apt-get install python3 python3-venv, or make PYTHON=/path/to/python3.11"; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.%: requirements/%.txt pyproject.toml | $(VENV)/bin/pip
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes --requirement $<
	$(BIN)/pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps --editable .
	@touch $@
