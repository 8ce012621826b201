# Everything that one does here. Each target prepares .venv by itself when it has to.

PYTHON ?= python3
VENV := .venv/$(if $(filter Windows_NT,$(OS)),Scripts,bin)
PY := $(VENV)/python
# Tests side by side, those of a file in one process: they share a browser or a kernel.
# One that hangs ends the run: begun again in another process it would hang there.
PYTEST := $(PY) -m pytest -n logical --dist loadfile --no-loadscope-reorder --max-worker-restart 0
# Twice as many as there are cores: half of what make test does waits for a browser or a kernel.
WORKERS ?= $(shell $(PYTHON) -c "import os; print(2 * (os.cpu_count() or 1))")
# Of the cases in a slow file one in so many runs, drawn anew for each commit; all in `-full`.
ONE_IN ?= 16
# `make book LITE=0` builds a site without Python in the browser.
export LOSSBOOK_LITE := $(LITE)

help: ## Show this list
	@awk -F ':.*## ' '/^##@/ { print "\n" substr($$0, 5) } /^[a-z-]+:.*## / { printf "  make %-20s%s\n", $$1, $$2 }' $(MAKEFILE_LIST)

##@ To begin with

book: setup ## Build the site into _build/html
	@$(PY) -m tools.build.book

serve: book ## Build the site and serve it on localhost
	@$(PY) -m tools.serving $(ARGS)

test: book lint ## Build once and run every check that fits into six minutes
	@$(PY) -m tools.browser
	-@$(PY) -m tools.check.programs bwrap
	@$(PYTEST) -n $(WORKERS) --junitxml=_build/tests.xml

##@ To write

lab: setup ## Open the notebooks in JupyterLab
	@$(VENV)/jupyter lab --ServerApp.root_dir=book

chapters: setup ## Run every chapter again, in place
	@$(PY) -m tools.author.chapters

audio: setup ## Say what changed in the lessons, into book/audio
	@$(PY) -m tools.author.narrate $(ARGS)

lint: setup ## Check style and types, of Python and of JavaScript
	@$(VENV)/ruff check
	@$(VENV)/ruff format --check
	@$(VENV)/mypy
	@PATH="$(CURDIR)/$(VENV):$$PATH" node_modules/.bin/tsc --project jsconfig.json
	@PATH="$(CURDIR)/$(VENV):$$PATH" node_modules/.bin/tsc --project jsconfig.node.json

status: setup ## Count what there is, and keep how the last `make test` went
	@$(PY) -m tools.author.status

##@ To check what `make test` leaves out

test-site: site ## A sample of the full browser matrix, and the comparison of two builds
	@$(PY) -m tools.check.programs java
	@$(PYTEST) -m "site and not lite" --whole-browser --one-in $(ONE_IN) tests/site

test-site-full: ## The full browser matrix
	@$(MAKE) test-site ONE_IN=1

test-lite: book ## Python in the browser: a sample of the pages with cells, and of JupyterLite
	@$(PY) -m tools.browser
	@$(PYTEST) -m lite --whole-browser --one-in $(ONE_IN) tests/site

test-lite-full: ## Python in the browser: the cells of every page, and all of JupyterLite
	@$(MAKE) test-lite ONE_IN=1

test-hostile: setup ## A sample of hostile inputs to the losses
	@$(PY) -m pytest -n logical -m release --one-in $(ONE_IN) tests/losses

test-corpus: setup ## Every wrong answer to an exercise 50 times, every right one 200 times
	@$(PY) -m pytest -n logical -m release tests/exercises

test-hostile-full: ## Hundreds of thousands of hostile inputs to the losses
	@$(MAKE) test-hostile ONE_IN=1

