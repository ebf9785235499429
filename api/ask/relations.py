"""Answers about how two instruments stand to each other, and what an instrument does to others."""

import re

from api.answers import Answer, Item, instrument_label, item, relation_item
from api.ask.documents import asked
from api.ask.reading import Reading
from api.ask.saying import give, listed, say
from graph.results import InstrumentRef, RelationView
from graph.store import Store
from ontology.terms import RelationKind

_CHANGES = (
    RelationKind.REPLACES,
    RelationKind.REPEALS,
    RelationKind.AMENDS,
    RelationKind.SUSPENDS,
    RelationKind.EXTENDS,
    RelationKind.CORRECTS,
)
_WAYS = (
    (re.compile(r"\b(gia han|keo dai|tiep tuc|extends?)\b"), (RelationKind.EXTENDS,)),
    (re.compile(r"\b(thay the|replaces?|supersedes?)\b"), (RelationKind.REPLACES,)),
    (re.compile(r"\b(sua doi|bo sung|amends?)\b"), (RelationKind.AMENDS,)),
    (re.compile(r"\b(bai bo|huy bo|repeals?)\b"), (RelationKind.REPEALS,)),
    (re.compile(r"\b(dinh chi|suspends?)\b"), (RelationKind.SUSPENDS,)),
    (re.compile(r"\b(dinh chinh|corrects?)\b"), (RelationKind.CORRECTS,)),
)


def relation(store: Store, reading: Reading) -> Answer:
    """How two instruments stand to each other, directly or through a chain."""
    first, second = asked(reading, 0), asked(reading, 1)
    found = store.relations(subject=first.id, object_=second.id) + store.relations(subject=second.id, object_=first.id)
    items = [relation_item(r, relation_text(reading, r)) for r in found]
    if not items:
        items = _path(store, first, second) or _path(store, second, first)
    x, y = instrument_label(first), instrument_label(second)
    values: dict[str, str | int] = {"x": x, "y": y, "list": listed((i.text for i in items), reading.english)}
    return give(store, reading, items, yes=("relation", values), no=("no_relation", {"x": x, "y": y}))


def _path(store: Store, lower: InstrumentRef, upper: InstrumentRef) -> list[Item]:
    def walk(node: object, trail: list[Item]) -> list[Item]:
        for child in getattr(node, "children", ()):
            step = item(instrument_label(child.instrument), child.instrument.id, child.evidence, derived=True)
            if child.instrument.id == upper.id:
                return [*trail, step]
            below = walk(child, [*trail, step])
            if below:
                return below
        return []

    return walk(store.basis(lower.id), [])


def relation_text(reading: Reading, relation_: RelationView) -> str:
    """Write a relation ("A thực hiện B"), with "đề xuất" or "dự thảo" where it is not yet so."""
    verb = say(reading, f"verb_{relation_.kind.value}")
    stage = {"proposed": "đề xuất", "draft": "dự thảo"}.get(relation_.stage, "")
    if reading.english:
        stage = {"đề xuất": "proposed:", "dự thảo": "draft:"}.get(stage, "")
    return " ".join(
        w for w in (instrument_label(relation_.subject), stage, verb, instrument_label(relation_.object)) if w
    )


def changes(store: Store, reading: Reading) -> Answer:
    """What an instrument replaces, repeals, amends or extends; of one way where the question names it."""
    ref = asked(reading)
    wanted = tuple(k for pattern, kinds in _WAYS if pattern.search(reading.masked) for k in kinds)
    found = store.relations(kinds=wanted or _CHANGES, subject=ref.id)
    issued = [r for r in found if r.stage == "issued"]
    shown = issued or found
    items = [relation_item(r, relation_text(reading, r), at=r.object) for r in shown]
    x = instrument_label(ref)
    values: dict[str, str | int] = {"x": x, "list": listed((i.text for i in items), reading.english)}
    key = "validity" if issued else "validity_proposed"
    return give(store, reading, items, yes=(key, values), no=("no_changes", {"x": x}))


def validity(store: Store, reading: Reading) -> Answer:
    """Whether an instrument was replaced, repealed, amended or extended; proposals are told as such."""
    ref = asked(reading)
    found = store.relations(kinds=_CHANGES, object_=ref.id)
    issued = [r for r in found if r.stage == "issued"]
    shown = issued or found
    items = [relation_item(r, relation_text(reading, r)) for r in shown]
    x = instrument_label(ref)
    values: dict[str, str | int] = {"x": x, "list": listed((i.text for i in items), reading.english)}
    key = "validity" if issued else "validity_proposed"
    return give(store, reading, items, yes=(key, values), no=("no_validity", {"x": x}))
