"""Answers about how documents stand to each other."""

import re

from msgspec import structs

from api.answers import Answer, Item, backed, chain_items, instrument_label, item, relation_item
from api.ask.limits import fits, here, kinds_asked, of_issuer
from api.ask.reading import Reading
from api.ask.saying import called, give, listed, say
from api.ask.sources import head_evidence
from api.ask.topics import is_topic, words_of
from api.items import duty_items
from graph.results import ChainNode, Evidence, InstrumentRef, RelationView
from graph.store import DutyFilter, InstrumentFilter, Store
from ontology.terms import RelationKind, Strength
from ontology.vietnamese import fold

CARRYING = (
    RelationKind.IMPLEMENTS,
    RelationKind.DETAILS,
    RelationKind.GUIDES,
    RelationKind.DISSEMINATES,
    RelationKind.BASED_ON,
)


def asked(reading: Reading, at: int = 0) -> InstrumentRef:
    """The instrument asked about."""
    return reading.instruments[at].found[0]


def implementers(store: Store, reading: Reading) -> Answer:
    """What carries out an instrument, directly or through others; of a kind, province, year or issuer where asked."""
    ref = asked(reading)
    root = store.implementers(ref.id)
    nodes = {n.instrument.id: n.instrument for n in flatten(root)}
    followed = [r for r in _followed(store, ref) if r.subject.id not in nodes]
    fitting = {i for i, r in nodes.items() if fits(reading, r)}
    items = [i for i in chain_items(root) if i.id in fitting]
    items += [relation_item(r) for r in followed if fits(reading, r.subject)]
    none = "no_implementers_of_kind" if nodes or followed else "no_implementers"
    x = instrument_label(ref)
    values: dict[str, str | int] = {
        "x": x,
        "n": _distinct(items),
        "list": listed((i.text for i in items), reading.english),
    }
    return give(store, reading, items, yes=("implementers", values), no=(none, {"x": x}))


def _followed(store: Store, ref: InstrumentRef) -> list[RelationView]:
    """Duties "theo Kết luận 120" in documents that do not say that they carry it out as a whole."""
    found = store.relations(kinds=(RelationKind.BASED_ON,), object_=ref.id)
    return [r for r in found if r.stage == "issued" and r.strength is Strength.TASK]


def basis(store: Store, reading: Reading) -> Answer:
    """What an instrument carries out or rests on, up to the top."""
    ref = asked(reading)
    items = chain_items(store.basis(ref.id))
    x = instrument_label(ref)
    values: dict[str, str | int] = {
        "x": x,
        "n": _distinct(items),
        "list": listed((i.text for i in items), reading.english),
    }
    return give(store, reading, items, yes=("basis", values), no=("no_basis", {"x": x}))


def chain(store: Store, reading: Reading) -> Answer:
    """The chain through an instrument: each hop down, then what stands above it."""
    ref = asked(reading)
    items = _hops(store.implementers(ref.id), down=True) + _hops(store.basis(ref.id), down=False)
    x = instrument_label(ref)
    values: dict[str, str | int] = {"x": x, "n": len(items), "list": listed((i.text for i in items), reading.english)}
    return give(store, reading, items, yes=("chain", values), no=("no_chain", {"x": x}))


def _hops(root: ChainNode, *, down: bool) -> list[Item]:
    items: list[Item] = []
    stack = [(root, child) for child in reversed(root.children)]
    while stack:
        parent, node = stack.pop()
        upper, lower = (parent.instrument, node.instrument) if down else (node.instrument, parent.instrument)
        items.append(item(f"{instrument_label(upper)} ← {instrument_label(lower)}", node.instrument.id, node.evidence))
        stack += [(node, child) for child in reversed(node.children)]
    return items


def _distinct(items: list[Item]) -> int:
    return len({i.id for i in items})


def flatten(root: ChainNode) -> list[ChainNode]:
    """All nodes of a chain below its root, parents first."""
    nodes: list[ChainNode] = []
    stack = list(reversed(root.children))
    while stack:
        node = stack.pop()
        nodes.append(node)
        stack.extend(reversed(node.children))
    return nodes


def impact(store: Store, reading: Reading) -> Answer:
    """What a change of an instrument touches: what carries it out, and the duties there."""
    ref = asked(reading)
    items = chain_items(store.implementers(ref.id))
    whole = {n.instrument.id for n in flatten(store.implementers(ref.id, strength=Strength.DOCUMENT))}
    duties = [
        d
        for d in store.obligations(DutyFilter(under=ref.id))
        if d.instrument.id in whole or any(i.id == ref.id for i in d.implements)
    ]
    touched = [_derived(i) for i in duty_items(store, duties, reading.part, before=len(backed(items)))]
    x = instrument_label(ref)
    values: dict[str, str | int] = {
        "x": x,
        "n": _distinct(items),
        "m": len(duties),
        "list": listed((i.text for i in items), reading.english),
    }
    return give(store, reading, items + touched, yes=("impact", values), no=("no_impact", {"x": x}))


