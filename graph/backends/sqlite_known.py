"""What one state of a SQLite store has told already; thrown away as a whole when the store changes."""

import sys
from collections.abc import Hashable
from dataclasses import dataclass, field
from typing import Any

from graph.asking.outlines import Sides
from graph.asking.reading import Passage, Ranked
from graph.backends.sqlite_packing import Kept
from graph.results import BodyRef, Evidence, InstrumentRef, PartyView
from graph.rulings import Rulings
from graph.statements import Body

_DOCUMENTS = 4000  # documents whose facts are remembered
_LETTERS = 48_000_000  # code points of texts that are remembered
_REFS = 200_000
_RANKED = 500_000  # duties in the lists that are remembered for their pages
_POSTINGS = 64_000_000  # bytes of sets of items
_ENTRIES = {
    "kept": _DOCUMENTS,
    "places": _DOCUMENTS,
    "totals": _DOCUMENTS,
    "found": _DOCUMENTS,
    "parties": _REFS,
    "sides": _REFS,
}
_LISTED = {"ranked": _RANKED, "below": _REFS, "found": _REFS}  # by the length of their lists


@dataclass(frozen=True)
class Doc:
    """A document as evidence and duties need it."""

    id: int
    sha256: str
    file: str
    node: int
    date: str | None


@dataclass
class Known:
    """Filled by threads side by side: every entry is whole when it is put in, and two threads put in the same."""

    writes: int
    docs: dict[int, Doc] = field(default_factory=dict)
    kept: dict[int, Kept] = field(default_factory=dict)
    texts: dict[int, tuple[str, tuple[int, ...]]] = field(default_factory=dict)
    letters: int = 0
    refs: dict[int, InstrumentRef] = field(default_factory=dict)
    ref_of: dict[str, InstrumentRef] = field(default_factory=dict)
    forms: dict[int, BodyRef] = field(default_factory=dict)
    bodies: dict[str, Body] = field(default_factory=dict)
    words: dict[str, frozenset[str]] = field(default_factory=dict)
    places: dict[tuple[int, ...], list[Evidence]] = field(default_factory=dict)
    postings: dict[int, int] = field(default_factory=dict)
    below: dict[str, list[Body]] = field(default_factory=dict)
    parties: dict[tuple[Any, ...], PartyView] = field(default_factory=dict)
    sides: dict[tuple[bytes, bytes], Sides] = field(default_factory=dict)
    ranked: dict[tuple[Hashable, ...], Ranked] = field(default_factory=dict)
    totals: dict[tuple[str, tuple[Any, ...]], int] = field(default_factory=dict)
    found: dict[tuple[str, int], list[Passage]] = field(default_factory=dict)
    counts: dict[str, int] | None = None
    extent: tuple[int, str | None, str | None] | None = None
    rulings: Rulings | None = None
    disputes: int | None = None

    def make_room(self) -> None:
        """Keep memory within bounds, before a question; other threads may be filling what is measured."""
        if self.letters > _LETTERS:
            self.texts, self.letters = {}, 0
        if len(self.ref_of) > _REFS:
            self.refs, self.ref_of, self.docs = {}, {}, {}
        if sum(map(sys.getsizeof, list(self.postings.values()))) > _POSTINGS:
            self.postings = {}
        for name, most in _ENTRIES.items():
            if len(getattr(self, name)) > most:
                setattr(self, name, {})
        for name, most in _LISTED.items():
            if sum(map(len, list(getattr(self, name).values()))) > most:
                setattr(self, name, {})