# Without what the oldest versions are not promised for: pages, exports, the browser, and
# what only writers have.
test-minima: setup ## The package with the oldest versions that it says it works with
	@$(VENV)/uv venv --quiet --allow-existing --python $(PY) .venv-minima
	@$(VENV)/uv pip sync --quiet --require-hashes --python .venv-minima requirements/minima.txt
	@.venv-minima/$(notdir $(VENV))/python -m pytest \
	  tests/losses tests/datasets tests/study tests/test_catalogue.py tests/test_gradcheck.py \
	  tests/test_link_functions.py tests/test_plots.py tests/training \
	  tests/test_calibration.py tests/test_colours.py \
	  tests/test_widgets.py lossbook --ignore=lossbook/exporting \
	  --ignore=tests/study/test_content.py --ignore=tests/study/test_quiz.py \
	  --ignore=tests/study/test_items.py --ignore=tests/study/test_paths.py \
	  --ignore=tests/study/test_lines.py --ignore=tests/study/test_sketches.py \
	  --ignore=tests/study/test_worked.py \
	  --deselect tests/test_widgets.py::test_while_one_writes_a_changed_script_shows_at_once

# PyTorch without what compiles for a graphics card; it does not load without the rest.
test-frameworks: setup ## Every call of another library, in the library itself (4.6 GB)
	@$(VENV)/uv venv --quiet --allow-existing --python $(PY) .venv-frameworks
	@$(VENV)/uv pip sync --quiet --require-hashes --python .venv-frameworks requirements/frameworks.txt
	@.venv-frameworks/$(notdir $(VENV))/python -m pytest -m frameworks tests/frameworks/test_libraries.py

test-class: setup ## A sample of the class: cases, answers, engines and databases
	@$(PY) -m tools.check.programs bwrap postgres
	@$(PYTEST) -m classroom --one-in $(ONE_IN) tests/classroom

test-class-full: ## The class: every case, answer, engine and database
	@$(MAKE) test-class ONE_IN=1

test-hub: setup ## The class on a JupyterHub: three students go the whole round, one in a browser
	@$(PY) -m tools.check.programs bwrap
	@$(PY) -m tools.browser
	@$(VENV)/uv pip install --quiet --require-hashes --python $(PY) -r requirements/hub.txt
	@$(PY) -m pytest -m hub --whole-browser tests/classroom/hub tests/classroom/lti

test-kills: setup ## Fifty kills, at any moment, in a grading of sixty
	@$(PY) -m tools.check.programs bwrap
	@LOSSBOOK_KILLS=50 $(PY) -m pytest -m classroom tests/classroom/test_kills.py

test-fresh: setup ## A checkout of its own with an empty home: set up, built, broken, mended
	@$(PY) -m pytest -m release tests/test_fresh.py

test-links: setup ## Pages elsewhere that the book links to (needs the network)
	@$(PY) -m pytest -n 8 -m release tests/book

test-film: film ## The films: length, chapters, captions, loudness, the same picture twice
	@$(PY) -m pytest -m release tests/film

test-release: setup ## What may wait while one writes: every recording fits its text, and is as loud as others
	@$(PY) -m pytest -m release tests/audio

##@ To publish, to measure and to keep up

setup: ## Make .venv and install what the locks name (the others call it)
	@$(PYTHON) tools/setup.py

site: setup ## Build the site with the book as PDF, EPUB and zip
	@$(PY) -m tools.browser
	@$(PY) -m tools.build.formats

doors: book ## Build what others take in: cartridge, SCORM, slides, teachers' pack (ARGS='--site URL')
	@$(PY) -m tools.browser
	@$(PY) -m tools.build.doors $(ARGS)

film: book ## Film the lessons to watch, into _build/films
	@$(VENV)/uv pip install --quiet --require-hashes --python $(PY) -r requirements/film.txt
	@$(PY) -m tools.build.film $(ARGS)

lighthouse: book ## How Lighthouse judges the chapters on a phone with a slow line
	@$(PY) -m tools.browser
	@$(PY) -m tools.check.lighthouse $(ARGS)