def _derived(it: Item) -> Item:
    return structs.replace(it, derived=True)


def cited_by(store: Store, reading: Reading) -> Answer:
    """Documents that mention an instrument, in any relation."""
    ref = asked(reading)
    stated = store.relations(object_=ref.id)
    items = by_instrument([(r.subject, r.evidence) for r in stated if here(reading, r.subject.jurisdiction)])
    x = instrument_label(ref)
    values: dict[str, str | int] = {"x": x, "n": len(items), "list": listed((i.text for i in items), reading.english)}
    return give(store, reading, items, yes=("cited_by", values), no=("no_cited_by", {"x": x}))


def cites(store: Store, reading: Reading) -> Answer:
    """Instruments that a document mentions."""
    ref = asked(reading)
    relations: list[RelationView] = store.relations(document=ref.id) if ref.loaded else store.relations(subject=ref.id)
    kinds = kinds_asked(reading)
    relations = [r for r in relations if r.object.id != ref.id and (not kinds or r.object.type in kinds)]
    items = by_instrument([(r.object, r.evidence) for r in relations])
    x = instrument_label(ref)
    values: dict[str, str | int] = {"x": x, "n": len(items), "list": listed((i.text for i in items), reading.english)}
    return give(store, reading, items, yes=("cites", values), no=("no_cites", {"x": x}))


def by_instrument(pairs: list[tuple[InstrumentRef, tuple[Evidence, ...]]]) -> list[Item]:
    """One item for each instrument, with the evidence of all its pairs."""
    merged: dict[str, tuple[InstrumentRef, list[Evidence]]] = {}
    for ref, evidence in pairs:
        merged.setdefault(ref.id, (ref, []))[1].extend(evidence)
    return [item(instrument_label(ref), ref.id, tuple(evidence)) for ref, evidence in merged.values()]


def basis_of_issuer(store: Store, reading: Reading) -> Answer:
    """What an instrument rests on among the documents of one issuer."""
    ref = asked(reading)
    name = reading.bodies[0].text
    relations = [r for r in store.relations(subject=ref.id) if r.stage == "issued" and of_issuer(r.object, name)]
    items = by_instrument([(r.object, r.evidence) for r in relations])
    x = instrument_label(ref)
    values: dict[str, str | int] = {
        "x": x,
        "y": called(reading.bodies[0]),
        "n": len(items),
        "list": listed((i.text for i in items), reading.english),
    }
    return give(store, reading, items, yes=("basis_of_issuer", values), no=("no_basis_of_issuer", {"x": x, "y": name}))


def listing(store: Store, reading: Reading) -> Answer:
    """Instruments that the loaded documents know: of a kind, issuer, province, year, loaded or cited."""
    bill = re.search(r"\b(du thao|du an) luat\b|\bbills?\b", reading.masked) is not None
    only_loaded = re.search(r"\b(da nap|loaded|uploaded)\b", reading.masked) and not _CITED.search(reading.masked)
    loaded = True if only_loaded else None
    where = InstrumentFilter(loaded=loaded, level=level_asked(reading), stage="draft" if bill else "issued")
    refs = [r for r in store.instruments(where) if fits(reading, r) and (r.number or r.title or r.loaded)]
    if is_topic(reading.rest) and _ON.search(reading.masked):
        refs = [r for r in refs if _titled(r, reading.rest)]
    items = [item(instrument_label(r), r.id, _told(store, r)) for r in refs]
    x = listed((called(b) for b in reading.bodies), reading.english)
    values: dict[str, str | int] = {
        "n": len(items),
        "by": say(reading, "of_body", x=x) if x else "",
        "list": listed((i.text for i in items), reading.english),
    }
    return give(store, reading, items, yes=("listing", values), no=("no_listing", {}))


_ON = re.compile(r"\b(bang|noi ve|ve|lien quan|quy dinh|about|on|concerning)\b(?! nam)")
_CITED = re.compile(r"\b(dan|dan chieu|vien dan|nhac|neu|trich|cited|mentioned|referred)\b")


def _titled(ref: InstrumentRef, rest: tuple[str, ...]) -> bool:
    """True where the title holds the words of a topic, all but one in four."""
    have = set(fold(f"{ref.title or ''} {ref.label}").split())
    wanted = words_of(rest)
    return sum(w not in have for w in wanted) <= len(wanted) // 4


def level_asked(reading: Reading) -> str | None:
    """The level (central, local) of the instruments asked for."""
    if re.search(r"\b(trung uong|central)\b", reading.masked):
        return "central"
    return "local" if re.search(r"\b(dia phuong|cua tinh|local|provincial)\b", reading.masked) else None


def _told(store: Store, ref: InstrumentRef) -> tuple[Evidence, ...]:
    own = head_evidence(store, ref)
    return own or tuple(e for r in store.relations(object_=ref.id) for e in r.evidence)
