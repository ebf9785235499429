"""Answers about one instrument: what it is, who issued and signed it, when, whether it holds, what it says."""

import re
from collections import defaultdict

from api.answers import Answer, Item, instrument_label, item, relation_item
from api.ask.documents import asked
from api.ask.limits import in_section
from api.ask.reading import Reading
from api.ask.saying import day, give, listed, number_of, say
from api.ask.sources import body_evidence, head_evidence, line_evidence, name_of_signer, phrase_evidence
from graph.results import Claim, Evidence, InstrumentDetail, InstrumentRef, RelationView
from graph.store import DutyFilter, Store
from ontology.bodies import body_of_code
from ontology.validity import written


def told_in(store: Store, detail: InstrumentDetail, limit: int = 5) -> tuple[Evidence, ...]:
    """Where a document tells of an instrument: its own head, its claims, else sentences that cite it."""
    own = head_evidence(store, detail.instrument)
    claimed = tuple(e for c in detail.claims for e in c.evidence)
    cited = tuple(e for r in detail.below for e in r.evidence)
    return (own + (claimed or cited))[:limit]


def what_is(store: Store, reading: Reading) -> Answer:
    """What an instrument is: label, issuer and title with the sentences that say so."""
    ref = asked(reading)
    detail = store.instrument(ref.id)
    x = instrument_label(ref)
    title = f": {ref.title}" if ref.title and ref.title.casefold() not in x.casefold() else ""
    if not ref.loaded:
        title += say(reading, "only_cited")
    items = [item(x + title, ref.id, told_in(store, detail))]
    for k in range(1, len(reading.instruments)):
        other = asked(reading, k)
        label = instrument_label(other) + (f": {other.title}" if other.title else "")
        items.append(item(label, other.id, told_in(store, store.instrument(other.id))))
        title += f"; {label}"
    return give(store, reading, items, yes=("what_is", {"x": x, "title": title}), no=("outside", {}))


def number(store: Store, reading: Reading) -> Answer:
    """The number of an instrument, every one that a document gives it."""
    ref = asked(reading)
    claims = _claims(store, ref, "number")
    x = instrument_label(ref)
    items = [item(f"số {c.value}", ref.id, c.evidence or head_evidence(store, ref)) for c in claims if c.value]
    key = "number_conflict" if len(items) > 1 else "number"
    values: dict[str, str | int] = {"x": x, "list": listed((i.text for i in items), reading.english)}
    return give(store, reading, items, yes=(key, values), no=("no_number", {"x": x}))


def _claims(store: Store, ref: InstrumentRef, property_: str) -> list[Claim]:
    detail = store.instrument(ref.id)
    values: dict[str, list[Claim]] = defaultdict(list)
    for claim in detail.claims:
        if claim.property == property_:
            values[claim.value].append(claim)
    merged = [
        Claim(
            property=property_,
            value=v,
            preferred=any(c.preferred for c in cs),
            evidence=tuple(e for c in cs for e in c.evidence),
            more=any(c.more for c in cs),
        )
        for v, cs in values.items()
    ]
    return sorted(merged, key=lambda c: (not c.preferred, c.value))


def issuer(store: Store, reading: Reading) -> Answer:
    """Who issued an instrument; several claims are told as a disagreement."""
    ref = asked(reading)
    claims = _claims(store, ref, "issuer")
    x = instrument_label(ref)
    items = [item(f"{c.value} ({number_of(ref)})", ref.id, c.evidence or head_evidence(store, ref)) for c in claims]
    if not items and not ref.issuer:
        return _issuer_by_code(store, reading, ref)
    if not items and ref.issuer:
        items = [
            item(f"{ref.issuer} ({number_of(ref)})", ref.id, told_in(store, store.instrument(ref.id)), derived=True)
        ]
    names = [c.value for c in claims] or [ref.issuer or ""]
    key = "issuer_conflict" if len(claims) > 1 and ref.conflict else "issuer"
    values: dict[str, str | int] = {"x": x, "list": listed(names, reading.english)}
    return give(store, reading, items, yes=(key, values), no=("no_issuer", {"x": x}))


def _issuer_by_code(store: Store, reading: Reading, ref: InstrumentRef) -> Answer:
    """No document says who issued it, but the code in its number does."""
    code = re.split(r"[/-]", ref.symbol or "")[-1]
    name = body_of_code(code, ref.jurisdiction) if code else None
    x = instrument_label(ref)
    evidence = told_in(store, store.instrument(ref.id))
    items = [item(f"{name} (suy từ ký hiệu {code})", ref.id, evidence, derived=True)] if name else []
    values: dict[str, str | int] = {"x": x, "list": name or ""}
    return give(store, reading, items, yes=("issuer_by_code", values), no=("no_issuer", {"x": x}))


def date(store: Store, reading: Reading) -> Answer:
    """The date of an instrument; where none is told, the day by which it existed."""
    ref = asked(reading)
    x = number_of(ref) if ref.number else instrument_label(ref)
    if _BOTH.search(reading.masked):
        return _issuer_and_date(store, reading)
    return _date(store, reading, ref, x)


def _issuer_and_date(store: Store, reading: Reading) -> Answer:
    """Both, where a question asks who and when."""
    ref = asked(reading)
    who, when = (
        issuer(store, reading),
        _date(store, reading, ref, number_of(ref) if ref.number else instrument_label(ref)),
    )
    status = who.status if who.status == when.status else "answered"
    both = Answer(
        question=when.question,
        status=status,
        kind=reading.kind,
        parameters=when.parameters,
        text=f"{who.text} {when.text}",
        corpus=when.corpus,
    )
    return _with_items(both, [*who.items, *when.items])


