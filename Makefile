# Everything that is done with this repository, one word each; `make` alone lists it.
#
#   PYTHON=/path/to/python   the interpreter for the environment (3.11 or newer; searched for when not given)
#   BIN=/path/to/bin         run in an environment of your own instead of .venv (conda, a virtual environment)
#   PORT=8000                where `make serve` listens
#   REPORT_ARGS="--runs 1"   which pages `make report` looks at, and how often
#   FUZZ_ARGS="--seed 2"     how many inputs `make fuzz` reads, drawn from which seed
#   BENCHES="alpha build"    which of tests/bench/bench_*.py `make bench` runs (all but build and large_book when not given)

SHELL := /bin/sh
.DEFAULT_GOAL := help
.SUFFIXES:
MAKEFLAGS += --no-builtin-rules

PORT ?= 8000
PYTHON ?=
PYTEST_ARGS ?=
BENCHES ?= $(filter-out build large_book,$(sort $(patsubst tests/bench/bench_%.py,%,$(wildcard tests/bench/bench_*.py))))
BENCH_ARGS ?=
REPORT_ARGS ?=
FUZZ_ARGS ?=

# With BIN given, that environment is used as it is and nothing is installed; it may hold the project of another
# folder, so the code that lies beside this file, and with it the data, goes first.
ifdef BIN
ENVIRONMENT :=
export PYTHONPATH := $(CURDIR)/src$(if $(PYTHONPATH),:$(PYTHONPATH))
else
BIN := .venv/bin
ENVIRONMENT := .venv/.installed
endif

# The same commit gives the same bytes, in any folder and on any day, and says nothing that is not news.
# Sphinx and matplotlib date what they write by SOURCE_DATE_EPOCH: the last commit, or the first release's day.
ifndef SOURCE_DATE_EPOCH
SOURCE_DATE_EPOCH := $(shell test -e .git && git log -1 --format=%ct 2>/dev/null || echo 1795305600)
endif
export SOURCE_DATE_EPOCH
export PYTHONHASHSEED := 0
export PYTHONUTF8 := 1
export LC_ALL := C.UTF-8
export TZ := UTC
export MPLBACKEND := agg
export JUPYTER_PLATFORM_DIRS := 1
export PYDEVD_DISABLE_FILE_VALIDATION := 1
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: help book data html pdf epub check test lint serve clean lock metadata screenshots report bench fuzz environment

help: ## list these targets
	@echo "usage: make <target>"; echo
	@awk 'BEGIN { FS = ":.*## " } /^[a-z]+:.*## / { printf "  %-12s %s\n", $$1, $$2 }' Makefile

book: data ## build the dataset, execute every chapter from clean, render the book into _build/html
	@$(MAKE) --no-print-directory html

data: $(ENVIRONMENT) ## build data/derived, the data dictionary and the data package from data/raw and data/coded
	@echo "== dataset"
	@"$(BIN)/python" -m sourcebook.cli build

# Strict: any warning, unresolved reference or failing cell ends it with a non-zero exit code, and nothing of
# an earlier build survives to be mistaken for the result. `sourcebook book` renders by the same function.
html: $(ENVIRONMENT) ## execute and render the book from the data as it stands, strictly
	@echo "== book: executing every chapter and rendering, from clean"
	@"$(BIN)/python" -m sourcebook.book.rendering

pdf: $(ENVIRONMENT) ## print the whole book as one file, _build/book.pdf (with Chromium; builds the book if there is none)
	@test -f _build/html/index.html || $(MAKE) --no-print-directory book
	@"$(BIN)/python" -m sourcebook.book.publication.publishing pdf

epub: $(ENVIRONMENT) ## write the whole book for readers of books, _build/book.epub (builds the book if there is none)
	@test -f _build/html/index.html || $(MAKE) --no-print-directory book
	@"$(BIN)/python" -m sourcebook.book.publication.publishing epub

check: lint ## lint, then the quick tests: what to run before each commit
	@"$(BIN)/python" -m pytest -n 2 -m "not slow and not book and not browser and not dask" $(PYTEST_ARGS)

test: $(ENVIRONMENT) ## run every test, a strict build of the book and a browser's walk through it included
	@"$(BIN)/python" -m pytest -n 2 --dist worksteal $(PYTEST_ARGS)

lint: $(ENVIRONMENT) ## check style, types, and which room imports from which
	@"$(BIN)/python" -m ruff check .
	@"$(BIN)/python" -m ruff format --check .
	@"$(BIN)/python" -m mypy
	@"$(BIN)/lint-imports" --no-logo

serve: $(ENVIRONMENT) ## show the built book on http://127.0.0.1:8000 (PORT= for another port)
	@test -f _build/html/index.html || { echo "There is no book yet: run make book first." >&2; exit 1; }
	@"$(BIN)/python" -m sourcebook.book.serve _build/html --port $(PORT)

