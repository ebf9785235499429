"""The tree of a body: levels inferred from the sequence of marker styles that the document uses."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from loaders.document import Block, Kind, Span, Zone
from loaders.markers import STRUCTURAL, Marker, readings
from loaders.normalise import Paragraph
from loaders.wrapping import is_caps

_TITLE_LENGTH = 300
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
    _gap: bool = False

    def add(self, paragraphs: Iterable[Paragraph]) -> None:
        """Take paragraphs into the tree."""
        for paragraph in paragraphs:
            if paragraph.cells:
                self._row(paragraph)
                continue
            text = self.text[paragraph.start : paragraph.end]
            marker = self._choose(readings(text))
            if marker is not None and marker.length < len(text):
                self._marked(paragraph, marker)
            elif marker is not None and marker.style in STRUCTURAL:
                self._marked(paragraph, marker)
            else:
                self._plain(paragraph, text)

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
        stack = self._stack
        styles = [level.marker.style if level.marker else "" for level in stack]
        if marker.style in styles:
            del stack[
                styles.index(marker.style)
                if marker.style in STRUCTURAL
                else len(styles) - 1 - styles[::-1].index(marker.style) :
            ]
        else:
            while stack and stack[-1].marker is not None and stack[-1].marker.rank > marker.rank:
                stack.pop()
        if marker.style in STRUCTURAL:
            while stack and (stack[-1].marker is None or stack[-1].marker.rank >= marker.rank):
                stack.pop()
        above = stack[-1].path if stack else self.prefix
        path = self._path(above, marker, paragraph) if marker.label else above
        index = self._append(Kind.BULLET if marker.sign else Kind.ITEM, paragraph, path, marker)
        stack.append(_Open(index, marker, path))
        self._gap = False

    def _path(self, above: str, marker: Marker, paragraph: Paragraph) -> str:
        label = marker.label
        if above.endswith("." + label.rpartition(".")[0]) and marker.style.startswith("num") and "." in label:
            label = label.rpartition(".")[2] if False else label
        path = f"{above}.{label}" if above else label
        self._seen[path] += 1
        times = self._seen[path]
        if times == 1:
            return path
        start = paragraph.start
        self.warnings.append(
            ("duplicate_label", f"two sections are labelled {path}", (start, start + len(marker.text)))
        )
        return f"{path}#{times}"

    def _plain(self, paragraph: Paragraph, text: str) -> None:
        """A paragraph without a marker belongs to the last numbered item; one in capitals is a heading of its own."""
        stack = self._stack
        if self._is_heading(paragraph, text):
            del stack[:]
            index = self._append(Kind.HEADING, paragraph, self.prefix, None)
            stack.append(_Open(index, None, self.prefix))
            return
        while stack and stack[-1].marker is not None and stack[-1].marker.sign:
            stack.pop()
        path = stack[-1].path if stack else self.prefix
        self._append(Kind.PARAGRAPH, paragraph, path, None)

    def _is_heading(self, paragraph: Paragraph, text: str) -> bool:
        """An unnumbered heading: capitals, no stop, not the title line of the structural heading above it."""
        if not is_caps(text) or len(text) > _TITLE_LENGTH or text.endswith(_TERMINAL) or len(text) < 8:
            return False
        last = self.blocks[-1] if self.blocks else None
        titled = last is not None and last.label.split("-")[0] in STRUCTURAL and last.body >= last.end
        return not titled

    def _row(self, paragraph: Paragraph) -> None:
        stack = self._stack
        while stack and stack[-1].marker is not None and stack[-1].marker.sign:
            stack.pop()
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
        if (structural and (short or not text)) or (short and (owner or is_caps(text))):
            return replace(block, kind=Kind.HEADING)
        return block
