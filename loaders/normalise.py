"""Raw text to a normalised view: one paragraph a line, no marks, with a map back to the source (domain.md 2.5)."""

import re
from bisect import bisect_right
from itertools import islice, pairwise

import msgspec

from loaders.columns import unfold_columns
from loaders.document import Span, View
from loaders.lines import Base, Line, LineKind, base_of, lines_of
from loaders.patterns_table import wordings
from loaders.tables import Table, tables_of
from loaders.wrapping import (
    Mode,
    Sofar,
    Wrap,
    is_bare_marker,
    is_page_number,
    joins_line,
    joins_page,
    no_space,
    starts_block,
    wrap_of,
)

_OPEN_RULE = re.compile(r":?-{2,}:?(?: ?\| ?:?-{2,}:?)+")
_BOLD = 2  # asterisks
_NO_CELL = 400  # characters of one line
_SMALL_CELL = 45  # lines; a longer stretch between two bars is the document itself, not a cell


class Paragraph(msgspec.Struct, frozen=True, gc=False):
    """One line of the view.

    Attributes:
        start, end: View range.
        bold: Emphasis spans all of it.
        hashes: Depth as a Markdown heading, 0 where none; only a hint.
        cell: Number of the layout-table cell it stands in, 0 outside.
        cells: For a table row, the view ranges of its cells.
        table: Number of the data table, 0 outside.
        ruled: A drawn line or a cell border stands before it.
    """

    start: int
    end: int
    bold: bool = False
    hashes: int = 0
    cell: int = 0
    cells: tuple[Span, ...] = ()
    table: int = 0
    ruled: bool = False


class _Writer:
    """Puts the view together piece by piece and keeps the map."""

    def __init__(self, base: Base) -> None:
        self.base = base
        self.out: list[str] = []
        self.length = 0
        self.view_at: list[int] = [0]
        self.base_at: list[int] = [0]
        self._next = 0  # base offset that would follow without a breakpoint

    def put(self, start: int, end: int) -> None:
        """Append a range of the base text."""
        self._mark(start)
        self.out.append(self.base.text[start:end])
        self.length += end - start
        self._next = end

    def glue(self, text: str, at: int) -> None:
        """Append a character that stands for what is at a base offset (a line break, a border)."""
        self._mark(at)
        self.out.append(text)
        self.length += len(text)
        self._next = at + len(text)

    def _mark(self, at: int) -> None:
        if at == self._next:
            return
        if self.view_at[-1] == self.length:
            self.base_at[-1] = at
        else:
            self.view_at.append(self.length)
            self.base_at.append(at)

    def view(self) -> View:
        """The view, mapped to the source itself."""
        text = "".join(self.out)
        if not self.base.wide:
            return View(text, tuple(self.view_at), tuple(self.base_at))
        return _through(text, self.view_at, self.base_at, self.base)


def _through(text: str, view_at: list[int], base_at: list[int], base: Base) -> View:
    """Compose the two maps view to base and base to source."""
    inner = View(base.text, base.at, base.raw_at)
    views: list[int] = []
    raws: list[int] = []
    wide: dict[int, int] = {}
    for n, start in enumerate(view_at):
        end = view_at[n + 1] if n + 1 < len(view_at) else len(text)
        low = base_at[n]
        high = low + end - start
        views.append(start)
        raws.append(inner.raw(low, low)[0])
        k = bisect_right(base.at, low)  # what is read column by column goes back in the source
        while k < len(base.at) and base.at[k] < high:
            views.append(start + base.at[k] - low)
            raws.append(base.raw_at[k])
            k += 1
        for at in range(start, end) if base.wide else ():
            if low + at - start in base.wide:
                wide[at] = base.wide[low + at - start]
    return View(text, tuple(views), tuple(raws), wide)


def view_of(text: str) -> View:
    """Give the normalised view of a text.

    Args:
        text: A decoded source text, any Unicode form, with or without Markdown marks and wrapped lines.

    Returns:
        The view: NFC, one paragraph a line, every character mapped to the source.
    """
    return paragraphs_of(text)[0]


