"""Answers about the corpus and its bodies, and those that no document can give."""

import re

from api.answers import Answer, Item, body_label, instrument_label, item
from api.ask.duties import body_of
from api.ask.limits import here
from api.ask.reading import Reading
from api.ask.saying import day, give, listed, parameters, say
from api.ask.sources import head_evidence
from graph.results import BodyRef, Evidence
from graph.results_identity import Conflict
from graph.store import InstrumentFilter, Store
from ontology.terms import Direction

_SHOWN = 50


def outside(store: Store, reading: Reading) -> Answer:
    """What documents cannot tell: money, telephone numbers, whether a thing was done, who holds a post today."""
    return Answer(
        question=reading.question.asked,
        status="unknown",
        kind="outside",
        parameters=parameters(reading),
        text=say(reading, "outside"),
        corpus=store.corpus(),
    )


def status(store: Store, reading: Reading) -> Answer:
    """What is loaded."""
    s = store.status()
    refs = store.instruments(InstrumentFilter(loaded=True))[:_SHOWN]
    items = [item(instrument_label(r), r.id, head_evidence(store, r)) for r in refs]
    values: dict[str, str | int] = {
        "documents": s.corpus.documents,
        "instruments": s.instruments,
        "bodies": s.bodies,
        "duties": s.duties,
    }
    return give(store, reading, items, yes=("status", values), no=("status", values))


def conflicts(store: Store, reading: Reading) -> Answer:
    """Where the documents disagree."""
    found = list(store.conflicts())
    number = re.search(r"\b(hai so|so nao|two numbers|which number)\b", reading.masked) is not None
    found = [c for c in found if not number or c.kind == "number"]
    found = [c for c in found if any(here(reading, i.jurisdiction) for i in c.instruments)]
    ids = {m.found[0].id for m in reading.instruments if m.found}
    if ids:
        found = [c for c in found if ids & {i.id for i in c.instruments}]
    items = [
        item(
            f"{'; '.join(instrument_label(i) for i in c.instruments)}: {c.reason}{_values(c)}",
            c.instruments[0].id,
            tuple(e for claim in (c.claims or c.sides) for e in claim.evidence),
        )
        for c in found
    ]
    values: dict[str, str | int] = {"n": len(items), "list": listed((i.text for i in items), reading.english)}
    return give(store, reading, items, yes=("conflicts", values), no=("no_conflicts", {}))


def _values(conflict: Conflict) -> str:
    """The claims that disagree, where the reason does not already tell them."""
    told = dict.fromkeys(c.value for c in conflict.claims)
    if all(v in conflict.reason for v in told):
        return ""
    return f" ({', '.join(told)})"


def body(store: Store, reading: Reading) -> Answer:
    """What a body belongs to, its units, and whether it ended."""
    ref = body_of(reading)
    detail = store.body(ref.id)
    evidence = _seen(store, ref)
    asks_units = re.search(r"\b(phong|don vi|to chuc|units)\b.*<b>", reading.masked) is not None
    items: list[Item] = []
    if asks_units:
        items = [item(body_label(u), u.id, _seen(store, u)) for u in (*detail.units, *detail.posts)]
    else:
        items = [item(body_label(ref), ref.id, evidence, derived=True)]
        items += [item(f"Cấp trên: {body_label(b)}", b.id, evidence, derived=True) for b in detail.superiors]
        items += [item(f"{c.label} ({c.date})", c.id, evidence, derived=True) for c in detail.changes]
    above = (
        say(reading, "above", list=listed((b.name for b in detail.superiors), reading.english))
        if detail.superiors
        else ""
    )
    until = ""
    if ref.valid_to:
        heirs = [b.name for c in detail.changes for b in c.results if b.id != ref.id]
        tail = say(reading, "successors", list=listed(heirs, reading.english)) if heirs else ""
        until = say(reading, "until", day=day(reading, ref.valid_to), successors=tail)
    values: dict[str, str | int] = {"x": ref.name, "above": above, "until": until}
    known = bool(above or until or asks_units)
    return give(store, reading, items if known else [], yes=("body", values), no=("no_body", {"x": ref.name}))


def _seen(store: Store, ref: BodyRef) -> tuple[Evidence, ...]:
    """A sentence that names a body."""
    for direction in (Direction.OWN, Direction.UP, Direction.DOWN):
        for duty in store.duties(ref.id, direction, units=False):
            if duty.evidence:
                return duty.evidence[:1]
    return ()
