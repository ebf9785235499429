"""The fonts of Word runs; runs that a font of an old encoding shows are turned into Unicode."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from lxml import etree

from loaders.formats.capitals import marked
from loaders.formats.legacy_fonts import LegacyFont, decode, font_of
from loaders.formats.numbering import W, value

SOFT_HYPHEN = "\u00ad"  # in a font of TCVN3 the letter ư
_MAX_CHAIN = 20


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters of one run."""

    text: str
    font: LegacyFont | None = None
    upper: bool = False  # shown as capitals by formatting


@dataclass(slots=True)
class Fonts:
    """Finds the font of a run: its own, its style's, its paragraph's, the document's."""

    styles: etree._Element | None
    _style_of: dict[str, etree._Element] = field(default_factory=dict)
    _known: dict[str, str] = field(default_factory=dict)
    _default: dict[str, str] = field(default_factory=dict)  # style type: default style

    def __post_init__(self) -> None:
        if self.styles is None:
            return
        for style in self.styles.iterchildren(W + "style"):
            self._style_of[style.get(W + "styleId", "")] = style
            if style.get(W + "default", "0") in {"1", "true"} or style.get(W + "styleId") == "Normal":
                self._default.setdefault(style.get(W + "type", ""), style.get(W + "styleId", ""))

    def of(self, run: etree._Element, paragraph: etree._Element) -> LegacyFont | None:
        """Tell what the font of a run means; None for Unicode."""
        properties = run.find(W + "rPr")
        name = _named(properties) or self._of_style(value(properties, "rStyle"))
        if not name:
            style = value(paragraph.find(W + "pPr"), "pStyle") or self._default.get("paragraph", "")
            name = self._of_style(style) or self._of_document()
        return font_of(name) if name else None

    def _of_style(self, style_id: str) -> str:
        if style_id not in self._known:
            name, named = "", style_id
            for _ in range(_MAX_CHAIN):
                style = self._style_of.get(named)
                if style is None or name:
                    break
                name = _named(style.find(W + "rPr"))
                named = value(style, "basedOn")
            self._known[style_id] = name
        return self._known[style_id]

    def _of_document(self) -> str:
        if self.styles is None:
            return ""
        return _named(self.styles.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr"))


def _named(properties: etree._Element | None) -> str:
    fonts = properties.find(W + "rFonts") if properties is not None else None
    if fonts is None:
        return ""
    return fonts.get(W + "hAnsi") or fonts.get(W + "ascii") or ""


def told(pieces: Sequence[Piece]) -> str:
    """Join the pieces of a paragraph; letters of old fonts may be parted over runs, so neighbours are read together."""
    return "".join(_joined(pieces))


def _joined(pieces: Sequence[Piece]) -> Iterator[str]:
    for (font, upper), group in groupby(pieces, key=lambda piece: (piece.font, piece.upper)):
        text = "".join(piece.text for piece in group)
        text = decode(text, font) if font is not None else text
        yield marked(text) if upper or (font is not None and font.capitals) else text
