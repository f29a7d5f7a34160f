# Turns scanned Thai meeting minutes into validated records. `make help` lists what there is.

SHELL := /bin/bash
.DEFAULT_GOAL := all

PYTHON ?= python3.11
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/installed
# fonts-thai-tlwg and fontconfig: the tests draw pages. poppler-utils, tesseract: conversions.
PACKAGES := tesseract-ocr tesseract-ocr-tha tesseract-ocr-eng tesseract-ocr-osd poppler-utils fonts-thai-tlwg fontconfig
# The tests in a browser are skipped without these: CI has them, or type `make test CI=1` once.
ifdef CI
PACKAGES += chromium chromium-driver
endif

.PHONY: all system test torch train train-smoke wheel check lint golden samples bench schema lock clean help

all: $(STAMP) ## set up, convert samples/ into out/, show what came out
	@$(BIN)/minutes convert samples -o out
	@echo "Look next at out/faculty-board-4-2567.json beside samples/faculty-board-4-2567.pdf; then: $(BIN)/minutes convert --help"

system:
	@missing=""; for package in $(PACKAGES); do \
	  dpkg-query -W -f='$${Status}' $$package 2>/dev/null | grep -q "ok installed" || missing="$$missing $$package"; done; \
	$(PYTHON) -c 'import ensurepip' 2>/dev/null || missing="$$missing python3.11 python3.11-venv"; \
	if [ -n "$$missing" ]; then \
	  if [ "$$(id -u)" = 0 ]; then \
	    echo "installing:$$missing"; \
	    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $$missing >/dev/null; \
	  else \
	    echo "These packages are missing, and installing them needs root. Type:"; \
	    echo "  sudo apt-get update && sudo apt-get install -y$$missing"; exit 3; \
	  fi; fi

$(STAMP): pyproject.toml requirements.lock | system
	@echo "making $(VENV)"
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --editable .
	@touch $@

test: $(STAMP) ## set up, then the tests
	$(BIN)/pytest

lint: $(STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

check: lint test ## ruff (lint and format), mypy strict, tests

golden: $(STAMP) ## convert samples/ and compare with golden/
	$(BIN)/minutes convert samples -o out --quiet
	@$(BIN)/minutes compare out golden --summary --html out/golden.html || \
	  echo "out/golden.html shows each difference"

samples: $(STAMP) ## draw samples/, golden/ and tests/frozen/ anew
	$(BIN)/python -m training.synth samples

ARGS ?=

bench: $(STAMP) ## our reader against Tesseract and OCRmyPDF on drawn pages, into benchmarks/RESULTS.md: ARGS=--quick
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[bench]'
	@$(BIN)/python -m training.lines.fetch 2>/dev/null || echo "npm fetched no type faces; those of Debian will do"
	$(BIN)/python -m benchmarks $(ARGS)

schema: $(STAMP) ## write schemas/minutes.schema.json anew from the models
	$(BIN)/python -m schemas

CORPUS ?=
MINUTES ?= 240

# A CPU build of PyTorch: the one that plain `torch` names brings gigabytes of CUDA along.
TORCH ?= torch==2.13.0+cpu

torch: $(STAMP)
	@$(BIN)/python -c 'import torch' 2>/dev/null || \
	  $(BIN)/python -m pip install --quiet --disable-pip-version-check '$(TORCH)' || \
	  { echo "Your package index has no $(TORCH). Install a build of PyTorch into $(VENV) (pytorch.org says how)"; exit 3; }
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[train]'

train: torch ## make the recogniser: CORPUS=text.txt MINUTES=240; goes on from training/.run
	$(BIN)/python -m training.lines.fetch
	$(BIN)/python -m training.net train --minutes $(MINUTES) $(if $(CORPUS),--corpus $(CORPUS))
	$(BIN)/python -m training.net export
	$(BIN)/python -m training.net evaluate

train-smoke: torch ## the road from nothing to a model on a tiny set, in a minute: shows that it works, not how well
	$(BIN)/python -m training.net smoke

wheel: $(STAMP) ## build the wheel, install it in an empty environment and convert a sample with it
	rm -rf dist && $(BIN)/python -m pip wheel --quiet --disable-pip-version-check --no-deps --wheel-dir dist .
	@folder=$$(mktemp -d) && trap 'rm -rf "$$folder"' EXIT && \
	$(PYTHON) -m venv "$$folder/venv" && \
	"$$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check dist/*.whl && \
	cp samples/school-board-1-2562.png "$$folder" && cd "$$folder" && venv/bin/minutes convert school-board-1-2562.png

lock: $(STAMP) ## pin what pyproject.toml allows into requirements.lock
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --extra dev --no-header --no-emit-index-url \
	  --no-annotate --generate-hashes pyproject.toml --output-file requirements.lock

clean: ## remove what was made here
	rm -rf $(VENV) out build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

help: ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | expand -t 12
