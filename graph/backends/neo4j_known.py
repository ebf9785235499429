"""One state of a Neo4j store: what it has told already, and the certainty that it was one."""

from collections.abc import Callable, Hashable
from copy import copy
from dataclasses import dataclass, field
from threading import local
from time import monotonic
from typing import Any, TypeVar

from graph.asking.pictures import Questions
from graph.backends.neo4j_base import Connection, Row, query, statements
from graph.nodes import Node
from graph.results import BodyDetail, Corpus, InstrumentRef, Status
from graph.rulings import Rulings
from graph.statements import Body
from ontology.errors import LuocdoError

TRIES = 8  # how often a question is asked anew that met a write
SETTLED = 1.0  # seconds: a commit becomes visible part by part, so what is read right after one is not remembered
_MOST = 50_000  # remembered things of a kind
_ANSWERS, _SHORT = 2000, 100  # remembered answers, and how many entries one may have
_SMALL = (Corpus, Status, BodyDetail)

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
    answers: dict[Hashable, Any] = field(default_factory=dict)  # short ones, by the question
    rulings: Rulings | None = None
    counts: dict[str, int] | None = None

    def is_full(self) -> bool:
        """Whether memory wants it thrown away."""
        many = max(len(self.nodes), len(self.refs), len(self.bodies), len(self.below))
        return many > _MOST or len(self.answers) > _ANSWERS


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

    def in_one_state(self, question: Callable[[], T], key: Hashable = None) -> T:
        """Ask within one transaction; where a document was written meanwhile, ask anew.

        Neo4j shows a transaction what others commit, so the number of writes is compared before and after. While
        documents stream in without a pause the last answer stands: its parts are true, each at its moment.

        Args:
            question: Asks.
            key: Tells this question from others; a short answer is then remembered. None for what is not.
        """
        if getattr(self._here, "known", None) is not None:
            return question()
        remembered = self._shared
        if key in remembered.answers and self._writes() == remembered.writes:
            told: T = copy(remembered.answers[key])  # what the asker does to a list stays with the asker
            return told

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
                if self._writes() == before:
                    self._keep(before, key, answer)
                    return answer
                if not left:
                    return answer

        return self.connection.reading(asked)

    def _asked(self, question: Callable[[], T], writes: int) -> T:
        self._here.known = self._remembered(writes)
        try:
            return question()
        finally:
            self._here.known = None

    def recall(self, key: Hashable, select: Callable[[], list[T]]) -> list[T]:
        """A selection that comes again and again: remembered where it is short."""
        answers = self.memo.answers
        if key not in answers:
            found = select()
            if len(found) > _SHORT:
                return found
            answers[key] = found
        told: list[T] = answers[key]
        return list(told)

    def _keep(self, writes: int, key: Hashable, answer: object) -> None:
        shared = self._shared
        settled = shared.writes == writes and monotonic() - shared.since > SETTLED
        short = len(answer) <= _SHORT if isinstance(answer, list) else isinstance(answer, _SMALL)
        if settled and short and key is not None:
            shared.answers[key] = copy(answer)

    def _remembered(self, writes: int) -> Known:
        shared, now = self._shared, monotonic()
        if shared.writes != writes or shared.is_full():
            shared = self._shared = Known(writes=writes, since=now)
        return shared if now - shared.since > SETTLED else Known(writes=writes)

    def _writes(self) -> int:
        return int(self.look("store")[0]["writes"])
