"""A Neo4j server that is gone: the first question waits for it, the rest of the page does not."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import local
from typing import Any

import pytest

from graph.backends import neo4j_base
from graph.backends.neo4j_address import Address
from graph.backends.neo4j_base import PAUSE, Connection
from graph.backends.neo4j_errors import STOPPED
from ontology.errors import StoreUnavailableError

ADDRESS = Address(uri="bolt://127.0.0.1:7687", shown="bolt://127.0.0.1:7687")


class Clock:
    """Time that goes on only when told to."""

    def __init__(self) -> None:
        self.now = 100.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(neo4j_base, "time", clock)
    return clock


def connection(remedy: str) -> tuple[Connection, list[str]]:
    """A connection whose every session fails so, and the list of those that were opened."""
    made = object.__new__(Connection)
    made.address, made.read_only, made._closed, made._here, made._missed = ADDRESS, True, False, local(), None
    opened: list[str] = []

    @contextmanager
    def session(mode: str) -> Iterator[Any]:
        opened.append(mode)
        raise StoreUnavailableError("kho không kết nối được", remedy=remedy)
        yield

    made._session = session  # type: ignore[method-assign]
    return made, opened


def test_a_server_that_is_gone_is_asked_again_only_after_a_pause(clock: Clock) -> None:
    gone, opened = connection(STOPPED)
    for _ in range(3):
        with pytest.raises(StoreUnavailableError, match="không kết nối được"):
            gone.reading(lambda: 1)
    assert len(opened) == 1
    clock.now += PAUSE
    with pytest.raises(StoreUnavailableError):
        gone.reading(lambda: 1)
    assert len(opened) == 2


def test_one_slow_question_does_not_stop_the_next(clock: Clock) -> None:
    slow, opened = connection("quá thời hạn trả lời")
    for _ in range(2):
        with pytest.raises(StoreUnavailableError):
            slow.reading(lambda: 1)
    assert len(opened) == 2
