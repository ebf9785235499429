"""Words that a drawing shows and no paragraph holds: WordArt, descriptions of pictures, letters in shapes.

A stamp of secrecy may be drawn so. These words are no text of the document; only the gate of secrecy sees them.
"""

import html
import re
from collections.abc import Iterator

from lxml import etree

_DRAWN = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_TOLD = {"textpath": ("string",), "docPr": ("descr", "title"), "cNvPr": ("descr", "title"), "shape": ("alt",)}
_TOLD |= dict.fromkeys(("rect", "roundrect", "oval", "imagedata", "group"), ("alt", "title"))
_VML_TEXT = re.compile(
    r"<(?:\w{1,20}:)?textpath\b[^<>]{0,2000}?\sstring\s{0,9}=\s{0,9}(?:\"([^\"<>]{0,300})\"|'([^'<>]{0,300})')",
    re.IGNORECASE,
)
_CONDITIONAL = re.compile(r"<!--\s{0,9}\[if\b[^\]]{0,200}\]>")
_CONDITIONAL_END = "<![endif]"
_LINE_TAGS = re.compile(
    r"</?(?:p|div|br|t[dr]|li|h[1-6]|table|[vwo]:[a-z]{1,30})(?=[\s/>])[^<>]{0,3000}>", re.IGNORECASE
)
_TAGS = re.compile(r"<[^<>]{1,3000}>")


def of_drawings(root: etree._Element) -> Iterator[str]:
    """Give what the drawings in a part of an office file show or say of themselves.

    Args:
        root: The part: body, head or foot of pages, drawing of a sheet.

    Yields:
        Texts, which may be empty.
    """
    for node in root.iter(etree.Element):
        for name in _TOLD.get(etree.QName(node).localname, ()):
            yield node.get(name, "")
        if node.tag == _DRAWN + "p":
            yield "".join(text.text or "" for text in node.iter(_DRAWN + "t"))


def of_comments(page: str) -> Iterator[str]:
    """Give what Office hides from browsers in conditional comments of a page that it saved: WordArt and text boxes.

    Args:
        page: The whole page.

    Yields:
        Texts; each holds lines.
    """
    for found in _VML_TEXT.finditer(page):
        yield html.unescape(found[1] or found[2] or "")
    start = _CONDITIONAL.search(page)
    while start is not None:
        end = page.find(_CONDITIONAL_END, start.end())
        if end < 0:
            return
        inside = page[start.end() : end].replace("\n", " ")
        yield html.unescape(_TAGS.sub("", _LINE_TAGS.sub("\n", inside)))
        start = _CONDITIONAL.search(page, end)
