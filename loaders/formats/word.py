"""Word (.docx): paragraphs and tables in document order, automatic numbers, text boxes, page heads and footnotes."""

import io
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import docx
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.exceptions import OpcError
from docx.opc.part import Part
from docx.parts.document import DocumentPart
from lxml import etree

from loaders.formats import stamp_pictures
from loaders.formats.archive import guard
from loaders.formats.grid import Cell, fill
from loaders.formats.legacy_fonts import decode
from loaders.formats.limits import Limits
from loaders.formats.numbering import Numbering, W, value
from loaders.formats.reading import Reading, TextBuilder, clean
from loaders.formats.refusal import refusal
from loaders.formats.stamps import of_drawings
from loaders.formats.word_fonts import SOFT_HYPHEN, Fonts, Piece, told
from loaders.formats.word_pictures import pictures_at_head

_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_MATH_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_SKIPPED = {
    W + n
    for n in ("del", "moveFrom", "pPr", "rPr", "instrText", "delText", "sdtPr", "tblPr", "trPr", "tcPr", "tblGrid")
}
_SKIPPED.add(_FALLBACK)
_GLYPHS = {
    W + "tab": " ",
    W + "br": "\n",
    W + "cr": "\n",
    W + "noBreakHyphen": "-",
    W + "softHyphen": SOFT_HYPHEN,
}
_OFF = {"0", "false", "off", "none"}
_MAX_SPAN = 200


def read(data: bytes, path: Path, limits: Limits) -> Reading:
    """Read a Word document.

    Args:
        data: The bytes of the file.
        path: The file, for errors.
        limits: Bounds what the package may hold and how deep tables may nest.

    Returns:
        The text: page heads first, then the body, footnotes and page feet at the end (page numbers alone are dropped).
        Deleted and hidden text is left out, inserted text kept; hidden text and words of drawings are marks.

    Raises:
        UnreadableFileError: No Word document inside, damaged or encrypted.
        LimitExceededError: A zip bomb or tables nested too deep.
    """
    guard(data, path, limits, "[Content_Types].xml")
    try:
        main = _main(data, path)
        numbering = Numbering(_xml(main, RT.NUMBERING), _xml(main, RT.STYLES))
        story = _Story(path, limits, numbering, Fonts(_xml(main, RT.STYLES)))
        _margin(main, RT.HEADER, story)
        story.marks(main.element.body)
        story.blocks(main.element.body, 0)
        _notes(main, story)
        _margin(main, RT.FOOTER, story)
        for text in stamp_pictures.of_blobs(pictures_at_head(main), path, limits):
            story.builder.mark(text)
    except (OpcError, KeyError, ValueError, AttributeError, etree.LxmlError) as exc:
        # python-docx raises all of these on packages whose parts are missing or no WordprocessingML
        raise refusal(path, "not_docx", cause="thiếu phần nội dung Word") from exc
    except RecursionError as exc:
        raise refusal(path, "too_deep", limit=limits.depth) from exc
    return story.builder.reading()


def _main(data: bytes, path: Path) -> DocumentPart:
    try:
        return docx.Document(io.BytesIO(data)).part
    except (TypeError, IndexError, zipfile.BadZipFile, zlib.error, NotImplementedError, OSError) as exc:
        # python-docx raises the first two on relations that lack their target; those it shares with us are below
        raise refusal(path, "not_docx", cause="các phần của tệp không khớp nhau") from exc


def _related(main: Part, kind: str) -> list[Part]:
    return [rel.target_part for rel in main.rels.values() if rel.reltype == kind and not rel.is_external]


def _xml(main: Part, kind: str) -> etree._Element | None:
    for part in _related(main, kind):
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
        return etree.fromstring(part.blob, parser)
    return None


def _margin(main: Part, kind: str, story: "_Story") -> None:
    """Add heads or feet of pages: marks such as a stamp may stand there and nowhere else; each text once."""
    seen: set[str] = set()
    for part in _related(main, kind):
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
        inner = story.aside()
        root = etree.fromstring(part.blob, parser)
        story.marks(root)
        inner.blocks(root, 0)
        for text in inner.builder.parts:
            if any(c.isalpha() for c in text) and text not in seen:
                seen.add(text)
                story.builder.paragraph(text)


def _notes(main: Part, story: "_Story") -> None:
    root = _xml(main, RT.FOOTNOTES)
    if root is None:
        return
    notes = {note.get(W + "id", ""): note for note in root.iterchildren(W + "footnote")}
    for count, name in enumerate(story.notes, start=1):
        note = notes.get(name)
        if note is not None:
            inner = story.aside()
            inner.blocks(note, 0)
            story.builder.paragraph(f"[{count}] " + " ".join(p for p in inner.builder.parts if p.strip()))


