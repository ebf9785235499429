"""From an older layout of the SQLite store to this one: everything is built anew from the documents as they were kept.

All in one transaction: a reader sees the old store or the new one, and what is broken off leaves the old one.
"""

import sqlite3
import zlib
from collections.abc import Callable, Iterable

import msgspec

from graph.backends.sqlite_packing import LENGTHS, decoded, unpack
from graph.judgements import Judgement
from graph.store import Batch

_OLD = "kept_before"
_SOME = 500
Build = Callable[[sqlite3.Connection, Iterable[list[Batch]], list[Judgement]], None]


def migrate(db: sqlite3.Connection, version: int, schema: Iterable[str], build: Build) -> None:
    """Replace an older layout by the present one.

    Args:
        db: Connection inside a write transaction.
        version: Of the old layout, from 2.
        schema: Statements that make the present layout.
        build: Fills it with batches and records of judgements.
    """
    writes = db.execute("SELECT writes FROM meta").fetchone()[0]
    names = {name for (name,) in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
    records = []
    if "judgement" in names:
        records = [msgspec.json.decode(data, type=Judgement) for (data,) in db.execute("SELECT data FROM judgement")]
    db.execute(f"ALTER TABLE file RENAME TO {_OLD}")
    db.execute("DROP INDEX file_sha")
    db.execute("DROP TABLE folded")  # with the tables behind it
    left = {name for (name,) in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
    for name in sorted(left - {_OLD}):
        if not name.startswith("sqlite_"):
            db.execute(f'DROP TABLE "{name}"')
    for statement in schema:
        db.execute(statement)
    build(db, _batches(db, version), records)
    db.execute("UPDATE meta SET writes = max(writes, ?) + 1", (writes,))
    db.execute(f"DROP TABLE {_OLD}")


def _batches(db: sqlite3.Connection, version: int) -> Iterable[list[Batch]]:
    last = -1
    while True:
        sql = f"SELECT id, path, batch FROM {_OLD} WHERE id > ? ORDER BY id LIMIT {_SOME}"  # noqa: S608 - fixed names
        rows = db.execute(sql, (last,)).fetchall()
        if not rows:
            return
        yield [_unpack_2(path, raw) if version == 2 else unpack(path, raw) for _, path, raw in rows]
        last = rows[-1][0]


def _unpack_2(path: str, raw: bytes) -> Batch:
    """A batch as version 2 kept it: compressed without shared words."""
    pages, text = LENGTHS.unpack_from(raw)
    return decoded(path, zlib.decompress(memoryview(raw)[LENGTHS.size :]), pages, text)
