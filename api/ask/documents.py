"""Answers about how documents stand to each other."""

import re
from collections import Counter, defaultdict

from api.answers import Answer, Item, chain_items, day_vi, instrument_label, item
from api.ask.bodies import canon
from api.ask.reading import Reading
from api.ask.saying import give, listed, say
from api.ask.sources import head_evidence
from api.ask.tables import vocabulary
from api.items import duty_items
from graph.results import ChainNode, Evidence, InstrumentRef, RelationView
from graph.store import DutyFilter, InstrumentFilter, Store
from ontology.terms import Family, RelationKind, Strength

CARRYING = (
    RelationKind.IMPLEMENTS,
    RelationKind.DETAILS,
    RelationKind.GUIDES,
    RelationKind.DISSEMINATES,
    RelationKind.BASED_ON,
)
_PARTY_STATE = {Family.PARTY.value: "party", Family.STATE_ADMIN.value: "state", Family.STATE_NORMATIVE.value: "state"}


def asked(reading: Reading, at: int = 0) -> InstrumentRef:
    """The instrument asked about."""
    return reading.instruments[at].found[0]


def implementers(store: Store, reading: Reading) -> Answer:
    """What carries out an instrument, directly or through others; of one kind where asked so."""
    ref = asked(reading)
    root = store.implementers(ref.id)
    kinds = kinds_asked(reading)
    wrong = {n.instrument.id for n in flatten(root) if kinds and n.instrument.type not in kinds}
    items = [i for i in chain_items(root) if i.id not in wrong]
    missing_key = "no_implementers_of_kind" if wrong else "no_implementers"
    x = instrument_label(ref)
    values: dict[str, str | int] = {
        "x": x,
        "n": _distinct(items),
        "list": listed((i.text for i in items), reading.english),
    }
    return give(store, reading, items, yes=("implementers", values), no=(missing_key, {"x": x}))


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


def kinds_asked(reading: Reading) -> set[str]:
    """Kinds of document that the question is after: "thông tư nào …", "which plans …"."""
    asked_for = re.findall(r"\b((?:\w+ )?\w+) (?:nao|gi)\b|\b(?:which|what) (\w+)\b", reading.masked)
    words = {w for pair in asked_for for w in pair if w}
    named = {w: t.slug for t in vocabulary().types for w in t.words if len(w) > 3}
    return {named[w] for word in words for w in (word, word.rstrip("s"), word.split()[-1]) if w in named}


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
    touched = [_derived(i) for i in duty_items(store, duties)]
    x = instrument_label(ref)
    values: dict[str, str | int] = {
        "x": x,
        "n": _distinct(items),
        "m": len(duties),
        "list": listed((i.text for i in items), reading.english),
    }
    return give(store, reading, items + touched, yes=("impact", values), no=("no_impact", {"x": x}))


def _derived(it: Item) -> Item:
    return Item(text=it.text, id=it.id, derived=True, evidence=it.evidence)


def cited_by(store: Store, reading: Reading) -> Answer:
    """Documents that mention an instrument, in any relation."""
    ref = asked(reading)
    items = _by_instrument([(r.subject, r.evidence) for r in store.relations(object_=ref.id)])
    x = instrument_label(ref)
    values: dict[str, str | int] = {"x": x, "n": len(items), "list": listed((i.text for i in items), reading.english)}
    return give(store, reading, items, yes=("cited_by", values), no=("no_cited_by", {"x": x}))


def cites(store: Store, reading: Reading) -> Answer:
    """Instruments that a document mentions."""
    ref = asked(reading)
    relations = store.relations(document=ref.id) if ref.loaded else store.relations(subject=ref.id)
    items = _by_instrument([(r.object, r.evidence) for r in relations if r.object.id != ref.id])
    x = instrument_label(ref)
    values: dict[str, str | int] = {"x": x, "n": len(items), "list": listed((i.text for i in items), reading.english)}
    return give(store, reading, items, yes=("cites", values), no=("no_cites", {"x": x}))


