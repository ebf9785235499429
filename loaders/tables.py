"""Data tables in a text: rows one a line, or flattened to one cell border a line."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import msgspec

from loaders.lines import CELL_BREAK, Line, LineKind
from loaders.patterns_table import wordings
from loaders.tables_cells import SHORT_CELL, Cell, Parts, Stretch

_T = wordings("tables")

_HEAD_LINES = 80  # within which the first row must end
_HEAD_LENGTH = 500
_MOST_COLUMNS = 30
_PAIR = 2  # columns; a table without running numbers needs more, or some rows
_FEWEST_PAIRS = 4
_BIT = re.compile(rf"\||{CELL_BREAK}|(?=[^\s|])[^|{CELL_BREAK}]+")
_BESIDE_SIGNATURE = _T["beside_signature"].pattern
_INDEX = _T["index"].pattern
_INDEX_HEAD = _T["index_head"].pattern
_LAYOUT = _T["placing"].pattern


class Row(msgspec.Struct, frozen=True, gc=False):
    """One row: where it begins in the base text, and the ranges that make up each cell."""

    at: int
    cells: tuple[Parts, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A data table over the lines ``first`` to ``last``."""

    first: int
    last: int
    rows: tuple[Row, ...]


def tables_of(lines: list[Line]) -> list[Table]:
    """Find the data tables of a text in order; layout tables (header, signature) are left to the caller."""
    tables: list[Table] = []
    i = 0
    row_end = -1
    stretch: Stretch | None = None
    while i < len(lines):
        kind = lines[i].kind
        if kind is LineKind.ROW:
            table, i = _rendered(lines, i)
            row_end = -1
            if table:
                tables.append(table)
        elif kind is LineKind.BAR:
            if row_end <= i:
                row_end = _double_border(lines, i)
            head = _first_row(lines, i) if row_end - i <= _HEAD_LINES else None
            if head and (stretch is None or i not in stretch.place):
                stretch = Stretch(lines, i)
            flat = _flattened(stretch, head, i) if head and stretch else None
            if flat:
                tables.append(flat)
                i = flat.last + 1
            else:
                i = _next_bar(lines, i + 1)
        else:
            i += 1
    return tables


def _double_border(lines: list[Line], i: int) -> int:
    """Where the first row that begins at the border ``i`` or after it must end: at a second border without a cell."""
    after_bar = True
    for k in range(i + 1, len(lines)):
        if lines[k].kind is LineKind.BAR:
            if after_bar:
                return k
            after_bar = True
        elif lines[k].kind is LineKind.TEXT:
            after_bar = False
    return len(lines) + _HEAD_LINES


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
    return tuple(tuple(part for line in cell for part in line) for cell in _cell_lines(row))


def _cell_lines(row: Line) -> list[list[Parts]]:
    """Cut the ranges of a row at its bars into cells, and these at their breaks into lines."""
    cells: list[list[list[tuple[int, int]]]] = [[[]]]
    offset = 0
    for low, high in row.parts:
        piece = row.text[offset : offset + high - low]
        offset += high - low
        for bit in _BIT.finditer(piece):
            if bit.group() == "|":
                cells.append([[]])
            elif bit.group() == CELL_BREAK:
                cells[-1].append([])
            else:
                cells[-1][-1].append((low + bit.start(), low + bit.start() + len(bit.group().rstrip())))
    kept = cells[1:-1] if row.fenced else cells
    return [[tuple(line) for line in cell] for cell in kept]


def _unfold(lines: list[Line], low: int, high: int) -> None:
    """Replace the rows of a layout table by one line a line of a cell, with borders between the cells."""
    rows = [_cell_lines(line) if line.kind is LineKind.ROW else [] for line in lines[low:high]]
    fresh: list[Line] = []
    if len(rows) > 1 and any(_BESIDE_SIGNATURE.match(line.text.strip("| ")) for line in lines[low:high]):
        for column in range(max(map(len, rows))):  # recipients on the left, the signature on the right
            fresh.append(Line(LineKind.BAR, lines[low].start, lines[low].start))
            for line, cells in zip(lines[low:high], rows, strict=True):
                fresh += _lines_of(line, cells[column]) if column < len(cells) else []
        fresh.append(Line(LineKind.BAR, lines[high - 1].stop, lines[high - 1].stop))
        lines[low:high] = fresh
        return
    for line, cells in zip(lines[low:high], rows, strict=True):
        if line.kind is not LineKind.ROW:
            fresh.append(line)
            continue
        fresh.append(Line(LineKind.BAR, line.start, line.start))
        for cell in cells:
            fresh += _lines_of(line, cell)
            fresh.append(Line(LineKind.BAR, line.stop, line.stop))
    lines[low:high] = fresh


def _lines_of(row: Line, cell: list[Parts]) -> list[Line]:
    """The lines of one cell as lines of their own."""
    texts = [(parts, _text_of(row, parts)) for parts in cell]
    return [Line(LineKind.TEXT, parts[0][0], parts[-1][1], text, parts) for parts, text in texts if text]