def paragraphs_of(text: str, tables: tuple[Span, ...] = (), *, pages: bool = False) -> tuple[View, list[Paragraph]]:
    """Give the view of a text and its paragraphs in order.

    Args:
        text: The source text.
        tables: Ranges of rendered tables in it (rows one a line, cells joined by `` | ``).
        pages: The text was read from pages (pdf, scans), where lines are those of the page.

    Returns:
        The view, and one paragraph for each of its lines.
    """
    base = base_of(text)
    lines = lines_of(base.text)
    unfold_columns(base.text, lines)
    _mark_rows(lines, base, tables)
    found = tables_of(lines)
    cells = _cells(lines, found)
    builder = _Builder(_Writer(base), lines, cells, wrap_of(lines, pages=pages))
    at = 0
    for number, table in enumerate(found, start=1):
        builder.text(at, table.first)
        builder.table(table, number)
        at = table.last + 1
    builder.text(at, len(lines))
    return builder.writer.view(), builder.paragraphs


def _mark_rows(lines: list[Line], base: Base, tables: tuple[Span, ...]) -> None:
    """Lines of rendered tables, and of Markdown tables (`| a | b |`), are rows."""
    if not tables and "|" not in base.text:
        return
    _mark_open_rows(lines)
    k = 0
    spans = sorted(tables)
    for line in lines:
        if line.kind is LineKind.BLANK or not (spans or line.text):
            continue
        if spans:
            at = _raw(base, line.start)
            while k < len(spans) and spans[k][1] <= at:
                k += 1
            if k < len(spans) and spans[k][0] <= at:
                line.kind = LineKind.ROW
                continue
        text = line.text
        if text and text[0] == text[-1] == "|" and line.kind is not LineKind.BAR and len(text) > 1:
            line.fenced = True
            line.kind = LineKind.RULE if not line.text.strip("|-: ") else LineKind.ROW


def _mark_open_rows(lines: list[Line]) -> None:
    """Mark the rows of Markdown tables without outer borders: those beside a line like ``---|---``."""
    for i, line in enumerate(lines):
        if "|" not in line.text or not _OPEN_RULE.fullmatch(line.text):
            continue
        line.kind = LineKind.RULE
        if i and "|" in lines[i - 1].text and lines[i - 1].kind is LineKind.TEXT:
            lines[i - 1].kind = LineKind.ROW
        for row in islice(lines, i + 1, None):
            if row.kind is not LineKind.TEXT or "|" not in row.text:
                break
            row.kind = LineKind.ROW


def _raw(base: Base, at: int) -> int:
    if not base.wide:
        return at
    return View(base.text, base.at, base.raw_at).raw(at, at)[0]


def _cells(lines: list[Line], found: list[Table]) -> dict[int, int]:
    """Number the small cells of layout tables: line index to cell."""
    inside = {i for table in found for i in range(table.first, table.last + 1)}
    bars = [-1] + [i for i, line in enumerate(lines) if line.kind is LineKind.BAR and i not in inside] + [len(lines)]
    if len(bars) == 2:
        return {}
    cells: dict[int, int] = {}
    for number, (low, high) in enumerate(pairwise(bars), start=1):
        small = high - low <= _SMALL_CELL and not any(_is_body(lines[i]) for i in range(low + 1, high))
        if small:
            cells.update(dict.fromkeys(range(low + 1, high), number))
    return cells


def _is_body(line: Line) -> bool:
    text = line.text
    if text.startswith(("Điều ", "Căn cứ", "Chương ")) or len(text) > _NO_CELL:
        return True
    word = wordings("structure")["type_line"].find(text)
    return word is not None and word.end() == len(text)