def _by_instrument(pairs: list[tuple[InstrumentRef, tuple[Evidence, ...]]]) -> list[Item]:
    merged: dict[str, tuple[InstrumentRef, list[Evidence]]] = {}
    for ref, evidence in pairs:
        merged.setdefault(ref.id, (ref, []))[1].extend(evidence)
    return [item(instrument_label(ref), ref.id, tuple(evidence)) for ref, evidence in merged.values()]


def basis_of_issuer(store: Store, reading: Reading) -> Answer:
    """What an instrument rests on among the documents of one issuer."""
    ref = asked(reading)
    name = reading.bodies[0].text
    relations = [r for r in store.relations(subject=ref.id) if r.stage == "issued" and of_issuer(r.object, name)]
    items = _by_instrument([(r.object, r.evidence) for r in relations])
    x = instrument_label(ref)
    values: dict[str, str | int] = {
        "x": x,
        "y": name,
        "n": len(items),
        "list": listed((i.text for i in items), reading.english),
    }
    return give(store, reading, items, yes=("basis_of_issuer", values), no=("no_basis_of_issuer", {"x": x, "y": name}))


def of_issuer(ref: InstrumentRef, name: str) -> bool:
    """True where a body, or one that acts for it (Ban Thường vụ Tỉnh ủy for Tỉnh ủy), issued an instrument."""
    wanted, issuer = canon(name), canon(ref.issuer or "")
    if not issuer:
        return False
    acting = {"ban thuong vu", "btv", "thuong truc", "chu tich", "ban chap hanh"}
    head = issuer.removesuffix(wanted).strip()
    return issuer == wanted or (issuer.endswith(wanted) and head in acting)


def cited_of_issuer(store: Store, reading: Reading) -> Answer:
    """Instruments of one issuer that the loaded documents know."""
    name = reading.bodies[0].text
    place = reading.provinces[0] if reading.provinces else None
    refs = [r for r in store.instruments(InstrumentFilter(jurisdiction=place)) if of_issuer(r, name)]
    items = [item(instrument_label(r), r.id, _told(store, r)) for r in refs]
    values: dict[str, str | int] = {
        "x": name,
        "n": len(items),
        "list": listed((i.text for i in items), reading.english),
    }
    return give(store, reading, items, yes=("cited_of_issuer", values), no=("no_cited_of_issuer", {"x": name}))


def _told(store: Store, ref: InstrumentRef) -> tuple[Evidence, ...]:
    own = head_evidence(store, ref)
    return own or tuple(e for r in store.relations(object_=ref.id) for e in r.evidence)


def common(store: Store, reading: Reading) -> Answer:
    """Instruments that all of several documents mention."""
    documents = [asked(reading, k) for k in range(len(reading.instruments))]
    if len(documents) < 2:
        plans = re.search(r"\b(ke hoach|plans?)\b", reading.masked) is not None
        documents = store.instruments(InstrumentFilter(loaded=True, types=("ke_hoach",) if plans else ()))
    central = re.search(r"\b(trung uong|central)\b", reading.masked) is not None
    ids = tuple(d.id for d in documents)
    where = InstrumentFilter(cited_by=ids, level="central" if central else None)
    found = store.instruments(where) if len(ids) > 1 else []
    items = [item(instrument_label(r), r.id, _cited_in(store, r, ids)) for r in found]
    values: dict[str, str | int] = {
        "n": len(items),
        "m": len(ids),
        "list": listed((i.text for i in items), reading.english),
    }
    return give(store, reading, items, yes=("common", values), no=("no_common", {"m": len(ids)}))


def _cited_in(store: Store, ref: InstrumentRef, documents: tuple[str, ...]) -> tuple[Evidence, ...]:
    return tuple(e for d in documents for r in store.relations(object_=ref.id, document=d) for e in r.evidence)


