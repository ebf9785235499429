"""HTML: the text that a browser shows, block elements as paragraphs and tables as rows; nothing is fetched."""

import base64
import binascii
import contextlib
import re
from dataclasses import dataclass, field, replace
from pathlib import Path

from lxml import etree

from loaders.formats import stamp_pictures
from loaders.formats.capitals import marked
from loaders.formats.encoding import decode
from loaders.formats.grid import Cell, fill
from loaders.formats.limits import Limits
from loaders.formats.reading import Reading, TextBuilder
from loaders.formats.refusal import refusal
from loaders.formats.stamps import of_comments
from loaders.formats.web_styles import HIDDEN, Styles, styles_of

_UNSEEN = {
    "script",
    "style",
    "head",
    "title",
    "noscript",
    "template",
    "svg",
    "iframe",
    "object",
    "nav",
    "button",
    "select",
}
_NEVER = {"script", "style", "select", "datalist", "param"}  # no words, or words to choose from
_SEEN_LINES = {"text", "title", "desc", "button", "option", "noscript"}  # lines of their own among what is unseen
_SPOKEN = {"img": ("alt", "title"), "area": ("alt",), "input": ("alt", "value"), "image": ("alt",)}
_HEAD_PARTS = 40  # paragraphs before the body is sure to have begun
_BLOCKS = frozenset(
    (
        *("address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "div", "dl", "dt"),
        *("fieldset", "figure", "figcaption", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr"),
        *("html", "legend", "li", "main", "ol", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot"),
        *("th", "thead", "tr", "ul"),
    )
)
_UPPER = re.compile(r"text-transform\s*:\s*(uppercase|none|lowercase|capitalize)", re.IGNORECASE)
_DATA = re.compile(r"data:image/[a-z+.-]{2,20};base64,", re.IGNORECASE)
_DATA_LENGTH = 4_000_000
_SPACE = re.compile(r"[ \t\r\n\f]+")
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?([A-Za-z0-9_-]+)", re.IGNORECASE)
_MAX_SPAN = 200


def read(data: bytes, path: Path, limits: Limits) -> Reading:
    """Read an HTML page.

    Args:
        data: The bytes of the file.
        path: The file, for errors.
        limits: Bounds the depth of nesting.

    Returns:
        The text; list numbers and dashes stand as a browser shows them.

    Raises:
        UnreadableFileError: Undecodable bytes, or no element at all.
        LimitExceededError: Elements nested too deep.
    """
    # The parser gets UTF-8 whatever the page declares; DTDs are not loaded, own entities never expanded.
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=True, recover=True
    )
    try:
        text = _text(data, path)
        root = etree.fromstring(text.encode("utf-8"), parser)
    except etree.LxmlError as exc:
        raise refusal(path, "damaged", cause="không phân tích được HTML") from exc
    if root is None:
        raise refusal(path, "empty")
    styles = styles_of(root)
    page = _Page(path, limits, styles)
    page.walk(root, 0)
    page.flush()
    for told in (*of_comments(text), *stamp_pictures.of_blobs(page.pictures, path, limits)):
        page.builder.mark(told)
    return page.builder.reading()


def _text(data: bytes, path: Path) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        named = _CHARSET.search(data[:4096])
        name = named[1].decode("ascii").lower() if named else ""
        if name in {"windows-1258", "cp1258", "windows-1252", "iso-8859-1"}:
            return data.decode("cp1258" if "1258" in name else "cp1252", "replace")
        return decode(data, path)


@dataclass(frozen=True, slots=True)
class _Look:
    """How text is shown: with its spaces, as capitals."""

    pre: bool = False
    upper: bool = False


_PLAIN = _Look()


@dataclass(slots=True)
class _Page:
    """State of the walk over one page, one cell, or what is hidden in them (then everything counts as seen)."""

    path: Path
    limits: Limits
    styles: Styles
    builder: TextBuilder = field(default_factory=TextBuilder)
    pictures: list[bytes] = field(default_factory=list)  # in the head of the page, as its own data
    inline: list[str] = field(default_factory=list)
    counters: list[int | None] = field(default_factory=list)
    before: int = 0  # paragraphs of the page before this part of it
    unhide: bool = False

    def inner(self, *, unhide: bool) -> "_Page":
        """A part of this page with a text of its own."""
        before = self.before + len(self.builder.parts)
        unhide = unhide or self.unhide
        return _Page(self.path, self.limits, self.styles, pictures=self.pictures, before=before, unhide=unhide)

    def flush(self) -> None:
        """End the paragraph under way."""
        if self.inline:
            self.builder.paragraph("".join(self.inline))
            self.inline.clear()

    def walk(self, node: etree._Element, depth: int, look: _Look = _PLAIN) -> None:
        """Add an element with all that it holds."""
        if depth > self.limits.depth:
            raise refusal(self.path, "too_deep", limit=self.limits.depth)
        tag = node.tag if isinstance(node.tag, str) else ""
        if not tag or tag in _NEVER:
            return
        style = node.get("style") or ""
        if not self.unhide and (tag in _UNSEEN or HIDDEN.search(style) or self.styles.are_hidden(node)):
            self._hidden(node, depth)
            return
        if tag == "img":
            self._picture(node.get("src") or "")
        for word in (*(node.get(name) for name in _SPOKEN.get(tag, ())), *self.styles.words_of(node)):
            self._mark(word)
        look = _looked(replace(look, upper=True) if self.styles.are_upper(node) else look, tag, style)
        if tag == "br":
            self.inline.append("\n")
        elif tag == "table":
            self._table(node, depth, look)
        elif tag in _BLOCKS or (self.unhide and tag in _SEEN_LINES):
            self.flush()
            self._enter(tag, node)
            self._content(node, depth, look)
            self._leave(tag)
            self.flush()
        else:
            self._content(node, depth, look)

    def _content(self, node: etree._Element, depth: int, look: _Look) -> None:
        self._add(node.text, look)
        for child in node:
            self.walk(child, depth + 1, look)
            self._add(child.tail, look)

    def _add(self, text: str | None, look: _Look) -> None:
        if text:
            text = text if look.pre else _SPACE.sub(" ", text)
            self.inline.append(marked(text) if look.upper else text)

    def _hidden(self, node: etree._Element, depth: int) -> None:
        """Keep what is hidden in the head of the page: it may be a stamp."""
        if self.before + len(self.builder.parts) < _HEAD_PARTS:
            inner = self.inner(unhide=True)
            inner.walk(node, depth)
            inner.flush()
            self._mark("\n".join([*inner.builder.parts, *inner.builder.marks]))

    def _mark(self, text: str | None) -> None:
        if text and self.before + len(self.builder.parts) < _HEAD_PARTS:
            self.builder.mark(text)

    def _picture(self, source: str) -> None:
        """Keep a picture that the page brings along, which may be a stamp; others are never fetched."""
        found = _DATA.match(source[:60])
        early = self.before + len(self.builder.parts) < _HEAD_PARTS
        if found and early and len(self.pictures) < stamp_pictures.MOST and len(source) < _DATA_LENGTH:
            with contextlib.suppress(binascii.Error, ValueError):  # no picture then
                self.pictures.append(base64.b64decode(source[found.end() :]))

    def _enter(self, tag: str, node: etree._Element) -> None:
        if tag == "ul":
            self.counters.append(None)
        elif tag == "ol":
            self.counters.append(_number(node.get("start"), 1))
        elif tag == "li" and self.counters:
            count = self.counters[-1]
            if count is None:
                self.inline.append("- ")
            else:
                count = _number(node.get("value"), count)
                self.inline.append(f"{count}. ")
                self.counters[-1] = count + 1

    def _leave(self, tag: str) -> None:
        if tag in {"ul", "ol"}:
            self.counters.pop()

    def _table(self, table: etree._Element, depth: int, look: _Look) -> None:
        self.flush()
        if next(table.iterdescendants("table"), None) is not None:
            # a table that holds tables only places them on the page
            for cell in table.iterdescendants("td", "th", "caption"):
                if next(cell.iterancestors("table"), None) is table:
                    self.walk(cell, depth + 1, look)
            return
        for caption in table.iterchildren("caption"):
            self.walk(caption, depth + 1, look)
        rows = []
        for row in table.iterdescendants("tr"):
            cells = []
            for cell in row.iterchildren("td", "th"):
                inner = self.inner(unhide=False)
                inner.walk(cell, depth + 1, look)
                inner.flush()
                self.builder.marks |= inner.builder.marks
                text = "\n".join(part for part in inner.builder.parts if part.strip())
                cells.append(Cell(text, _span(cell.get("colspan")), _span(cell.get("rowspan"))))
            rows.append(cells)
        self.builder.table(fill(rows))


def _looked(look: _Look, tag: str, style: str) -> _Look:
    told = _UPPER.search(style)
    if told is not None:
        look = replace(look, upper=told[1].lower() == "uppercase")
    return replace(look, pre=True) if tag == "pre" else look


def _number(text: str | None, default: int) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 7 else default


def _span(text: str | None) -> int:
    return min(max(_number(text, 1), 1), _MAX_SPAN)
