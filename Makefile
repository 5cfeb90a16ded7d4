# Everything a contributor does. `make help` lists it.
SHELL := /bin/bash
.DEFAULT_GOAL := help
PORT ?= 8080
DATA ?= .data
PYTHON := .venv/bin/python
HAECHI := .build/release/haechi
SETUP := .build/.set-up

.PHONY: help setup run build test test-unit test-system test-browser lint format openapi bench docs clean

help: ## List what can be done here
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-13s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

$(SETUP): Scripts/set-up Tests/requirements.txt
	@Scripts/set-up
	@mkdir -p .build && touch $@

setup: $(SETUP) ## Install Debian packages, the tests' Python packages and the assets (says what)

run: $(SETUP) ## Build and serve the sample city on http://127.0.0.1:8080 (PORT=, DATA=)
	swift build -c release --product haechi
	$(HAECHI) serve --sample --data $(DATA) --port $(PORT)

build: $(SETUP) ## Build for debugging, tests included
	swift build --build-tests

test: test-unit test-system test-browser ## Run every test: units on both stores, the live server, the browser

test-unit: build ## Unit and in-process tests, on SQLite and on a private PostgreSQL
	Scripts/with-postgres swift test --skip-build

test-system: build ## The live server: kill -9, hostile input, the command line, schemathesis
	$(PYTHON) Tests/System/run.py --haechi .build/debug/haechi

test-browser: build ## Every page in headless Chromium: axe, phone width, keyboard, no JavaScript
	$(PYTHON) Tests/Browser/run.py --haechi .build/debug/haechi

lint: ## Check the layout and the documentation of the code
	swift format lint --strict --recursive --parallel Package.swift Sources Tests

format: ## Lay the code out
	swift format --in-place --recursive --parallel Package.swift Sources Tests

openapi: ## Write openapi/haechi.json anew
	swift build --product haechi
	.build/debug/haechi openapi > openapi/haechi.json

bench: $(SETUP) ## Measure beside the peers; rewrites the performance table of README.md
	swift build -c release --product haechi
	swift build -c release --product haechi-bench
	swift build -c release --product haechi-routing-bench
	swift build -c release --product haechi-eligibility-bench
	swift build -c release --product haechi-wall-bench
	swift build -c release --product haechi-sightings-bench
	Benchmarks/run --haechi $(HAECHI)

docs: ## Build the documentation of every module into .build/documentation
	Scripts/documentation

clean: ## Remove what was built
	rm -rf .build
