"""The schema of the Neo4j store: made on first use, numbered, brought forward step by step."""

from collections.abc import Callable

from neo4j import ManagedTransaction

from graph.backends.neo4j_base import Connection, all_rows, statements
from ontology.errors import StoreUnavailableError, StoreVersionError

VERSION = 2
Step = Callable[[ManagedTransaction], None]


def _compressed(_: ManagedTransaction) -> None:
    """Version 2 compresses packed records; it reads those of version 1, which could not read its own."""


# From each version to the next one: the store is brought forward in one transaction for each step.
MIGRATIONS: dict[int, Step] = {1: _compressed}


def prepare(connection: Connection) -> None:
    """Make sure that the database holds a store that this program can read.

    Raises:
        StoreUnavailableError: The database holds something else, or nothing and may not be written.
        StoreVersionError: A newer version of the program wrote it.
    """
    place = connection.address.shown
    version = _version(connection)
    if version is None:
        _make(connection)
        return
    if version > VERSION:
        raise StoreVersionError(
            f"kho {place} do bản mới hơn tạo (phiên bản {version}); hãy cập nhật luocdo", place=place, version=version
        )
    for at in range(version, VERSION):
        _forward(connection, at)


def _version(connection: Connection) -> int | None:
    rows = connection.rows(statements("reading")["store"])
    return int(rows[0]["version"]) if rows else None


def _make(connection: Connection) -> None:
    place = connection.address.shown
    if connection.rows(statements("reading")["size"])[0]["nodes"]:
        raise StoreUnavailableError(
            f"{place} đã có dữ liệu khác, không phải kho của luocdo; hãy chọn cơ sở dữ liệu khác", place=place
        )
    if connection.read_only:
        raise StoreUnavailableError(f"chưa có kho {place}; hãy nạp văn bản trước: luocdo load THƯ_MỤC", place=place)
    for text in statements("schema").values():
        connection.write(lambda tx, text=text: all_rows(tx, text))  # type: ignore[misc]
    connection.write(lambda tx: all_rows(tx, "CALL db.awaitIndexes(300)"))
    connection.write(lambda tx: all_rows(tx, statements("writing")["store"], version=VERSION))


def _forward(connection: Connection, version: int) -> None:
    step = MIGRATIONS.get(version)
    place = connection.address.shown
    if step is None or connection.read_only:
        raise StoreVersionError(
            f"kho {place} do bản cũ hơn tạo (phiên bản {version}); hãy mở một lần bằng lệnh có ghi, ví dụ luocdo load",
            place=place,
            version=version,
        )

    def work(tx: ManagedTransaction) -> None:
        [row] = all_rows(tx, statements("writing")["begin"])
        if row["version"] == version:  # another process may have been first
            step(tx)
            all_rows(tx, statements("writing")["forward"], version=version + 1)

    connection.write(work)
