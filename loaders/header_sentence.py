"""Heads that are one sentence: type, issuer, number and date in the title ("Quyết định của X số … ngày … về …")."""

import re
from dataclasses import dataclass

from loaders.document import Layout, Span, Zone
from loaders.header_fields import Field, iso, split_number
from loaders.patterns_table import wordings
from loaders.wrapping import is_caps

_W = wordings("structure")
_T = wordings("header")


@dataclass(frozen=True, slots=True)
class Sentence:
    """What the title sentence says; ``end`` is the view offset behind it, where the summary begins."""

    body: str | None
    number: Field | None
    symbol: Field | None
    date: Field | None
    end: int


def type_word(text: str) -> re.Match[str] | None:
    """The type word that opens a title, in capitals or in the small letters of an old layout."""
    return _W["type_line"].find(text) or _W["type_line_small"].find(text)


def head_sentence(layout: Layout) -> Sentence | None:
    """Read issuer, number and date from the title itself, as law databases and the gazette print them.

    Args:
        layout: The document laid out.

    Returns:
        What stands between the type word and the summary; None where the title is a summary only.
    """
    blocks = [b for b in layout.blocks if b.zone is Zone.TITLE]
    kind = type_word(layout.text(blocks[0])) if blocks else None
    if kind is None:
        return None
    match = _T["head_sentence"].pattern.match(layout.view.text, blocks[0].body + kind.end(), blocks[-1].end)
    if match is None:
        return None
    number, symbol = split_number(match["rest"], match.start("rest"))
    if number is None:
        return None
    value = iso(match["day"], match["month"], match["year"])
    date = Field(value, (match.start("day"), match.end("year"))) if value else None
    body = printed(layout, match.span("body")) if match["body"] else None
    return Sentence(body, number, _as_typed(layout, symbol), date, match.end())


def adopted(layout: Layout) -> Sentence | None:
    """Read who adopted an instrument and when, from the line under its title ("Được X thông qua ngày …")."""
    last = max((b.index for b in layout.blocks if b.zone is Zone.TITLE), default=-1)
    for block in layout.blocks[max(last, 0) : last + 2] if last >= 0 else ():
        match = _T["adopted"].pattern.search(layout.view.text, block.start, block.end)
        if match:
            value = iso(match["day"], match["month"], match["year"])
            date = Field(value, (match.start("day"), match.end("year"))) if value else None
            return Sentence(printed(layout, match.span("body")), None, None, date, match.start())
    return None


def printed(layout: Layout, span: Span) -> str:
    """Words of the title as they were typed, also where the page shows them as capitals."""
    low, high = layout.view.raw(*span)
    text = " ".join(layout.source.text[low:high].split())
    return text if text[:1].isupper() and not is_caps(text) else " ".join(layout.view.text[slice(*span)].split())


def _as_typed(layout: Layout, symbol: Field | None) -> Field | None:
    """A symbol keeps the small letters that were typed in it ("QĐ-TTg") although the title is shown in capitals."""
    if symbol is None:
        return None
    low, high = layout.view.raw(*symbol.span)
    typed = "".join(layout.source.text[low:high].split())
    return Field(typed, symbol.span) if typed.upper() == symbol.value.upper() else symbol
