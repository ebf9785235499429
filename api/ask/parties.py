"""Answers about who does what with whom: roles, contact units, exchange of information, why a body is bound."""

import re

from api.answers import Answer, body_label, instrument_label, item, why_items
from api.ask.documents import asked
from api.ask.duties import ROLES, body_of, borne, in_asked_section, in_period, names_of, received, under
from api.ask.limits import duty_here, of_issuer
from api.ask.reading import Reading
from api.ask.saying import give, listed
from api.ask.topics import about, is_topic
from api.ask.wide import every_duty, topical
from api.items import duty_items
from graph.results import BodyRef, DutyView, Evidence, InstrumentRef, PartyView
from graph.store import DutyFilter, InstrumentFilter, Store
from ontology.terms import CounterpartyKind, Direction, Role
from ontology.vietnamese import fold

_EXCHANGE = re.compile(
    r"\bthong tin,? bao cao\b|\b(che do|trao doi|cung cap) thong tin\b|\bthong tin hai chieu\b"
    r"|\bto chuc hoi nghi\b|\bhoi nghi (tong ket|giao ban|danh gia)\b|\bhop (dinh ky|giao ban)\b"
)


def role(store: Store, reading: Reading) -> Answer:
    """Who leads, directs, monitors or coordinates, under an instrument, for a body, or on a topic."""
    wanted = next((r for pattern, r in ROLES if pattern.search(reading.masked)), Role.LEADS)
    if reading.instruments:
        ref = asked(reading)
        laid = store.obligations(DutyFilter(document=ref.id, role=wanted)) if ref.loaded else []
        pool = laid or under(store, ref)
    elif reading.bodies:
        pool = borne(store, reading)
    else:
        every = topical(store, reading.rest) if is_topic(reading.rest) else []
        pool = [d for d in every if any(b.role is wanted for b in d.bearers)]
    pool = [d for d in pool if in_asked_section(d, reading)]
    found = about([d for d in pool if _with_role(d, wanted) and duty_here(reading, d)], reading)
    beside = frozenset({CounterpartyKind.COORDINATES_WITH})
    if wanted is Role.COORDINATES and reading.bodies and not reading.instruments:  # "ai phối hợp với Văn phòng"
        known = {d.id for d in found}
        partners = [d for d in about(received(store, reading, beside), reading) if d.id not in known]
        found = [d for d in found if not any(b.role is wanted and b.body.id in names_of(reading) for b in d.bearers)]
        names = [p.name for d in found for p in _with_role(d, wanted)] + [b.name for d in partners for b in d.bearers]
        found += partners
    else:
        names = [p.name for d in found for p in _with_role(d, wanted)]
    who = listed(names, reading.english)
    items = duty_items(store, found, reading.part)
    return give(store, reading, items, yes=("role", {"list": who}), no=("no_role", {}))


def _with_role(duty: DutyView, wanted: Role) -> list[PartyView]:
    """Those who bear a role in a duty; who coordinates may stand as the other party."""
    beside = [p for p in duty.counterparties if p.kind is CounterpartyKind.COORDINATES_WITH]
    return [b for b in duty.bearers if b.role is wanted] + (beside if wanted is Role.COORDINATES else [])


def contact(store: Store, reading: Reading) -> Answer:
    """The unit through which a body works: it leads and consolidates or is named the contact."""
    if reading.bodies:
        body = body_of(reading)
        laid = [d for r in _issued(store, body) for d in store.obligations(DutyFilter(document=r.id))]
        pool = list({d.id: d for d in (*borne(store, reading), *laid)}.values())
        x = body_label(body)
    elif reading.instruments:
        ref = asked(reading)
        pool, x = under(store, ref), instrument_label(ref)
    else:
        pool, x = every_duty(store), ""
    found = [d for d in pool if in_period(d, reading) and _is_contact(d)]
    who = listed((b.name for d in found for b in _leaders(d)), reading.english)
    items = duty_items(store, found, reading.part)
    return give(store, reading, items, yes=("contact", {"x": x, "list": who}), no=("no_contact", {"x": x}))


def _issued(store: Store, body: BodyRef) -> list[InstrumentRef]:
    """Loaded documents that a body issued, alone or with others."""
    refs = store.instruments(InstrumentFilter(loaded=True, jurisdiction=body.jurisdiction))
    return [r for r in refs if r.issuer is not None and body.name in r.issuer]


def _leaders(duty: DutyView) -> list[PartyView]:
    leading = [b for b in duty.bearers if b.role in {Role.LEADS, Role.MONITORS}]
    return leading or list(duty.bearers)


