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

# BENCH_SIZE=100000 makes the stores as large as that, BENCH_NEO4J=10000 loads so many into Neo4j; an empty server that
# NEO4J_URI names is measured, else one of our own, where it can be installed.
bench: setup neo4j
	$(RUN)python -m benchmarks $(if $(BENCH_SIZE),--size $(BENCH_SIZE)) $(if $(BENCH_NEO4J),--neo4j $(BENCH_NEO4J))

# The long form of the tests of faults: loads killed at fifty moments, and the rest (docs/operations.md).
soak: setup
	$(RUN)python -m tests.soak

demo: setup
	@bash scripts/demo.sh
