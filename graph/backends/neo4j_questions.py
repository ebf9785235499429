"""Each question of the Neo4j store sees one state of it, in one managed transaction: one server, one time limit."""

from collections.abc import Callable, Hashable
from functools import wraps
from typing import Any

from graph.backends.neo4j_reading import Neo4jReading
from graph.store import Store

_WRITING = frozenset({"judge", "adopt", "undo"})
QUESTIONS = tuple(n for n in vars(Store) if hasattr(Neo4jReading, n) and n[0] != "_" and n not in _WRITING)


class Neo4jQuestions(Neo4jReading):
    """See ``graph.asking.reading.Reading``; every public question is wrapped below."""


def _in_one_transaction(name: str) -> Callable[..., Any]:
    question: Callable[..., Any] = getattr(Neo4jReading, name)

    @wraps(question)
    def asked(self: Neo4jReading, *args: Any, **options: Any) -> Any:  # the wrapped question has the true types
        return self.in_one_state(lambda: question(self, *args, **options), _key(name, args, options))

    return asked


def _key(name: str, args: tuple[Any, ...], options: dict[str, Any]) -> Hashable:
    key = (name, args, tuple(sorted(options.items())))
    try:
        hash(key)
    except TypeError:  # a list among the arguments
        return None
    return key


for _name in QUESTIONS:
    setattr(Neo4jQuestions, _name, _in_one_transaction(_name))
