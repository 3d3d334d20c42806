# Thin on purpose: each target is a command or two that can be typed by hand.
BIN := .venv/bin
DEMO := upper-back-relaxation
# make test PYTEST_ARGS="-k packaging" runs some tests, in one process
PYTEST_ARGS ?= -n auto --dist loadgroup

.DEFAULT_GOAL := help
.PHONY: help setup setup-dev demo test bench gallery golden docs clean

help: ## list these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-10s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

setup: ## install StretchKit into .venv, with the system libraries it prints with
	@sh tools/setup.sh

setup-dev: ## the same, and what tests, checks and benchmarks need
	@sh tools/setup.sh dev

demo: setup ## make a handout as PDF, Markdown and HTML, and the site, in build/
	@mkdir -p build
	$(BIN)/stretchkit handout $(DEMO) -o build/$(DEMO).pdf
	$(BIN)/stretchkit handout $(DEMO) -o build/$(DEMO).md
	$(BIN)/stretchkit handout $(DEMO) -o build/$(DEMO).html
	$(BIN)/stretchkit site -o build/site
	@printf '%s\n' '' 'Made in build/:' \
	  '  $(DEMO).pdf    to print' \
	  '  $(DEMO).md     to read and edit as text' \
	  '  $(DEMO).html   to open in a browser' \
	  '  site/index.html             every exercise and routine, works offline' \
	  'Next:' \
	  '  $(BIN)/stretchkit list             what there is' \
	  '  $(BIN)/stretchkit handout --help   who it is for, language, paper'

test: setup-dev ## every check and test, as CI runs them
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest $(PYTEST_ARGS)

bench: setup-dev ## measure speed
	$(BIN)/python -m benchmarks

gallery: setup-dev ## draw every frame in every style, as one page to look at
	$(BIN)/python tools/gallery.py

golden: setup-dev ## write the expected outputs of the tests anew; read the diff before committing
	$(BIN)/pytest --update-golden

docs: setup-dev ## write the generated pages of docs/ anew
	$(BIN)/python tools/generate_docs.py

clean: ## remove build products and caches; .venv stays
	rm -rf build dist .coverage .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find benchmarks stretchkit tests tools -name __pycache__ -prune -exec rm -rf {} +
