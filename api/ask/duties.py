"""Answers about duties: whose, under what, up and down, who leads, who must report to whom."""

import re
from dataclasses import replace

from msgspec import structs

from api.answers import Answer, Item, body_label, instrument_label
from api.ask.documents import asked, flatten
from api.ask.limits import duty_here, in_section, of_issuer, of_year
from api.ask.reading import Reading
from api.ask.saying import day, give, listed, say
from api.ask.topics import about
from api.ask.wide import every_duty
from api.items import duty_items
from graph.results import BodyRef, DutyView, InstrumentRef
from graph.store import DutyFilter, InstrumentFilter, Store
from ontology.terms import BodyKind, CounterpartyKind, DeadlineKind, Direction, Role, Strength
from ontology.vietnamese import fold

_UP = re.compile(r"\b(len tren|len cap tren|cap tren|huong len|up|upward|upwards|superiors?)\b")
_DOWN = re.compile(r"\b(xuong duoi|xuong|cap duoi|huong xuong|down|downward|downwards|subordinates?)\b")
_REPORT = re.compile(r"\b(bao cao|nop|gui|ho so|reports?|submit|submits|submission|file|files)\b")
_REPORTS = re.compile(r"\bbao cao (?!thang|quy va|tai chinh doanh)|\bgui ho so\b|\bnop\b")
_PLAIN_OWN = re.compile(r"\b(nghia vu|obligations?|bao cao|nop)\b")
_INSIDE = re.compile(r"(?:(?:truong|thu truong|lanh dao) )?(?:cac )?(?:phong|don vi|bo phan|ban)\b")
_MAX_DOCUMENTS = 1000
SENT = frozenset({CounterpartyKind.REPORTS_TO, CounterpartyKind.SENDS_TO})
ROLES = (
    (
        re.compile(r"\b(theo doi|don doc|giam sat|kiem tra|monitors?|supervises?|oversees|checks?|inspects?)\b"),
        Role.MONITORS,
    ),
    (re.compile(r"\b(chu tri|dau moi|leads?)\b"), Role.LEADS),
    (re.compile(r"\b(phoi hop|coordinates?)\b"), Role.COORDINATES),
    (re.compile(r"\b(chi dao|directs?)\b"), Role.DIRECTS),
)
_CHARGED = re.compile(r"<b> (?:da |se |co )?(?:giao|yeu cau|de nghi|phan cong|chi dao)(?: cho)? <b>")
_ROLE_OF_BODY = re.compile(
    r"<b> (?:phai |can |duoc giao )?(chu tri|chi dao|phoi hop|theo doi|don doc|kiem tra|giam sat)\b"
)


def body_of(reading: Reading, at: int = 0) -> BodyRef:
    """The body asked about."""
    return reading.bodies[at].found[0]


def borne(store: Store, reading: Reading, direction: Direction = Direction.OWN, at: int = 0) -> list[DutyView]:
    """Duties of the body asked about under all its names, those that name it before those derived for it."""
    mention = reading.bodies[at]
    if mention.whose:
        return of_classes(store, mention.whose)
    names = (mention.found[0], *mention.also)
    found = {d.id: d for b in reversed(names) for d in store.duties(b.id, direction)}
    if mention.province is not None and mention.found[0].jurisdiction in {None, "vn"}:  # a rule for every province
        found = {i: structs.replace(d, derived=True) for i, d in found.items()}
    if direction is Direction.OWN and mention.found[0].kind is BodyKind.ORGANIZATION:
        for duty in of_classes(store, names):
            found.setdefault(duty.id, structs.replace(duty, derived=True))
    return sorted(found.values(), key=lambda d: d.derived)


def of_classes(store: Store, bodies: tuple[BodyRef, ...]) -> list[DutyView]:
    """Duties that a body's own documents lay on its units as a class ("các phòng, đơn vị trực thuộc")."""
    issuers = {b.name for b in bodies}
    places = dict.fromkeys(b.jurisdiction for b in bodies)
    refs = [r for p in places for r in store.instruments(InstrumentFilter(loaded=True, jurisdiction=p))]
    laid = [d for r in refs if r.issuer in issuers for d in store.obligations(DutyFilter(document=r.id))]
    return [d for d in laid if any(_is_class(b.body) for b in d.bearers)]


def _is_class(body: BodyRef) -> bool:
    return body.kind is BodyKind.CLASS and _INSIDE.match(fold(body.name)) is not None


def names_of(reading: Reading, at: int = 0) -> set[str]:
    """Identities of the body asked about."""
    mention = reading.bodies[at]
    return {mention.found[0].id, *(b.id for b in mention.also)}


