"""The store as flat tables, for spreadsheets and GraphML."""

from collections.abc import Iterator

from graph.results import BodyRef, DutyView, Evidence, InstrumentRef, PartyView, RelationView
from graph.store import Store

TABLES: dict[str, tuple[str, ...]] = {
    "instruments": (
        "id", "type", "label", "number", "symbol", "date", "issuer", "title", "jurisdiction", "family",
        "loaded", "conflict",
    ),
    "relations": ("subject", "kind", "object", "strength", "stage", "file", "line", "start", "end", "text"),
    "bodies": ("id", "name", "kind", "jurisdiction", "valid_from", "valid_to"),
    "duties": (
        "id", "instrument", "section", "action", "deadline_kind", "deadline_value", "last_day", "deadline_phrase",
        "targets", "implements", "confidence", "file", "line", "start", "end", "text",
    ),
    "parties": ("duty", "body", "part", "name", "implied"),
    "documents": ("file", "sha256", "instrument", "citations", "duties", "unparsed", "warnings"),
}  # fmt: skip


def rows_of(store: Store, table: str) -> Iterator[tuple[str, ...]]:
    """Give the rows of one of ``TABLES`` in the store's own order, every cell as text, empty where unknown."""
    if table == "instruments":
        yield from (_instrument(ref) for ref in store.instruments())
    elif table == "relations":
        for relation in store.relations():
            yield from _relation(relation)
    elif table == "bodies":
        yield from (_body(ref) for ref in bodies_of(store))
    elif table == "duties":
        yield from (_duty(duty) for duty in store.obligations())
    elif table == "parties":
        for duty in store.obligations():
            yield from (_party(duty, party) for party in (*duty.bearers, *duty.counterparties))
    else:
        for info in store.documents():
            counts = (info.citations, info.duties, info.unparsed, info.warnings)
            yield info.file, info.sha256, info.instrument.id, *(str(n) for n in counts)


def bodies_of(store: Store) -> list[BodyRef]:
    """Give all bodies that bear or take part in duties, by IRI."""
    found: dict[str, BodyRef] = {}
    for duty in store.obligations():
        for party in (*duty.bearers, *duty.counterparties):
            found[party.body.id] = party.body
    return [found[iri] for iri in sorted(found)]


def _instrument(ref: InstrumentRef) -> tuple[str, ...]:
    cells = (ref.type, ref.label, ref.number, ref.symbol, ref.date, ref.issuer, ref.title, ref.jurisdiction, ref.family)
    return ref.id, *(_text(cell) for cell in cells), _text(ref.loaded), _text(ref.conflict)


def _relation(relation: RelationView) -> Iterator[tuple[str, ...]]:
    head = (relation.subject.id, relation.kind.value, relation.object.id, relation.strength.value, relation.stage)
    for item in relation.evidence:
        yield *head, *_place(item)
    if not relation.evidence:
        yield *head, "", "", "", "", ""


def _body(ref: BodyRef) -> tuple[str, ...]:
    cells = (ref.jurisdiction, ref.valid_from, ref.valid_to)
    return ref.id, ref.name, ref.kind.value, *(_text(cell) for cell in cells)


def _duty(duty: DutyView) -> tuple[str, ...]:
    deadline = duty.deadline
    when = (deadline.kind.value, deadline.value, deadline.last_day, deadline.phrase) if deadline else ("", "", "", "")
    place = _place(duty.evidence[0]) if duty.evidence else ("", "", "", "", "")
    return (
        duty.id,
        duty.instrument.id,
        duty.section,
        duty.action,
        *(_text(cell) for cell in when),
        "; ".join(target.text for target in duty.targets),
        " ".join(ref.id for ref in duty.implements),
        f"{duty.confidence:.4f}",
        *place,
    )


def _party(duty: DutyView, party: PartyView) -> tuple[str, ...]:
    part = party.role or party.kind
    return duty.id, party.body.id, part.value if part else "", party.name, _text(party.implied)


def _place(item: Evidence) -> tuple[str, ...]:
    return item.file, str(item.line), str(item.start), str(item.end), item.text


def _text(cell: str | bool | None) -> str:
    if cell is None:
        return ""
    return str(cell).lower() if isinstance(cell, bool) else cell
