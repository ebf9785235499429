"""Every store enrols here, by one entry; the conformance tests run on each."""

import importlib.util
import itertools
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from neo4j_server import ALONE

from graph.connect import connect
from graph.store import Store

STORES: dict[str, Callable[[Path, pytest.FixtureRequest], str]] = {
    "memory": lambda _folder, _request: "memory:",
    "sqlite": lambda folder, _request: f"sqlite:{folder / 'store.db'}",
    "neo4j": lambda _folder, request: request.getfixturevalue("neo4j_server").wipe(),
}


def _load(name: str, path: Path) -> None:
    if name not in sys.modules:
        spec = importlib.util.spec_from_file_location(name, path)
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        sys.modules[name] = module
        spec.loader.exec_module(module)


_load("factories", Path(__file__).parents[1] / "factories.py")
_load("answers", Path(__file__).parent / "answers.py")
_load("histories", Path(__file__).parent / "test_store_stateful.py")
_load("asked", Path(__file__).parent / "asked.py")
_load("judged", Path(__file__).parent / "judged.py")
_load("soak", Path(__file__).parents[1] / "soak.py")
_load("test_sparql", Path(__file__).parent / "test_sparql.py")


@pytest.fixture(params=[pytest.param(name, marks=ALONE) if name == "neo4j" else name for name in sorted(STORES)])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    return STORES[request.param](tmp_path, request)


@pytest.fixture
def another(url: str, request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[], str]:
    """Gives an empty place of the same kind each time it is called; the one of a server is emptied."""
    places = (tmp_path / str(n) for n in itertools.count())
    return lambda: STORES[request.node.callspec.params["url"]](next(places), request)


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    opened = connect(url)
    yield opened
    opened.close()
