"""A source text laid out: zones of a document (header, title, preamble, body …) and the block tree."""

from dataclasses import replace

from loaders.document import Block, Kind, Layout, SourceText, Span, View, Zone
from loaders.header_fields import is_blank_number
from loaders.normalise import Paragraph, paragraphs_of
from loaders.paper import Part
from loaders.structure import Tree
from loaders.zones import parts_of

_PAGED = ("text-layer", "ocr")
_PLAIN_SECTION = {
    Zone.HEADER: "header",
    Zone.TITLE: "title",
    Zone.ADDRESSEES: "addressees",
    Zone.PREAMBLE: "preamble",
    Zone.CLOSING: "closing",
    Zone.SIGNATURE: "signature",
    Zone.RECIPIENTS: "recipients",
}


def lay_out(source: SourceText) -> Layout:
    """Lay a source text out.

    Args:
        source: The text as it was read.

    Returns:
        The view, every paragraph of it as a block in text order with its zone and its place in the tree, and notes on
        doubled section labels and on text before the document's header.
    """
    view, paragraphs = paragraphs_of(source.shown, source.tables, pages=source.text_from in _PAGED)
    blocks: list[Block] = []
    warnings: list[tuple[str, str, Span]] = []
    for part in parts_of(view.text, paragraphs):
        if part.zone in _PLAIN_SECTION:
            blocks += _plain(part, view, len(blocks))
        else:
            tree = Tree(view.text, part.zone, part.prefix, len(blocks))
            tree.add(part.paragraphs)
            blocks += tree.finish()
            warnings += tree.warnings
    layout = Layout(source, view, tuple(blocks), tuple(warnings))
    blank = is_blank_number(layout)
    if blank:
        note = ("blank_number", "Văn bản chưa ghi số", blank)
        return replace(layout, warnings=(note, *layout.warnings))
    return layout


def _plain(part: Part, view: View, first: int) -> list[Block]:
    """Blocks of a zone that has no tree."""
    section = part.prefix or _PLAIN_SECTION[part.zone]
    return [_block(first + n, paragraph, part.zone, section, view) for n, paragraph in enumerate(part.paragraphs)]


def _block(index: int, paragraph: Paragraph, zone: Zone, section: str, view: View) -> Block:
    start, end = paragraph.start, paragraph.end
    text = view.text[start:end]
    if paragraph.cells:
        return Block(index, Kind.ROW, zone, start, end, start, section=section, cells=paragraph.cells)
    if text[:1] in "-+•" and zone in (Zone.RECIPIENTS, Zone.ADDRESSEES, Zone.PREAMBLE):
        body = start + len(text) - len(text[1:].lstrip())
        return Block(index, Kind.BULLET, zone, start, end, body, marker=text[0], section=section)
    return Block(index, Kind.PARAGRAPH, zone, start, end, start, section=section)
