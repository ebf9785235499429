"""What a back end must supply so that the questions can be asked of it: selections, no judgement."""

from abc import ABC, abstractmethod
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable

import msgspec

from graph.asking.outlines import DutyRow, Laid, laid_of
from graph.finding import Typed
from graph.nodes import Node
from graph.paging import Page, page_of
from graph.results import Evidence, InstrumentRef
from graph.statements import Body
from graph.store import InstrumentFilter
from ontology.terms import RelationKind, Strength

UNDATED = "9999"
COMMON = 50_000  # passages from which on a word is common, however many there are
Placed = tuple[str, str, str, str, int]  # a duty by day, date and IRI of its document, digest, ordinal
Ranked = list[tuple[str, int, str | None]]  # duties in order: digest, ordinal, why they are derived


class Statement(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One place that states a relation between two instruments (IRIs)."""

    subject: str
    kind: RelationKind
    object: str
    strength: Strength
    stage: str
    evidence: Evidence


class DutyPick(msgspec.Struct, frozen=True, kw_only=True):
    """Which duties to fetch: one of the id lists must fit (any duty where none is given), and all the rest hold.

    Attributes:
        bearers, parties: Body IRIs that bear, or are counterparties.
        documents: Instrument IRIs of the laying documents.
        carrying: Instrument IRIs that the duty itself carries out.
    """

    bearers: frozenset[str] | None = None
    parties: frozenset[str] | None = None
    documents: frozenset[str] | None = None
    carrying: frozenset[str] | None = None
    ids: frozenset[str] | None = None
    due_from: str | None = None
    due_to: str | None = None
    as_of: str | None = None
    kinds: tuple[str, ...] = ()
    with_targets: bool = False


class Passage(msgspec.Struct, frozen=True, kw_only=True):
    """A passage that matches a search: a range of a document, or one of its duties."""

    sha256: str
    start: int
    end: int
    duty: int | None = None


class DocumentRow(msgspec.Struct, frozen=True, kw_only=True):
    """What the store keeps of a document beside its statements."""

    sha256: str
    file: str
    files: tuple[str, ...]
    instrument: str
    date: str | None
    citations: int
    duties: int
    signers: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    addressees: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    unparsed: tuple[Evidence, ...] = ()
    text_from: str = "file"


def bases_of(statements: Iterable[Statement]) -> dict[str, frozenset[str]]:
    """Objects of statements by their subjects."""
    found: dict[str, set[str]] = defaultdict(set)
    for one in statements:
        found[one.subject].add(one.object)
    return {subject: frozenset(objects) for subject, objects in found.items()}


class Reading(ABC):
    """Selections that a back end answers from its own structures; orders are set by the questions above."""

    @abstractmethod
    def node(self, iri: str) -> Node:
        """A node by its IRI or an alias of it; NotFoundError where there is none."""

    def nodes(self, iris: Iterable[str]) -> dict[str, Node]:
        """Nodes by their own IRIs."""
        return {iri: self.node(iri) for iri in sorted(set(iris))}

    @abstractmethod
    def refs(self, iris: Iterable[str]) -> dict[str, InstrumentRef]:
        """References of nodes by their own IRIs."""

    @abstractmethod
    def nodes_where(self, where: InstrumentFilter) -> list[InstrumentRef]:
        """Nodes that pass a filter, any order."""

    @abstractmethod
    def nodes_numbered(self, num: int) -> list[Node]:
        """Nodes that some document gives this number."""

    def nodes_like(self, typed: Typed, limit: int) -> list[Node]:
        """Nodes of the typed number, among them the first ``limit`` as ``rank_instruments`` orders them."""
        return self.nodes_numbered(typed.num) if typed.num is not None else []

    @abstractmethod
    def nodes_worded(self, words: frozenset[str], least: int) -> list[Node]:
        """Nodes that have at least so many of the folded words in titles and issuers."""

    @abstractmethod
    def words(self, kind: str) -> frozenset[str]:
        """All folded words of instruments or bodies, for typos."""

    @abstractmethod
    def disputed(self) -> list[Node]:
        """Nodes with something to judge."""

    @abstractmethod
    def quotes(self, signs: Iterable[str], property_: str, limit: int) -> tuple[Evidence, ...]:
        """Where signs were read, by file and place, at most ``limit``."""

    @abstractmethod
    def statements(
        self,
        kinds: tuple[RelationKind, ...] = (),
        subject: str | None = None,
        object_: str | None = None,
        document: str | None = None,
    ) -> list[Statement]:
        """Relations as stated, by instrument IRIs; any order."""

    @abstractmethod
    def carried(self, iri: str, depth: int, strengths: tuple[str, ...], *, up: bool) -> list[Statement]:
        """Statements that carry out, transitively from an instrument, up to so many hops; any order."""

    @abstractmethod
    def bases(self, iris: frozenset[str]) -> dict[str, frozenset[str]]:
        """What each of some instruments carries out as a whole; one that carries out nothing may be left out."""

    @abstractmethod
    def statements_about(self, iris: frozenset[str], kinds: tuple[RelationKind, ...]) -> list[Statement]:
        """Relations of some kinds from or to any of some instruments, each once; any order."""

    @abstractmethod
    def duty_rows(self, pick: DutyPick) -> list[DutyRow]:
        """Duties that pass, any order."""

    def duty_outlines(self, pick: DutyPick) -> list[DutyRow]:
        """As ``duty_rows``; names, actions and the texts of quotes may be left out."""
        return self.duty_rows(pick)

    def laid(self, pick: DutyPick) -> list[Laid]:
        """The duties that ``duty_rows`` gives, as outlines document by document; documents in any order."""
        return laid_of(self.duty_rows(pick))

    def remembered(self, key: tuple[Hashable, ...], make: Callable[[], Ranked]) -> Ranked:
        """What ``make`` gives; a back end that sees one state of the store may remember it for the next page."""
        return make()

    def first_duties(self, bearers: frozenset[str], limit: int, offset: int) -> tuple[Ranked, int] | None:
        """A page of the duties that some bodies bear, in document and text order, and how many there are.

        None where the back end has no such order at hand.
        """
        return None

    def first_due(self, from_: str, to: str, count: int) -> tuple[list[Placed], int] | None:
        """The first duties that end in a window and do not recur or go on, by day and in text order, and how many.

        None where the back end has no such order at hand.
        """
        return None

    def statements_near(self, iris: frozenset[str], kinds: tuple[RelationKind, ...]) -> list[Statement]:
        """As ``statements_about``; the texts of quotes may be left out."""
        return self.statements_about(iris, kinds)

    def quoted(self, places: Iterable[Evidence]) -> dict[Evidence, Evidence]:
        """Quotes with their texts, for places whose texts were left out."""
        return {place: place for place in places}

    def leading(
        self, documents: frozenset[str], target: str, depth: int, strengths: tuple[str, ...]
    ) -> list[Statement]:
        """Statements that carry out, on all ways from some instruments up to a target; others may be among them."""
        return self.carried(target, depth, strengths, up=False)

    @abstractmethod
    def body_of(self, iri: str) -> Body:
        """A body; NotFoundError where no document names it."""

    @abstractmethod
    def bodies_below(self, iri: str) -> list[Body]:
        """Bodies that have it among their superiors, at any depth."""

    @abstractmethod
    def bodies_worded(self, words: frozenset[str], least: int) -> list[tuple[Body, tuple[str, ...]]]:
        """Bodies with at least so many of the folded words in name and written forms, with the written forms."""

    @abstractmethod
    def names_of(self, iri: str) -> tuple[str, ...]:
        """Written forms of a body."""

    @abstractmethod
    def issued_by(self, iris: frozenset[str]) -> frozenset[str]:
        """IRIs of the loaded instruments that bodies issued."""

    @abstractmethod
    def passages(self, choices: tuple[tuple[str, ...], ...], limit: int, *, phrase: bool = False) -> list[Passage]:
        """Passages that have all words of one of the choices (in a row, where ``phrase``), newest document first.

        Documents of one day by sha256, passages by place.
        """

    @abstractmethod
    def present(self, words: tuple[str, ...]) -> frozenset[str]:
        """Those of the words that some passage has."""

    @abstractmethod
    def word_counts(self, words: tuple[str, ...]) -> dict[str, int]:
        """In how many passages each word stands, ``COMMON`` where it stands in so many or more."""

    @abstractmethod
    def document(self, sha256: str) -> DocumentRow:
        """A loaded document; NotFoundError where it is not."""

    @abstractmethod
    def pointings(self, sha256: str) -> tuple[str, ...]:
        """See ``graph.store.Store.pointings``."""

    def documents_by_sha(self, sha256s: frozenset[str]) -> list[DocumentRow]:
        """Loaded documents by their digests."""
        return [self.document(sha) for sha in sorted(sha256s)]

    @abstractmethod
    def documents_of(self, instrument: str) -> list[DocumentRow]:
        """Loaded documents that are an instrument, by sha256."""

    @abstractmethod
    def document_rows(self) -> list[tuple[str, DocumentRow]]:
        """All loaded files by path."""

    def document_page(self, limit: int | None, offset: int, sha256: str | None = None) -> Page[tuple[str, DocumentRow]]:
        """A page of all loaded files, or of those of one content, by path; NotFoundError where it is not loaded."""
        if sha256 is None:
            return page_of(sorted(self.document_rows(), key=lambda r: r[0]), limit, offset)
        row = self.document(sha256)
        return page_of([(path, row) for path in sorted(row.files)], limit, offset)

    @abstractmethod
    def source_text(self, sha256: str) -> str:
        """The text of a loaded document."""

    @abstractmethod
    def extent(self) -> tuple[int, str | None, str | None]:
        """Number of loaded documents, and first and last date of their instruments."""

    @abstractmethod
    def counts(self) -> dict[str, int]:
        """Numbers of instruments, cited_only, bodies, duties, relations, conflicts, unparsed."""

    @abstractmethod
    def revision(self) -> int:
        """One number for all that is loaded: equal in all stores that hold the same files."""
