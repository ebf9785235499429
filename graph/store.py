"""The Store protocol: the contract that every back end keeps; each sentence here is a test of the conformance suite."""

from collections.abc import Iterable, Iterator
from typing import Protocol

import msgspec

from graph.judgements import Judgement
from graph.paging import Page
from graph.results import (
    BodyDetail,
    Candidate,
    ChainNode,
    Corpus,
    DocumentInfo,
    DueView,
    DutyView,
    InstrumentDetail,
    InstrumentRef,
    RelationView,
    SearchHit,
    Status,
    Subgraph,
    WhyPath,
)
from graph.results_identity import Conflict, Explanation
from ontology.record import Record
from ontology.terms import Direction, RelationKind, Role, Strength


class Batch(msgspec.Struct, frozen=True, kw_only=True):
    """One document on its way into a store.

    Attributes:
        path: Absolute POSIX path (or any stable key) of the file; evidence shows ``record.source.file``.
        record: What the loaders read.
        text: The text that the record's offsets mean.
        pages: Offset at which each page starts; empty where the format has none.
    """

    path: str
    record: Record
    text: str
    pages: tuple[int, ...] = ()


class DutyFilter(msgspec.Struct, frozen=True, kw_only=True):
    """Filters of ``duties`` and ``obligations``; all given ones must hold.

    Attributes:
        under: Instrument IRI: the duty's document is it or implements it, directly or through others, or the duty
            itself says that it carries it out.
        document: Instrument IRI of the document that lays the duty.
        role: Role of the body asked for.
        due_from, due_to: ISO days, inclusive; the last day must fall within.
        as_of: ISO day: only documents dated no later.
        deadline_kinds: Values of ``DeadlineKind``; "none" for duties without any deadline.
        with_targets: Only duties with a measurable target.
    """

    under: str | None = None
    document: str | None = None
    role: Role | None = None
    due_from: str | None = None
    due_to: str | None = None
    as_of: str | None = None
    deadline_kinds: tuple[str, ...] = ()
    with_targets: bool = False


class InstrumentFilter(msgspec.Struct, frozen=True, kw_only=True):
    """Filters of ``instruments``; all given ones must hold.

    Attributes:
        loaded: Only loaded (True) or only cited (False).
        families: Values of ``Family``.
        types: Kind slugs with underscores.
        missing: Any of ``number``, ``date``, ``issuer`` that it lacks (a date that is not a full day counts).
        cited_by: IRIs of documents that must all cite it.
        jurisdiction: Province slug or ``vn``.
        level: ``central`` or ``local``.
        stage: ``issued`` or ``draft``; None for both. A bill is no instrument until it is passed, so it is left out.
    """

    loaded: bool | None = None
    families: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    cited_by: tuple[str, ...] = ()
    jurisdiction: str | None = None
    level: str | None = None
    stage: str | None = "issued"


