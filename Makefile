# Every target sets up what it needs, in .venv, from the pins in requirements/. Only Python >= 3.11 must be there.

BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet install
export PYTHON

.DEFAULT_GOAL := help
.PHONY: help demo test check web docs bench lock clean

help: ## Show this list
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 15

demo: .venv/run web ## Build the demo study and write its whole report into out/
	$(BIN)/constellary demo

test: .venv/dev web ## Run the tests
	$(BIN)/python -m pytest -n 2

check: .venv/dev web ## Everything that must hold: lint, format, types, docs, demo, tests
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/python hatch_build.py check
	$(MAKE) docs
	$(MAKE) demo
	$(MAKE) test

web: .venv/run ## Build the front end into the package, where its sources have changed
	@$(BIN)/python hatch_build.py

docs: .venv/docs ## Build the documentation into site/
	$(BIN)/python -m sphinx --builder html --fresh-env --fail-on-warning --keep-going --quiet docs site
	@echo "The documentation is in site/index.html"

bench: .venv/dev web ## Measure speed and memory beside the plain pandas and networkx way
	$(BIN)/python bench/run.py

lock: .venv/dev ## Write the pins in requirements/ anew (needs uv)
	$(BIN)/python tools/lock.py

clean: ## Remove all that the other targets made
	rm -rf .venv out site dist .mypy_cache .pytest_cache .ruff_cache .hypothesis \
	  frontend/node_modules src/constellary/workbench/static

$(BIN)/python:
	@echo "Setting up .venv; this is done once and takes a minute or two."
	"$$(tools/find-python)" -m venv .venv

.venv/run: requirements/build.txt requirements/run.txt pyproject.toml hatch_build.py | $(BIN)/python
	$(PIP) --require-hashes --requirement requirements/build.txt --requirement requirements/run.txt
	$(BIN)/python hatch_build.py node || $(PIP) --require-hashes --requirement requirements/node.txt
	$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

.venv/dev: requirements/dev.txt .venv/run
	$(PIP) --require-hashes --requirement requirements/dev.txt
	@touch $@

.venv/docs: requirements/docs.txt .venv/run
	$(PIP) --require-hashes --requirement requirements/docs.txt
	@touch $@
