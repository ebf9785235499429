"""Which paragraphs are read as duties, and which role lines and broken ends belong to each."""

from dataclasses import dataclass, field

from loaders.document import Block, Kind, Layout, Span, Zone
from loaders.obligations_clauses import Clauses
from loaders.obligations_lines import RoleLine, inline_lines, role_line
from loaders.obligations_words import Reading

LONGEST_READ = 12_000  # characters of one paragraph; what follows is kept in its range but not read
_FEWEST_WORDS = 4
_LEAD_IN_WORDS = 9
_LEAF_HEADING_WORDS = 8
_LABEL_REACH = 70
_MOST = 0.5
_FULL_SENTENCE = 14


@dataclass(slots=True)
class Unit:
    """One paragraph to be read as a duty: its range in the view and the role lines that belong to it."""

    block: Block
    span: Span
    lines: list[RoleLine] = field(default_factory=list)


class Units:
    """Cuts one document into the paragraphs that may be duties."""

    def __init__(self, layout: Layout, clauses: Clauses) -> None:
        self._layout = layout
        self._clauses = clauses
        self._low = clauses.low
        self._children: dict[int | None, list[Block]] = {}
        self._place: dict[int, int] = {}
        for block in layout.blocks:
            siblings = self._children.setdefault(block.parent, [])
            self._place[block.index] = len(siblings)
            siblings.append(block)
        self._line_of: dict[int, RoleLine] = {}
        self._lines: dict[int, list[RoleLine]] = {}
        self._used: set[int] = set()
        self._content_end: dict[int, int] = {}
        self._share_of_duties: dict[int | None, float] = {}
        self._collect_lines()

    def unit(self, block: Block) -> Unit | None:
        """Give the unit that begins with a block; None where it is a heading, a lead-in or part of another."""
        if block.index in self._used:
            return None
        span = self._span(block)
        if not self._is_unit(block, span):
            return None
        span = (span[0], max(span[1], self._content_end.get(block.index, 0)))
        unit = Unit(block, span, self._lines_for(block))
        inside = inline_lines(self._low, *span)
        if inside and inside[0].start > span[0]:
            unit.span = (span[0], inside[0].start)
            unit.lines = [*unit.lines, *inside]
        return unit

    def among_duties(self, block: Block) -> bool:
        """Whether an item or bullet ends as a sentence and most of those beside it begin with the verb of a duty."""
        if block.kind not in (Kind.ITEM, Kind.BULLET) or not self._low[block.body : block.end].endswith(
            (".", ";", "/")
        ):
            return False
        if block.parent not in self._share_of_duties:
            beside = [c for c in self._children[block.parent] if c.kind in (Kind.ITEM, Kind.BULLET)]
            opened = sum(self._clauses.opens(c.body, c.end) for c in beside)
            self._share_of_duties[block.parent] = opened / len(beside)
        return self._share_of_duties[block.parent] >= _MOST

    def _collect_lines(self) -> None:
        """Give every run of role lines to the paragraphs that it belongs to."""
        for block in self._layout.blocks:
            if block.zone in (Zone.BODY, Zone.ANNEX) and block.kind is not Kind.ROW:
                if self._low.find(":", block.body, block.body + _LABEL_REACH) < 0:
                    continue
                line = role_line(self._low, block.body, block.end)
                if line:
                    self._line_of[block.index] = line
        for parent in {self._layout.blocks[i].parent for i in self._line_of}:
            self._share(parent)

    def _share(self, parent: int | None) -> None:
        carriers: list[Block] = []
        run: list[Block] = []
        for child in [*self._children[parent], None]:
            line = self._line_of.get(child.index) if child else None
            if child is not None and line is not None and line.what != "content":
                run.append(child)
                continue
            if run:
                self._give(parent, carriers, run)
                carriers, run = [], []
            if child is not None:
                carriers.append(child)

    def _give(self, parent: int | None, carriers: list[Block], run: list[Block]) -> None:
        content = [c for c in carriers if c.index in self._line_of]
        numbered = any(b.label for b in run)
        # "3. Thời gian thực hiện: …" beside other numbered items is the schedule of the whole plan.
        if numbered and carriers and not content:
            return
        owners = [c.index for c in (content or carriers)] or ([parent] if parent is not None else [])
        for owner in owners:
            self._lines.setdefault(owner, []).extend(self._line_of[b.index] for b in run)
        self._used.update(b.index for b in run if owners)

    def _lines_for(self, block: Block) -> list[RoleLine]:
        """Role lines of a block or of the nearest container that has some."""
        at: int | None = block.index
        while at is not None:
            if at in self._lines:
                return self._lines[at]
            at = self._layout.blocks[at].parent
        return []

    def _span(self, block: Block) -> Span:
        line = self._line_of.get(block.index)
        start = line.value[0] if line and line.what == "content" else block.body
        end = block.end
        # A list of bodies broken after ";" goes on in the paragraph below.
        below = self._children.get(block.index, [])
        if below and below[0].kind is Kind.PARAGRAPH and self._goes_on(start, end, below[0]):
            self._used.add(below[0].index)
            end = below[0].end
        return start, end

    def _goes_on(self, start: int, end: int, below: Block) -> bool:
        """Whether the paragraph below an item is the rest of its broken sentence."""
        text = self._low[start:end].rstrip()
        first = self._clauses.text[below.body]
        return text.endswith((";", ",")) or (not text.endswith((".", ":", "/", "!")) and not first.isupper())

    def _is_unit(self, block: Block, span: Span) -> bool:
        text = self._low[span[0] : span[1]].rstrip()
        if not _has_words(text, _FEWEST_WORDS):
            return False
        below = self._children.get(block.index, [])
        kids = [c for c in below if c.index not in self._used and not self._low.startswith("(", c.body)]
        if text.endswith(":"):
            if block.kind is Kind.HEADING:
                return False
            content = kids or self._below(block)
            if not self._introduces_content(text, span, content):
                return False
            self._content_end[block.index] = content[-1].end
            return True
        if block.kind is Kind.ITEM and _has_words(text, _FULL_SENTENCE) and text.endswith((".", ";")):
            first = next(self._clauses.sentences(*span), None)
            if first and self._clauses.read(*first).bearers:
                return True  # a whole sentence with its own subject stands over the bullets
        if any(c.kind is not Kind.PARAGRAPH for c in kids) or (kids and not text.endswith((".", ";", "/"))):
            return False
        if block.kind is Kind.HEADING and block.index not in self._lines:
            raw = self._layout.view.text[span[0] : span[1]]
            return not kids and not raw.isupper() and _has_words(text, _LEAF_HEADING_WORDS)
        return True

    def _below(self, block: Block) -> list[Block]:
        """The bullets that follow a paragraph at its own level and so belong to its colon."""
        run: list[Block] = []
        siblings = self._children[block.parent]
        for place in range(self._place[block.index] + 1, len(siblings)):
            if siblings[place].kind is not Kind.BULLET:
                break
            run.append(siblings[place])
        return run

    def _introduces_content(self, text: str, span: Span, below: list[Block]) -> bool:
        """Whether a lead-in is itself the duty and what stands below only lists its content ("các nền tảng như:")."""
        if not below or not _has_words(text, _LEAD_IN_WORDS):
            return False
        if any(c.kind is Kind.HEADING or self._clauses.read(c.body, c.end) != Reading() for c in below):
            return False
        reading = self._clauses.read(*span)
        if not reading.bearers and not reading.bare:
            return False
        self._used.update(c.index for c in below)
        return True


def _has_words(text: str, count: int) -> bool:
    """Whether a text has so many words; looks no further than that."""
    return len(text.split(None, count)) >= count
