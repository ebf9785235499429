"""What questions return: small frozen records that every store builds alike and every door can show."""

import msgspec

from ontology.record import Deadline, Target
from ontology.terms import BodyKind, CounterpartyKind, Direction, RelationKind, Role, Strength


class Result(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """Base of all results: frozen, comparable, JSON through msgspec; without cycles, so the collector passes by."""


class Evidence(Result, frozen=True, kw_only=True):
    """Where a fact was read: offsets and physical line (from 1) in the source text, and the sentence itself."""

    file: str
    sha256: str
    start: int
    end: int
    line: int
    text: str
    section: str = ""
    page: int | None = None


class InstrumentRef(Result, frozen=True, kw_only=True):
    """An instrument as it stands in lists.

    Attributes:
        id: IRI.
        label: What a person reads: "Chỉ thị số 33/CT-TTg ngày 26/11/2021".
        number, symbol, date, issuer, title: Preferred claims.
        loaded: Its text is in the store; else it is only cited.
        jurisdiction: Province slug or ``vn``; None where unknown.
        family: Value of ``ontology.terms.Family``; None where unknown.
        conflict: Claims disagree, or another may be the same instrument, and a person should look.
    """

    id: str
    type: str | None
    label: str
    number: str | None = None
    symbol: str | None = None
    date: str | None = None
    issuer: str | None = None
    title: str | None = None
    jurisdiction: str | None = None
    family: str | None = None
    loaded: bool = False
    conflict: bool = False
    stage: str = "issued"  # or draft: a bill is no law


class Claim(Result, frozen=True, kw_only=True):
    """One value that some document gives for a property (number, symbol, date, issuer, title, type).

    ``more`` says that other places give it, too: of what thousands cite only the first are quoted.
    """

    property: str
    value: str
    preferred: bool
    evidence: tuple[Evidence, ...] = ()
    more: bool = False


class RelationView(Result, frozen=True, kw_only=True):
    """A relation between two instruments with every place that states it.

    ``stage`` is ``issued``, ``draft`` or ``proposed``: a proposed replacement is not a replacement.
    """

    subject: InstrumentRef
    kind: RelationKind
    object: InstrumentRef
    strength: Strength
    stage: str = "issued"
    evidence: tuple[Evidence, ...] = ()


class ChainNode(Result, frozen=True, kw_only=True):
    """One hop of a chain; the root has no relation. Children ordered by strength, date, id.

    ``more`` counts the children that a page leaves out; a whole chain leaves none out.
    """

    instrument: InstrumentRef
    kind: RelationKind | None = None
    strength: Strength | None = None
    evidence: tuple[Evidence, ...] = ()
    children: tuple["ChainNode", ...] = ()
    cut: bool = False  # the depth limit or a cycle hides what lies below
    more: int = 0


class BodyRef(Result, frozen=True, kw_only=True):
    """A body, post or class as it stands in lists; ``valid_to`` set where it was abolished or merged."""

    id: str
    name: str
    kind: BodyKind = BodyKind.ORGANIZATION
    jurisdiction: str | None = None
    valid_from: str | None = None
    valid_to: str | None = None


class Change(Result, frozen=True, kw_only=True):
    """A reorganisation (org:ChangeEvent) that a body took part in."""

    id: str
    label: str
    date: str
    originals: tuple[BodyRef, ...]
    results: tuple[BodyRef, ...]
    legal_basis: str | None = None


class BodyDetail(Result, frozen=True, kw_only=True):
    """A body with its place in the tree and its past and future; all from the table or from names, never guessed."""

    body: BodyRef
    names: tuple[str, ...] = ()  # as written in the loaded documents
    superiors: tuple[BodyRef, ...] = ()  # nearest first
    units: tuple[BodyRef, ...] = ()
    posts: tuple[BodyRef, ...] = ()
    changes: tuple[Change, ...] = ()


class PartyView(Result, frozen=True, kw_only=True):
    """A bearer (``role`` set) or counterparty (``kind`` set) of a duty."""

    body: BodyRef
    name: str  # as written
    role: Role | None = None
    kind: CounterpartyKind | None = None
    implied: bool = False


class DutyView(Result, frozen=True, kw_only=True):
    """An obligation with its document and evidence.

    Attributes:
        id: IRI.
        instrument: The document that lays it.
        direction: Set by ``duties``; None elsewhere.
        derived: True where the unit is reached by inference (a class expanded, a successor, a unit of the body).
        why_derived: The rule, in Vietnamese, for people; None where not derived.
    """

    id: str
    instrument: InstrumentRef
    section: str
    action: str
    bearers: tuple[PartyView, ...] = ()
    counterparties: tuple[PartyView, ...] = ()
    deadline: Deadline | None = None
    targets: tuple[Target, ...] = ()
    implements: tuple[InstrumentRef, ...] = ()
    confidence: float = 1.0
    evidence: tuple[Evidence, ...] = ()
    direction: Direction | None = None
    derived: bool = False
    why_derived: str | None = None


class DueView(Result, frozen=True, kw_only=True):
    """One due date of a duty; recurring duties give one a period.

    ``derived`` then says that the day is computed, and ``why_derived`` by what rule, in Vietnamese.
    """

    day: str  # last compliant day, ISO 8601
    duty: DutyView
    derived: bool = False
    why_derived: str | None = None


class InstrumentDetail(Result, frozen=True, kw_only=True):
    """Everything known of one instrument.

    ``text_from`` says where the letters of its text come from, None where it is not loaded: ``file``, ``text-layer``
    or ``ocr`` (a machine recognised them on pictures: quotes may be misread).
    """

    instrument: InstrumentRef
    claims: tuple[Claim, ...] = ()
    above: tuple[RelationView, ...] = ()  # it stands in the relation to these
    below: tuple[RelationView, ...] = ()  # these stand in the relation to it
    duties: tuple[DutyView, ...] = ()
    files: tuple[str, ...] = ()
    sha256: str | None = None
    signers: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    addressees: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    unparsed: tuple[Evidence, ...] = ()
    text_from: str | None = None


class WhyPath(Result, frozen=True, kw_only=True):
    """One path unit → duty → document → … → directive; ``hops`` from the duty's document upward, each quoted.

    ``more`` on the last path of a list says that longer or less direct ones were left out.
    """

    duty: DutyView | None
    hops: tuple[RelationView, ...]
    more: bool = False


class Node(Result, frozen=True, kw_only=True):
    """A node of a picture; ``kind`` is ``instrument``, ``body`` or ``duty``."""

    id: str
    kind: str
    label: str
    detail: str = ""
    loaded: bool = True
    rank: int = 0  # hops from the centre; negative above, positive below


class Edge(Result, frozen=True, kw_only=True):
    """An edge of a picture, from subject to object; ``kind`` is a relation kind, a role or ``issues``."""

    source: str
    target: str
    kind: str
    strength: str | None = None
    evidence: tuple[Evidence, ...] = ()


class Subgraph(Result, frozen=True, kw_only=True):
    """A neighbourhood for a picture; ``cut`` counts the nodes that were found and left out by ``limit``.

    Once ``limit`` is filled by what is nearer, what lies farther is not looked for, nor counted: ``cut_at_least``.
    """

    centre: str
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    cut: int = 0
    cut_at_least: bool = False


class SearchHit(Result, frozen=True, kw_only=True):
    """A full-text match in a document or duty; ``snippet`` is a whole clause of the source."""

    id: str
    kind: str  # instrument | duty
    label: str
    instrument: InstrumentRef
    evidence: Evidence
    score: float = 0.0


class Candidate(Result, frozen=True, kw_only=True):
    """An instrument or body that fits what a person typed; ``score`` in 0..100, ``exact`` where nothing was guessed."""

    id: str
    label: str
    score: float
    exact: bool = False
    instrument: InstrumentRef | None = None
    body: BodyRef | None = None


class DocumentInfo(Result, frozen=True, kw_only=True):
    """One loaded file; ``text_from`` as of ``InstrumentDetail``."""

    path: str
    file: str
    sha256: str
    instrument: InstrumentRef
    citations: int
    duties: int
    unparsed: int
    warnings: int
    text_from: str = "file"


class Corpus(Result, frozen=True, kw_only=True):
    """What an answer speaks of: number of loaded documents and the period of their dates (as printed)."""

    documents: int
    from_: str | None = msgspec.field(name="from", default=None)
    to: str | None = None


class Status(Result, frozen=True, kw_only=True):
    """Counts for ``luocdo status``.

    ``revision`` tells one content from another: equal where the same files are loaded, in any store and order.
    """

    corpus: Corpus
    instruments: int
    cited_only: int
    bodies: int
    duties: int
    relations: int
    conflicts: int
    unparsed: int
    version: int
    location: str
    revision: int = 0
