.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.SUFFIXES:

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PACKAGES := station ui diagnostics labels sync
READY := $(VENV)/.ready
VIETNAMESE := resources/locale/vi/LC_MESSAGES/station.po
CATALOG := $(VIETNAMESE:.po=.mo)
TEMPLATE := out/station.pot

ifeq ($(shell uname -s),Linux)
ON_A_DISPLAY := $(BIN)/python scripts/virtual_display.py
HAS_DISPLAY := $(DISPLAY)$(WAYLAND_DISPLAY)
else
HAS_DISPLAY := yes
endif

.PHONY: help
help: ## say what can be made
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

.PHONY: run
ifneq ($(HAS_DISPLAY),)
run: packages-window-tools setup ## open the app; without a display, walk through the demonstration day
	$(BIN)/python -m ui.start
else
run: screenshots
endif

.PHONY: test
test: packages-window-display-database-tools-printing-web setup ## run the tests, in real windows and on a real PostgreSQL
	$(BIN)/pytest -n 3

.PHONY: check
check: setup $(TEMPLATE) ## check format, lint, types, import arrows and translations
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/python -m scripts.check_words $(TEMPLATE) $(VIETNAMESE)

.PHONY: bench
bench: packages-window-display-tools-peers-database setup ## measure speed and write out/bench.json
	$(ON_A_DISPLAY) $(BIN)/python -m tests.bench

.PHONY: proof
proof: packages-window-display-database-tools-printing-web setup ## run the long fault campaigns and write out/proof.json
	$(BIN)/pytest -m proof --figures out/proof.json
	$(BIN)/pytest -n 2 -m "hypothesis and not proof" --hypothesis-profile thorough

.PHONY: screenshots
screenshots: packages-window-display-tools setup ## paint every page, walk through the demonstration day, and leave the pictures in out/
	$(ON_A_DISPLAY) $(BIN)/python -m ui.gallery
	$(ON_A_DISPLAY) $(BIN)/python -m ui.demonstration
	$(ON_A_DISPLAY) $(BIN)/python -m ui.runner.pictures

.PHONY: central
central: setup ## start the central service on this machine with a SQLite file in out/
	@mkdir -p out
	$(BIN)/python -m sync.central --database sqlite:///out/central.sqlite

.PHONY: words
words: setup $(TEMPLATE) ## bring new and changed messages into the Vietnamese catalog
	$(BIN)/pybabel --quiet update --domain station --locale vi --no-fuzzy-matching \
	  --ignore-obsolete --ignore-pot-creation-date \
	  --input-file $(TEMPLATE) --output-file $(VIETNAMESE)

packages-%: # packages-window-display: have what Debian brings for these, asked for in one go
	@$(PYTHON) scripts/system_packages.py $(subst -, ,$*)

.PHONY: setup
setup: $(READY) $(CATALOG) ## make the virtual environment and compile the catalogs

.PHONY: lock
lock: ## write requirements.lock anew from pyproject.toml (needs uv)
	uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header \
	  --python-version 3.11 --extra central --extra dev pyproject.toml --output-file requirements.lock

.PHONY: clean
clean: ## remove everything that was made
	rm -rf $(VENV) $(CATALOG) out dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find $(PACKAGES) resources scripts tests -name __pycache__ -prune -exec rm -rf {} +

$(READY): requirements.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --require-hashes --requirement requirements.lock
	$(BIN)/pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

$(CATALOG): $(VIETNAMESE) $(READY)
	$(BIN)/pybabel --quiet compile --input-file $< --output-file $@ --locale vi

.PHONY: $(TEMPLATE)
$(TEMPLATE): $(READY)
	@mkdir -p $(@D)
	$(BIN)/pybabel --quiet extract --mapping-file babel.cfg --keyword _n:1,2 --keyword _c:1c,2 \
	  --no-location --sort-output --output-file $@ $(PACKAGES) resources/site
