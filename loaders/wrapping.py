"""Which physical lines are one paragraph: wrapped lines and page breaks (domain.md 2.5, 8.2)."""

import re
from dataclasses import dataclass
from enum import Enum
from itertools import pairwise

from loaders.lines import Line, LineKind
from loaders.patterns_table import wordings
from ontology.members import plain_members

_T = wordings("lines")
_DASH = re.compile(r"[-+•*·]\s*(?=\S)")
_MARKER = _T["marker"].pattern
_START = _T["opening"].pattern
_OPEN_END = _T["open_end"].pattern
_NUMBER_END = _T["number_end"].pattern
_WANTS_FIGURE = _T["wants_figure"].pattern
_WANTS_YEAR = _T["wants_year"].pattern
_YEAR_START = _T["year_start"].pattern
_OF_END = _T["of_end"].pattern
_SPLIT_NAME = _T["split_name"].pattern
_POSITION = _T["post_line"].pattern
_TIGHT_END = _T["tight_end"].pattern
_TIGHT_START = _T["tight_start"].pattern
_BARE_MARKER = _T["bare_marker"].pattern
_NUMBERED = _T["numbered_end"].pattern
_CAPS_OPEN = _T["caps_open"].pattern
_DAY_START = _T["day_start"].pattern
_PAGE_NUMBER = _T["page_number"].pattern
_CLOSED = (".", ";", ":", "?", "!", '"', "”")
_SOFT = 3  # lines that go on in small letters, from which a text counts as wrapped
_WIDEST = 220  # characters; longer lines are paragraphs
_FULL = 0.88  # of the usual width: a line that had no room for the next word
_NEARLY = 0.65
_SHORTEST = 3
_HEADING = 60  # characters; a paragraph up to this long may be a heading
_TAIL = 40  # characters on each side of a break that show a name cut in two
_SIGN_TAIL = 4  # characters before a break that show a document number cut in two
_TITLE = 120  # characters before a break in which the title of a law begins
_TRUNCATED = 50  # characters; a shorter line is a heading or a name, not a line cut off


@plain_members
class Mode(Enum):
    """How the lines of a text relate to its paragraphs."""

    LINES = "lines"  # one paragraph a line
    SPACED = "spaced"  # wrapped, blank lines between paragraphs
    COMPACT = "compact"  # wrapped, no blank lines


@dataclass(slots=True)
class Wrap:
    """What a text tells about its line breaks: mode, usual full width, whether it bears emphasis marks."""

    mode: Mode
    width: int
    marked: bool


def wrap_of(lines: list[Line], *, pages: bool = False) -> Wrap:
    """Judge the line breaks of a text from all its lines.

    Args:
        lines: The text.
        pages: The text was read from pages (pdf, scans), where lines are those of the page.
    """
    texts = [line for line in lines if line.kind is LineKind.TEXT]
    near = soft = spaced = 0
    for one, two in pairwise(lines):
        if one.kind is LineKind.TEXT:
            if two.kind is LineKind.TEXT:
                near += 1
                soft += two.text[0].islower() and _MARKER.match(two.text) is None
            elif two.kind is LineKind.BLANK:
                spaced += 1
    lengths = sorted(len(line.text) for line in texts) or [0]
    width = lengths[int(len(lengths) * 0.92)]
    marked = sum(1 for line in texts if line.stars) >= 3
    if (soft < _SOFT or soft * 7 < near or width > _WIDEST) and not (pages and width <= _WIDEST):
        return Wrap(Mode.LINES, width, marked)
    return Wrap(Mode.SPACED if spaced * 8 >= near else Mode.COMPACT, width, marked)


def is_caps(text: str) -> bool:
    """Whether a text is written in capitals throughout (at least two letters)."""
    return text.isupper() and sum(c.isalpha() for c in text[:12]) >= 2


def starts_block(text: str) -> bool:
    """Whether a line opens with a list marker or a fixed opening of a part of a document."""
    return _MARKER.match(text) is not None or _START.match(text) is not None


def is_bare_marker(text: str) -> bool:
    """Whether a line holds nothing but a list marker, whose text stands on the next line."""
    return _BARE_MARKER.match(text) is not None


def is_page_number(line: Line) -> bool:
    """Whether a line holds nothing but a page number."""
    return _PAGE_NUMBER.match(line.text) is not None


def no_space(before: str, after: str) -> bool:
    """Whether two lines meet inside a document number, so that no space belongs between them."""
    return bool(
        (_TIGHT_END.search(before[-_SIGN_TAIL:]) and after[:1].isalnum())
        or (before[-1:].isalnum() and _TIGHT_START.match(after))
    )


def joins_page(before: str, after: str, length: int, *, heading: bool) -> bool:
    """Whether two paragraphs that a blank line parts are one, cut by a page break (domain.md 2.5.2).

    Args:
        before: The last line of the first paragraph.
        after: The first line of the second.
        length: Of the first paragraph: short ones are headings, which end anyhow.
        heading: The first paragraph is marked as a heading.
    """
    if heading or before.endswith(_CLOSED):
        return False
    if _MARKER.match(after) or _START.match(after) or _DASH.match(after):
        return False
    if after[0].islower() or _is_cut(before, after):
        return True
    if length <= _HEADING or is_caps(after) or not after[0].isalnum():
        return False
    return _is_open(before, after) or _SPLIT_NAME.search(f"{before[-_TAIL:]}\n{after[:_TAIL]}") is not None


def _is_open(before: str, after: str) -> bool:
    """Whether a line ends in a word that another must follow; a figure after "số", "năm" and the like."""
    if _OPEN_END.search(before) is None:
        return False
    return after[0].isdigit() or _NUMBER_END.search(before) is None


