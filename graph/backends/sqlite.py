"""The store in one SQLite file: one document one transaction, identity settled step by step."""

import sqlite3
from collections.abc import Iterator

from graph.backends.sqlite_base import Connections
from graph.backends.sqlite_reading import SqliteReading
from graph.backends.sqlite_rows import delete_document, insert_document, pack, unpack
from graph.backends.sqlite_settle import settle
from graph.facts import facts_of
from graph.store import Batch
from ontology.errors import NotFoundError

MANY = 100  # documents of ``write_many`` that are settled and made safe together


class SqliteStore(SqliteReading):
    """See ``graph.store.Store``.

    Args:
        path: Database file; it is made where it is not there.

    Raises:
        StoreUnavailableError: The file cannot be opened or is something else.
        StoreVersionError: A newer version of the program wrote it.
    """

    def __init__(self, path: str) -> None:
        super().__init__(Connections(path))
        self.location = f"sqlite:{path}"

    def write(self, batch: Batch) -> None:
        """See ``graph.store.Store.write``."""
        with self.connections.transaction() as db:
            settle(db, _write(db, batch) or set())

    def write_many(self, batches: Iterator[Batch]) -> int:
        """See ``graph.store.Store.write_many``."""
        changed, failure = 0, None
        while failure is None:
            blocks: set[str] = set()
            done = True
            with self.connections.transaction() as db:
                for _ in range(MANY):
                    try:
                        batch = next(batches, None)
                        touched = _guarded(db, batch) if batch is not None else set()
                    except Exception as error:
                        failure = error
                        break
                    if batch is None:
                        break
                    changed += touched is not None
                    blocks |= touched or set()
                else:
                    done = False
                settle(db, blocks)
            if done:
                break
        if failure is not None:
            raise failure
        return changed

    def remove(self, path: str) -> None:
        """See ``graph.store.Store.remove``."""
        with self.connections.transaction() as db:
            row = db.execute("SELECT sha, batch FROM file WHERE path = ?", (path,)).fetchone()
            if row is None:
                raise NotFoundError(f"chưa nạp tệp nào từ {path}", path=path)
            db.execute("DELETE FROM file WHERE path = ?", (path,))
            settle(db, _replace(db, row[0], {path: row[1]}))

    def batches(self) -> Iterator[Batch]:
        """See ``graph.store.Store.batches``."""
        paths = [p for (p,) in self.connections.rows("SELECT path FROM file ORDER BY path")]
        for path in paths:
            for (raw,) in self.connections.rows("SELECT batch FROM file WHERE path = ?", (path,)):
                yield unpack(raw)

    def close(self) -> None:
        """See ``graph.store.Store.close``."""
        self.connections.close()


def _guarded(db: sqlite3.Connection, batch: Batch) -> set[str] | None:
    """Write one of many: what it wrote is undone alone where it fails."""
    db.execute("SAVEPOINT one")
    try:
        blocks = _write(db, batch)
    except BaseException:
        db.execute("ROLLBACK TO one")
        db.execute("RELEASE one")
        raise
    db.execute("RELEASE one")
    return blocks


def _write(db: sqlite3.Connection, batch: Batch) -> set[str] | None:
    """Keep a batch; gives the blocks to settle, None where nothing is new."""
    raw = pack(batch)
    old = db.execute("SELECT sha, batch FROM file WHERE path = ?", (batch.path,)).fetchone()
    if old is not None and (old[1] == raw or unpack(old[1]) == batch):
        return None
    source = batch.record.source
    db.execute("INSERT OR REPLACE INTO file VALUES (?, ?, ?, ?)", (batch.path, source.sha256, source.file, raw))
    replaced = {batch.path: old[1]} if old is not None else {}
    blocks = _replace(db, source.sha256, replaced)
    if old is not None and old[0] != source.sha256:
        blocks |= _replace(db, old[0], replaced)
    return blocks


def _replace(db: sqlite3.Connection, sha: str, replaced: dict[str, bytes]) -> set[str]:
    """Make the facts of a content those of its first path; ``replaced`` holds what stood at paths that changed."""
    blocks: set[str] = set()
    first = db.execute("SELECT path, batch FROM file WHERE sha = ? ORDER BY path LIMIT 1", (sha,)).fetchone()
    kept = db.execute("SELECT owner FROM document WHERE sha = ?", (sha,)).fetchone()
    if kept is not None:
        owner = kept[0]
        if first is not None and first[0] == owner and owner not in replaced:
            return blocks
        raw = replaced.get(owner) or db.execute("SELECT batch FROM file WHERE path = ?", (owner,)).fetchone()[0]
        blocks |= delete_document(db, sha, unpack(raw).text)
    if first is not None:
        batch = unpack(first[1])
        blocks |= insert_document(db, facts_of(batch), first[0], batch.text)
    return blocks
