.PHONY: setup demo test check bench soak format browser tools neo4j
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

# Says aloud what is missing; the tests of the server then skip aloud, and fail where CI is set.
neo4j:
	@bash scripts/neo4j.sh install || true

test: setup browser tools neo4j
	$(RUN)ruff format --check . && $(RUN)ruff check . && $(RUN)mypy && $(RUN)lint-imports
	$(RUN)pytest -n 2 --dist loadgroup

# BENCH_SIZE=100000 makes the stores as large as that; the server of scripts/neo4j.sh is measured where NEO4J_URI names it.
bench: setup
	$(RUN)python -m benchmarks $(if $(BENCH_SIZE),--size $(BENCH_SIZE))

# The long form of the tests of faults: loads killed at fifty moments, and the rest (docs/operations.md).
soak: setup
	$(RUN)python -m tests.soak

demo: setup
	@bash scripts/demo.sh
