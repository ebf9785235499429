"""Small pictures at the head of a Word document, which may be stamps."""

from collections.abc import Iterator
from itertools import islice

from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.part import Part
from docx.parts.document import DocumentPart
from lxml import etree

_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_EXTENT = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}extent"
_BLOCKS = 20  # paragraphs and tables at the head of the body
_WIDE, _HIGH = 10 * 360_000, 6 * 360_000  # units of Word, ten and six centimetres


def pictures_at_head(main: DocumentPart) -> Iterator[bytes]:
    """Give the pictures in the heads of pages and in the first blocks of the body; what is large is no stamp."""
    for rel in main.rels.values():
        if rel.reltype == RT.HEADER and not rel.is_external:
            parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
            yield from _pictures(rel.target_part, etree.fromstring(rel.target_part.blob, parser))
    for block in islice(main.element.body, _BLOCKS):
        yield from _pictures(main, block)


def _pictures(part: Part, root: etree._Element) -> Iterator[bytes]:
    for node in root.iter(etree.Element):
        name = etree.QName(node).localname
        given = node.get(_RELATION + ("embed" if name == "blip" else "id"), "") if name in {"blip", "imagedata"} else ""
        related = part.rels.get(given)
        if related is not None and not related.is_external and not _is_large(node):
            yield related.target_part.blob


def _is_large(node: etree._Element) -> bool:
    for above in node.iterancestors():
        extent = above.find(_EXTENT)
        if extent is not None:
            width, height = (int(extent.get(side, "0")) for side in ("cx", "cy"))
            return width > _WIDE or height > _HIGH
    return False
