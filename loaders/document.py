"""Shapes that pass between the steps of reading one document."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

import msgspec

from ontology.members import plain_members

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class SourceText:
    """The text of a file as it was read; every offset of the record means this ``text``.

    ``tables`` are the character ranges of rendered tables (rows one a line, cells joined by `` | ``);
    ``pages`` the offset at which each page starts (empty where the format has none); ``marks`` what stands on no line
    of the text but may be a stamp (words of pictures, notes on pages, hidden text), for the gate of secrecy alone;
    ``capitals`` the ranges that were typed in small letters and are shown as capitals; ``recognised`` and ``unread``
    the pages (from 0) of a pdf with text that are pictures and were read by a machine, or could not be read at all.
    """

    path: str
    file: str
    sha256: str
    media_type: str
    text_from: str
    text: str
    pages: tuple[int, ...] = ()
    tables: tuple[Span, ...] = ()
    marks: tuple[str, ...] = ()
    capitals: tuple[Span, ...] = ()
    recognised: tuple[int, ...] = ()
    unread: tuple[int, ...] = ()

    @property
    def shown(self) -> str:
        """The text as a reader of the paper sees it, of the same length: what is shown as capitals is in capitals."""
        return as_capitals(self.text, self.capitals)


def as_capitals(text: str, spans: Sequence[Span] | None = None) -> str:
    """Give the letters of a text, or of some ranges of it, as capitals; its length stays, so that offsets do."""
    if spans is None:
        spans = ((0, len(text)),)
    parts, at = [], 0
    for start, end in spans:
        upper = text[start:end].upper()
        if len(upper) != end - start:  # a few letters ("ß") have no capital of their own
            upper = "".join(c.upper() if len(c.upper()) == 1 else c for c in text[start:end])
        parts += [text[at:start], upper]
        at = end
    return "".join([*parts, text[at:]])


@dataclass(frozen=True, slots=True)
class View:
    """A normalised reading of a source text with a map back to it.

    The view is NFC, has plain spaces and hyphens, no Markdown marks, and every paragraph on one line (wrapped lines
    and page breaks joined). ``view_at[k]`` in the view stands at ``raw_at[k]`` in the source; between breakpoints both
    advance together, so mapping is a binary search.
    """

    text: str
    view_at: Sequence[int]
    raw_at: Sequence[int]
    wide: Mapping[int, int] = field(default_factory=dict)  # composed characters: further source characters of each

    def raw(self, start: int, end: int) -> Span:
        """Map a half-open view range to the half-open source range that covers exactly its characters."""
        if end <= start:
            at = self._one(start)
            return at, at
        return self._one(start), self._one(end - 1) + 1 + self.wide.get(end - 1, 0)

    def _one(self, at: int) -> int:
        k = bisect_right(self.view_at, at) - 1
        return self.raw_at[k] + at - self.view_at[k]


@plain_members
class Zone(StrEnum):
    """The part of a document that a block stands in."""

    HEADER = "header"  # motto, issuer block, number, place and date
    TITLE = "title"  # type word and trích yếu
    ADDRESSEES = "addressees"  # Kính gửi
    PREAMBLE = "preamble"  # Căn cứ … / Thực hiện … up to the first body item
    BODY = "body"
    CLOSING = "closing"  # unnumbered paragraphs after the last item
    SIGNATURE = "signature"
    RECIPIENTS = "recipients"  # Nơi nhận
    ANNEX = "annex"


@plain_members
class Kind(StrEnum):
    """What a block is."""

    HEADING = "heading"  # marker and a short title over other blocks, or a heading without a marker
    ITEM = "item"  # numbered or lettered paragraph
    BULLET = "bullet"  # dash, plus or dot
    PARAGRAPH = "paragraph"
    ROW = "row"  # one row of a table


class Block(msgspec.Struct, frozen=True, gc=False):
    """One paragraph of the view in the body tree.

    Attributes:
        index: Place in ``Layout.blocks`` (text order).
        start, end: View range, marker included, trailing space excluded.
        body: View offset of the first character after the marker.
        marker: The marker as written ("II.", "1.", "a)", "-", "Điều 5."), empty where none.
        label: The marker's label alone ("II", "1", "a", "dieu-5"), empty for bullets and plain paragraphs.
        level: Depth in the tree, 0 at the top.
        parent: Index of the enclosing block, None at the top.
        section: Labels of the enclosing headings and items joined by "." ("II.1"), own label included; a second
            sibling with the same label gets "#2" ("III#2"); zone word outside the body ("preamble", "title", "closing",
            "recipients").
        cells: For rows, the view ranges of the cells.
    """

    index: int
    kind: Kind
    zone: Zone
    start: int
    end: int
    body: int
    marker: str = ""
    label: str = ""
    level: int = 0
    parent: int | None = None
    section: str = ""
    cells: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Layout:
    """A document laid out: its view, its blocks in text order, and notes for the record."""

    source: SourceText
    view: View
    blocks: tuple[Block, ...]
    warnings: tuple[tuple[str, str, Span], ...] = field(default=())  # code, message, view range

    def text(self, block: Block) -> str:
        """The text of a block without its marker."""
        return self.view.text[block.body : block.end]

    def children(self, index: int | None) -> list[Block]:
        """Blocks directly below one block (None: the top)."""
        return [b for b in self.blocks if b.parent == index]
