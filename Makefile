# `make` alone prints what there is. Each target says in one line, after ##, what it is for: the help is made from those.

PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin
READY  := $(VENV)/.ready
DRESSED := wholeperson/site/static/built/.ready
SPOKEN := wholeperson/site/locale/.ready
PORT   ?= 8000

COMPILE := $(BIN)/uv pip compile --quiet --universal --generate-hashes --no-header --python-version 3.11 pyproject.toml

.DEFAULT_GOAL := help
.PHONY: help setup demo pictures words example test test-long check fix bench docs lock

help:  ## print this list
	@awk -F':.*## ' '/^[a-z][a-z-]*:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' Makefile

setup: $(READY) $(DRESSED) $(SPOKEN)  ## make or refresh the virtual environment and what the pages are dressed with

# Everything comes from the hashed lock: uv first (by its own entry in it), then the rest, then this package itself,
# built by the locked build tool. Packages that somebody added by hand are left alone.
$(READY): requirements-dev.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or later is needed: make setup PYTHON=python3.11" if sys.version_info < (3, 11) else 0)'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@test -x $(BIN)/uv || { \
	  awk '/^uv==/ { on = 1 } on { print } on && !/\\$$/ { exit }' requirements-dev.lock > $(VENV)/uv.lock && \
	  $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $(VENV)/uv.lock; }
	@VIRTUAL_ENV=$(VENV) $(BIN)/uv pip install --quiet --require-hashes -r requirements-dev.lock
	@VIRTUAL_ENV=$(VENV) $(BIN)/uv pip install --quiet --no-deps --no-build-isolation -e .
	@touch $(READY)
	@echo "set up: $(BIN)/wholeperson"

# What the pages are dressed with: third-party files by version and hash, and our own style compiled over them.
$(DRESSED): $(READY) package-lock.json wholeperson/site/assets.py $(wildcard wholeperson/site/scss/*.scss)
	@$(BIN)/python -m wholeperson.site.assets
	@touch $(DRESSED)

# What the pages say in other languages, made ready for Django without tools of the system.
$(SPOKEN): $(READY) wholeperson/site/words.py $(wildcard wholeperson/*/locale/*/*/*.po wholeperson/*/*/locale/*/*/*.po)
	@$(BIN)/python -m wholeperson.site.words compile
	@touch $(SPOKEN)

words: setup  ## write every sentence of the pages into the catalogues of the other languages, to be translated there
	@$(BIN)/python -m wholeperson.site.words keys

demo: setup  ## the web site with invented people, every role one click away; PORT=8000
	@exec $(BIN)/wholeperson demo --port $(PORT)

pictures: setup  ## every page of the demo as each role meets it, at two widths, into out/pictures; needs a Chromium
	@$(BIN)/python -m tests.pictures

example: setup  ## decide and explain a sample person
	@$(BIN)/wholeperson check examples/rosa.yaml --on 2026-11-21 --programme ecm --programme pof_1a_homeless_adult --programme pof_1b_homeless_family_or_youth

test: setup  ## everything a change must pass; the last line counts it
	@$(BIN)/python -m tests.run

test-long: setup  ## the tests that are too long for every change
	@command -v java >/dev/null && VIRTUAL_ENV=$(VENV) $(BIN)/uv pip install --quiet -r pyproject.toml --extra spark \
	  || echo "no Java here, or PySpark cannot be fetched: the sweep is not tried on Spark"
	@$(BIN)/python -m tests.run --long

check: setup  ## the linters and the sizes alone, in seconds
	@$(BIN)/python -m tests.run --check

fix: setup  ## format, and mend what can be mended by itself
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

bench: setup  ## measure what we claim about speed; NAME=check for one
	@$(BIN)/python -m benchmarks.run $(NAME)

docs: setup  ## write the pages of docs/ that are made, and all of them as a site into out/docs
	@$(BIN)/python -m wholeperson.commands.docs
	@$(BIN)/python -m wholeperson.commands.docs_site

lock: setup  ## write both lock files anew, after a dependency changed
	@$(COMPILE) --extra sweep --extra postgres --extra files --extra site --output-file requirements.lock
	@$(COMPILE) --extra dev --output-file requirements-dev.lock
