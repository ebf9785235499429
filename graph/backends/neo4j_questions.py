"""Each question of the Neo4j store sees one state of it, in one managed transaction: one server, one time limit."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from graph.backends.neo4j_reading import Neo4jReading
from graph.store import Store

_WRITING = frozenset({"write", "write_many", "remove", "batches", "batch", "close", "judge", "adopt", "undo"})
QUESTIONS = tuple(n for n in vars(Store) if not n.startswith("_") and n not in _WRITING)


class Neo4jQuestions(Neo4jReading):
    """See ``graph.asking.reading.Reading``; every public question is wrapped below."""


def _in_one_transaction(name: str) -> Callable[..., Any]:
    question: Callable[..., Any] = getattr(Neo4jReading, name)

    @wraps(question)
    def asked(self: Neo4jReading, *args: Any, **options: Any) -> Any:  # the wrapped question has the true types
        return self.in_one_state(lambda: question(self, *args, **options))

    return asked


for _name in QUESTIONS:
    setattr(Neo4jQuestions, _name, _in_one_transaction(_name))