class _Builder:
    """Turns lines into paragraphs."""

    def __init__(self, writer: _Writer, lines: list[Line], cells: dict[int, int], wrap: Wrap) -> None:
        self.writer = writer
        self.lines = lines
        self.cells = cells
        self.wrap = wrap
        self.paragraphs: list[Paragraph] = []

    def text(self, low: int, high: int) -> None:
        """Write the paragraphs of the lines [low, high), none of them in a data table."""
        so: Sofar | None = None
        blank = ruled = False
        for i in range(low, high):
            line = self.lines[i]
            if line.kind is LineKind.BLANK:
                blank = True
                continue
            if line.kind is not LineKind.TEXT:
                ruled = True
                continue
            cell = self.cells.get(i, 0)
            if so is not None and not ruled and cell == so.cell and self._joins(so, line, blank, i):
                if is_page_number(line) and blank:
                    continue
                self._append(so, line)
            else:
                still_open = so is not None and so.open and not blank and not ruled and not so.last.tail_star
                listed = so is not None and line.text[0] == so.first.text[0] == "-" and so.last.text.endswith(";")
                self._close(so)
                so = Sofar(
                    line,
                    line,
                    self._open(line),
                    bold=still_open and not line.lead_star,
                    cell=cell,
                    ends_list=listed,
                    ruled=ruled,
                )
            _toggle(so, line)
            so.last = line
            blank = ruled = False
        self._close(so)

    def _joins(self, so: Sofar, line: Line, blank: bool, i: int) -> bool:
        if not so.cell and is_bare_marker(so.last.text) and so.first is so.last:
            return not starts_block(line.text)
        if not blank:
            return joins_line(so, line, self.wrap)
        if so.cell:
            return False
        length = self.writer.length - so.start
        if is_page_number(line):
            after = next((x for x in self.lines[i + 1 : i + 4] if x.kind is LineKind.TEXT), None)
            return (
                after is not None
                and joins_page(so.last.text, after.text, length, heading=self._heading(so))
                and line.text.isdigit()
            )
        return not line.hashes and joins_page(so.last.text, line.text, length, heading=self._heading(so))

    def _heading(self, so: Sofar) -> bool:
        if so.first.hashes:
            return True
        wrapped = self.wrap.mode is not Mode.LINES
        return so.whole and (wrapped or (so.first is so.last and len(so.first.text) < 120))

    def _open(self, line: Line) -> int:
        writer = self.writer
        if writer.length:
            writer.glue("\n", max(line.start - 1, 0))
        start = writer.length
        for low, high in line.parts:
            writer.put(low, high)
        return start

    def _append(self, so: Sofar, line: Line) -> None:
        if not no_space(so.last.text, line.text):
            self.writer.glue(" ", so.last.stop)
        for low, high in line.parts:
            self.writer.put(low, high)

    def _close(self, so: Sofar | None) -> None:
        if so is None:
            return
        bold = bool(so.first.stars) and so.whole and so.first.stars[0] >= _BOLD
        end = self.writer.length
        self.paragraphs.append(Paragraph(so.start, end, bold, so.first.hashes, so.cell, ruled=so.ruled))

    def table(self, table: Table, number: int) -> None:
        """Write the rows of a data table, one paragraph each, cells parted by `` | ``."""
        writer = self.writer
        for row in table.rows:
            if writer.length:
                writer.glue("\n", max(row.at - 1, 0))
            start = writer.length
            cells: list[Span] = []
            for n, parts in enumerate(row.cells):
                if n:
                    writer.glue(" | ", max((parts[0][0] if parts else row.at) - 3, 0))
                low = writer.length
                for m, (a, b) in enumerate(parts):
                    if m and a != parts[m - 1][1]:
                        self._cell_space(a)
                    writer.put(a, b)
                cells.append((low, writer.length))
            self.paragraphs.append(Paragraph(start, writer.length, cells=tuple(cells), table=number))

    def _cell_space(self, at: int) -> None:
        text = self.writer.out[-1]
        here = self.writer.base.text
        if "\n" in here[max(at - 200, 0) : at].rsplit(text[-1:], 1)[-1] and not no_space(text[-40:], here[at : at + 3]):
            self.writer.glue(" ", at - 1)


def _toggle(so: Sofar, line: Line) -> None:
    """Carry the parity of emphasis marks over a line."""
    for run in line.stars:
        if run % 4 in (2, 3):
            so.bold = not so.bold
        if run % 2:
            so.slanted = not so.slanted
