"""What a format gives, and how paragraphs and tables become one text with offsets."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from loaders.document import Span
from loaders.formats.capitals import moved, parted, places, shown
from ontology.vietnamese import fold

_SPACES = re.compile(r"[ \t\r\f\v\u00a0]+")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f\u200b\u200e\u200f\u2060\ufeff\ud800-\udfff]")
# Tables that only place text side by side: the head (issuer | motto) and the foot (recipients | signature).
_PLACING = re.compile(
    r"(?:doc lap tu do hanh phuc|dang cong san viet nam|cong hoa xa hoi chu nghia|noi nhan|kinh gui)\b"
    r"|^so\b.{0,40}\n.*\bngay\b.{0,12}\bthang\b.{0,9}\bnam\b",
    re.MULTILINE,
)
_ON_BEHALF = re.compile(r"^\W*(?:T/?M|K/?T|T/?L|TUQ)\. ?[A-ZĐ]", re.MULTILINE)
MAX_PLACING_CELLS = 12
_MARK_LENGTH = 120
_MAX_MARKS = 1000  # lines in one picture or note


@dataclass(frozen=True, slots=True)
class Reading:
    """The text of one file with the offsets that its format knows; see ``SourceText`` for all of them."""

    text: str
    pages: tuple[int, ...] = ()
    tables: tuple[Span, ...] = ()
    text_from: str = "file"
    marks: tuple[str, ...] = ()
    capitals: tuple[Span, ...] = ()
    recognised: tuple[int, ...] = ()
    unread: tuple[int, ...] = ()


def clean(text: str) -> str:
    """Give a line of extracted text: plain spaces, no control or zero-width characters."""
    return _SPACES.sub(" ", _CONTROLS.sub("", text)).strip()


def is_placing(rows: Sequence[Sequence[str]]) -> bool:
    """Tell whether a table only places text side by side (head or foot of a document) and holds no data."""
    cells = [shown(cell) for row in rows for cell in row]
    if not 1 < len(cells) <= MAX_PLACING_CELLS or max(len(row) for row in rows) > 3:
        return False
    text = "\n".join(cells)
    return bool(_PLACING.search("\n".join(fold(line) for line in text.split("\n"))) or _ON_BEHALF.search(text))


@dataclass(slots=True)
class TextBuilder:
    """Collects paragraphs and tables in document order; one empty line stands between two of them."""

    parts: list[str] = field(default_factory=list)
    length: int = 0
    pages: list[int] = field(default_factory=list)
    tables: list[Span] = field(default_factory=list)
    waiting: int = 0  # pages begun since the last text
    marks: dict[str, None] = field(default_factory=dict)  # each once, in order
    shape: tuple[str, int] = ("", 0)  # first row and width of the table that ends the text so far

    def page(self) -> None:
        """Note that a page starts here."""
        self.waiting += 1

    def mark(self, text: str | None) -> None:
        """Keep words that are not part of the text but may be a stamp; long ones are none."""
        for line in shown(text or "").split("\n", _MAX_MARKS)[:_MAX_MARKS]:
            told = clean(line)
            if 0 < len(told) <= _MARK_LENGTH:
                self.marks[told] = None

    def paragraph(self, text: str) -> Span:
        """Add a paragraph; its line breaks stay, empty ones are dropped.

        Returns:
            The range that it takes in the text; empty where nothing was added.
        """
        lines = [line for line in (clean(raw) for raw in text.split("\n")) if line]
        if not lines:
            return self.length, self.length
        return self._add("\n".join(lines))

    def table(self, rows: Iterable[Sequence[str]]) -> None:
        """Add a table: a row a line, cells joined by `` | ``; what only places text on the page becomes paragraphs."""
        kept = [row for row in rows if any(cell.strip() for cell in row)]
        if not kept:
            return
        if is_placing(kept) or all(sum(1 for cell in row if cell.strip()) == 1 for row in kept):
            for row in kept:
                for cell in row:
                    self.paragraph(cell)
            return
        lines = [" | ".join(clean(cell.replace("\n", " ").replace("|", "¦")) for cell in row).strip() for row in kept]
        head, width = self.shape
        if self.waiting and width == len(kept[0]):  # the table goes on from the page before
            rest = lines[1:] if lines[0] == head else lines
            if rest:
                shape = self.shape
                _, end = self._add("\n".join(rest), "\n")
                self.tables[-1] = (self.tables[-1][0], end)
                self.shape = shape
            return
        self.tables.append(self._add("\n".join(lines)))
        self.shape = (lines[0], len(kept[0]))

    def reading(self, text_from: str = "file") -> Reading:
        """Give what was collected."""
        self.pages.extend([self.length] * self.waiting)
        self.waiting = 0
        whole = "".join(self.parts)
        text, capitals = parted(whole)
        at = places(whole)
        pages = tuple(moved(page, at) for page in self.pages)
        tables = tuple((moved(start, at), moved(end, at)) for start, end in self.tables)
        return Reading(text, pages, tables, text_from, tuple(self.marks), capitals)

    def _add(self, text: str, gap: str = "\n\n") -> Span:
        if self.parts:
            self.parts.append(gap)
            self.length += len(gap)
        start = self.length
        self.pages.extend([start] * self.waiting)
        self.waiting = 0
        self.shape = ("", 0)
        self.parts.append(text)
        self.length += len(text)
        return start, self.length
