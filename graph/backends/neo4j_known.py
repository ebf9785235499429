"""One state of a Neo4j store: what it has told already, and the certainty that it was one."""

from collections.abc import Callable
from dataclasses import dataclass, field
from threading import local
from time import monotonic
from typing import Any, TypeVar

from graph.asking.pictures import Questions
from graph.backends.neo4j_base import Connection, Row, query, statements
from graph.nodes import Node
from graph.results import InstrumentRef
from graph.rulings import Rulings
from graph.statements import Body
from ontology.errors import LuocdoError

TRIES = 8  # how often a question is asked anew that met a write
SETTLED = 1.0  # seconds: a commit becomes visible part by part, so what is read right after one is not remembered
_MOST = 50_000  # remembered things of a kind

T = TypeVar("T")


@dataclass
class Known:
    """What the store told after so many writes; two threads that fill it side by side put in the same."""

    writes: int
    since: float = 0.0
    nodes: dict[str, Node] = field(default_factory=dict)
    refs: dict[str, InstrumentRef] = field(default_factory=dict)
    bodies: dict[str, Body] = field(default_factory=dict)
    below: dict[str, list[Body]] = field(default_factory=dict)
    words: dict[str, frozenset[str]] = field(default_factory=dict)
    rulings: Rulings | None = None
    counts: dict[str, int] | None = None

    def is_full(self) -> bool:
        """Whether memory wants it thrown away."""
        return max(len(self.nodes), len(self.refs), len(self.bodies), len(self.below)) > _MOST


class Neo4jBase(Questions):
    """What all selections share."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self._shared = Known(writes=-1)
        self._here = local()

    def ask(self, name: str, **values: Any) -> list[Row]:
        """Rows of a question by the name of its file."""
        return self.connection.rows(query(name), **values)

    def look(self, name: str, **values: Any) -> list[Row]:
        """Rows of a look-up of ``reading.cypher``."""
        return self.connection.rows(statements("reading")[name], **values)

    @property
    def memo(self) -> Known:
        """What the present state has told already; nothing outside a question."""
        found: Known | None = getattr(self._here, "known", None)
        return found if found is not None else Known(writes=-1)

    def in_one_state(self, question: Callable[[], T]) -> T:
        """Ask within one transaction; where a document was written meanwhile, ask anew.

        Neo4j shows a transaction what others commit, so the number of writes is compared before and after. While
        documents stream in without a pause the last answer stands: its parts are true, each at its moment.
        """
        if getattr(self._here, "known", None) is not None:
            return question()

        def asked() -> T:
            left = TRIES
            while True:
                left -= 1
                before = self._writes()
                try:
                    answer = self._asked(question, before)
                except (LuocdoError, LookupError):  # what was found first may have gone
                    if not left or self._writes() == before:
                        raise
                    continue
                if not left or self._writes() == before:
                    return answer

        return self.connection.reading(asked)

    def _asked(self, question: Callable[[], T], writes: int) -> T:
        self._here.known = self._remembered(writes)
        try:
            return question()
        finally:
            self._here.known = None

    def _remembered(self, writes: int) -> Known:
        shared, now = self._shared, monotonic()
        if shared.writes != writes or shared.is_full():
            shared = self._shared = Known(writes=writes, since=now)
        return shared if now - shared.since > SETTLED else Known(writes=writes)

    def _writes(self) -> int:
        return int(self.look("store")[0]["writes"])
