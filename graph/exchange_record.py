"""Readings as flat rows, for tables and GraphML, and back: every field of a part is a cell, lists are rows below."""

from collections.abc import Iterator
from functools import lru_cache
from typing import Any, NamedTuple, get_args, get_origin

import msgspec

from graph.judgements import Judgement
from graph.rdf_nodes import escape, unescape
from graph.rdf_terms import is_word, plain
from graph.store import Batch
from ontology.errors import InvalidInputError

ROOTS: dict[str, type[msgspec.Struct]] = {"files": Batch, "judgements": Judgement}
TEXT = ("files", "text")  # kept beside the tables where a cell cannot be so long
Cells = dict[str, str | None]  # None where the field is


class Row(NamedTuple):
    """One row: its table, its key ("3.obligations.2", below "3") and its cells by column."""

    table: str
    key: str
    cells: Cells


class RowError(InvalidInputError):
    """Rows that do not fit together; ``details['row']`` names the row."""


@lru_cache(maxsize=1)
def known() -> dict[str, tuple[str, ...]]:
    """Give all tables with their columns; the key comes first."""
    found: dict[str, tuple[str, ...]] = {}
    for name, kind in ROOTS.items():
        _describe(name, kind, found)
    return found


def rows_of(name: str, number: int, value: msgspec.Struct) -> Iterator[Row]:
    """Give the rows of one of ``ROOTS``, each above those below it."""
    yield from _struct_rows(name, str(number), value)


class Tables:
    """Rows gathered for reading back."""

    def __init__(self) -> None:
        self._rows: dict[str, dict[str, Cells]] = {name: {} for name in known()}
        self._used = 0

    def add(self, row: Row) -> None:
        """Take a row.

        Raises:
            RowError: Its table is unknown, or its key was there before.
        """
        rows = self._rows.get(row.table)
        if rows is None or row.key in rows:
            raise RowError(f"bảng {row.table}: dòng {row.key} lạ hoặc bị lặp", row=row.key)
        rows[row.key] = row.cells

    def read(self, name: str) -> list[Any]:
        """Give all values of one of ``ROOTS``, in order.

        Raises:
            RowError: A row is lacking or has a cell that cannot be read.
        """
        keys = sorted(self._rows[name], key=lambda key: (len(key), key))
        return [self._struct(name, key, ROOTS[name]) for key in keys]

    def check(self) -> None:
        """See that every row was read.

        Raises:
            RowError: Some belong to nothing.
        """
        if self._used != sum(len(rows) for rows in self._rows.values()):
            raise RowError("có dòng không thuộc văn bản nào", row="")

    def _struct(self, table: str, key: str, kind: type[msgspec.Struct]) -> Any:
        cells = self._rows[table].get(key)
        if cells is None:
            raise RowError(f"bảng {table}: thiếu dòng {key}", row=key)
        self._used += 1
        values = {}
        for field in msgspec.structs.fields(kind):
            optional, inner = plain(field.type)
            cell = cells.get(field.name)
            if cell is None and field.required and not optional:
                raise RowError(f"bảng {table}, dòng {key}: ô {field.name} bỏ trống", row=key)
            if cell is None and not optional:
                continue  # written before there was such a field
            try:
                values[field.name] = self._value(f"{table}.{field.name}", f"{key}.{field.name}", inner, cell)
            except (KeyError, ValueError) as error:
                raise RowError(f"bảng {table}, dòng {key}: ô {field.name} không dùng được", row=key) from error
        return kind(**values)

    def _value(self, table: str, key: str, kind: Any, cell: str | None) -> Any:
        if cell is None:
            return None
        if is_struct(kind):
            return self._struct(table, key, kind)
        if get_origin(kind) is dict:
            items = [self._cells(table, f"{key}.{n}") for n in range(1, int(cell) + 1)]
            return {unescape(c["name"] or ""): (int(c["1"] or ""), int(c["2"] or "")) for c in items}
        if get_origin(kind) is not tuple:
            return scalar_of(cell, kind)
        return tuple(self._item(table, f"{key}.{n}", kind, n) for n in range(1, int(cell) + 1))

    def _item(self, table: str, key: str, kind: Any, n: int) -> Any:
        arguments = get_args(kind)
        inner = arguments[0] if arguments[-1] is Ellipsis else arguments[n - 1]
        if is_struct(inner):
            return self._struct(table, key, inner)
        cells = self._cells(table, key)
        if get_origin(inner) is tuple:
            return tuple(scalar_of(cells[str(at)] or "", k) for at, k in enumerate(get_args(inner), start=1))
        return scalar_of(cells["value"] or "", inner)

    def _cells(self, table: str, key: str) -> Cells:
        if key not in self._rows[table]:
            raise RowError(f"bảng {table}: thiếu dòng {key}", row=key)
        self._used += 1
        return self._rows[table][key]


def is_struct(kind: Any) -> bool:
    """Whether a type is a struct."""
    return isinstance(kind, type) and issubclass(kind, msgspec.Struct)


def cell_of(value: Any) -> str:
    """Write a scalar."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return repr(value) if isinstance(value, float) else escape(str(value))


def scalar_of(cell: str, kind: Any) -> Any:
    """Read a scalar of a type.

    Raises:
        ValueError: The cell is none.
    """
    if kind is bool:
        if cell not in ("true", "false"):
            raise ValueError(cell)
        return cell == "true"
    return kind(cell) if kind in (int, float) or is_word(kind) else unescape(cell)


def _struct_rows(table: str, key: str, value: msgspec.Struct) -> Iterator[Row]:
    cells: Cells = {}
    below: list[Row] = []
    for name in value.__struct_fields__:
        given = getattr(value, name)
        cells[name] = None if given is None else _cell(given)
        below += _below(f"{table}.{name}", f"{key}.{name}", given)
    yield Row(table, key, cells)
    yield from below


def _cell(value: Any) -> str:
    if isinstance(value, tuple | dict):
        return str(len(value))
    return "1" if isinstance(value, msgspec.Struct) else cell_of(value)


def _below(table: str, key: str, value: Any) -> Iterator[Row]:
    if isinstance(value, msgspec.Struct):
        yield from _struct_rows(table, key, value)
    elif isinstance(value, dict):
        for n, (name, (low, high)) in enumerate(sorted(value.items()), start=1):
            yield Row(table, f"{key}.{n}", {"name": escape(name), "1": str(low), "2": str(high)})
    elif isinstance(value, tuple):
        for n, item in enumerate(value, start=1):
            if isinstance(item, msgspec.Struct):
                yield from _struct_rows(table, f"{key}.{n}", item)
            elif isinstance(item, tuple):
                yield Row(table, f"{key}.{n}", {str(at): cell_of(v) for at, v in enumerate(item, start=1)})
            else:
                yield Row(table, f"{key}.{n}", {"value": cell_of(item)})


def _describe(name: str, kind: type[msgspec.Struct], found: dict[str, tuple[str, ...]]) -> None:
    found[name] = ("key", *kind.__struct_fields__)
    for field in msgspec.structs.fields(kind):
        _, inner = plain(field.type)
        below = f"{name}.{field.name}"
        if is_struct(inner):
            _describe(below, inner, found)
        elif get_origin(inner) is dict:
            found[below] = ("key", "name", "1", "2")
        elif get_origin(inner) is tuple:
            item = get_args(inner)[0]
            if is_struct(item):
                _describe(below, item, found)
            else:
                pair = get_args(item) if get_origin(item) is tuple else ()
                found[below] = ("key", *(str(n) for n in range(1, len(pair) + 1))) if pair else ("key", "value")
