# `make demo` and `make test` need Python and make only: they set up .venv themselves.
#
#   make demo PYTHON=python3.12    use another Python for the environment
#   make test ARGS="-k binary"     hand arguments to pytest
#   make test QUICK=               compare what is recorded in every way of execution

VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
# The first Python that TensorFlow 2.16-2.21 has packages for. Each is run, not only looked up.
PYTHON ?= $(shell for python in python3 python3.13 python3.12 python3.11 python3.10; do \
	$$python -c 'import sys; sys.exit(not (3, 10) <= sys.version_info[:2] <= (3, 13))' \
	2>/dev/null && echo $$python && break; done)

# What `make test` leaves to `make test-all`: see CONTRIBUTING.md.
QUICK := --quick

# TensorFlow's own log: errors only.
export TF_CPP_MIN_LOG_LEVEL ?= 3

.PHONY: help demo test test-all lint clean
.DEFAULT_GOAL := help

help:
	@echo "make demo      train, evaluate, predict and export a three-headed model on real data"
	@echo "make test      run the tests on the newest TensorFlow, each in one way of execution"
	@echo "make test-all  run all on the newest TensorFlow and on 2.16, with both settings of Keras"
	@echo "make lint      check style, formatting and types"
	@echo "make clean     remove the environments and what was built"

demo: $(READY)
	$(BIN)/python examples/multi_head_wine.py $(ARGS)

test: $(READY)
	$(BIN)/python -m pytest --numprocesses auto --dist loadfile $(QUICK) $(ARGS)

test-all: $(READY)
	$(BIN)/nox --session tests-newest tests-2.16 -- $(ARGS)

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/python tests/packaging/check_types.py

$(READY): pyproject.toml setup.cfg setup.py
	@test -n "$(PYTHON)" || { echo "No Python 3.10 to 3.13 was found, and TensorFlow needs one." \
		"Install one, or name it: make PYTHON=/path/to/python"; exit 1; }
	@echo "Setting up $(VENV) with $$($(PYTHON) --version). TensorFlow is large: this takes a minute."
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install -qq --upgrade pip
	@$(BIN)/python -m pip install -qq --editable ".[dev]"
	@touch $@

clean:
	rm -rf $(VENV) .nox build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache
