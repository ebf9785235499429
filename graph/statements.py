"""The statements of one document as a store keeps them: signs of instruments, relations, duties, bodies, passages."""

import hashlib
from functools import cached_property

import msgspec

from graph.results import BodyRef, Evidence, PartyView
from ontology.record import Deadline, Target
from ontology.terms import RelationKind, Strength


class Sign(msgspec.Struct, frozen=True, kw_only=True, dict=True, omit_defaults=True):
    """How one or many documents point at an instrument: equal pointings are one sign, so a hub has few.

    Attributes:
        series: Folded codes of the bodies that own the counter, lead body first.
        num, suffix: Number for comparing; digits are never repaired.
        year, term: As written inside the symbol.
        number, symbol: As written, for people.
        shown: Number and symbol as one canonical text ("436/QĐ-UBND").
        issuers: Full names of the bodies that are said to have issued it.
        stage: ``issued`` or ``draft``: a bill never is the law.
        own: sha256 of the only document where the sign means anything (blank number, "Nghị quyết 04"); else empty.
        loaded: sha256 of the document that is this instrument; empty where it is only cited.
        before: Year of the citing document: what it cites is not later.
    """

    type: str | None = None
    jurisdiction: str | None = None
    series: tuple[str, ...] = ()
    num: int | None = None
    suffix: str = ""
    year: int | None = None
    term: int | None = None
    number: str | None = None
    symbol: str | None = None
    shown: str | None = None
    date: str | None = None
    issuers: tuple[str, ...] = ()
    title: str | None = None
    family: str | None = None
    level: str | None = None
    stage: str = "issued"
    own: str = ""
    loaded: str = ""
    before: int | None = None

    @cached_property
    def id(self) -> str:
        """A short name that equal signs share and others do not."""
        return hashlib.sha256(msgspec.json.encode(self)).hexdigest()[:16]


class Mention(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One place that points at an instrument; ordinal 0 is the document itself, then its citations from 1.

    ``proofs`` hold, for the document itself, where each property is printed.
    """

    ordinal: int
    sign: Sign
    evidence: Evidence
    proofs: dict[str, Evidence] = {}


def proof_of(mention: Mention, name: str) -> Evidence:
    """Where a property was read: its own place in a document's header, else where the instrument is mentioned."""
    return mention.proofs.get(name) or mention.proofs.get(f"{name}s") or mention.evidence


class Relation(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A relation between two mentions (by ordinal) of one document."""

    subject: int
    kind: RelationKind
    object: int
    strength: Strength
    stage: str
    evidence: Evidence


class Duty(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """An obligation with its bodies resolved; ``implements`` are ordinals of mentions."""

    id: str
    ordinal: int
    section: str
    action: str
    bearers: tuple[PartyView, ...]
    counterparties: tuple[PartyView, ...]
    deadline: Deadline | None
    targets: tuple[Target, ...]
    implements: tuple[int, ...]
    confidence: float
    evidence: Evidence


class Body(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A body, post or class with its superiors (nearest first), all from its name and the tables."""

    ref: BodyRef
    superiors: tuple[BodyRef, ...] = ()
    level: str | None = None
    family: str | None = None

    @property
    def id(self) -> str:
        """IRI of the body."""
        return self.ref.id


class DocumentFacts(msgspec.Struct, frozen=True, kw_only=True):
    """All that a store keeps of one document, apart from its text."""

    sha256: str
    file: str
    date: str | None
    issuers: tuple[str, ...]  # IRIs of the bodies that issued it
    mentions: tuple[Mention, ...]
    relations: tuple[Relation, ...]
    duties: tuple[Duty, ...]
    bodies: tuple[Body, ...]
    names: tuple[tuple[str, str], ...]  # body IRI, name as written
    signers: tuple[str, ...]
    recipients: tuple[str, ...]
    addressees: tuple[str, ...]
    warnings: tuple[str, ...]
    unparsed: tuple[Evidence, ...]
    citations: int
    text_from: str = "file"