def most_cited(store: Store, reading: Reading) -> Answer:
    """Instruments that most documents mention."""
    citing: dict[str, set[str]] = defaultdict(set)
    views: dict[str, list[RelationView]] = defaultdict(list)
    for relation in store.relations():
        views[relation.object.id].append(relation)
        citing[relation.object.id].update(e.sha256 for e in relation.evidence)
    most = max((len(c) for c in citing.values()), default=0)
    top = [views[k] for k, c in citing.items() if len(c) == most]
    items = [item(instrument_label(v[0].object), v[0].object.id, tuple(e for r in v for e in r.evidence)) for v in top]
    values: dict[str, str | int] = {"m": most, "list": listed((i.text for i in items), reading.english)}
    return give(store, reading, items, yes=("most_cited", values), no=("no_most_cited", {}))


def reviews(store: Store, reading: Reading) -> Answer:
    """Instruments whose execution is to be reviewed, in a year where one is asked for."""
    period = reading.period()
    found = store.relations(kinds=(RelationKind.REVIEWS,))
    if period is not None:
        found = [r for r in found if _of_year(r.subject, period.year)]
    if reading.instruments:
        ids = {asked(reading, k).id for k in range(len(reading.instruments))}
        found = [r for r in found if ids & {r.subject.id, r.object.id}]
    items = _by_instrument([(r.object, r.evidence) for r in found if r.stage == "issued"])
    values: dict[str, str | int] = {"n": len(items), "list": listed((i.text for i in items), reading.english)}
    return give(store, reading, items, yes=("reviews", values), no=("no_reviews", {}))


def _of_year(ref: InstrumentRef, year: str) -> bool:
    return ref.date.startswith(year) if ref.date else year in (ref.title or "")


def family_count(store: Store, reading: Reading) -> Answer:
    """How many cited instruments are of the Party and of the State."""
    by_object: dict[str, list[RelationView]] = defaultdict(list)
    for relation in store.relations():
        by_object[relation.object.id].append(relation)
    cited = [
        r for r in store.instruments() if r.id in by_object and (r.number or r.type in {"luat", "bo_luat"} or r.title)
    ]
    counts = Counter(_PARTY_STATE.get(r.family or "", "other") for r in cited)
    order = {"party": 0, "state": 1, "other": 2}
    cited.sort(key=lambda r: order[_PARTY_STATE.get(r.family or "", "other")])
    items = [item(instrument_label(r), r.id, by_object[r.id][0].evidence[:1]) for r in cited]
    other = say(reading, "other", m=counts["other"]) if counts["other"] else ""
    values: dict[str, str | int] = {"n": len(cited), "party": counts["party"], "state": counts["state"], "other": other}
    return give(store, reading, items, yes=("family_count", values), no=("no_family_count", {}))


def missing(store: Store, reading: Reading) -> Answer:
    """Loaded documents without a number or a full date."""
    number = re.search(r"\b(so|so hieu|ky hieu|number|numbers|unnumbered)\b", reading.masked) is not None
    date = re.search(r"\b(ngay|thang|dates?|undated)\b", reading.masked) is not None
    wanted = tuple(w for w, asked_for in (("number", number or not date), ("date", date or not number)) if asked_for)
    found = {r.id: r for w in wanted for r in store.instruments(InstrumentFilter(loaded=True, missing=(w,)))}
    items = [
        item(_lacking(r, wanted), r.id, head_evidence(store, r))
        for r in sorted(found.values(), key=lambda r: r.date or "")
    ]
    values: dict[str, str | int] = {"n": len(items), "list": listed((i.text for i in items), reading.english)}
    return give(store, reading, items, yes=("missing", values), no=("no_missing", {}))


def _lacking(ref: InstrumentRef, wanted: tuple[str, ...]) -> str:
    lacks = []
    if "number" in wanted and not ref.number:
        lacks.append("chưa có số")
    if "date" in wanted and (ref.date is None or len(ref.date) < 10):
        lacks.append(f"chỉ ghi {day_vi(ref.date)}" if ref.date else "chưa có ngày")
    return f"{instrument_label(ref)}: {', '.join(lacks)}"
