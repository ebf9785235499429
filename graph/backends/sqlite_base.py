"""Connections of the SQLite store: one for each thread, WAL, a version that is checked, SQL read from files."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from threading import Lock, get_ident
from typing import Any

from ontology.errors import StoreError, StoreUnavailableError, StoreVersionError

VERSION = 1
_BUSY = 30.0  # seconds that a writer waits for another process
_MEMORY = 64 * 1024  # KiB of page cache of one connection


@lru_cache(maxsize=64)
def query(name: str) -> str:
    """Read the SQL of a question from ``graph/queries``."""
    return files("graph.queries").joinpath(f"{name}.sql").read_text(encoding="utf-8")


class Connections:
    """Opens a database file, one connection for each thread that asks."""

    def __init__(self, path: str) -> None:
        self.path = path
        self._lock = Lock()
        self._open: dict[int, sqlite3.Connection] = {}
        self._closed = False
        self.writing = Lock()
        try:
            Path(path).expanduser().parent.mkdir(parents=True, exist_ok=True)
            self._prepare()
        except (sqlite3.Error, OSError) as error:
            self.close()
            raise StoreUnavailableError(f"không mở được kho {path}: {error}", path=path) from error

    def get(self) -> sqlite3.Connection:
        """The calling thread's connection."""
        if self._closed:
            raise StoreUnavailableError(f"kho {self.path} đã đóng", path=self.path)
        found = self._open.get(get_ident())
        if found is None:
            found = sqlite3.connect(
                str(Path(self.path).expanduser()), timeout=_BUSY, isolation_level=None, check_same_thread=False
            )
            found.execute("PRAGMA journal_mode = WAL")
            found.execute("PRAGMA synchronous = NORMAL")
            found.execute(f"PRAGMA cache_size = -{_MEMORY}")
            found.execute("PRAGMA temp_store = MEMORY")
            with self._lock:
                self._open[get_ident()] = found
        return found

    def close(self) -> None:
        """Close all connections; closing twice is harmless."""
        with self._lock:
            self._closed = True
            for one in self._open.values():
                one.close()
            self._open.clear()

    def _prepare(self) -> None:
        connection = self.get()
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        if version > VERSION:
            self.close()
            raise StoreVersionError(
                f"kho {self.path} do bản mới hơn tạo (phiên bản {version}); hãy cập nhật luocdo",
                path=self.path,
                version=version,
            )
        if version == 0:
            with self.transaction() as db:
                if db.execute("PRAGMA user_version").fetchone()[0] == 0:
                    if db.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]:
                        raise StoreUnavailableError(f"{self.path} không phải kho của luocdo", path=self.path)
                    for statement in _statements(query("schema")):
                        db.execute(statement)
                    db.execute(f"PRAGMA user_version = {VERSION}")

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """A write transaction: all of the block or nothing of it."""
        db = self.get()
        with self.writing:
            try:
                db.execute("BEGIN IMMEDIATE")
                yield db
                db.execute("COMMIT")
            except sqlite3.Error as error:
                _undo(db)
                raise StoreError(f"kho {self.path}: {error}", path=self.path) from error
            except BaseException:
                _undo(db)
                raise

    def rows(self, sql: str, values: dict[str, Any] | tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
        """All rows of a query."""
        try:
            return self.get().execute(sql, values).fetchall()
        except sqlite3.Error as error:
            raise StoreError(f"kho {self.path}: {error}", path=self.path) from error


def _undo(db: sqlite3.Connection) -> None:
    if db.in_transaction:
        db.execute("ROLLBACK")


def _statements(script: str) -> Iterator[str]:
    whole = ""
    for line in script.splitlines():
        whole += line + "\n"
        if sqlite3.complete_statement(whole):
            yield whole
            whole = ""