bench: setup ## Time, memory and digits of the losses, and the speed of grading, beside others
	@$(PY) -m benchmarks $(ARGS)
	@$(PY) -m benchmarks.grading

bench-hub: setup ## Thirty students on a hub at once, then a thousand submissions on two Dask workers
	@$(PY) -m tools.check.programs bwrap postgres
	@$(VENV)/uv pip install --quiet --require-hashes --python $(PY) -r requirements/hub.txt
	@$(PY) -m benchmarks.hub $(ARGS)
	@$(PY) -m benchmarks.hub --submissions 1000

bench-motion: book ## How exactly a lesson to watch keeps time
	@$(PY) -m tools.browser
	@$(PY) -m benchmarks.motion

lock: setup ## Renew requirements.txt and package-lock.json from what is asked for
	@$(VENV)/uv pip compile pyproject.toml --extra book --extra class --extra dev --upgrade \
	  --universal --python-version 3.11 --fork-strategy fewest --generate-hashes \
	  --no-emit-index-url --no-header --quiet --output-file requirements.txt
	@$(VENV)/uv pip compile pyproject.toml --extra hub --constraint requirements.txt \
	  --universal --python-version 3.11 --fork-strategy fewest --generate-hashes \
	  --no-emit-index-url --no-header --quiet --output-file requirements/hub.txt
	@$(VENV)/uv pip compile pyproject.toml --extra bench --no-deps \
	  --constraint requirements.txt --universal --python-version 3.11 \
	  --no-emit-index-url --no-header --quiet --output-file requirements/bench.txt
	@$(VENV)/uv pip compile pyproject.toml --extra audio --upgrade \
	  --universal --python-version 3.11 --fork-strategy fewest --generate-hashes \
	  --no-emit-index-url --no-header --quiet --output-file requirements/audio.txt
	@$(VENV)/uv pip compile requirements/film.in --upgrade \
	  --universal --python-version 3.11 --fork-strategy fewest --generate-hashes \
	  --no-emit-index-url --no-header --quiet --output-file requirements/film.txt
	@$(VENV)/uv pip compile requirements/lite.in --upgrade \
	  --universal --python-version 3.11 --fork-strategy fewest --generate-hashes \
	  --no-emit-index-url --no-header --quiet --output-file requirements/lite.txt
	@$(VENV)/uv pip compile pyproject.toml requirements/minima.in \
	  --resolution lowest-direct --universal --python-version 3.11 \
	  --fork-strategy fewest --generate-hashes \
	  --no-emit-index-url --no-header --quiet --output-file requirements/minima.txt
	@$(VENV)/uv pip compile pyproject.toml requirements/frameworks.in \
	  --constraint requirements.txt --no-emit-package triton \
	  --universal --python-version 3.11 \
	  --fork-strategy fewest --generate-hashes \
	  --no-emit-index-url --no-header --quiet --output-file requirements/frameworks.txt
	@$(VENV)/uv pip compile requirements/pyodide.in --upgrade \
	  --python-version 3.14 --python-platform wasm32-pyodide2024 --generate-hashes \
	  --no-emit-index-url --no-header --quiet --output-file requirements/pyodide.txt
	@$(VENV)/uv pip compile pyproject.toml requirements/binder.in \
	  --constraint requirements.txt --python-version 3.12 --generate-hashes \
	  --no-emit-index-url --no-header --quiet --output-file .binder/requirements.txt
	@PATH="$(CURDIR)/$(VENV):$$PATH" npm install --package-lock-only
	@PATH="$(CURDIR)/$(VENV):$$PATH" npm install --package-lock-only --prefix tools/check/lighthouse

# None of them is the name of a file.
.PHONY: help book serve test lab chapters audio lint status test-site test-site-full test-lite test-lite-full test-hostile test-hostile-full test-corpus test-class test-class-full test-hub test-kills test-minima test-frameworks test-fresh test-links test-film test-release setup site doors film lighthouse bench bench-hub bench-motion lock
