"""A mention of an instrument while it is being read: view offsets, mutable, until it becomes a ``Citation``."""

from typing import NamedTuple

import msgspec

from loaders.citations_pinpoint import Provision
from ontology.symbols import canonical_symbol


class Mention(msgspec.Struct):
    """One mention in the view.

    Attributes:
        start, end: View range from the type word (or "số", or the number) to the end of number, date and issuer.
        core: End of the number and symbol, or of the title of a law: where date and issuer may follow.
        floor, limit: View range of the block or table cell that the mention stands in.
        block: Index of that block.
        shape: ``full`` | ``short`` (number without symbol) | ``named`` (title without number).
        typed: The type word stands directly before the number.
        digits: Where the number starts; -1 where there is none.
        before: Where the pinpoint before the mention starts (``start`` where there is none).
        amended_by: The amending law without number of its own in whose title this one is named with its number.
        notes: Reasons for less confidence, one word each (weights in ``loaders.confidence``).
    """

    start: int
    end: int
    core: int
    floor: int
    limit: int
    block: int
    shape: str
    type: str | None = None
    number: str | None = None
    symbol: str | None = None
    date: str | None = None
    issuer: str | None = None
    title: str | None = None
    provision: Provision | None = None
    stage: str = "issued"
    typed: bool = True
    before: int = -1
    digits: int = -1
    amended_by: "Mention | None" = None
    notes: list[str] = msgspec.field(default_factory=list)

    def name(self) -> str:
        """How other citations call this instrument as their subject ("644/QĐ-UBND", "01-KL/TW", the title of a law)."""
        if self.number is None:
            return self.title or ""
        if not self.symbol:
            return self.number
        return canonical_symbol(self.number, self.symbol, self.type)


class Region(NamedTuple):
    """A piece of the view that is read on its own: a block, or a cell of a table row."""

    start: int
    end: int
    block: int


class Puzzle(msgspec.Struct, frozen=True, gc=False):
    """A view range that looked like a citation or a date and was not understood."""

    start: int
    end: int
    why: str
