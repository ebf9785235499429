"""Each question of the SQLite store sees one state of it from first to last row, while others write."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from graph.backends.sqlite_reading import SqliteReading
from graph.store import Store

_WRITING = frozenset({"write", "write_many", "remove", "batches", "batch", "close", "judge", "adopt", "undo"})
_ONE_ROW_SET = frozenset({"digests"})  # one query is of one state by itself
QUESTIONS = tuple(n for n in vars(Store) if not n.startswith("_") and n not in _WRITING | _ONE_ROW_SET)


class SqliteQuestions(SqliteReading):
    """See ``graph.asking.reading.Reading``; every public question is wrapped below."""


def _in_one_state(name: str) -> Callable[..., Any]:
    question: Callable[..., Any] = getattr(SqliteReading, name)

    @wraps(question)
    def asked(self: SqliteReading, *args: Any, **options: Any) -> Any:  # the wrapped question has the true types
        with self.state():
            return question(self, *args, **options)

    return asked


for _name in QUESTIONS:
    setattr(SqliteQuestions, _name, _in_one_state(_name))