def _date(store: Store, reading: Reading, ref: InstrumentRef, x: str) -> Answer:
    claims = [c for c in _claims(store, ref, "date") if c.value]
    items = [item(f"{x}: {written(c.value)}", ref.id, c.evidence or head_evidence(store, ref)) for c in claims]
    if items:
        full = [c for c in claims if len(c.value) == 10]
        key = "date_conflict" if len(full) > 1 else "date" if full else "date_part"
        values: dict[str, str | int] = {"x": x, "list": listed(day(reading, c.value) for c in claims)}
        return give(store, reading, items, yes=(key, values), no=("no_date", {"x": x, "bound": ""}))
    bound = _latest(store, ref)
    tail = ""
    if bound is not None and bound.subject.date:
        tail = say(reading, "bound", day=day(reading, bound.subject.date), y=number_of(bound.subject))
    answer = give(store, reading, [], yes=("date", {}), no=("no_date", {"x": x, "bound": tail}))
    if bound is None:
        return answer
    text = f"{instrument_label(bound.subject)} → {instrument_label(ref)}"
    shown = relation_item(bound, text)
    return _with_items(answer, [Item(text=shown.text, id=ref.id, derived=True, evidence=shown.evidence)])


def _with_items(answer: Answer, items: list[Item]) -> Answer:
    return Answer(
        question=answer.question,
        status=answer.status,
        kind=answer.kind,
        parameters=answer.parameters,
        text=answer.text,
        items=tuple(items),
        corpus=answer.corpus,
    )


def _latest(store: Store, ref: InstrumentRef) -> RelationView | None:
    """The earliest dated instrument that already speaks of it."""
    dated = [r for r in store.relations(object_=ref.id) if r.subject.date and len(r.subject.date) == 10 and r.evidence]
    return min(dated, key=lambda r: (r.subject.date or "", r.subject.id), default=None)


def signer(store: Store, reading: Reading) -> Answer:
    """Who signed a loaded document."""
    ref = asked(reading)
    detail = store.instrument(ref.id)
    items = [item(name, ref.id, phrase_evidence(store, ref, name_of_signer(name))) for name in detail.signers]
    values: dict[str, str | int] = {"x": instrument_label(ref), "list": listed(detail.signers, reading.english)}
    return give(store, reading, items, yes=("signer", values), no=("no_signer", {"x": instrument_label(ref)}))


def recipients(store: Store, reading: Reading) -> Answer:
    """To whom a loaded document goes."""
    ref = asked(reading)
    detail = store.instrument(ref.id)
    names = (*detail.addressees, *detail.recipients)
    items = [item(name, ref.id, phrase_evidence(store, ref, name)) for name in names]
    values: dict[str, str | int] = {"x": instrument_label(ref), "n": len(names), "list": listed(names, reading.english)}
    return give(store, reading, items, yes=("recipients", values), no=("no_recipients", {"x": instrument_label(ref)}))


def same(store: Store, reading: Reading) -> Answer:
    """Whether two names mean one instrument."""
    first, second = asked(reading, 0), asked(reading, 1)
    names = [m.text for m in reading.instruments[:2]]
    if first.id == second.id:
        claims = _claims(store, first, "number")
        items = [
            item(f"số {c.value}: {instrument_label(first)}", first.id, c.evidence or head_evidence(store, first))
            for c in claims
        ]
        values: dict[str, str | int] = {"x": names[0], "y": names[1], "list": listed(i.text for i in items)}
        return give(store, reading, items, yes=("same", values), no=("outside", {}))
    items = [item(instrument_label(r), r.id, told_in(store, store.instrument(r.id), 2)) for r in (first, second)]
    return give(store, reading, items, yes=("different", {"x": items[0].text, "y": items[1].text}), no=("outside", {}))


_BOTH = re.compile(r"\b(ai|co quan nao|who)\b.*\b(ban hanh|issued)\b|\b(do|cua) (ai|co quan nao)\b")  # who, beside when
_LINE = re.compile(r"\b(?:dong|line)\s+(\d{1,6})\b")


def provision(store: Store, reading: Reading) -> Answer:
    """An article or section: quoted where the document is loaded."""
    ref = asked(reading)
    if ref.loaded:
        return source_text(store, reading)
    return give(store, reading, [], yes=("provision", {}), no=("provision", {"x": instrument_label(ref)}))


def source_text(store: Store, reading: Reading) -> Answer:
    """The source text of a document, a line or a section; of an instrument only cited, the sentences that cite it."""
    ref = asked(reading)
    x = instrument_label(ref)
    if not ref.loaded:
        items = [relation_item(r, instrument_label(r.subject)) for r in store.relations(object_=ref.id)]
        return give(store, reading, items, yes=("source_cited", {"x": x}), no=("no_source_text", {"x": x}))
    line, section = _LINE.search(reading.masked), reading.section
    if line:
        items = [item(e.text.strip(), ref.id, (e,)) for e in line_evidence(store, ref, int(line[1]))]
    elif section:
        duties = store.obligations(DutyFilter(document=ref.id))
        items = [
            item(d.evidence[0].text, d.id, d.evidence) for d in duties if d.evidence and in_section(d.section, section)
        ]
    else:
        items = [item(e.text.strip(), ref.id, (e,)) for e in body_evidence(store, ref)]
    return give(store, reading, items, yes=("source_text", {"x": x}), no=("no_source_text", {"x": x}))