screenshots: $(ENVIRONMENT) ## picture every page of the built book, narrow and wide, light and dark
	@test -f _build/html/index.html || { echo "There is no book yet: run make book first." >&2; exit 1; }
	@"$(BIN)/python" tests/site/screenshots.py

report: $(ENVIRONMENT) ## weigh every page of the built book and test it (Lighthouse, axe), beside the plain theme
	@test -f _build/html/index.html || { echo "There is no book yet: run make book first." >&2; exit 1; }
	@"$(BIN)/python" tests/site/page_report.py $(REPORT_ARGS)

bench: $(ENVIRONMENT) _build/bench/env/.installed ## run suites, measure beside other packages (BENCHES="alpha build" for some)
	@set -e; for name in $(BENCHES); do echo "== bench: $$name"; "$(BIN)/python" tests/bench/bench_$$name.py $(BENCH_ARGS); done
	@"$(BIN)/python" tests/bench/trials.py

# The peers, in an environment of their own: the project never imports them.
_build/bench/env/.installed: tests/bench/requirements.lock | $(ENVIRONMENT)
	@echo "== environment of the benches: _build/bench/env"
	@rm -rf _build/bench/env
	@"$(BIN)/python" -m venv _build/bench/env
	@_build/bench/env/bin/python -m pip install -qq --require-hashes -r tests/bench/requirements.lock
	@touch $@

fuzz: $(ENVIRONMENT) ## read a million made-up inputs with every reader (FUZZ_ARGS="--growth" for time and memory)
	@"$(BIN)/python" tests/fuzz.py $(FUZZ_ARGS)
	@"$(BIN)/python" tests/bench/trials.py

lock: $(ENVIRONMENT) ## resolve pyproject.toml again into requirements.lock, and the peers of the benches into theirs
	@"$(BIN)/uv" pip compile pyproject.toml --all-extras --universal --python-version 3.11 \
	  --generate-hashes --no-emit-package pyarrow --no-header --quiet --output-file requirements.lock
	@"$(BIN)/uv" pip compile tests/bench/requirements.txt --universal --python-version 3.11 \
	  --generate-hashes --no-header --quiet --output-file tests/bench/requirements.lock
	@echo "requirements.lock is up to date with pyproject.toml, tests/bench/requirements.lock with its list"

metadata: $(ENVIRONMENT) ## write CITATION.cff, codemeta.json and .zenodo.json from pyproject.toml and data/dataset.toml
	@"$(BIN)/python" tests/citation_files.py

clean: ## remove what was built and what the tools cached (the environment stays)
	@rm -rf _build dist build .pytest_cache .mypy_cache .ruff_cache .hypothesis
	@find src tests book -name __pycache__ -type d -prune -exec rm -rf {} +

environment: $(ENVIRONMENT) ## make .venv from requirements.lock (the other targets do it when it is missing)

# Exactly the locked files, checked by their hashes, then the project itself as an editable install.
.venv/.installed: requirements.lock pyproject.toml
	@set -eu; \
	if ! test -x .venv/bin/python; then \
	  found=; chosen=; bare=; \
	  if test -n "$(PYTHON)"; then set -- "$(PYTHON)"; \
	  else set -- python3 python3.13 python3.12 python3.11 python3.14 python; fi; \
	  for candidate in "$$@"; do \
	    version=$$("$$candidate" -c 'import sys; print("%d.%d.%d" % sys.version_info[:3])' 2>/dev/null) || continue; \
	    found="$$found  $$candidate is $$version ($$(command -v "$$candidate"))\n"; \
	    "$$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || continue; \
	    if "$$candidate" -c 'import venv, ensurepip' 2>/dev/null; then chosen="$$candidate"; break; fi; \
	    bare="$$bare  $$candidate is $$version ($$(command -v "$$candidate"))\n"; \
	    package="python$${version%.*}-venv"; \
	  done; \
	  if test -z "$$chosen"; then \
	    if test -n "$$bare"; then \
	      printf "These interpreters are new enough but cannot make a virtual environment (no venv or ensurepip):\n$$bare" >&2; \
	      echo "On Debian or Ubuntu: apt-get install $$package; then run make again." >&2; \
	    else \
	      echo "sourcebook needs Python 3.11 or newer, and found:" >&2; \
	      if test -n "$$found"; then printf "$$found" >&2; else echo "  none at all (looked for: $$*)" >&2; fi; \
	      echo "Install one, or name it: make PYTHON=/path/to/python3.12" >&2; \
	    fi; \
	    exit 1; \
	  fi; \
	  echo "== environment: .venv with $$("$$chosen" --version)"; \
	  "$$chosen" -m venv .venv; \
	fi; \
	echo "== environment: installing what requirements.lock names (some minutes the first time)"; \
	.venv/bin/python -m pip install -qq --require-hashes -r requirements.lock; \
	.venv/bin/python -m pip install -qq --no-deps --no-build-isolation --editable .; \
	touch $@
