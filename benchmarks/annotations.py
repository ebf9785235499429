"""Documents annotated by hand: the form of a gold file and where its facts stand in the text.

A gold file ``<name>.json`` says what one document states (guide: ``benchmarks/gold/README.md``). A place is given by
offsets (``start``, ``end``) or by words of the text: ``quote`` of a citation, ``quote`` and ``quote_end`` (first and
last words) of a duty; a quote is looked for behind the start of the one before it.
"""

from dataclasses import dataclass
from pathlib import Path

import msgspec

from ontology.errors import InvalidInputError
from ontology.terms import CounterpartyKind, DeadlineKind, RelationKind, Role

Span = tuple[int, int]


class Row(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """Base of the parts of a gold file: an unknown field is a typing mistake and refused."""


class Person(Row, kw_only=True):
    """Who signed."""

    name: str
    position: str | None = None


class GoldHeader(Row, kw_only=True):
    """What the head and the foot of the document say."""

    type: str | None
    number: str | None
    symbol: str | None
    date: str | None
    place: str | None
    issuers: list[str]
    signers: list[Person]
    title: str | None
    recipients: list[str]
    addressees: list[str]


class GoldCitation(Row, kw_only=True):
    """One mention of another instrument; ``doubtful`` ones are right to find and right to leave out."""

    quote: str | None = None
    start: int | None = None
    end: int | None = None
    type: str | None
    number: str | None
    symbol: str | None
    date: str | None
    issuer: str | None
    title: str | None = None
    provision: list[tuple[str, str]] | None = None
    section: str = ""
    relation: RelationKind
    relation_also: list[RelationKind] = []
    subject: str = "self"
    doubtful: bool = False


class GoldBearer(Row, kw_only=True):
    """Who bears a duty: as written, or ``implied`` with the full name as ``body`` (or as ``name``)."""

    name: str
    role: Role
    implied: bool = False
    body: str | None = None


class GoldCounterparty(Row, kw_only=True):
    """Another body in a duty."""

    name: str
    kind: CounterpartyKind
    body: str | None = None


class GoldDeadline(Row, kw_only=True):
    """When a duty is due; ``value`` by ``kind`` as in the extraction record."""

    kind: DeadlineKind
    value: str | None = None
    phrase: str = ""


class GoldObligation(Row, kw_only=True):
    """One duty or target."""

    section: str = ""
    quote: str | None = None
    quote_end: str | None = None
    start: int | None = None
    end: int | None = None
    bearers: list[GoldBearer] = []
    counterparties: list[GoldCounterparty] = []
    deadline: GoldDeadline | None = None
    targets: list[str] = []
    implements: list[str] = []
    doubtful: bool = False


class Annotation(Row, kw_only=True):
    """A gold file; ``corpus`` names the folder of the text, ``note`` says what the document is meant to show.

    Places in a docx, pdf or other file are counted in what ``luocdo text`` prints of it; ``sha256`` is of its bytes.
    """

    file: str
    instrument: GoldHeader
    citations: list[GoldCitation]
    obligations: list[GoldObligation]
    corpus: str | None = None
    annotator: int | str | None = None
    sha256: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """An annotated document with its text and the places of its facts, in the order of the gold file.

    ``path`` is the file to read where that is no plain text (docx, pdf …); None where ``text`` says all.
    """

    name: str
    text: str
    gold: Annotation
    citations: tuple[Span, ...]
    obligations: tuple[Span, ...]
    path: Path | None = None


def read_annotation(path: Path) -> Annotation:
    """Read a gold file.

    Raises:
        InvalidInputError: It is no JSON, a field is unknown or missing, or a value is none of its list.
    """
    try:
        return msgspec.json.decode(path.read_bytes(), type=Annotation)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise InvalidInputError(f"{path.name}: {error}", file=path.name) from error


def annotated(text: str, gold: Annotation, name: str = "", path: Path | None = None) -> Document:
    """Join a gold file with its text.

    Raises:
        InvalidInputError: A quote does not stand in the text, or a fact has no place at all.
    """
    return Document(
        name or gold.file,
        text,
        gold,
        places_of_citations(text, gold.citations),
        places_of_duties(text, gold.obligations),
        path,
    )


def places_of_citations(text: str, citations: list[GoldCitation]) -> tuple[Span, ...]:
    """Give ``[start, end)`` of each citation."""
    found: list[Span] = []
    since = 0
    for row in citations:
        if row.start is not None and row.end is not None:
            found.append((row.start, row.end))
            continue
        start = _find(text, row.quote, since)
        since = start + 1
        found.append((start, start + len(row.quote or "")))
    return tuple(found)


def places_of_duties(text: str, duties: list[GoldObligation]) -> tuple[Span, ...]:
    """Give ``[start, end)`` of each duty."""
    found: list[Span] = []
    since = 0
    for row in duties:
        if row.start is not None and row.end is not None:
            found.append((row.start, row.end))
            continue
        start = _find(text, row.quote, since)
        since = start + 1
        end = text.find(row.quote_end or row.quote or "", start)
        if end < 0:
            raise InvalidInputError(f"the last words of a duty are not in the text: {row.quote_end!r}")
        found.append((start, end + len(row.quote_end or row.quote or "")))
    return tuple(found)


def _find(text: str, quote: str | None, since: int) -> int:
    if not quote:
        raise InvalidInputError("a fact has neither offsets nor a quote")
    start = text.find(quote, since)
    if start < 0:
        start = text.find(quote)
    if start < 0:
        raise InvalidInputError(f"a quote is not in the text: {quote!r}")
    return start


def read_folder(gold: Path, texts: Path) -> list[Document]:
    """Read every gold file of a folder with its text of another folder (often the same), by name."""
    documents: list[Document] = []
    for path in sorted(gold.glob("*.json")):
        row = read_annotation(path)
        documents.append(annotated((texts / row.file).read_text("utf-8"), row, path.stem))
    return documents
