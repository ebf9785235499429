.PHONY: setup demo test check bench format browser tools
SHELL := /bin/bash
RUN := .venv/bin/

setup: .venv/.ready

.venv/.ready: pyproject.toml uv.lock scripts/setup.sh
	@bash scripts/setup.sh
	@touch $@

check: setup
	$(RUN)ruff format --check .
	$(RUN)ruff check .
	$(RUN)mypy
	$(RUN)lint-imports

format: setup
	$(RUN)ruff format .
	$(RUN)ruff check --fix .

browser:
	@bash scripts/browser.sh

tools:
	@bash scripts/tools.sh

test: setup browser tools
	$(RUN)ruff format --check . && $(RUN)ruff check . && $(RUN)mypy && $(RUN)lint-imports
	$(RUN)pytest -n 2 --dist loadgroup

bench: setup
	$(RUN)python -m benchmarks

demo: setup
	@bash scripts/demo.sh