def _is_cut(before: str, after: str) -> bool:
    """Whether a sentence is cut before what its last words want: "tại Điều", "Luật Lưu trữ", "công văn của"."""
    tail = before[-_TITLE:]
    if not after[0].isdigit():
        return after[0].isupper() and not is_caps(after) and _OF_END.search(tail) is not None
    if _YEAR_START.match(after):
        return _WANTS_YEAR.search(tail) is not None
    return not after.isdigit() and _WANTS_FIGURE.search(tail) is not None


@dataclass(slots=True)
class Sofar:
    """The paragraph that is being put together, as far as joining depends on it."""

    first: Line
    last: Line
    start: int  # view offset
    bold: bool = False  # ** is open
    slanted: bool = False  # * is open
    cell: int = 0  # number of the small table cell that it stands in
    ends_list: bool = False  # a bullet after one that ends in a semicolon: its full stop ends the list
    ruled: bool = False  # a drawn line or border stands before it

    @property
    def open(self) -> bool:
        """Whether emphasis has been opened and not closed."""
        return self.bold or self.slanted

    @property
    def whole(self) -> bool:
        """Whether emphasis spans the paragraph from its first to its last character."""
        return self.first.lead_star and self.last.tail_star and not self.open


def joins_line(so: Sofar, line: Line, wrap: Wrap) -> bool:
    """Whether a line right below continues the paragraph."""
    before, after = so.last.text, line.text
    if line.hashes or so.last.hashes:
        return False
    if so.open:
        return _open_joins(so, line)
    if no_space(before, after) or (_NUMBERED.search(before[-_TAIL:]) and _DAY_START.match(after)):
        return True
    if _DASH.match(after):
        return _dash_joins(so, before, after, wrap)
    if starts_block(after):
        return wrap.mode is not Mode.LINES and _breaks_off(before, after)
    if after[0].islower():
        return wrap.mode is not Mode.LINES or not before.endswith(_CLOSED)
    if _is_cut(before, after) or (is_caps(after) and _CAPS_OPEN.search(before[-_TAIL:])):
        return True
    return (before.endswith("VIỆT") and after.startswith("NAM")) or _upper_joins(so, line, wrap)


def _breaks_off(before: str, after: str, shortest: int = _SHORTEST) -> bool:
    """Whether a line ends in a word that cannot end a paragraph ("theo quy định tại khoản 2")."""
    return len(before) > shortest and not before.endswith(",") and _is_open(before, after)


def _open_joins(so: Sofar, line: Line) -> bool:
    """A line while emphasis is open: it goes on, unless the marks are out of step or a new block plainly begins."""
    before, after = so.last.text, line.text
    if before.endswith(_CLOSED) and (
        starts_block(after) or _DASH.match(after) or (so.last.tail_star and line.lead_star)
    ):
        return False
    return not (_POSITION.match(after) and is_caps(before) and not before.endswith("PHÓ"))


def _dash_joins(so: Sofar, before: str, after: str, wrap: Wrap) -> bool:
    """A line that opens with a dash: a new bullet, or the second half of "2021 - 2025" or "Kinh tế - Xã hội"."""
    if wrap.mode is Mode.LINES or before.endswith((*_CLOSED, ",", "/.")) or after[0] != "-":
        return False
    rest = after[1:].lstrip()
    if so.first.text[0] in "-+•":
        return rest[0].isdigit() or rest[0].islower()
    short = wrap.mode is Mode.COMPACT and rest[0].isupper() and len(before) < wrap.width * _NEARLY
    return not so.whole and not short


def _upper_joins(so: Sofar, line: Line, wrap: Wrap) -> bool:
    """A line that opens with a capital, a figure or a sign."""
    before, after = so.last.text, line.text
    if so.cell:
        return not _changes_style(so, line) and _cell_goes_on(so, after)
    if wrap.mode is Mode.LINES:
        return _breaks_off(before, after, _TRUNCATED)
    if _changes_style(so, line) or (so.ends_list and before.endswith(".")):
        return False
    if wrap.mode is Mode.SPACED and wrap.marked:
        return not (so.whole and line.lead_star)
    return _breaks_off(before, after) or _is_filled(so, line, wrap)


def _cell_goes_on(so: Sofar, after: str) -> bool:
    """Inside a layout table only the items of a list are wrapped, not the lines of a header or signature."""
    before = so.last.text
    listed = so.first.text[0] in "-+•"
    return listed and (before.endswith(",") or (not is_caps(after) and not before.endswith((".", ";"))))


def _changes_style(so: Sofar, line: Line) -> bool:
    """Whether bold or capitals begin or end between two lines."""
    before, after = so.last.text, line.text
    caps = is_caps(before)
    if so.whole and not line.lead_star:
        return True
    if caps and line.lead_star and line.stars[0] > 1 and not so.first.lead_star:
        return True
    return caps != is_caps(after) and (is_caps(so.first.text) or (line.lead_star and not caps))


def _is_filled(so: Sofar, line: Line, wrap: Wrap) -> bool:
    """Whether a line was full, so that the next one goes on with the same paragraph."""
    before, after = so.last.text, line.text
    filled = len(before) + 1 + len(after.split(" ", 1)[0])
    closed = before.endswith(_CLOSED)
    if before.endswith((";", ":", "./.")):
        return False
    if not wrap.marked:
        return filled > wrap.width * (_FULL if closed else _NEARLY)
    if so.whole or (line.lead_star and not so.first.lead_star and closed):
        return False
    return not closed or filled > wrap.width * _FULL
