"""Answers over all loaded documents: what they have in common, cite most, must review, and what they lack."""

import re
from collections import Counter, defaultdict

from api.answers import Answer, instrument_label, item
from api.ask.documents import asked, by_instrument, level_asked
from api.ask.limits import fits, here, of_year
from api.ask.reading import Reading
from api.ask.saying import give, listed, say
from api.ask.sources import head_evidence
from api.ask.wide import every_relation
from api.items import duty_items
from graph.results import Evidence, InstrumentRef, RelationView
from graph.store import DutyFilter, InstrumentFilter, Store
from ontology.terms import Family, RelationKind
from ontology.validity import written

_PARTY_STATE = {Family.PARTY.value: "party", Family.STATE_ADMIN.value: "state", Family.STATE_NORMATIVE.value: "state"}


def common(store: Store, reading: Reading) -> Answer:
    """Instruments that all of several documents mention."""
    documents = [asked(reading, k) for k in range(len(reading.instruments))]
    if len(documents) < 2:
        plans = re.search(r"\b(ke hoach|plans?)\b", reading.masked) is not None
        documents = store.instruments(InstrumentFilter(loaded=True, types=("ke_hoach",) if plans else ()))
    ids = tuple(d.id for d in documents)
    where = InstrumentFilter(cited_by=ids, level=level_asked(reading))
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
    for relation in every_relation(store):
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
    found: list[RelationView] = store.relations(kinds=(RelationKind.REVIEWS,))
    if period is not None:
        found = [r for r in found if of_year(r.subject, period.year)]
    found = [r for r in found if here(reading, r.subject.jurisdiction)]
    if reading.instruments:
        ids = {asked(reading, k).id for k in range(len(reading.instruments))}
        found = [r for r in found if ids & {r.subject.id, r.object.id}]
    if re.search(r"\b(ai|who)\b", reading.masked):
        return _reviewers(store, reading, found)
    items = by_instrument([(r.object, r.evidence) for r in found if r.stage == "issued"])
    values: dict[str, str | int] = {"n": len(items), "list": listed((i.text for i in items), reading.english)}
    return give(store, reading, items, yes=("reviews", values), no=("no_reviews", {}))


def _reviewers(store: Store, reading: Reading, found: list[RelationView]) -> Answer:
    """Who must review: the duties that hold the sentences."""
    places = {(e.sha256, e.start) for r in found for e in r.evidence}
    documents = dict.fromkeys(r.subject.id for r in found)
    laid = [d for i in documents for d in store.obligations(DutyFilter(document=i))]
    duties = [d for d in laid if any(e.sha256 == s and e.start <= at < e.end for e in d.evidence for s, at in places)]
    who = listed((b.name for d in duties for b in d.bearers), reading.english)
    values: dict[str, str | int] = {"n": len(duties), "list": who}
    return give(store, reading, duty_items(store, duties, reading.part), yes=("topic", values), no=("no_reviews", {}))


def family_count(store: Store, reading: Reading) -> Answer:
    """How many cited instruments are of the Party and of the State."""
    by_object: dict[str, list[RelationView]] = defaultdict(list)
    for relation in every_relation(store):
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
    found = {i: r for i, r in found.items() if fits(reading, r)}
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
        lacks.append(f"chỉ ghi {written(ref.date)}" if ref.date else "chưa có ngày")
    return f"{instrument_label(ref)}: {', '.join(lacks)}"
