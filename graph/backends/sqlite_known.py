"""What one state of a SQLite store has told already; thrown away as a whole when the store changes."""

import sys
from collections.abc import Hashable
from dataclasses import dataclass, field
from typing import Any

from graph.asking.outlines import Sides
from graph.asking.reading import Ranked
from graph.backends.sqlite_packing import Kept
from graph.results import BodyRef, Evidence, InstrumentRef, PartyView
from graph.rulings import Rulings
from graph.statements import Body

_DOCUMENTS = 4000  # documents whose facts are remembered
_LETTERS = 48_000_000  # code points of texts that are remembered
_REFS = 200_000
_RANKED = 500_000  # duties in the lists that are remembered for their pages
_POSTINGS = 64_000_000  # bytes of sets of items


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
    counts: dict[str, int] | None = None
    extent: tuple[int, str | None, str | None] | None = None
    rulings: Rulings | None = None
    disputes: int | None = None

    def make_room(self) -> None:
        """Keep memory within bounds, before a question."""
        if len(self.kept) > _DOCUMENTS:
            self.kept = {}
        if self.letters > _LETTERS:
            self.texts, self.letters = {}, 0
        if len(self.ref_of) > _REFS:
            self.refs, self.ref_of, self.docs = {}, {}, {}
        if sum(map(sys.getsizeof, self.postings.values())) > _POSTINGS:
            self.postings = {}
        if len(self.places) > _DOCUMENTS:
            self.places = {}
        if sum(map(len, [*self.ranked.values()])) > _RANKED:
            self.ranked = {}
        if len(self.parties) > _REFS:
            self.parties = {}
        if len(self.sides) > _REFS:
            self.sides = {}
        if sum(map(len, [*self.below.values()])) > _REFS:
            self.below = {}