def under(store: Store, ref: InstrumentRef) -> list[DutyView]:
    """Duties that carry out an instrument, or that it lays itself.

    A document that carries it out as a whole (title, preamble) brings all its duties; one that names it in a single
    duty brings that one.
    """
    whole = {n.instrument.id for n in flatten(store.implementers(ref.id, strength=Strength.DOCUMENT))} | {ref.id}
    laid = store.obligations(DutyFilter(document=ref.id)) if ref.loaded else []
    carried = [d for d in store.obligations(DutyFilter(under=ref.id)) if _carries(d, ref, whole)]
    return list({d.id: d for d in (*laid, *carried)}.values())


def _carries(duty: DutyView, ref: InstrumentRef, whole: set[str]) -> bool:
    return duty.instrument.id in whole or any(i.id == ref.id for i in duty.implements)


def duties(store: Store, reading: Reading) -> Answer:
    """Duties of a body: own, up or down, under an instrument, in a period, on a topic, only reports."""
    if _CHARGED.search(reading.masked):  # "A giao B việc gì": the duties of B
        reading = replace(reading, bodies=(reading.bodies[1], reading.bodies[0], *reading.bodies[2:]))
    body = body_of(reading)
    words = re.sub(r"<\w>", " ", reading.masked)
    direction = Direction.UP if _UP.search(words) else Direction.DOWN if _DOWN.search(words) else Direction.OWN
    found = borne(store, reading, direction)
    if direction is Direction.UP:
        found.sort(key=lambda d: not d.counterparties)
    ref = asked(reading) if reading.instruments else None
    reports = direction is not Direction.DOWN and _REPORT.search(words) is not None
    if direction is Direction.OWN and not _PLAIN_OWN.search(words):
        found += received(store, reading)
    if ref is not None:
        carried = {d.id for d in under(store, ref)}
        found = [d for d in found if d.id in carried]
    found = [d for d in found if in_period(d, reading) and in_asked_section(d, reading)]
    if len(reading.bodies) > 1:
        found = [d for d in found if _involves(d, reading)]
    wanted = _role_asked(reading)
    if wanted is not None:
        names = names_of(reading)
        found = [d for d in found if any(b.role is wanted and b.body.id in names for b in d.bearers)]
    if reports:
        found = [d for d in found if is_report(d)]
    found = about(found, reading)
    return _told(store, reading, body, ref, found)


def _role_asked(reading: Reading) -> Role | None:
    """The role in "Ban Dân vận chủ trì việc gì?"."""
    said = _ROLE_OF_BODY.search(reading.masked)
    if said is None:
        return None
    return next((role for pattern, role in ROLES if pattern.search(said[1])), None)


def _involves(duty: DutyView, reading: Reading) -> bool:
    """True where a duty concerns the second body asked about too: as a party, or as issuer of what it carries out."""
    names = names_of(reading, 1)
    if any(p.body.id in names for p in (*duty.bearers, *duty.counterparties)):
        return True
    if _CHARGED.search(reading.masked) and of_issuer(duty.instrument, reading.bodies[1].text):
        return True
    return any(of_issuer(i, reading.bodies[1].text) for i in duty.implements)


def _told(store: Store, reading: Reading, body: BodyRef, ref: InstrumentRef | None, found: list[DutyView]) -> Answer:
    x = body_label(body)
    tail = say(reading, "duties_under", y=instrument_label(ref)) if ref is not None else ""
    dated = {
        d.deadline.last_day: _told_day(reading, d) for d in found if d.deadline is not None and d.deadline.last_day
    }
    told = listed((dated[k] for k in sorted(dated)), reading.english)
    dates = say(reading, "duties_dates", list=told) if dated else ""
    values: dict[str, str | int] = {"x": x, "n": len({d.id for d in found}), "under": tail, "dates": dates}
    items = [_received_item(i, d, body) for i, d in zip(duty_items(store, found, reading.part), found, strict=True)]
    return give(store, reading, items, yes=("duties", values), no=("no_duties", {"x": x, "under": tail}))


def _told_day(reading: Reading, duty: DutyView) -> str:
    """The time phrase as written with the last day that it means: "trước ngày 15/11/2024 (14/11/2024)"."""
    if duty.deadline is None:
        return ""
    last = day(reading, duty.deadline.last_day)
    phrase = " ".join(duty.deadline.phrase.split())
    return phrase if last in phrase else f"{phrase} ({last})"


def _received_item(it: Item, duty: DutyView, body: BodyRef) -> Item:
    if any(p.body.id == body.id for p in duty.bearers) or not any(p.body.id == body.id for p in duty.counterparties):
        return it
    return structs.replace(it, text=f"Tiếp nhận: {it.text}")


