"""Read a question: what it names, which kind of question it is, and what it asks beyond that."""

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from api.ask.bodies import BodyMention, find_bodies, narrow
from api.ask.days import Period, find_periods
from api.ask.described import Named, find_described
from api.ask.instruments import InstrumentMention, find_files, find_numbered, look_up
from api.ask.leftover import corrected, leftover
from api.ask.names import PersonMention, find_people
from api.ask.places import PlaceMention, find_places
from api.ask.tables import Pattern, patterns
from api.ask.text import Question, mask
from api.parts import WHOLE, Part
from graph.store import Store
from ontology.terms import BodyKind

_THRESHOLD = 1.0
_NEXT_TO = re.compile(r"^[\s,(]*(?:(?:cua|o|tai|thuoc|tinh|thanh pho|tp|of|in|the|from)\b\.?[\s(]*)*$")
_BY = re.compile(r"\b(?:cua|thuoc|do|of|by|from)\b")
_ASKS = re.compile(
    r"\b(nao|gi|ai|may|bao nhieu|sao|dau|khong|chua|bao gio|how|which|what|who|whom|where|when|why|is|are|does|do)\b"
)
_ASKS_WHAT = re.compile(r"\b(nao|gi|may|bao nhieu|which|what|how many)\b")
_LABEL = r"(?:[ivxlc]+|[a-h]|\d{1,3})"
_SECTION = re.compile(
    rf"\b(?:(?:muc|phan|diem|khoan|dieu|section|item|article|clause)\s+|(?:nhiem vu|noi dung|viec|task)\s+(?=\w+\.\d))"
    rf"({_LABEL}(?:[.\s]{_LABEL})*)\b"
)
_OWNED = re.compile(r"\s*(?:cua|thuoc|of|in|at)\s+(?:the\s+)?")
_OWNED_UNITS = re.compile(r"\s*(?:(?:truc )?thuoc|cua|o|tai|trong|of|in|at)?\s*(?:the\s+)?")
_UNIT_MARK = {"day": "<d>", "month": "<m>", "quarter": "<q>", "year": "<y>"}


@dataclass(frozen=True, slots=True)
class Reading:
    """A question as it was understood.

    Attributes:
        kind: None where no kind fits.
        masked: The question with marks for what it names.
        rest: Runs of words that neither name anything nor belong to the kind of question: its topic.
        section: "ii.3" where the question names a section, article or item of a document.
        where: Provinces named for themselves, not as part of the name of a body or document: they limit the answer.
        part: Which of the facts that answer will be given.
    """

    question: Question
    kind: str | None
    masked: str
    instruments: tuple[InstrumentMention, ...] = ()
    bodies: tuple[BodyMention, ...] = ()
    places: tuple[PlaceMention, ...] = ()
    periods: tuple[Period, ...] = ()
    rest: tuple[str, ...] = ()
    where: tuple[str, ...] = ()
    people: tuple[PersonMention, ...] = ()
    section: str | None = None
    part: Part = WHOLE

    @property
    def english(self) -> bool:
        """True where the answer should be in English."""
        return self.question.english

    @property
    def provinces(self) -> tuple[str, ...]:
        """Slugs of the provinces named."""
        return tuple(dict.fromkeys(p.slug for p in self.places))

    def period(self, *units: str) -> Period | None:
        """The first period of some units (any where none is given)."""
        return next((p for p in self.periods if not units or p.unit in units), None)


def read_question(question: Question, store: Store) -> Reading:
    """Recognise what a question names in a store and what it asks."""
    numbered = [*find_files(question, store), *find_numbered(question)]
    numbered = _without_overlap(numbered)
    people = find_people(question)
    spans = [*((m.start, m.end) for m in numbered), *((n.start, n.end) for n in people)]
    periods = [p for p in find_periods(question.flat) if not _inside(p.start, spans)]
    places = [p for p in find_places(question, store) if not _inside(p.start, spans)]
    years = tuple(p.year for p in periods)
    instruments = [_look_up(question, store, m, places, years) for m in numbered]
    busy = spans + [(p.start, p.end) for p in periods]
    bodies = find_bodies(question, store, places, busy)
    instruments, bodies = _absorb_issuers(question, instruments, bodies)
    told = find_described(question, store, Named(instruments, bodies, places, periods))
    instruments += told
    inside = [(m.start, m.end) for m in told]
    bodies = [b for b in bodies if not _inside(b.start, inside)]
    bodies = [_with_place(question, b, places) for b in _narrow_bodies(bodies, places, instruments)]
    bodies = _own_classes(question, _join_parts(question, bodies))
    free_periods = [p for p in periods if not _inside(p.start, inside)]
    instruments = [_of_issuer_named(m, bodies) for m in instruments]
    taken = [*inside, *((m.start, m.end) for m in instruments), *((b.start, b.end) for b in bodies)]
    homes = {b.province for b in bodies}
    where = (p.slug for p in places if not _inside(p.start, taken) and p.slug not in homes)
    return _classify(
        Reading(
            question,
            None,
            "",
            tuple(sorted(instruments, key=lambda m: m.start)),
            tuple(bodies),
            tuple(places),
            tuple(free_periods or [p for p in periods if p.unit == "day"]),
            where=tuple(dict.fromkeys(where)),
            people=tuple(people),
        ),
        [*taken, *((n.start, n.end) for n in people)],
    )


