"""Bring a database of an earlier version forward: what was read and judged is kept, what follows from it made anew.

Where only an index differs it alone is made anew (``in_place``), else everything (``Earlier``).
"""

import sqlite3
import zlib
from collections.abc import Callable, Iterator
from itertools import islice

from graph.backends.sqlite_base import VERSION, query, statements
from graph.backends.sqlite_days import ENDLESS, due_body, due_days
from graph.backends.sqlite_numbers import numbered
from graph.backends.sqlite_packing import LENGTHS, decoded, unpack, unpack_facts, unpack_node
from graph.backends.sqlite_rows import DUTIES, KIND_BITS
from graph.judgements import Judgement
from graph.judgements import load as load_judgements
from graph.store import Batch
from ontology.terms import DeadlineKind

_READ = "earlier_file"
_JUDGED = "earlier_judgement"
_SOME = 1000
_NODES = 50_000
_PLAIN = 2  # version up to which documents are compressed without shared words


def in_place(db: sqlite3.Connection, version: int) -> bool:
    """Bring a database forward by steps that leave what was settled as it is; False where there is no such way.

    Args:
        db: In a transaction.
        version: What it is now.
    """
    steps = [_STEPS.get(at) for at in range(version, VERSION)]
    if None in steps:
        return False
    for step in steps:
        if step is not None:
            step(db)
    db.execute(f"PRAGMA user_version = {VERSION}")
    return True


def _number_by_counter(db: sqlite3.Connection) -> None:
    """Version 4: numbers are found with their type, symbol and day."""
    db.execute("DROP TABLE number")
    db.execute(next(s for s in statements(query("schema")) if "CREATE TABLE number " in s))
    nodes = db.execute("SELECT id, ref, data FROM node ORDER BY id")
    while some := nodes.fetchmany(_NODES):
        rows = sorted(row for at, *packed in some for row in numbered(unpack_node(*packed), at))
        db.executemany("INSERT INTO number VALUES (?, ?, ?, ?, ?, ?)", rows)


def _endless_apart(db: sqlite3.Connection) -> None:
    """Version 4: what goes on or recurs stands apart from what ends on a day."""
    sql = "SELECT id, facts FROM document WHERE kinds & ?"
    bits = KIND_BITS[DeadlineKind.RECURRING.value] | KIND_BITS[DeadlineKind.CONTINUOUS.value]
    documents = db.execute(sql, (bits,))
    while some := documents.fetchmany(_SOME):
        for at, facts in some:
            deadlines = ((at * DUTIES + n, d.given_deadline()) for n, d in enumerate(unpack_facts(facts).duties, 1))
            rows = [(day, duty) for duty, due in deadlines if due_body(due) == ENDLESS for day in due_days(due)]
            db.executemany("DELETE FROM duty_due WHERE body = 0 AND day = ? AND duty = ?", rows)
            db.executemany("INSERT INTO duty_due VALUES (-1, ?, ?)", rows)


def _to_version_4(db: sqlite3.Connection) -> None:
    _number_by_counter(db)
    _endless_apart(db)
    db.execute(next(s for s in statements(query("schema")) if "CREATE INDEX node_loaded " in s))


_STEPS: dict[int, Callable[[sqlite3.Connection], None]] = {3: _to_version_4}


class Earlier:
    """What a database of an earlier version holds, put aside in the transaction that brings it forward.

    All versions since 2 have the table ``file`` (path, sha, name, batch); version 3 added ``judgement`` (id, data).
    A version that changes one of them reads the former shape here.

    Args:
        db: In a transaction; the tables of this version are made in it.
    """

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._version = db.execute("PRAGMA user_version").fetchone()[0]
        had = self._tables()
        for (index,) in db.execute("SELECT name FROM sqlite_schema WHERE type = 'index' AND sql NOT NULL").fetchall():
            db.execute(f'DROP INDEX "{index}"')
        for table, aside in (("file", _READ), ("judgement", _JUDGED)):
            if table in had:
                db.execute(f"ALTER TABLE {table} RENAME TO {aside}")
        self._drop_derived()
        for statement in statements(query("schema")):
            db.execute(statement)
        db.execute(f"PRAGMA user_version = {VERSION}")

    def batches(self) -> Iterator[list[Batch]]:
        """All documents, some at a time."""
        rows = self._db.execute(f"SELECT path, batch FROM {_READ} ORDER BY id")  # noqa: S608 - fixed names
        while some := [self._unpack(path, raw) for path, raw in islice(rows, _SOME)]:
            yield some

    def _unpack(self, path: str, raw: bytes) -> Batch:
        if self._version > _PLAIN:
            return unpack(path, raw)
        pages, text = LENGTHS.unpack_from(raw)
        return decoded(path, zlib.decompress(memoryview(raw)[LENGTHS.size :]), pages, text)

    def judgements(self) -> list[Judgement]:
        """All records."""
        if _JUDGED not in self._tables():
            return []
        rows = self._db.execute(f"SELECT data FROM {_JUDGED}")  # noqa: S608 - fixed names
        return [one for (data,) in rows for one in load_judgements(data.encode())]

    def forget(self) -> None:
        """Drop what was put aside."""
        for aside in (_READ, _JUDGED):
            self._db.execute(f"DROP TABLE IF EXISTS {aside}")

    def _tables(self) -> set[str]:
        return {name for (name,) in self._db.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}

    def _drop_derived(self) -> None:
        """Drop all other tables, those of the full text first: they bring and take shadow tables of their own."""
        sql = "SELECT name FROM sqlite_schema WHERE type = 'table' AND sql LIKE 'CREATE VIRTUAL%'"
        for (virtual,) in self._db.execute(sql).fetchall():
            self._db.execute(f'DROP TABLE "{virtual}"')
        for table in sorted(self._tables() - {_READ, _JUDGED}):
            if not table.startswith("sqlite_"):
                self._db.execute(f'DROP TABLE "{table}"')
