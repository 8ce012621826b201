# Everything that one does here. Each target prepares .venv by itself when it has to.

PYTHON ?= python3
VENV := .venv/$(if $(filter Windows_NT,$(OS)),Scripts,bin)
PY := $(VENV)/python
# `make book LITE=0` builds a site without Python in the browser.
export LOSSBOOK_LITE := $(LITE)

.PHONY: help setup book site serve lab chapters audio test test-site test-lite test-hostile test-fresh test-class test-links test-release lighthouse status lint lock bench

help: ## Show this list
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

setup: ## Make .venv and install what the locks name (the others call it)
	@$(PYTHON) tools/setup.py

book: setup ## Build the site into _build/html
	@$(PY) -m tools.build_book

site: setup ## Build the site with the book as PDF, EPUB and zip
	@$(PY) -m tools.browser
	@$(PY) -m tools.formats

serve: book ## Build the site and serve it on localhost
	@echo "Open http://localhost:8000 (Ctrl-C to stop)"
	@$(PY) -m http.server --bind 127.0.0.1 --directory _build/html 8000

lab: setup ## Open the notebooks in JupyterLab
	@$(VENV)/jupyter lab --ServerApp.root_dir=book

chapters: setup ## Run every chapter again, in place
	@$(PY) -m tools.chapters

audio: setup ## Say what changed in the lessons, into book/audio
	@$(PY) -m tools.narrate $(ARGS)

test: book lint ## Build once and run every check that fits into ten minutes
	@$(PY) -m tools.browser
	-@$(PY) -m tools.programs bwrap
	@$(PY) -m pytest --junitxml=_build/tests.xml

test-site: site ## The full browser matrix, and the comparison of two builds
	@$(PY) -m tools.programs java
	@$(PY) -m pytest -m site tests/site

test-lite: book ## Python in the browser: the cells of every page, and JupyterLite
	@$(PY) -m tools.browser
	@$(PY) -m pytest -m lite tests/site

test-hostile: setup ## Hundreds of thousands of hostile inputs to the losses
	@$(PY) -m pytest -m hostile tests/losses

test-fresh: setup ## A checkout of its own with an empty home: set up, built, broken, mended
	@$(PY) -m pytest -m fresh tests/test_fresh.py

test-class: setup ## The class: every case, answer, engine and database
	@$(PY) -m tools.programs bwrap postgres
	@$(PY) -m pytest -m classroom tests/classroom

test-links: setup ## Pages elsewhere that the book links to (needs the network)
	@$(PY) -m pytest -m links tests/book

test-release: setup ## What may wait while one writes: every recording fits its text
	@$(PY) -m pytest -m release tests/audio

status: setup ## Count what there is, and keep how the last `make test` went
	@$(PY) -m tools.status

lighthouse: book ## How Lighthouse judges the chapters on a phone with a slow line
	@$(PY) -m tools.browser
	@$(PY) -m tools.lighthouse $(ARGS)

lint: setup ## Check style and types
	@$(VENV)/ruff check
	@$(VENV)/ruff format --check
	@$(VENV)/mypy

bench: setup ## Time, memory and digits of the losses, and the speed of grading, beside others
	@$(PY) -m benchmarks $(ARGS)
	@$(PY) -m benchmarks.grading

lock: setup ## Renew requirements.txt and package-lock.json from what is asked for
	@$(VENV)/uv pip compile pyproject.toml --extra book --extra class --extra dev --upgrade \
	  --universal --python-version 3.11 --fork-strategy fewest --generate-hashes \
	  --no-emit-index-url --no-header --quiet --output-file requirements.txt
	@$(VENV)/uv pip compile pyproject.toml --extra bench --no-deps \
	  --constraint requirements.txt --universal --python-version 3.11 \
	  --no-emit-index-url --no-header --quiet --output-file requirements/bench.txt
	@$(VENV)/uv pip compile pyproject.toml --extra audio --upgrade \
	  --universal --python-version 3.11 --fork-strategy fewest --generate-hashes \
	  --no-emit-index-url --no-header --quiet --output-file requirements/audio.txt
	@$(VENV)/uv pip compile requirements/lite.in --upgrade \
	  --universal --python-version 3.11 --fork-strategy fewest --generate-hashes \
	  --no-emit-index-url --no-header --quiet --output-file requirements/lite.txt
	@$(VENV)/uv pip compile requirements/pyodide.in --upgrade \
	  --python-version 3.14 --python-platform wasm32-pyodide2024 --generate-hashes \
	  --no-emit-index-url --no-header --quiet --output-file requirements/pyodide.txt
	@$(VENV)/uv pip compile pyproject.toml requirements/binder.in \
	  --constraint requirements.txt --python-version 3.12 --generate-hashes \
	  --no-emit-index-url --no-header --quiet --output-file .binder/requirements.txt
	@PATH="$(CURDIR)/$(VENV):$$PATH" npm install --package-lock-only
	@PATH="$(CURDIR)/$(VENV):$$PATH" npm install --package-lock-only --prefix tools/lighthouse