@dataclass(slots=True)
class _Story:
    """One run of paragraphs and tables: the body, a cell, a text box, a note."""

    path: Path
    limits: Limits
    numbering: Numbering
    fonts: Fonts
    builder: TextBuilder = field(default_factory=TextBuilder)
    notes: list[str] = field(default_factory=list)

    def aside(self) -> "_Story":
        """A story of its own text that counts lists and notes together with this one."""
        return _Story(self.path, self.limits, self.numbering, self.fonts, notes=self.notes)

    def marks(self, root: etree._Element) -> None:
        """Keep what a part shows or hides outside its text, which may be a stamp."""
        for text in of_drawings(root):
            self.builder.mark(text)
        hidden: dict[etree._Element, list[str]] = {}  # paragraph: its hidden runs
        for run in root.iter(W + "r"):
            paragraph = next(run.iterancestors(W + "p"), None) if _is_on(run, "vanish") else None
            if paragraph is not None:
                text = "".join(node.text or "" for node in run.iter(W + "t"))
                font = self.fonts.of(run, paragraph)
                text = decode(text, font) if font is not None else text
                hidden.setdefault(paragraph, []).append(text.upper() if _is_on(run, "caps") else text)
        for runs in hidden.values():
            self.builder.mark("".join(runs))

    def blocks(self, container: etree._Element, depth: int) -> None:
        """Add what a container holds, in document order."""
        if depth > self.limits.depth:
            raise refusal(self.path, "too_deep", limit=self.limits.depth)
        for child in container:
            if child.tag == W + "p":
                self._paragraph(child, depth)
            elif child.tag == W + "tbl":
                self._table(child, depth)
            elif isinstance(child.tag, str) and child.tag not in _SKIPPED:
                self.blocks(child, depth + 1)  # content controls, tracked insertions, custom XML

    def _paragraph(self, paragraph: etree._Element, depth: int) -> None:
        marker = self.numbering.marker(paragraph)
        boxes: list[etree._Element] = []
        text = told(list(self._pieces(paragraph, boxes, self.numbering.is_upper(paragraph))))
        if text.strip():
            self.builder.paragraph(f"{marker} {text.lstrip()}" if marker else text)
        elif marker and next(paragraph.iterancestors(W + "tc"), None) is not None:
            self.builder.paragraph(marker)  # the running number in the first column of a table
        for box in boxes:
            self.blocks(box, depth + 1)

    def _pieces(self, paragraph: etree._Element, boxes: list[etree._Element], upper: bool) -> Iterator[Piece]:
        plain = Piece("", None, upper)
        stack: list[tuple[etree._Element, Piece]] = [(child, plain) for child in reversed(paragraph)]
        while stack:
            node, like = stack.pop()
            tag = node.tag
            if tag in (W + "t", _MATH_TEXT):
                yield replace(like, text=(node.text or "").replace("\n", " "))
            elif tag in _GLYPHS:
                yield replace(like, text=_GLYPHS[tag])
            elif tag == W + "txbxContent":
                boxes.append(node)
            elif tag == W + "footnoteReference":
                self.notes.append(node.get(W + "id", ""))
            elif isinstance(tag, str) and tag not in _SKIPPED:
                if tag == W + "r":
                    if _is_on(node, "vanish"):
                        continue
                    like = Piece("", self.fonts.of(node, paragraph), upper or _is_on(node, "caps"))
                stack.extend((child, like) for child in reversed(node))

    def _table(self, table: etree._Element, depth: int) -> None:
        rows = []
        above: dict[int, str] = {}
        for row in _rows(table):
            before = _count(value(row.find(W + "trPr"), "gridBefore"), 0)
            cells = [Cell("", before)] if before else []
            column = before
            current: dict[int, str] = {}
            for cell in _cells(row):
                properties = cell.find(W + "tcPr")
                merge = properties.find(W + "vMerge") if properties is not None else None
                if merge is not None and merge.get(W + "val", "continue") == "continue":
                    text = above.get(column, "")
                else:
                    text = self._cell(cell, depth)
                if merge is not None:
                    current[column] = text
                width = max(_count(value(properties, "gridSpan"), 1), 1)
                cells.append(Cell(text, width))
                column += width
            above = current
            rows.append(cells)
        self.builder.table(fill(rows))

    def _cell(self, cell: etree._Element, depth: int) -> str:
        inner = self.aside()
        inner.blocks(cell, depth + 1)
        return "\n".join(part for part in inner.builder.parts if clean(part))


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    for child in table:
        if child.tag == W + "tr":
            if child.find(f"{W}trPr/{W}del") is None:
                yield child
        elif child.tag in (W + "sdt", W + "sdtContent", W + "customXml", W + "ins"):
            yield from _rows(child)


def _cells(row: etree._Element) -> Iterator[etree._Element]:
    for child in row:
        if child.tag == W + "tc":
            yield child
        elif child.tag in (W + "sdt", W + "sdtContent", W + "customXml", W + "ins"):
            yield from _cells(child)


def _is_on(run: etree._Element, name: str) -> bool:
    found = run.find(f"{W}rPr/{W}{name}")
    return found is not None and found.get(W + "val", "1") not in _OFF


def _count(text: str, default: int) -> int:
    return min(int(text), _MAX_SPAN) if text.isdecimal() and len(text) < 5 else default