def _text_of(line: Line, parts: Parts) -> str:
    out: list[str] = []
    for low, high in parts:
        offset = 0
        for start, end in line.parts:
            if start <= low and high <= end:
                out.append(line.text[offset + low - start : offset + high - start])
            offset += end - start
    return "".join(out)


def _flattened(stretch: Stretch, head: list[str], i: int) -> Table | None:
    """Read a table with one cell border a line, from its first border; reads no further than the table goes."""
    indexed = _INDEX_HEAD.match(head[0]) is not None
    maker = _RowMaker(_width(stretch.sample(i), len(head)), indexed)
    last = _fill(maker, stretch.tokens_from(i), i)
    rows = maker.rows()
    fewest = 2 if indexed or len(head) > _PAIR else _FEWEST_PAIRS
    return Table(i, last, tuple(rows)) if len(rows) >= fewest else None


def _first_row(lines: list[Line], i: int) -> list[str] | None:
    """Texts of the cells of the first row, if they can open a data table; looks at a bounded stretch of lines."""
    cells: list[list[Line]] = [[]]
    after_bar = True
    for line in lines[i + 1 : i + 1 + _HEAD_LINES]:
        if line.kind is LineKind.BAR:
            if after_bar:
                break
            if len(cells) > _MOST_COLUMNS:
                return None
            cells.append([])
            after_bar = True
        elif line.kind is LineKind.TEXT:
            cells[-1].append(line)
            after_bar = False
    else:
        return None
    texts = [" ".join(line.text for line in cell) for cell in cells if cell]
    if len(texts) < _PAIR or len(texts[0]) > SHORT_CELL or any(len(text) > _HEAD_LENGTH for text in texts):
        return None
    if any(_LAYOUT.search(line.text) for cell in cells for line in cell) or any(map(_INDEX_HEAD.match, texts[1:])):
        return None
    listed = any(text.startswith("-") for text in texts)
    return texts if _INDEX_HEAD.match(texts[0]) or (not listed and (len(texts) > _PAIR or _brief(texts))) else None


def _brief(texts: list[str]) -> bool:
    return max(map(len, texts)) < SHORT_CELL


def _width(sample: list[Cell | int], head: int) -> int:
    """Columns: borders from one numbered row to the next, as most rows have them; at least those of the header."""
    counts: Counter[int] = Counter()
    bars = since = 0
    numbered = False
    for token in sample:
        if isinstance(token, int):
            bars += 1
            since += 1
            continue
        if bars > 1 and _INDEX.match(token.text):
            if numbered:
                counts[since - 1] += 1
            numbered = True
            since = 0
        bars = 0
    best = max(counts.items(), key=lambda item: (item[1], item[0]), default=(0, 0))
    return best[0] if best[1] > 1 and head <= best[0] <= 2 * head + 4 else head


def _fill(maker: "_RowMaker", tokens: Iterator[Cell | int], first: int) -> int:
    """Give the cells to the row maker; gives the line of the table's last border."""
    last = latest = first
    bars = 0
    held: tuple[Cell, int] | None = None
    for token in tokens:
        if isinstance(token, int):
            bars += 1
            latest = token
            continue
        if held is not None:
            if _is_behind(maker, *held) or (held[1] == 1 and _INDEX_HEAD.match(token.text)):
                return last
            maker.take(*held)
            last = latest
        held, bars = (token, bars), 0
    if held is not None and bars and not _is_behind(maker, *held):
        maker.take(*held)
        last = latest
    return last


def _is_behind(maker: "_RowMaker", cell: Cell, bars: int) -> bool:
    """Whether a cell is really text behind the table: its row is full and it is long."""
    return bars == 1 and maker.full and not cell.small


class _RowMaker:
    """Takes cells with the number of borders before each."""

    def __init__(self, width: int, indexed: bool) -> None:
        self.width = width
        self.indexed = indexed
        self.done: list[Row] = []
        self.cells: list[Parts] = []
        self.at = -1
        self.begins = False
        self.missing = False  # an empty first cell was put in for the running number

    @property
    def full(self) -> bool:
        """Whether the open row has all its cells."""
        return len(self.cells) >= self.width

    def take(self, cell: Cell, bars: int) -> None:
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

    def _open(self, cell: Cell, lead: int, numbered: bool) -> None:
        self.at = cell.lines[0].start
        self.begins = numbered
        self.missing = self.indexed and not numbered and bool(self.done) and lead == 0
        self.cells = [()] * (lead + self.missing) + [cell.parts]

    def _close(self) -> None:
        if self.missing and len(self.cells) == _PAIR:
            del self.cells[0]  # one cell over all columns: a heading inside the table
        self.done.append(Row(self.at, tuple(self.cells)))

    def rows(self) -> list[Row]:
        """All rows, the open one included."""
        if self.at >= 0:
            self._close()
            self.at = -1
        return self.done