def received(store: Store, reading: Reading, kinds: frozenset[CounterpartyKind] = SENT) -> list[DutyView]:
    """Duties of others, in documents of the body's own place, to report or send to the body (or to work with it)."""
    names = names_of(reading)
    place = body_of(reading).jurisdiction
    documents = store.instruments(InstrumentFilter(loaded=True, jurisdiction=place))[:_MAX_DOCUMENTS]
    laid = [d for r in documents for d in store.obligations(DutyFilter(document=r.id))]
    return [d for d in laid if any(p.body.id in names and p.kind in kinds for p in d.counterparties)]


def in_period(duty: DutyView, reading: Reading) -> bool:
    """True where a duty falls in the period asked for: by its last day, else by the year of its document."""
    period = reading.period()
    if period is None:
        return True
    last = duty.deadline.last_day if duty.deadline is not None else None
    if last is not None:
        return period.first <= last <= period.last if period.first != period.last else last <= period.last
    if period.unit != "year":
        return False
    ref = duty.instrument
    return of_year(ref, period.year)


def in_asked_section(duty: DutyView, reading: Reading) -> bool:
    """True where a duty stands in the section that the question names (or it names none)."""
    return reading.section is None or in_section(duty.section, reading.section)


def is_report(duty: DutyView) -> bool:
    """True where a duty is to report, submit or send something."""
    if any(p.kind in SENT for p in duty.counterparties):
        return True
    return _REPORTS.search(fold(duty.action) + " ") is not None


def carriers(store: Store, reading: Reading) -> Answer:
    """Who carries out an instrument, and by when."""
    if reading.bodies:
        return duties(store, reading)
    ref = asked(reading)
    found = [d for d in under(store, ref) if in_period(d, reading) and in_asked_section(d, reading)]
    found = about([d for d in found if duty_here(reading, d)], reading)
    x = instrument_label(ref)
    who = listed((b.name for d in found for b in d.bearers), reading.english)
    values: dict[str, str | int] = {"x": x, "n": len(found), "list": who}
    items = duty_items(store, found, reading.part)
    return give(store, reading, items, yes=("carriers", values), no=("no_carriers", {"x": x}))


def document_duties(store: Store, reading: Reading) -> Answer:
    """Duties that a document lays, or that carry it out where it is only cited."""
    ref = asked(reading)
    if reading.bodies and ref.loaded:
        return duties(store, reading)
    found = store.obligations(DutyFilter(document=ref.id)) if ref.loaded else under(store, ref)
    found = [d for d in found if in_period(d, reading) and in_asked_section(d, reading)]
    found = about([d for d in found if duty_here(reading, d)], reading)
    if reading.bodies:  # its own text is not there: only what others lay on the body to carry it out
        names = names_of(reading)
        found = [d for d in found if any(b.body.id in names for b in d.bearers)]
    x = instrument_label(ref)
    values: dict[str, str | int] = {"x": x, "n": len(found), "under": "", "dates": ""}
    items = duty_items(store, found, reading.part)
    return give(
        store,
        reading,
        items,
        yes=("duties" if ref.loaded else "duties_cited", values),
        no=("no_duties", {"x": x, "under": ""}),
    )


def undated(store: Store, reading: Reading) -> Answer:
    """Duties without a day: none stated, continuous, periodical, or "theo quy định"."""
    return _by_deadline(store, reading, "undated", dated=False)


def dated(store: Store, reading: Reading) -> Answer:
    """Duties with a deadline that tells a day."""
    return _by_deadline(store, reading, "dated", dated=True)


def _by_deadline(store: Store, reading: Reading, key: str, *, dated: bool) -> Answer:
    ref = asked(reading) if reading.instruments else None
    if ref is not None and ref.loaded:
        pool: list[DutyView] = store.obligations(DutyFilter(document=ref.id))
    elif ref is not None:
        pool = under(store, ref)
    elif reading.bodies:
        pool = borne(store, reading)
    else:
        pool = every_duty(store)
    found = [d for d in pool if _has_day(d) is dated and duty_here(reading, d)]
    if reading.period("year") is not None:
        found = [d for d in found if in_period(d, reading)]
    if not dated and re.search(r"\b(thuong xuyen|lien tuc|continuous)\b", reading.masked):
        found = [d for d in found if d.deadline is not None and d.deadline.kind is DeadlineKind.CONTINUOUS]
    tail = say(reading, "duties_under", y=instrument_label(ref)) if ref is not None else ""
    values: dict[str, str | int] = {"n": len(found), "under": tail}
    x = body_label(body_of(reading)) if reading.bodies else instrument_label(ref) if ref is not None else "?"
    items = duty_items(store, found, reading.part)
    return give(store, reading, items, yes=(key, values), no=("no_duties", {"x": x, "under": ""}))


def _has_day(duty: DutyView) -> bool:
    return duty.deadline is not None and duty.deadline.last_day is not None