def _is_contact(duty: DutyView) -> bool:
    text = fold(" ".join([duty.action, *(e.text for e in duty.evidence)]))
    if re.search(r"\b(dau moi|bo phan thuong truc)\b", text):
        return True
    leads = any(b.role is Role.LEADS for b in duty.bearers)
    return leads and re.search(r"\bchu tri\b.*\btong hop\b", text) is not None


def receives(store: Store, reading: Reading) -> Answer:
    """Who must report or send something to a body."""
    body = body_of(reading)
    found = [d for d in received(store, reading) if in_period(d, reading)]
    if reading.instruments:
        carried = {d.id for d in under(store, asked(reading))}
        found = [d for d in found if d.id in carried]
    x = body_label(body)
    who = listed((b.name for d in found for b in d.bearers), reading.english)
    values: dict[str, str | int] = {"x": x, "n": len(found), "list": who}
    items = duty_items(store, found, reading.part)
    return give(store, reading, items, yes=("receives", values), no=("no_receives", {"x": x}))


def exchange(store: Store, reading: Reading) -> Answer:
    """How bodies keep each other informed: reports both ways, meetings."""
    bodies = [body_of(reading, k) for k in range(len(reading.bodies))]
    documents = [_documents_of(store, reading, k) for k in range(len(bodies))]
    shared: set[str] = set.intersection(*documents) if documents else {asked(reading).id}
    if reading.instruments:
        shared &= {asked(reading).id}
    found = [d for i in sorted(shared) for d in store.obligations(DutyFilter(document=i)) if _is_exchange(d)]
    x = listed((b.name for b in bodies), reading.english) or instrument_label(asked(reading))
    values: dict[str, str | int] = {"x": x, "n": len(found)}
    items = duty_items(store, found, reading.part)
    return give(store, reading, items, yes=("exchange", values), no=("no_exchange", {"x": x}))


def _documents_of(store: Store, reading: Reading, at: int) -> set[str]:
    """Documents that lay duties on a body itself."""
    mention = reading.bodies[at]
    names = (mention.found[0], *mention.also)
    return {d.instrument.id for b in names for d in store.duties(b.id, Direction.OWN, units=False)}


def _is_exchange(duty: DutyView) -> bool:
    text = fold(" ".join([duty.action, *(e.text for e in duty.evidence)]))
    return _EXCHANGE.search(text) is not None


def why_bound(store: Store, reading: Reading) -> Answer:
    """Why a body is bound by an instrument: every path from its duty up to it."""
    body, ref = body_of(reading), asked(reading)
    paths = [p for i in sorted(names_of(reading)) for p in store.why_bound(i, ref.id)]
    values: dict[str, str | int] = {"x": body_label(body), "y": instrument_label(ref), "n": len(paths)}
    return give(store, reading, why_items(paths), yes=("why_bound", values), no=("no_why_bound", values))


_KIND_WORDS = (
    (re.compile(r"\b(chi thi|directives?)\b"), "chi_thi"),
    (re.compile(r"\b(ket luan|conclusions?)\b"), "ket_luan"),
    (re.compile(r"\b(nghi quyet|resolutions?)\b"), "nghi_quyet"),
    (re.compile(r"\b(quyet dinh|decisions?)\b"), "quyet_dinh"),
    (re.compile(r"\b(nghi dinh|decrees?)\b"), "nghi_dinh"),
    (re.compile(r"\b(luat|laws?)\b"), "luat"),
    (re.compile(r"\b(ke hoach|plans?)\b"), "ke_hoach"),
)


def bound_by(store: Store, reading: Reading) -> Answer:
    """Which instruments the duties of a body carry out, of one kind or issuer where asked so."""
    kinds = {slug for pattern, slug in _KIND_WORDS if pattern.search(reading.masked)}
    central = re.search(r"\b(trung uong|central)\b", reading.masked) is not None
    found: dict[str, tuple[InstrumentRef, list[Evidence]]] = {}
    for duty in about(borne(store, reading), reading):
        for ref in duty.implements:
            if kinds and ref.type not in kinds:
                continue
            if central and ref.jurisdiction != "vn":
                continue
            if len(reading.bodies) > 1 and not of_issuer(ref, reading.bodies[1].text):
                continue
            found.setdefault(ref.id, (ref, []))[1].extend(duty.evidence)
    items = [item(instrument_label(r), r.id, tuple(e)) for r, e in found.values()]
    x = body_label(body_of(reading))
    values: dict[str, str | int] = {"x": x, "n": len(items), "list": listed((i.text for i in items), reading.english)}
    return give(store, reading, items, yes=("bound_by", values), no=("no_bound_by", {"x": x}))
