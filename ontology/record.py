"""The extraction record: what the loaders know about one document before any store sees it.

The wire form is fixed by ``shared/record.md``; fields may be added, none may change meaning. ``start`` and ``end`` are
offsets in Unicode code points, half-open, into the text of the source as it was read.
"""

from typing import Any

import msgspec

from ontology.terms import CounterpartyKind, DeadlineKind, RelationKind, Role


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """Base of all parts of a record: frozen, keyword-only."""


class Source(Part, frozen=True, kw_only=True):
    """The file that was read.

    Attributes:
        file: Name shown to people (no folder).
        sha256: Of the bytes of the file, hexadecimal.
        media_type: MIME type.
        length: Code points of the text that offsets mean.
        text_from: ``file`` | ``text-layer`` | ``ocr``.
    """

    file: str
    sha256: str
    media_type: str = "text/plain"
    length: int = 0
    text_from: str = "file"


class Issuer(Part, frozen=True, kw_only=True):
    """A body that issued the instrument; ``inferred`` where it is not printed as issuer."""

    name: str
    inferred: bool = False


class Signer(Part, frozen=True, kw_only=True):
    """A person who signed, with the position as printed."""

    name: str
    position: str | None = None


class Header(Part, frozen=True, kw_only=True):
    """The document itself as an instrument.

    Attributes:
        type: Slug of the document kind with underscores (``ke_hoach``).
        number: As the document bears it; None where blank.
        symbol: What follows the number, spaces dropped; None where absent.
        date: ISO 8601, truncated to what is printed.
        issuers: Full names with province, lead body first.
        jurisdiction: Slug of the province (``quang-ngai``; epoch-free) or ``vn`` for central bodies; None: unknown.
        earliest: Earliest day it can have, inferred from the latest date it cites; None where ``date`` is a day.
        spans: Where each header field was read: field name to ``[start, end)``.
    """

    type: str | None = None
    number: str | None = None
    symbol: str | None = None
    date: str | None = None
    place: str | None = None
    issuers: tuple[Issuer, ...] = ()
    signers: tuple[Signer, ...] = ()
    title: str | None = None
    recipients: tuple[str, ...] = ()
    addressees: tuple[str, ...] = ()
    secrecy: str | None = None
    urgency: str | None = None
    jurisdiction: str | None = None
    earliest: str | None = None
    spans: dict[str, tuple[int, int]] = msgspec.field(default_factory=dict)


class Citation(Part, frozen=True, kw_only=True):
    """One mention of another identifiable instrument.

    Attributes (beyond record.md):
        jurisdiction: Province slug or ``vn`` of the cited instrument as far as the document tells.
        issuer_body: ``issuer`` resolved to a full name with its province; None where not stated.
        stage: ``issued`` | ``draft`` (dự án Luật …) | ``proposed`` (a relation only planned or suggested).
        sentence_start, sentence_end: The sentence or clause to show as evidence.
        also: Further relations stated of this instrument, as (relation, subject): of "Luật A được sửa đổi, bổ sung bởi
            Luật số 87/2025/QH15" the citation of A holds ("amends", "87/2025/QH15"), beside its own relation.
        confidence: How sure it is that this very instrument is named here (kind, number, symbol, date).
        relation_confidence: How sure it is, besides, that ``relation`` and ``subject`` are right.
        signals: What both rest on, one word each (weights in ``loaders/patterns/confidence.yaml``).
    """

    start: int
    end: int
    type: str | None = None
    number: str | None = None
    symbol: str | None = None
    date: str | None = None
    issuer: str | None = None
    title: str | None = None
    provision: tuple[tuple[str, str], ...] | None = None
    section: str = ""
    relation: RelationKind = RelationKind.MENTIONS
    subject: str = "self"
    refers_to: int | None = None
    confidence: float = 1.0
    relation_confidence: float = 1.0
    signals: tuple[str, ...] = ()
    jurisdiction: str | None = None
    issuer_body: str | None = None
    stage: str = "issued"
    sentence_start: int = 0
    sentence_end: int = 0
    also: tuple[tuple[RelationKind, str], ...] = ()


class Bearer(Part, frozen=True, kw_only=True):
    """A body, post or class that bears a duty, as written (``name``) and resolved (``body``)."""

    name: str
    role: Role
    body: str | None = None
    implied: bool = False


class Counterparty(Part, frozen=True, kw_only=True):
    """Another body in a duty, as written and resolved."""

    name: str
    kind: CounterpartyKind
    body: str | None = None


class Deadline(Part, frozen=True, kw_only=True):
    """When a duty is due; see record.md for ``value`` by ``kind``.

    ``implied`` where the phrase does not stand in the duty itself but in a heading, lead-in, line or cell that it
    shares with others.
    """

    kind: DeadlineKind
    value: str | None = None
    phrase: str = ""
    last_day: str | None = None
    implied: bool = False


class Target(Part, frozen=True, kw_only=True):
    """A measurable aim: comparator is one of ``= > ≥ < ≤ ≈ ↑ ↓`` or None; ``value`` a number."""

    text: str
    comparator: str | None = None
    value: float | None = None
    unit: str | None = None


class Obligation(Part, frozen=True, kw_only=True):
    """One duty or target that the document lays on somebody.

    Attributes (beyond record.md):
        confidence: How sure it is that this is a duty, due as said.
        bearers_confidence: How sure it is that it binds these bearers in these roles, and nobody else.
        signals: What both rest on, one word each (weights in ``loaders/patterns/confidence.yaml``).
    """

    start: int
    end: int
    section: str = ""
    action: str = ""
    bearers: tuple[Bearer, ...] = ()
    counterparties: tuple[Counterparty, ...] = ()
    deadline: Deadline | None = None
    targets: tuple[Target, ...] = ()
    implements: tuple[str, ...] = ()
    confidence: float = 1.0
    bearers_confidence: float = 1.0
    signals: tuple[str, ...] = ()


class Unparsed(Part, frozen=True, kw_only=True):
    """A place that looked like a fact and was not understood."""

    start: int
    end: int
    why: str


class Warning(Part, frozen=True, kw_only=True):  # noqa: A001 - the word of record.md
    """Something in the document that a person should know."""

    code: str
    message: str
    start: int = 0
    end: int = 0


class Record(Part, frozen=True, kw_only=True):
    """Everything read from one document."""

    source: Source
    instrument: Header
    citations: tuple[Citation, ...] = ()
    obligations: tuple[Obligation, ...] = ()
    unparsed: tuple[Unparsed, ...] = ()
    warnings: tuple[Warning, ...] = ()


def to_builtins(part: Part) -> Any:  # JSON has no better static type
    """Give a part as plain dicts, lists and strings, ready for ``json``."""
    return msgspec.to_builtins(part)


def encode(record: Record, *, indent: int = 0) -> bytes:
    """Write a record as UTF-8 JSON, one line unless ``indent`` is given."""
    raw = msgspec.json.encode(record)
    return msgspec.json.format(raw, indent=indent) if indent else raw


def decode(raw: bytes | str) -> Record:
    """Read a record from JSON; unknown fields are ignored.

    Raises:
        msgspec.ValidationError: The JSON has not the form of a record.
    """
    return msgspec.json.decode(raw, type=Record)
