"""Workbooks (.xlsx): each sheet as paragraphs and tables, rows one a line, merged cells as in Word tables."""

import io
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from itertools import groupby
from pathlib import Path
from typing import Any

import openpyxl
from lxml import etree
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.utils.exceptions import InvalidFileException

from loaders.formats.archive import guard
from loaders.formats.legacy_fonts import font_of
from loaders.formats.limits import Limits, without_remarks
from loaders.formats.reading import Reading, TextBuilder, clean, is_placing
from loaders.formats.refusal import refusal
from loaders.formats.stamps import of_drawings
from loaders.formats.word_fonts import Piece, told

_MAX_COLUMNS = 256
_MAX_ROWS = 100_000
_MAX_MERGED = 20_000


def read(data: bytes, path: Path, limits: Limits) -> Reading:
    """Read a workbook.

    Args:
        data: The bytes of the file.
        path: The file, for errors.
        limits: Bounds what the package may hold.

    Returns:
        The visible sheets one after the other: rows of one cell above a table as paragraphs, other rows as tables.

    Raises:
        UnreadableFileError: No workbook inside, damaged or encrypted.
        LimitExceededError: A zip bomb or too many rows.
    """
    guard(data, path, limits, "[Content_Types].xml", "not_xlsx")
    try:
        with without_remarks():
            book = openpyxl.load_workbook(io.BytesIO(data), data_only=True, keep_links=False, rich_text=True)
        builder = TextBuilder()
        for sheet in book.worksheets:
            if sheet.sheet_state == "visible":
                _sheet(sheet, builder, path)
            for margin in _margins(sheet):
                builder.mark(margin)
        _drawings(data, builder)
    except (
        InvalidFileException,
        zipfile.BadZipFile,
        KeyError,
        ValueError,
        TypeError,
        AttributeError,
        IndexError,
    ) as exc:
        # openpyxl meets parts that are missing or of another shape with the error of whatever it was just doing
        raise refusal(path, "not_xlsx") from exc
    except (
        SyntaxError,
        etree.LxmlError,
        RecursionError,
        OverflowError,
        OSError,
    ) as exc:  # ParseError of xml is a SyntaxError
        raise refusal(path, "not_xlsx") from exc
    return builder.reading()


def _margins(sheet: Any) -> Iterator[str]:
    """Heads and feet of printed pages: no text of the table, but a stamp may stand there."""
    for item in ("oddHeader", "evenHeader", "firstHeader", "oddFooter", "evenFooter", "firstFooter"):
        for side in ("left", "center", "right"):
            yield getattr(getattr(sheet, item), side).text or ""


def _drawings(data: bytes, builder: TextBuilder) -> None:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        for name in package.namelist():
            if name.startswith("xl/drawings/") and name.endswith((".xml", ".vml")):
                parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True)
                root = etree.fromstring(package.read(name), parser)
                for text in of_drawings(root) if root is not None else ():
                    builder.mark(text)


def _sheet(sheet: Any, builder: TextBuilder, path: Path) -> None:
    if sheet.max_row > _MAX_ROWS or len(sheet.merged_cells.ranges) > _MAX_MERGED:
        raise refusal(path, "too_many_rows", limit=_MAX_ROWS)
    grid = [[_text(cell) for cell in row] for row in sheet.iter_rows(max_col=min(sheet.max_column, _MAX_COLUMNS))]
    for area in sheet.merged_cells.ranges:  # a cell merged downwards counts in every row that it covers
        rows = grid[area.min_row : area.max_row]
        if area.min_col <= _MAX_COLUMNS and area.min_row <= len(grid):
            for row in rows:
                row[area.min_col - 1] = grid[area.min_row - 1][area.min_col - 1]
    used = [k for k in range(max(map(len, grid), default=0)) if any(row[k].strip() for row in grid)]
    kept = [[row[k] for k in used] for row in grid]
    for filled, block in groupby(kept, key=lambda row: any(map(str.strip, row))):
        if filled:
            _block(list(block), builder)


def _block(rows: list[list[str]], builder: TextBuilder) -> None:
    """Add rows without an empty one among them: titles above, then a table."""
    at = 0
    while at < len(rows) and _count(rows[at]) == 1:
        builder.paragraph(next(cell for cell in rows[at] if cell.strip()))
        at += 1
    start = at
    while at < len(rows) and _count(rows[at]) == 2 and len(rows[at]) > 2:
        at += 1  # issuer beside the motto, number beside the date
    if at < len(rows):
        head, body = rows[start:at], rows[start:]
        if head and _is_head(head):
            for row in head:
                for cell in row:
                    builder.paragraph(cell)
            body = rows[at:]
        builder.table([_trimmed(row) for row in body])
    elif start < at:
        builder.table([[cell for cell in row if cell.strip()] for row in rows[start:at]])


def _is_head(rows: list[list[str]]) -> bool:
    return is_placing([[cell for cell in row if cell.strip()] for row in rows])


def _count(row: list[str]) -> int:
    return sum(1 for cell in row if cell.strip())


def _trimmed(row: list[str]) -> list[str]:
    """A row of one cell (a heading inside the table) is one cell."""
    return [cell for cell in row if cell.strip()] if _count(row) == 1 and row[0].strip() else row


def _text(cell: Any) -> str:
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, (str, CellRichText)):
        name = cell.font.name if cell.font is not None else None
        return told(list(_pieces(value, name or "")))
    if isinstance(value, bool):
        return "x" if value else ""
    if isinstance(value, datetime) and value.time() == time():
        value = value.date()
    if isinstance(value, datetime):
        return f"{value:%d/%m/%Y %H:%M}"
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, float):
        return f"{value:.10g}" if abs(value) < 1e15 else str(value)
    return clean(str(value))


def _pieces(value: str | CellRichText, name: str) -> Iterator[Piece]:
    if isinstance(value, CellRichText):
        for part in value:
            if isinstance(part, TextBlock):
                yield Piece(part.text, font_of(part.font.rFont or name) if part.font is not None else font_of(name))
            else:
                yield Piece(str(part), font_of(name))
    else:
        yield Piece(value, font_of(name) if name else None)
