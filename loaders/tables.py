"""Data tables in a text: rows one a line, or flattened to one cell border a line."""

import re
from dataclasses import dataclass

from loaders.lines import Line, LineKind
from loaders.wrapping import starts_block

Parts = tuple[tuple[int, int], ...]

_CELL_LINES = 60
_CELL_LENGTH = 6000
_INDEX = re.compile(r"(?:\d{1,3}(?:\.\d{1,3}){0,3}|[IVXLC]{1,6}|[A-ZĐ]|[a-zđ])\s?[.)]?$")
_INDEX_HEAD = re.compile(r"(?:TT|STT|Stt|Số TT|Số thứ tự|SỐ TT)$")
_LAYOUT = re.compile(
    r"CỘNG\s+HÒA|CỘNG\s+HOÀ|ĐẢNG\s+CỘNG\s+SẢN|^N[ơo]i\s+nhận|^NƠI\s+NHẬN|^Số\s*:|^(?:KT|TM|TL|TUQ|T/M|K/T|T/L)\.?\s",
    re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class Row:
    """One row: where it begins in the base text, and the ranges that make up each cell."""

    at: int
    cells: tuple[Parts, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A data table over the lines ``first`` to ``last``."""

    first: int
    last: int
    rows: tuple[Row, ...]


@dataclass(slots=True)
class _Cell:
    lines: list[Line]
    first: int

    @property
    def text(self) -> str:
        return " ".join(line.text for line in self.lines)

    @property
    def parts(self) -> Parts:
        return tuple(part for line in self.lines for part in line.parts)


def tables_of(lines: list[Line]) -> list[Table]:
    """Find the data tables of a text in order; layout tables (header, signature) are left to the caller."""
    tables: list[Table] = []
    i = 0
    while i < len(lines):
        kind = lines[i].kind
        if kind is LineKind.ROW:
            table, i = _rendered(lines, i)
            if table:
                tables.append(table)
        elif kind is LineKind.BAR:
            flat = _flattened(lines, i)
            if flat:
                tables.append(flat)
                i = flat.last + 1
            else:
                i = _next_bar(lines, i + 1)
        else:
            i += 1
    return tables


def _next_bar(lines: list[Line], i: int) -> int:
    while i < len(lines) and lines[i].kind not in (LineKind.BAR, LineKind.ROW):
        i += 1
    return i


def _rendered(lines: list[Line], i: int) -> tuple[Table | None, int]:
    """Rows one a line; a layout table (header, signature) is turned into plain lines, one a cell."""
    end = i
    while end < len(lines) and lines[end].kind in (LineKind.ROW, LineKind.BLANK, LineKind.RULE):
        end += 1
    rows = [lines[k] for k in range(i, end) if lines[k].kind is LineKind.ROW]
    if any(_LAYOUT.search(cell_text) for row in rows for cell_text in (c.strip() for c in row.text.split("|"))):
        _unfold(lines, i, end)
        return None, i
    last = max(k for k in range(i, end) if lines[k].kind is LineKind.ROW)
    return Table(i, last, tuple(Row(row.start, _split(row)) for row in rows)), last + 1


def _split(row: Line) -> tuple[Parts, ...]:
    """Cut the ranges of a row at its bars."""
    cells: list[list[tuple[int, int]]] = [[]]
    outer = row.text.startswith("|") and row.text.endswith("|") and len(row.text) > 1
    offset = 0
    for low, high in row.parts:
        piece = row.text[offset : offset + high - low]
        offset += high - low
        at = 0
        for n, bit in enumerate(piece.split("|")):
            if n:
                cells.append([])
                at += 1
            bare = bit.strip()
            if bare:
                left = low + at + bit.index(bare[0])
                cells[-1].append((left, left + len(bare)))
            at += len(bit)
    kept = cells[1:-1] if outer else cells
    return tuple(tuple(cell) for cell in kept)


def _unfold(lines: list[Line], low: int, high: int) -> None:
    """Replace the rows of a layout table by one line a cell, with borders between."""
    fresh: list[Line] = []
    for line in lines[low:high]:
        if line.kind is not LineKind.ROW:
            fresh.append(line)
            continue
        fresh.append(Line(LineKind.BAR, line.start, line.start))
        offset_text = {part: line.text for part in line.parts}
        del offset_text
        for parts in _split(line):
            text = _text_of(line, parts)
            if text:
                fresh.append(Line(LineKind.TEXT, parts[0][0], parts[-1][1], text, parts))
            fresh.append(Line(LineKind.BAR, line.stop, line.stop))
    lines[low:high] = fresh


def _text_of(line: Line, parts: Parts) -> str:
    out: list[str] = []
    for low, high in parts:
        offset = 0
        for start, end in line.parts:
            if start <= low and high <= end:
                out.append(line.text[offset + low - start : offset + high - start])
            offset += end - start
    return "".join(out)


def _flattened(lines: list[Line], i: int) -> Table | None:
    """Read a table with one cell border a line, from its first border."""
    tokens, last = _tokens(lines, i)
    chunks, gaps = _chunks(tokens)
    if not chunks:
        return None
    width = len(chunks[0])
    many = len(chunks) >= 3 and width == 2 and sum(len(c) == 2 for c in chunks) * 4 >= len(chunks) * 3
    indexed = _INDEX_HEAD.match(chunks[0][0].text) is not None
    if not (width >= 3 or (width == 2 and (indexed or many))):
        return None
    if any(_LAYOUT.search(cell.text) for chunk in chunks[:2] for cell in chunk):
        return None
    rows = _rows(chunks, gaps, width, indexed)
    return Table(i, last, tuple(rows))


def _tokens(lines: list[Line], i: int) -> tuple[list[_Cell | None], int]:
    """Cells and borders (None) up to the last border of the table."""
    tokens: list[_Cell | None] = []
    last = i
    cell: _Cell | None = None
    first_width = 0
    since = 0
    size = 0
    double = False
    for k in range(i, len(lines)):
        line = lines[k]
        if line.kind is LineKind.BAR:
            if cell is None and tokens and tokens[-1] is None:
                double = True
                since = 0
            if cell is not None:
                tokens.append(cell)
                since += 1
                if not double:
                    first_width += 1
            tokens.append(None)
            cell, last, size = None, k, 0
        elif line.kind is LineKind.TEXT:
            if cell is None:
                if double and since >= first_width:
                    break
                if _ends_table(line, double):
                    break
                cell = _Cell([], k)
            cell.lines.append(line)
            size += len(line.text)
            if len(cell.lines) > _CELL_LINES or size > _CELL_LENGTH:
                break
    return tokens, last


def _ends_table(line: Line, double: bool) -> bool:
    """Whether a line cannot open a cell: the text after the table has begun."""
    text = line.text
    return double and text.startswith(("Điều ", "Chương ", "PHỤ LỤC", "Phụ lục", "Căn cứ ", "Nơi nhận"))


def _chunks(tokens: list[_Cell | None]) -> tuple[list[list[_Cell]], list[int]]:
    """Cells in runs parted by two borders or more; and the number of borders after each run."""
    chunks: list[list[_Cell]] = []
    gaps: list[int] = []
    bars = 2
    for token in tokens:
        if token is None:
            bars += 1
            continue
        if bars >= 2:
            if chunks:
                gaps.append(bars)
            chunks.append([])
        chunks[-1].append(token)
        bars = 0
    gaps.append(bars)
    return chunks, gaps


def _rows(chunks: list[list[_Cell]], gaps: list[int], width: int, indexed: bool) -> list[Row]:
    """Put runs of cells together to rows of the table's width."""
    rows: list[Row] = []
    k = 0
    lead = 0
    while k < len(chunks):
        cells: list[Parts] = [()] * lead + [c.parts for c in chunks[k]]
        at = chunks[k][0].lines[0].start
        lead = 0
        begins = _INDEX.match(chunks[k][0].text) is not None
        while k + 1 < len(chunks) and len(cells) + gaps[k] - 1 + len(chunks[k + 1]) <= width and begins:
            following = chunks[k + 1]
            if _INDEX.match(following[0].text) or (gaps[k] == 2 and len(cells) == 2 and len(following) == 2):
                break
            cells += [()] * (gaps[k] - 1) + [c.parts for c in following]
            k += 1
        spare = gaps[k] - 2
        if spare > 0:
            tail = min(spare, max(width - len(cells), 0))
            cells += [()] * tail
            lead = min(spare - tail, width - 1)
        if indexed and not begins and rows and len(cells) < width:
            cells.insert(0, ())
        rows.append(Row(at, tuple(cells)))
        k += 1
    return rows


__all__ = ["Row", "Table", "starts_block", "tables_of"]
