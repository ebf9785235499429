"""Data tables in a text: rows one a line, or flattened to one cell border a line."""

import re
from collections import Counter
from dataclasses import dataclass

from loaders.lines import Line, LineKind

Parts = tuple[tuple[int, int], ...]

_CELL_LINES = 60  # of one cell; what is longer is text, not a cell
_CELL_LENGTH = 6000
_HEAD_LINES = 80  # within which the first row must end
_HEAD_LENGTH = 500
_SHORT_CELL = 120
_INDEX = re.compile(r"(?:\d{1,3}(?:\.\d{1,3}){0,3}|[IVXLC]{1,6}|[A-ZĐ]|[a-zđ])\s?[.)]?$")
_INDEX_HEAD = re.compile(r"(?:TT|STT|Stt|Số TT|Số thứ tự|SỐ TT)$")
_AFTER = re.compile(
    r"(?:Điều\s+\d+\s*[.:]|Chương\s+[IVXLC]+\b|PHỤ LỤC\b|Phụ lục\b|Căn cứ\s|N[ơo]i nhận\b|MẪU SỐ|Mẫu số|(?:KT|TM|TL|TUQ)\.\s)"
)
_LAYOUT = re.compile(
    r"CỘNG\s+HÒA|, ngày .{0,12}tháng |CỘNG\s+HOÀ|ĐẢNG\s+CỘNG\s+SẢN|^N[ơo]i\s+nhận|^NƠI\s+NHẬN|^Số\s*:|^(?:KT|TM|TL|TUQ|T/M|K/T|T/L)\.?\s|^(?:PHÓ )?(?:CHỦ TỊCH|GIÁM ĐỐC|BỘ TRƯỞNG|THỦ TƯỚNG)\b",
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
    kept = cells[1:-1] if row.fenced else cells
    return tuple(tuple(cell) for cell in kept)


def _unfold(lines: list[Line], low: int, high: int) -> None:
    """Replace the rows of a layout table by one line a cell, with borders between."""
    fresh: list[Line] = []
    for line in lines[low:high]:
        if line.kind is not LineKind.ROW:
            fresh.append(line)
            continue
        fresh.append(Line(LineKind.BAR, line.start, line.start))
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
    head = _first_row(lines, i)
    if head is None:
        return None
    tokens = _tokens(lines, i)
    rows, last = _rows(tokens, head)
    return Table(i, last, tuple(rows)) if len(rows) > 1 else None


def _first_row(lines: list[Line], i: int) -> list[str] | None:
    """Texts of the cells of the first row, if they can open a data table; looks at a bounded stretch of lines."""
    cells: list[list[Line]] = [[]]
    after_bar = True
    for line in lines[i + 1 : i + 1 + _HEAD_LINES]:
        if line.kind is LineKind.BAR:
            if after_bar:
                break
            cells.append([])
            after_bar = True
        elif line.kind is LineKind.TEXT:
            cells[-1].append(line)
            after_bar = False
    else:
        return None
    texts = [" ".join(line.text for line in cell) for cell in cells if cell]
    if len(texts) < 2 or any(len(text) > _HEAD_LENGTH or _LAYOUT.search(text) for text in texts):
        return None
    if any(_LAYOUT.search(line.text) for cell in cells for line in cell):
        return None
    return texts if len(texts) > 2 or _INDEX_HEAD.match(texts[0]) or max(map(len, texts)) < _SHORT_CELL else None


def _tokens(lines: list[Line], i: int) -> list[_Cell | int]:
    """Cells, and borders (their line), from the first border to the last that can belong to the table."""
    tokens: list[_Cell | int] = []
    cell: _Cell | None = None
    size = 0
    for k in range(i, len(lines)):
        line = lines[k]
        if line.kind is LineKind.BAR:
            if cell is not None:
                tokens.append(cell)
            tokens.append(k)
            cell, size = None, 0
        elif line.kind is LineKind.TEXT:
            if cell is None:
                cell = _Cell([], k)
            if _AFTER.match(line.text) and (len(line.text) < 60 or line.text.startswith("Điều")):
                break
            cell.lines.append(line)
            size += len(line.text)
            if len(cell.lines) > _CELL_LINES or size > _CELL_LENGTH:
                break
        elif line.kind is LineKind.ROW:
            break
    return tokens


def _width(tokens: list[_Cell | int], head: int) -> int:
    """Columns of the table: borders from one numbered row to the next, as most rows have them; at least the header's."""
    counts: Counter[int] = Counter()
    bars = bars_since = 0
    numbered = False
    for n, token in enumerate(tokens):
        if isinstance(token, int):
            bars += 1
            continue
        if bars > 1 and _INDEX.match(token.text) and isinstance(tokens[n - 1], int):
            if numbered:
                counts[bars_since - 1] += 1
            numbered = True
            bars_since = 0
        if numbered:
            following = n + 1
            run = 0
            while following < len(tokens) and isinstance(tokens[following], int):
                run += 1
                following += 1
            bars_since += run
        bars = 0
    best = max(counts.items(), key=lambda item: (item[1], item[0]), default=(0, 0))
    return best[0] if best[1] > 1 and head <= best[0] <= 2 * head + 4 else head


def _rows(tokens: list[_Cell | int], head: list[str]) -> tuple[list[Row], int]:
    """Put cells together to rows; gives them and the line of the table's last border."""
    width = _width(tokens, len(head))
    indexed = _INDEX_HEAD.match(head[0]) is not None
    maker = _RowMaker(width, indexed)
    bars = 0
    last = tokens[0] if isinstance(tokens[0], int) else 0
    for n, token in enumerate(tokens):
        if isinstance(token, int):
            bars += 1
            last = token
            continue
        runs = 0
        while n + 1 + runs < len(tokens) and isinstance(tokens[n + 1 + runs], int):
            runs += 1
        if runs == 0 or (bars == 1 and maker.full and (len(token.text) > _SHORT_CELL or len(token.lines) > 3)):
            break  # text behind the table
        maker.take(token, bars)
        bars = 0
    return maker.rows(), last


class _RowMaker:
    """Takes cells with the number of borders before each."""

    def __init__(self, width: int, indexed: bool) -> None:
        self.width = width
        self.indexed = indexed
        self.done: list[Row] = []
        self.cells: list[Parts] = []
        self.at = -1
        self.begins = False

    @property
    def full(self) -> bool:
        """Whether the open row has all its cells."""
        return len(self.cells) >= self.width

    def take(self, cell: _Cell, bars: int) -> None:
        """Add a cell: to the open row, or as the first of a new one."""
        numbered = _INDEX.match(cell.text) is not None
        if self.at < 0:
            self._open(cell, 0, numbered)
        elif bars <= 1 or self._fits(bars, numbered):
            self.cells += [()] * (bars - 1)
            self.cells.append(cell.parts)
        else:
            spare = bars - 2
            tail = min(spare, max(self.width - len(self.cells), 0))
            self.cells += [()] * tail
            self._close()
            self._open(cell, min(spare - tail, self.width - 1), numbered)

    def _fits(self, bars: int, numbered: bool) -> bool:
        """Whether several borders are empty cells of the open row rather than its end."""
        filled = len(self.cells) + bars
        return self.begins and not numbered and bars > 2 and filled <= self.width and len(self.cells) > 1

    def _open(self, cell: _Cell, lead: int, numbered: bool) -> None:
        self.at = cell.lines[0].start
        self.begins = numbered
        missing = 1 if self.indexed and not numbered and self.done and lead == 0 else 0
        self.cells = [()] * (lead + missing) + [cell.parts]

    def _close(self) -> None:
        self.done.append(Row(self.at, tuple(self.cells)))

    def rows(self) -> list[Row]:
        """All rows, the open one included."""
        if self.at >= 0:
            self._close()
            self.at = -1
        return self.done