def _look_up(
    q: Question, store: Store, mention: InstrumentMention, places: list[PlaceMention], years: tuple[str, ...]
) -> InstrumentMention:
    """Look a number up; a province after it is part of its name where it is of that province."""
    place = _place_after(q, mention.end, places)
    provinces = tuple(dict.fromkeys(p.slug for p in places))
    hint = place.slug if place is not None else None
    owned = place is not None and _BY.search(q.flat, mention.end, place.start) is not None
    found = look_up(store, mention, hint, provinces, years, place_only=not owned)
    if place is None or (not owned and any(r.jurisdiction == "vn" for r in found.found)):
        return found
    return replace(found, end=place.end)


def _inside(at: int, spans: list[tuple[int, int]]) -> bool:
    return any(s <= at < e for s, e in spans)


def _without_overlap(mentions: list[InstrumentMention]) -> list[InstrumentMention]:
    kept: list[InstrumentMention] = []
    for m in mentions:
        if not any(m.start < k.end and k.start < m.end for k in kept):
            kept.append(m)
    return kept


def _place_after(q: Question, end: int, places: list[PlaceMention]) -> PlaceMention | None:
    """The province bound to a mention: the one that directly follows it."""
    for p in places:
        if p.start >= end and _NEXT_TO.match(q.flat[end : p.start]):
            return p
    return None


def _absorb_issuers(
    q: Question, instruments: list[InstrumentMention], bodies: list[BodyMention]
) -> tuple[list[InstrumentMention], list[BodyMention]]:
    """Take "của Ban Dân vận Tỉnh ủy" after an instrument that it issued as part of its name."""
    free = list(bodies)
    result: list[InstrumentMention] = []
    for m in instruments:
        for b in free:
            gap = q.flat[m.end : b.start] if b.start >= m.end else "?"
            if re.fullmatch(r"[\s,(]*(?:cua|do|of|by|from|issued by)\s+(?:the\s+)?", gap) is None:
                continue
            ids = {x.id for x in b.found}
            issued = tuple(r for r in m.found if r.issuer and any(r.issuer == x.name for x in b.found))
            if issued or not ids:
                m = replace(m, end=b.end, found=issued or m.found)  # noqa: PLW2901
                free.remove(b)
                break
        result.append(m)
    return result, free


def _with_place(q: Question, body: BodyMention, places: list[PlaceMention]) -> BodyMention:
    """Take the province that follows a body as part of its name."""
    place = _place_after(q, body.end, places)
    return replace(body, end=place.end) if place is not None and place.slug == body.province else body


def _join_parts(q: Question, bodies: list[BodyMention]) -> list[BodyMention]:
    """Read "Văn phòng Sở của Sở Công Thương Quảng Ngãi" as one body: the part, at the place of the whole."""
    joined: list[BodyMention] = []
    for body in bodies:
        part = joined[-1] if joined else None
        if part is not None and _OWNED.fullmatch(q.flat[part.end : body.start]):
            homes = {b.jurisdiction for b in body.found}
            kept = tuple(b for b in part.found if b.jurisdiction in homes)
            if kept:
                joined[-1] = replace(part, end=body.end, found=kept)
                continue
        joined.append(body)
    return joined


def _of_issuer_named(mention: InstrumentMention, bodies: list[BodyMention]) -> InstrumentMention:
    """Among documents that fit a telling keep those of a body that the question names beside it."""
    names = {b.name for body in bodies for b in body.found}
    own = tuple(r for r in mention.found if r.issuer in names)
    return replace(mention, found=own) if len(mention.found) > 1 and own and not mention.numbered else mention


