"""The store as a zip of CSV tables: answers for spreadsheets; under ``reading/`` and ``texts/`` all that was read."""

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from graph.exchange_limits import Imported, Watch, wrong
from graph.exchange_record import TEXT, Row, RowError, Tables, known
from graph.exchange_record import rows_of as reading_rows
from graph.exchange_rows import TABLES, rows_of
from graph.store import Store
from ontology.errors import InvalidInputError

_EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest time that zip knows: archives must not depend on the clock
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_LONGEST_CELL = 1 << 27
_CHUNK = 1 << 20


def write_csv(store: Store, out: BinaryIO) -> None:
    """Write a zip of CSV files, one a table, UTF-8 with a byte order mark so that spreadsheets show Vietnamese."""
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in TABLES:
            _add(archive, f"{name}.csv", sheet(TABLES[name], _known(rows_of(store, name))))
        rows: dict[str, list[Row]] = {name: [] for name in known()}
        for number, batch in enumerate(store.batches(), start=1):
            _add(archive, _text_name(str(number)), batch.text.encode("utf-8", "surrogatepass"))
            for row in reading_rows("files", number, batch):
                rows[row.table].append(row)
        for number, record in enumerate(store.judgements(), start=1):
            for row in reading_rows("judgements", number, record):
                rows[row.table].append(row)
        for name, columns in known().items():
            _add(archive, f"reading/{name}.csv", sheet(columns, (_line(row, columns) for row in rows[name])))


def sheet(columns: tuple[str, ...], rows: Iterable[tuple[str | None, ...]]) -> bytes:
    """Write one table; None is an empty cell, an empty text an apostrophe."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows(["" if cell is None else harmless(cell) for cell in row] for row in rows)
    return buffer.getvalue().encode("utf-8-sig")


def harmless(cell: str) -> str:
    """Keep a spreadsheet from running a cell of a document as a formula; an apostrophe is doubled."""
    return f"'{cell}" if not cell or cell.startswith((*_FORMULA, "'")) else cell


def _known(rows: Iterable[tuple[str, ...]]) -> Iterator[tuple[str | None, ...]]:
    return (tuple(cell or None for cell in row) for row in rows)


def read_csv(path: Path, watch: Watch) -> Imported:
    """Read what ``write_csv`` wrote, packed or unpacked into a folder.

    Raises:
        InvalidInputError: It is no such archive, or lacks a table or row.
        LimitExceededError: It goes beyond a limit.
    """
    try:
        with _Archive(path, watch) as archive:
            return _read(archive, watch)
    except zipfile.BadZipFile as error:
        raise wrong(path.name, None, "không phải tệp zip đúng dạng") from error
    except RowError as error:
        raise wrong(path.name, None, error.message) from error


def _read(archive: "_Archive", watch: Watch) -> Imported:
    gathered = Tables()
    limit = csv.field_size_limit(_LONGEST_CELL)
    try:
        for name in known():
            for row in _rows(archive, name, watch):
                if name == TEXT[0]:
                    row.cells[TEXT[1]] = archive.text(_text_name(row.key))
                gathered.add(row)
    finally:
        csv.field_size_limit(limit)
    found = Imported(batches=tuple(gathered.read("files")), judgements=tuple(gathered.read("judgements")))
    gathered.check()
    return found


def _rows(archive: "_Archive", table: str, watch: Watch) -> Iterator[Row]:
    name = f"reading/{table}.csv"
    try:
        lines = csv.reader(io.StringIO(archive.read(name).decode("utf-8-sig"), newline=""), strict=True)
        columns = next(lines, [])
        if columns[:1] != ["key"]:
            raise wrong(f"{archive.name}/{name}", 1, "thiếu cột key")
        for cells in lines:
            watch.step()
            if len(cells) != len(columns):
                raise wrong(f"{archive.name}/{name}", lines.line_num, "số ô không khớp số cột")
            given = {column: _plain(cell) for column, cell in zip(columns[1:], cells[1:], strict=True)}
            yield Row(table, _plain(cells[0]) or "", given)
    except (csv.Error, UnicodeDecodeError) as error:
        raise wrong(f"{archive.name}/{name}", None, "không phải bảng CSV mã UTF-8") from error


def _line(row: Row, columns: tuple[str, ...]) -> tuple[str | None, ...]:
    cells = {**row.cells, "key": row.key}
    if row.table == TEXT[0]:
        cells[TEXT[1]] = _text_name(row.key)
    return tuple(cells.get(c) for c in columns)


def _plain(cell: str) -> str | None:
    if not cell:
        return None
    return cell[1:] if cell.startswith("'") else cell


def _text_name(key: str) -> str:
    return f"texts/{key}.txt"


def _add(archive: zipfile.ZipFile, name: str, data: bytes) -> None:
    info = zipfile.ZipInfo(name, _EPOCH)
    info.compress_type = zipfile.ZIP_DEFLATED
    archive.writestr(info, data)


class _Archive:
    """A zip, or the folder that it was unpacked into; what is taken out of it is weighed."""

    def __init__(self, path: Path, watch: Watch) -> None:
        self.name = path.name
        self._folder = path if path.is_dir() else None
        self._zip = None if self._folder else zipfile.ZipFile(path)
        self._watch = watch
        self._taken = 0

    def __enter__(self) -> "_Archive":
        return self

    def __exit__(self, *_: object) -> None:
        if self._zip:
            self._zip.close()

    def read(self, name: str) -> bytes:
        """The bytes of a member."""
        try:
            with self._zip.open(name) if self._zip else (self._folder or Path()).joinpath(name).open("rb") as data:
                parts = []
                while part := data.read(_CHUNK):
                    self._taken += len(part)
                    self._watch.weigh(self._taken)
                    parts.append(part)
        except (KeyError, FileNotFoundError) as error:
            raise wrong(self.name, None, f"thiếu {name}") from error
        except (NotImplementedError, RuntimeError) as error:
            raise wrong(self.name, None, f"{name} bị nén hoặc khóa theo cách lạ") from error
        return b"".join(parts)

    def text(self, name: str) -> str:
        """The text of a document; its cell is read like any other."""
        from graph.rdf_nodes import escape  # noqa: PLC0415

        try:
            return escape(self.read(name).decode("utf-8", "surrogatepass"))
        except UnicodeDecodeError as error:
            raise InvalidInputError(f"{self.name}/{name}: không phải UTF-8", file=name) from error
