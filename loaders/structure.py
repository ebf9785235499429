"""The tree of a body: levels inferred from the sequence of marker styles that the document uses."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import msgspec

from loaders.document import Block, Kind, Span, Zone
from loaders.markers import STRUCTURAL, Marker, readings
from loaders.normalise import Paragraph
from loaders.sections import written
from loaders.wrapping import is_caps

_TITLE_LENGTH = 300
_ARTICLE_TITLE = 120
_QUOTE_SPAN = 200  # paragraphs that a quoted passage may span
_TERMINAL = (".", ";", ",", ":")


@dataclass(slots=True)
class _Open:
    """An open level of the tree."""

    block: int
    marker: Marker | None
    path: str


@dataclass(slots=True)
class Tree:
    """Builds blocks from paragraphs in order.

    ``prefix`` opens every section path ("annex"); ``warnings`` collects doubled labels.
    """

    text: str
    zone: Zone
    prefix: str = ""
    first: int = 0  # index of the first block
    blocks: list[Block] = field(default_factory=list)
    warnings: list[tuple[str, str, Span]] = field(default_factory=list)
    _stack: list[_Open] = field(default_factory=list)
    _seen: Counter[str] = field(default_factory=Counter)
    _floor: int = 0  # open levels that a quoted passage must not close

    def add(self, paragraphs: Sequence[Paragraph]) -> None:
        """Take paragraphs into the tree."""
        quoted_to = -1
        for n, paragraph in enumerate(paragraphs):
            if n > quoted_to >= 0:
                del self._stack[self._floor :]
                self._floor, quoted_to = 0, -1
            if paragraph.cells:
                self._row(paragraph)
                continue
            text = self.text[paragraph.start : paragraph.end]
            if text[0] == "“" and quoted_to < 0:
                quoted_to = self._quote_end(paragraphs, n)
            marker = self._choose(readings(text))
            if marker is not None and (marker.length < len(text) or marker.style in STRUCTURAL):
                self._marked(paragraph, marker)
            else:
                self._plain(paragraph, text)
            if n < quoted_to and not self._floor:
                self._floor = len(self._stack)

    def _quote_end(self, paragraphs: Sequence[Paragraph], n: int) -> int:
        """Last paragraph of a passage quoted over several paragraphs (the new wording in an amending act), else -1."""
        depth = 0
        for k in range(n, min(n + _QUOTE_SPAN, len(paragraphs))):
            text = self.text[paragraphs[k].start : paragraphs[k].end]
            depth += text.count("“") - text.count("”")
            if depth <= 0:
                return k if k > n else -1
        return -1

    def finish(self) -> list[Block]:
        """Give the blocks, with kinds settled now that it is known what stands below each."""
        owners = {block.parent for block in self.blocks}
        return [self._settled(block, block.index in owners) for block in self.blocks]

    def _choose(self, found: list[Marker]) -> Marker | None:
        """Of several readings take the one that continues an open sequence, else one that begins one."""
        if len(found) < 2:
            return found[0] if found else None
        for level in reversed(self._stack):
            for marker in found:
                if level.marker and level.marker.style == marker.style and marker.value == level.marker.value + 1:
                    return marker
        for marker in found:
            if marker.value == 1:
                return marker
        return found[0]

    def _marked(self, paragraph: Paragraph, marker: Marker) -> None:
        """A paragraph with a marker: beside the open one of its style, else below what ranks higher."""
        stack, floor = self._stack, self._floor
        same = [
            k
            for k in range(floor, len(stack))
            if (open_ := stack[k].marker) is not None and open_.style == marker.style
        ]
        if same:
            del stack[same[-1] :]
        else:
            self._pop(lambda above: above.rank > marker.rank)
        if marker.style in STRUCTURAL:
            self._pop(lambda above: above.rank >= marker.rank, headings=True)
        above = stack[-1].path if stack else self.prefix
        path = self._path(above, marker, paragraph) if marker.label else above
        index = self._append(Kind.BULLET if marker.sign else Kind.ITEM, paragraph, path, marker)
        stack.append(_Open(index, marker, path))

    def _pop(self, closes: Callable[[Marker], bool], *, headings: bool = False) -> None:
        """Close open levels from the bottom as long as they are to be closed."""
        stack = self._stack
        while len(stack) > self._floor:
            marker = stack[-1].marker
            if not (headings if marker is None else closes(marker)):
                break
            stack.pop()

    def _path(self, above: str, marker: Marker, paragraph: Paragraph) -> str:
        label = marker.label
        above_label = self._stack[-1].marker.label if self._stack and self._stack[-1].marker else ""
        prefix, _, last = label.rpartition(".")
        if prefix and prefix == above_label:
            label = last
        path = f"{above}.{label}" if above else label
        self._seen[path] += 1
        times = self._seen[path]
        if times == 1:
            return path
        start = paragraph.start
        message = f"Hai chỗ cùng mang nhãn “{written(path)}”"
        self.warnings.append(("duplicate_label", message, (start, start + len(marker.text))))
        return f"{path}#{times}"

    def _plain(self, paragraph: Paragraph, text: str) -> None:
        """A paragraph without a marker belongs to the last numbered item; one in capitals is a heading of its own."""
        stack = self._stack
        if self._is_heading(text):
            del stack[self._floor :]
            index = self._append(Kind.HEADING, paragraph, self.prefix, None)
            stack.append(_Open(index, None, self.prefix))
            return
        self._pop(lambda above: above.sign)
        path = stack[-1].path if stack else self.prefix
        self._append(Kind.PARAGRAPH, paragraph, path, None)

    def _is_heading(self, text: str) -> bool:
        """An unnumbered heading: capitals, no stop, not the title line of the structural heading above it."""
        if not is_caps(text) or len(text) > _TITLE_LENGTH or text.endswith(_TERMINAL) or len(text) < 8:
            return False
        last = self.blocks[-1] if self.blocks else None
        titled = last is not None and last.label.split("-")[0] in STRUCTURAL and last.body >= last.end
        return not titled

    def _row(self, paragraph: Paragraph) -> None:
        stack = self._stack
        self._pop(lambda above: above.sign)
        path = stack[-1].path if stack else self.prefix
        self._append(Kind.ROW, paragraph, path, None)

    def _append(self, kind: Kind, paragraph: Paragraph, path: str, marker: Marker | None) -> int:
        index = self.first + len(self.blocks)
        parent = self._stack[-1].block if self._stack else None
        body = paragraph.start + (marker.length if marker else 0)
        self.blocks.append(
            Block(
                index=index,
                kind=kind,
                zone=self.zone,
                start=paragraph.start,
                end=paragraph.end,
                body=min(body, paragraph.end),
                marker=marker.text if marker else "",
                label=marker.label if marker else "",
                level=len(self._stack),
                parent=parent,
                section=path,
                cells=paragraph.cells,
            )
        )
        return index

    def _settled(self, block: Block, owner: bool) -> Block:
        if block.kind is not Kind.ITEM:
            return block
        text = self.text[block.body : block.end]
        short = len(text) <= _TITLE_LENGTH and not text.endswith(_TERMINAL)
        structural = block.label.split("-")[0] in STRUCTURAL and "-" in block.label
        if (structural and (not text or (short and len(text) < _ARTICLE_TITLE))) or (
            short and (owner or is_caps(text))
        ):
            return msgspec.structs.replace(block, kind=Kind.HEADING)
        return block