def _own_classes(q: Question, bodies: list[BodyMention]) -> list[BodyMention]:
    """Read "các phòng, đơn vị thuộc Sở Công Thương" as the units of that body."""
    result: list[BodyMention] = []
    for body in bodies:
        units = result[-1] if result else None
        of = units is not None and _OWNED_UNITS.fullmatch(q.flat[units.end : body.start])
        if units is not None and of and units.found and units.found[0].kind is BodyKind.CLASS and body.found:
            result[-1] = replace(units, end=body.end, whose=body.found)
        else:
            result.append(body)
    return result


def _narrow_bodies(
    bodies: list[BodyMention], places: list[PlaceMention], instruments: list[InstrumentMention]
) -> list[BodyMention]:
    """Choose among bodies of one name: by the province bound to it, the only one told, that of the document."""
    told = {p.slug for p in places}
    bound = {b.province for b in bodies if b.province}
    alone = {b.found[0].jurisdiction for b in bodies if len({x.jurisdiction for x in b.found}) == 1} - {None, "vn"}
    homes = {r.jurisdiction for m in instruments for r in m.found if r.jurisdiction not in {None, "vn"}}
    result = []
    for body in bodies:
        if body.province:
            chosen = narrow(body, body.province, must=True)
        elif len(told) == 1:
            chosen = narrow(body, next(iter(told)), must=not bound)
        elif len(homes) == 1 and len(body.found) > 1:
            chosen = narrow(body, next(iter(homes)), must=False)
        elif not homes and len(alone) == 1 and len(body.found) > 1:  # beside a body that is of one province only
            chosen = narrow(body, next(iter(alone)), must=False)
        else:
            chosen = body
        result.append(chosen)
    return result


# -- which kind of question ------------------------------------------------------------------------------------------


@lru_cache(maxsize=1)
def _compiled() -> tuple[tuple[Pattern, tuple[tuple[re.Pattern[str], float], ...], tuple[re.Pattern[str], ...]], ...]:
    return tuple(
        (p, tuple((re.compile(c), w) for c, w in p.cues.items()), tuple(re.compile(n) for n in p.never))
        for p in patterns()
    )


def _classify(reading: Reading, consumed: list[tuple[int, int]]) -> Reading:
    spans = [(m.start, m.end, "<i>") for m in reading.instruments]
    spans += [(b.start, b.end, "<b>") for b in reading.bodies]
    spans += [(n.start, n.end, "<n>") for n in reading.people]
    sections = [m for m in _SECTION.finditer(reading.question.flat) if not _inside(m.start(), consumed)]
    spans += [(*m.span(), "<s>") for m in sections]
    spans += [(p.start, p.end, "<p>") for p in reading.places if not _inside(p.start, consumed)]
    spans += [(p.start, p.end, _UNIT_MARK[p.unit]) for p in reading.periods if not _inside(p.start, consumed)]
    masked = corrected(mask(reading.question.flat, spans))
    kind = best_kind(masked, len(reading.instruments), len(reading.bodies), len(reading.people))
    taken = [(start, end) for start, end, _ in spans]
    rest = leftover(reading.question, [*taken, *consumed])
    section = re.sub(r"[\s.]+", ".", sections[0][1]) if sections else None
    named = reading.instruments or reading.bodies
    if kind is None and ((named and _ASKS.search(masked)) or (_ASKS_WHAT.search(masked) and _is_telling(rest))):
        kind = "topic"
    return replace(reading, kind=kind, masked=masked, rest=rest, section=section)


def _is_telling(rest: tuple[str, ...]) -> bool:
    return max((len(run.split()) for run in rest), default=0) >= 3


def best_kind(masked: str, instruments: int, bodies: int, people: int = 0) -> str | None:
    """The kind whose cues weigh most; None where none reaches the threshold."""
    best, most = None, 0.0
    for pattern, cues, never in _compiled():
        if not _has_needs(pattern, {"i": instruments, "b": bodies, "n": people}) or any(
            n.search(masked) for n in never
        ):
            continue
        score = sum(weight for cue, weight in cues if cue.search(masked))
        if score >= _THRESHOLD and score > most:
            best, most = pattern.kind, score
    return best


def _has_needs(pattern: Pattern, counts: dict[str, int]) -> bool:
    return all(counts[n[-1]] >= (int(n[0]) if n[0].isdigit() else 1) for n in pattern.needs)
