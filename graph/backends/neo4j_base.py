"""The connection of the Neo4j store: managed transactions with time limits, Cypher read from files."""

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from importlib.resources import files
from threading import RLock, local
from typing import Any, LiteralString, TypeVar

import neo4j
from neo4j import READ_ACCESS, WRITE_ACCESS, GraphDatabase, ManagedTransaction, unit_of_work

from graph.backends.neo4j_address import Address
from graph.backends.neo4j_errors import STOPPED, told_as_ours
from ontology.errors import StoreUnavailableError

CONNECT = 10.0  # seconds until a server counts as not there
RETRY = 20.0  # seconds that a transaction is tried again: another leader, a lock, a network that comes and goes
RETRY_READ = 2.0  # the same where nothing is written and somebody waits for a page
PAUSE = 5.0  # seconds in which a server that was not there is not asked again
ASK = 60.0  # seconds that a question may take on the server
WRITE = 600.0  # seconds that one batch of documents may take
_SECTION = "// -- "
_GATHERED = "rows: "
# A load changes the counts by which a server plans, again and again; these statements go by indexes whatever they are.
_WRITING = frozenset({"writing", "settling"})
_ONCE: LiteralString = "CYPHER replan=skip "
# What the driver has to say is said by the errors that it raises; without a handler Python prints it beside them.
logging.getLogger("neo4j").addHandler(logging.NullHandler())

T = TypeVar("T")
Row = dict[str, Any]  # what Cypher returns by the names of its columns
Terms = list[Any]  # an IRI and the keys of the terms by which it is found


@lru_cache(maxsize=128)
def query(name: str) -> LiteralString:
    """Read the Cypher of a question from ``graph/queries``."""
    text: Any = files("graph.queries").joinpath(f"{name}.cypher").read_text(encoding="utf-8")
    told: LiteralString = text  # our own file: nothing of it comes from a user
    return told


@lru_cache(maxsize=8)
def statements(name: str) -> dict[str, LiteralString]:
    """Read a file of several statements, each under a line ``// -- name: what it does``."""
    parts = (part.partition("\n") for part in query(name).split(_SECTION)[1:])
    planned: LiteralString = _ONCE if name in _WRITING else ""
    return {head.partition(":")[0].strip(): planned + body.strip() for head, _, body in parts}


class Connection:
    """A driver with one chain of bookmarks, so that a reader of a cluster sees what this process wrote.

    Args:
        address: Where the server is and who asks.
        read_only: Never write.
    """

    def __init__(self, address: Address, *, read_only: bool = False) -> None:
        self.address = address
        self.read_only = read_only
        self.writing = RLock()
        self._closed = False
        self._here = local()
        self._missed: tuple[float, StoreUnavailableError] | None = None
        with told_as_ours(address.shown):
            self._bookmarks = GraphDatabase.bookmark_manager()
            self._driver = GraphDatabase.driver(
                address.uri,
                auth=(address.user, address.password or "") if address.user else None,
                connection_timeout=CONNECT,
                connection_acquisition_timeout=CONNECT * 3,
                max_transaction_retry_time=RETRY_READ if read_only else RETRY,
                user_agent="luocdo",
                notifications_min_severity="OFF",
            )
            try:
                self._driver.verify_connectivity()
            except BaseException:
                self._driver.close()
                raise

    def close(self) -> None:
        """Close all connections; closing twice is harmless."""
        self._closed = True
        self._driver.close()

    def write(self, work: Callable[[ManagedTransaction], T]) -> T:
        """Do work in one transaction, all or nothing; where a lock or the network stood in the way, do it again."""
        if self.read_only:
            raise StoreUnavailableError(f"kho {self.address.shown} đang mở chỉ để đọc", place=self.address.shown)
        with self.writing, self._session(WRITE_ACCESS) as session:
            return session.execute_write(unit_of_work(timeout=WRITE)(work))

    @contextmanager
    def _session(self, mode: str) -> Iterator[neo4j.Session]:
        if self._closed:
            raise StoreUnavailableError(f"kho {self.address.shown} đã đóng", place=self.address.shown)
        with (
            told_as_ours(self.address.shown),
            self._driver.session(
                database=self.address.database, default_access_mode=mode, bookmark_manager=self._bookmarks
            ) as session,
        ):
            yield session

    def reading(self, work: Callable[[], T]) -> T:
        """Do reads in one transaction of the calling thread; reads inside reads share it."""
        if getattr(self._here, "tx", None) is not None:
            return work()

        def inside(tx: ManagedTransaction) -> T:
            self._here.tx = tx
            try:
                return work()
            finally:
                self._here.tx = None

        # A page asks many questions: where the server is gone only the first of them waits for it.
        if self._missed and time.monotonic() - self._missed[0] < PAUSE:
            raise StoreUnavailableError(self._missed[1].message, **self._missed[1].details)
        try:
            with self._session(READ_ACCESS) as session:
                limit = self.address.timeout or ASK
                found = session.execute_read(unit_of_work(timeout=limit)(inside))
        except StoreUnavailableError as error:
            if error.details.get("remedy") == STOPPED:
                self._missed = (time.monotonic(), error)
            raise
        self._missed = None
        return found

    def rows(self, text: LiteralString, **values: Any) -> list[Row]:
        """All rows of a reading query."""
        return self.reading(lambda: all_rows(self._here.tx, text, **values))


def all_rows(tx: ManagedTransaction, text: LiteralString, **values: Any) -> list[Row]:
    """All rows of a query in a transaction.

    A statement with many short rows gathers them into one, "RETURN collect([s.id, s.uses]) AS `rows: id, uses`": each
    row by itself costs the driver two reads of the network.
    """
    result = tx.run(text, values)
    names = tuple(result.keys())
    if names[0:1] and names[0].startswith(_GATHERED):
        names = tuple(names[0].removeprefix(_GATHERED).split(", "))
        return [dict(zip(names, row, strict=True)) for [rows] in result for row in rows]
    return [dict(zip(names, record.values(), strict=True)) for record in result]