class Store(Protocol):
    """Keeps documents' facts and answers questions; safe for concurrent reads from threads.

    Every list has one defined order, equal in all stores. IRIs that never were in the store raise ``NotFoundError``.
    Where a question takes ``limit`` and ``offset``, the answer is that slice of the whole list and tells how long the
    whole is (``Page.total``); without a limit it is the whole list. Pages of one question put together are the whole.
    """

    # -- writing ----------------------------------------------------------------------------------------------------
    def write(self, batch: Batch) -> None:
        """Keep one document, all or nothing.

        Writing the same batch twice changes nothing. Writing a path again with other content replaces all facts read
        from it. Two paths with equal content are one document. After any order of writes and removals the store
        answers as if the remaining documents had been written to an empty store in any order.
        """
        ...

    def write_many(self, batches: Iterator[Batch]) -> int:
        """Keep many documents, each all or nothing, faster than one by one; gives how many were new or changed."""
        ...

    def remove(self, path: str) -> None:
        """Forget what was read from a path; NotFoundError where nothing was."""
        ...

    def documents(self, *, limit: int | None = None, offset: int = 0, sha256: str | None = None) -> Page[DocumentInfo]:
        """All loaded files by path; with ``sha256`` those of one content, NotFoundError where there is none."""
        ...

    def digests(self) -> dict[str, str]:
        """SHA-256 of every loaded file by path, in the order of paths; cheap to ask."""
        ...

    def batches(self) -> Iterator[Batch]:
        """All loaded documents as they were written, by path: enough to rebuild any store."""
        ...

    def batch(self, path: str) -> Batch:
        """One loaded document as it was written; NotFoundError where the path was never loaded."""
        ...

    def pointings(self, sha256: str) -> tuple[str, ...]:
        """IRIs of the instruments that a loaded document means: the one that it is, then its citations' in order."""
        ...

    def close(self) -> None:
        """Release files and connections; closing twice is harmless."""
        ...

    # -- instruments --------------------------------------------------------------------------------------------------
    def find_instruments(self, text: str, limit: int = 20) -> list[Candidate]:
        """Candidates for what a person typed, best first: number, type and number, title fragment; typos, no accents.

        Nothing is guessed where a number is given: digits must be equal for ``exact``.
        """
        ...

    def instrument(self, iri: str) -> InstrumentDetail:
        """One instrument with its claims, relations both ways and duties."""
        ...

    def instruments(
        self, where: InstrumentFilter | None = None, *, limit: int | None = None, offset: int = 0
    ) -> Page[InstrumentRef]:
        """Instruments that pass a filter, by date (unknown last) and IRI."""
        ...

    def relations(
        self,
        kinds: tuple[RelationKind, ...] = (),
        subject: str | None = None,
        object_: str | None = None,
        document: str | None = None,
        *,
        limit: int | None = None,
        offset: int = 0,
    ) -> Page[RelationView]:
        """Relations of some kinds (all where empty), from or to an instrument, or stated in one document."""
        ...

    def implementers(
        self,
        iri: str,
        depth: int = 10,
        strength: Strength = Strength.TASK,
        *,
        limit: int | None = None,
        offset: int = 0,
    ) -> ChainNode:
        """All that implements an instrument, transitively, as a tree; only relations of at least ``strength``.

        Implements, details, guides, disseminates (task) and based_on (document) count as carrying out; a promulgated
        annex is crossed. An instrument that is reached twice is expanded at its first place only.

        With ``limit`` or ``offset`` only that range of the nodes below the root is given, breadth first (nearest
        first, then in order), with what leads to them; ``more`` of a node counts the children left out.
        """
        ...

    def basis(
        self,
        iri: str,
        depth: int = 10,
        strength: Strength = Strength.TASK,
        *,
        limit: int | None = None,
        offset: int = 0,
    ) -> ChainNode:
        """The other way: what an instrument implements or rests on, up to the top; as ``implementers``."""
        ...

    # -- bodies -------------------------------------------------------------------------------------------------------
    def find_bodies(self, text: str, limit: int = 20) -> list[Candidate]:
        """Bodies, posts and classes for what a person typed, best first."""
        ...

    def body(self, iri: str) -> BodyDetail:
        """One body with superiors (nearest first), units and posts, and what it came from and became (``changes``)."""
        ...

    # -- duties -------------------------------------------------------------------------------------------------------
    def duties(
        self,
        body: str,
        direction: Direction = Direction.OWN,
        where: DutyFilter | None = None,
        *,
        units: bool = True,
        limit: int | None = None,
        offset: int = 0,
    ) -> Page[DutyView]:
        """Duties of a body as domain.md 6.5 defines own, up and down; in document and text order.

        With ``units`` those of its units, posts and classes count too and are marked derived.
        """
        ...

    def obligations(
        self, where: DutyFilter | None = None, *, limit: int | None = None, offset: int = 0
    ) -> Page[DutyView]:
        """All duties that pass a filter, whoever bears them."""
        ...

    def why_bound(self, body: str, instrument: str) -> list[WhyPath]:
        """Every path from a body's duty up to an instrument, each hop quoted; empty where the documents show none.

        The most direct first: stated before derived, short before long. Of very many only the first 200 are given, and
        the last of them says so (``more``).
        """
        ...

    def due(
        self, from_: str, to: str, body: str | None = None, *, limit: int | None = None, offset: int = 0
    ) -> Page[DueView]:
        """Duties with a last day in ``[from_, to]`` by day; recurring ones expanded; continuous ones never appear.

        Recurring by month, quarter, half-year, year or years gives the last days of calendar periods, from the
        document's date to the end of the years that its title names, else for five years. What recurs by day or week,
        or stands in a document without a date, has no countable day and is left out.
        """
        ...

    # -- pictures, text, corpus ---------------------------------------------------------------------------------------
    def neighbourhood(self, iri: str, depth: int = 2, limit: int = 200) -> Subgraph:
        """Subgraph around an instrument or body, nearest and strongest first, and how many nodes were cut.

        Farther steps are not gone once what is nearer fills the limit; then more may be cut than is told.
        """
        ...

    def search(self, text: str, limit: int = 20) -> list[SearchHit]:
        """Full text over documents and duties, accents and case ignored, ranked."""
        ...

    def source_text(self, sha256: str) -> str:
        """The text of a loaded document."""
        ...

    # -- identity -----------------------------------------------------------------------------------------------------
    def conflicts(self, iri: str | None = None, *, limit: int | None = None, offset: int = 0) -> Page[Conflict]:
        """What a person should judge: claims of one instrument that disagree, instruments that may be the same.

        By date and IRI of the instrument; what was put off (``later``) comes last. With an IRI only those that the
        instrument takes part in. ``InstrumentRef.conflict`` says of each instrument whether there is one, put off or
        not. A pair that was judged ``same`` or ``different`` is not listed. ``limit`` and ``offset`` as everywhere.
        """
        ...

    def explain(self, iri: str) -> Explanation:
        """Which readings form an instrument, and by which rule or judgement each was joined to the others, quoted.

        Each part's identity can be judged ``different`` from another part's: that takes the instrument apart.
        """
        ...

    def judge(self, record: Judgement) -> None:
        """Add a record to the judgements; one that is there already changes nothing.

        ``same`` makes both sides one instrument, and all questions answer on it. ``different`` keeps them two,
        whatever the evidence says, and silences their conflict. ``later`` only puts their conflict last. Records
        outlive the documents: removed ones that come again are judged as before, and a judgement of what was never
        loaded is kept and rests. The order of documents and records makes no difference. ``revision`` tells stores
        with other records apart.

        Raises:
            ContradictionError: Standing judgements say the opposite (A=B, B=C, A≠C); it names them in ``details``.
            NotFoundError: The record undoes one that is not there.
            InvalidInputError: The record is not as ``graph.judgements`` makes it.
        """
        ...

    def adopt(self, records: Iterable[Judgement]) -> int:
        """Add records of another store as they are, all or none, in any order; gives how many were new.

        Nothing is refused but what is no whole record: what contradicts an earlier judgement is kept and rests, and an
        undo holds whether what it undoes is there already or comes later.

        Raises:
            InvalidInputError: A record is not as ``graph.judgements`` makes it.
        """
        ...

    def undo(self, id_: str, *, by: str, reason: str, at: str) -> Judgement:
        """Take a judgement back by another record, which is given; all answers are as if it had never been made.

        Raises:
            NotFoundError: No such judgement.
            InvalidInputError: It was taken back already, or is itself an undo.
        """
        ...

    def judgements(self) -> list[Judgement]:
        """All records ever added, also those taken back and the undos, in the order of ``graph.judgements.ordered``."""
        ...

    def status(self) -> Status:
        """Counts of the whole store."""
        ...

    def revision(self) -> int:
        """One number for what is kept: equal where the same files and judgements are, in any store and order.

        Cheap to ask.
        """
        ...

    def corpus(self) -> Corpus:
        """What answers speak of."""
        ...
