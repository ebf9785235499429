"""Connections of the SQLite store: one for each thread, WAL, a version that is checked, SQL read from files."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from threading import Lock, RLock, get_ident
from typing import Any

from ontology.errors import LuocdoError, StoreError, StoreUnavailableError, StoreVersionError

VERSION = 4
OLDEST = 2  # version that is still brought forward; the first that was released
BUSY = 30.0  # seconds that a writer waits for another process
_PAGE = 16384
_MEMORY = 64 * 1024  # KiB of page cache of one connection
_REMEDIES = (
    ("database is locked", "tiến trình khác đang ghi kho; hãy chờ nó xong rồi chạy lại"),
    ("readonly", "không có quyền ghi; hãy kiểm tra quyền của tệp và thư mục"),
    ("read-only", "không có quyền ghi; hãy kiểm tra quyền của tệp và thư mục"),
    ("disk is full", "hết chỗ trên đĩa; hãy giải phóng chỗ rồi chạy lại, phần đã nạp vẫn còn nguyên"),
    ("disk I/O error", "không ghi được xuống đĩa (hết chỗ hoặc đĩa lỗi); phần đã nạp vẫn còn nguyên"),
    ("not a database", "tệp không phải kho của luocdo; hãy chọn đường dẫn khác"),
    (
        "malformed",
        "tệp kho bị hỏng; hãy khôi phục bản sao lưu vào một kho mới: luocdo copy sqlite:BẢN_SAO_LƯU sqlite:KHO_MỚI;"
        " chưa sao lưu thì nạp lại vào một kho mới",
    ),
    ("unable to open", "không mở được tệp; hãy kiểm tra đường dẫn và quyền"),
)


_NOT_WRITABLE = ("readonly", "unable to open")


@lru_cache(maxsize=64)
def query(name: str) -> str:
    """Read the SQL of a question from ``graph/queries``."""
    return files("graph.queries").joinpath(f"{name}.sql").read_text(encoding="utf-8")


class Connections:
    """Opens a database file, one connection for each thread that asks.

    Args:
        path: Database file.
        read_only: Never make or change the file; it must be a store already.
    """

    def __init__(self, path: str, *, read_only: bool = False) -> None:
        self.path = path
        self.read_only = read_only
        self._lock = Lock()
        self._open: dict[int, sqlite3.Connection] = {}
        self._closed = False
        self.writing = RLock()
        try:
            if read_only and not Path(path).expanduser().is_file():
                raise StoreUnavailableError(
                    f"chưa có kho {path}; hãy nạp văn bản trước: luocdo load THƯ_MỤC", path=path
                )
            if not read_only:
                Path(path).expanduser().parent.mkdir(parents=True, exist_ok=True)
            self._prepare()
        except LuocdoError:
            self.close()
            raise
        except (sqlite3.Error, OSError) as error:
            self.close()
            raise self._unavailable(error) from error

    def get(self) -> sqlite3.Connection:
        """The calling thread's connection."""
        if self._closed:
            raise StoreUnavailableError(f"kho {self.path} đã đóng", path=self.path)
        found = self._open.get(get_ident())
        if found is None:
            found = self._connection()
            with self._lock:
                self._open[get_ident()] = found
        return found

    def _connection(self) -> sqlite3.Connection:
        """A new connection; a store in a place where nothing may be written is read as it lies there."""
        target = Path(self.path).expanduser()
        uri = target.resolve().as_uri()
        # mode=rw makes no file; a reader of WAL still needs the shared memory file beside it, so not mode=ro
        made = _connect(f"{uri}?mode=rw", uri=True) if self.read_only else _connect(str(target))
        try:
            _set_up(made, read_only=self.read_only)
        except sqlite3.Error as error:
            made.close()
            lone = target.exists() and not Path(f"{target}-wal").exists()
            if not lone or not any(sign in str(error) for sign in _NOT_WRITABLE):
                raise
            made = _connect(f"{uri}?mode=ro&immutable=1", uri=True)
        return made

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
            raise StoreVersionError(
                f"kho {self.path} do bản mới hơn tạo (phiên bản {version}); hãy cập nhật luocdo",
                path=self.path,
                version=version,
            )
        if 0 < version < OLDEST:
            raise StoreVersionError(
                f"kho {self.path} do bản cũ hơn tạo (phiên bản {version}); hãy xóa tệp này rồi nạp lại:"
                " luocdo load THƯ_MỤC; hoặc nạp vào kho khác bằng --store",
                path=self.path,
                version=version,
            )
        if 0 < version < VERSION and self.read_only:
            raise StoreVersionError(
                f"kho {self.path} do bản cũ hơn tạo (phiên bản {version}); chạy một lần luocdo load THƯ_MỤC thì kho"
                " được nâng cấp, văn bản và quyết định còn nguyên",
                path=self.path,
                version=version,
            )
        self.outdated = 0 < version < VERSION
        if version == 0 and self.read_only:
            raise StoreUnavailableError(
                f"{self.path} không phải kho của luocdo; hãy chọn đường dẫn khác", path=self.path
            )
        if version == 0:
            with self.transaction() as db:
                if db.execute("PRAGMA user_version").fetchone()[0] == 0:
                    if db.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]:
                        raise StoreUnavailableError(
                            f"{self.path} không phải kho của luocdo; hãy chọn đường dẫn khác", path=self.path
                        )
                    for statement in statements(query("schema")):
                        db.execute(statement)
                    db.execute(f"PRAGMA user_version = {VERSION}")

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """A write transaction: all of the block or nothing of it; another writer is waited for."""
        if self.read_only:
            raise StoreUnavailableError(f"kho {self.path} đang mở chỉ để đọc", path=self.path)
        db = self.get()
        with self.writing:
            try:
                db.execute("BEGIN IMMEDIATE")
                yield db
                db.execute("COMMIT")
            except sqlite3.Error as error:
                _undo(db)
                raise self._unavailable(error) from error
            except BaseException:
                _undo(db)
                raise

    @contextmanager
    def snapshot(self) -> Iterator[bool]:
        """All reads of the block see one state; gives whether this is the outermost block of the thread."""
        db = self.get()
        if db.in_transaction:
            yield False
            return
        try:
            db.execute("BEGIN")
            yield True
        except sqlite3.Error as error:
            raise self._unavailable(error) from error
        finally:
            _undo(db)

    def rows(self, sql: str, values: dict[str, Any] | tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
        """All rows of a query."""
        try:
            return self.get().execute(sql, values).fetchall()
        except sqlite3.Error as error:
            raise self._unavailable(error) from error

    def each(self, sql: str) -> Iterator[tuple[Any, ...]]:
        """The rows of a query one by one, for answers as long as the store; all of one state, if read to the end."""
        try:
            yield from self.get().execute(sql)
        except sqlite3.Error as error:
            raise self._unavailable(error) from error

    def _unavailable(self, error: Exception) -> StoreError:
        """The error to show: what is wrong with which file, and what to do."""
        told = str(error)
        remedy = next((text for sign, text in _REMEDIES if sign in told), None)
        if remedy is None and isinstance(error, sqlite3.Error) and not isinstance(error, sqlite3.OperationalError):
            return StoreError(f"kho {self.path}: {told}", path=self.path)
        return StoreUnavailableError(f"kho {self.path}: {remedy or 'không dùng được'} ({told})", path=self.path)


def _connect(target: str, *, uri: bool = False) -> sqlite3.Connection:
    return sqlite3.connect(
        target, timeout=BUSY, isolation_level=None, check_same_thread=False, cached_statements=256, uri=uri
    )


def _set_up(connection: sqlite3.Connection, *, read_only: bool) -> None:
    if read_only:
        connection.execute("PRAGMA query_only = ON")
        connection.execute("SELECT count(*) FROM sqlite_schema")
        connection.execute(f"PRAGMA cache_size = -{_MEMORY}")
        connection.execute("PRAGMA temp_store = MEMORY")
        return
    connection.execute(f"PRAGMA page_size = {_PAGE}")  # of a new file; documents of a few kilobytes fill pages badly
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("SELECT count(*) FROM sqlite_schema")
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute("PRAGMA secure_delete = OFF")  # some builds overwrite with zeros what is deleted
    connection.execute(f"PRAGMA cache_size = -{_MEMORY}")
    connection.execute("PRAGMA temp_store = MEMORY")


def _undo(db: sqlite3.Connection) -> None:
    try:
        if db.in_transaction:
            db.execute("ROLLBACK")
    except sqlite3.Error:
        return  # closed meanwhile, or undone by SQLite itself: nothing is left to undo


def statements(script: str) -> Iterator[str]:
    """The statements of a script, one by one."""
    whole = ""
    for line in script.splitlines():
        whole += line + "\n"
        if sqlite3.complete_statement(whole):
            yield whole
            whole = ""
