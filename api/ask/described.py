"""Instruments told without a number: by kind, issuer, year, place and words of the title."""

import re
from dataclasses import dataclass

from api.ask.bodies import BodyMention, canon
from api.ask.days import Period, is_of_year
from api.ask.instruments import InstrumentMention, kind_words
from api.ask.places import PlaceMention, same_province
from api.ask.tables import TypeWords, vocabulary
from api.ask.text import Question
from graph.results import InstrumentRef
from graph.store import InstrumentFilter, Store
from ontology.vietnamese import fold

_WORD = re.compile(r"[a-z0-9]+")
_PLURAL = re.compile(
    r"(?<!muc)(?<!phan)(?<!diem)(?<!dieu)(?<!dong)(?<!khoan)(?:^|\s)"
    r"(?:cac|nhung|moi|tat ca|cac loai|ca|hai|ba|bon|nam|which|what|all|cac ban|\d{1,2}|co|mot so)\s+$"
)
_LEADS_ON = re.compile(  # words with which the sentence goes on after a name
    r"\b(?:thuc hien|thuc|trien khai|trien|quan triet|(?<!co )so|dan|nhac|can cu|giao|la|co|duoc|ban hanh|ky|gui"
    r"|mang|cua|do|ve|thi|va|voi|theo|viec|nhiem vu|nhiem|nghia vu|nghia)(?: van| van ban| nhung| cac)?$"
)
_BARRIER = frozenset({"nao", "gi", "ai", "which", "what", "who"})
_LINKS = frozenset(
    {
        "cua",
        "do",
        "ve",
        "viec",
        "va",
        "nam",
        "so",
        "ngay",
        "tinh",
        "thuoc",
        "tai",
        "o",
        "of",
        "by",
        "for",
        "the",
        "in",
        "issued",
        "dated",
        "on",
        "about",
    }
)
_LAWS = frozenset({"luat", "phap_lenh"})
_MAX_CHOICES = 10


@dataclass(frozen=True, slots=True)
class Named:
    """What was recognised in a question so far; a description is built from it."""

    instruments: list[InstrumentMention]
    bodies: list[BodyMention]
    places: list[PlaceMention]
    periods: list[Period]

    def spans(self) -> list[tuple[int, int]]:
        """Ranges of bodies, places and periods."""
        spans = [(b.start, b.end) for b in self.bodies]
        spans += [(p.start, p.end) for p in self.places]
        return spans + [(p.start, p.end) for p in self.periods]


def find_described(q: Question, store: Store, named: Named) -> list[InstrumentMention]:
    """Find documents that are told, not numbered.

    A telling counts where it holds an issuer, or two words of a title, or one word and a year or place; the longest
    stretch of words that still fits a document is taken.
    """
    walls = [(m.start, m.end) for m in named.instruments]
    found: list[InstrumentMention] = []
    for start, end, kind in _kinds_in(q, walls, named.bodies):
        if found and start < found[-1].end:
            continue
        mention = _longest(q, store, (start, end, kind), named)
        if mention is not None:
            found.append(mention)
    return found


def _kinds_in(q: Question, walls: list[tuple[int, int]], bodies: list[BodyMention]) -> list[tuple[int, int, TypeWords]]:
    pattern, words = kind_words()
    wrong = [m.span() for w in vocabulary().not_types for m in re.finditer(rf"\b{re.escape(w)}\b", q.flat)]
    busy = [*walls, *wrong, *((b.start, b.end) for b in bodies)]
    result = []
    for m in pattern.finditer(q.flat):
        abbreviation = len(m[0]) <= 3 and m[0] != "law"
        if any(s < m.end() and m.start() < e for s, e in busy) or abbreviation or _PLURAL.search(q.flat[: m.start()]):
            continue
        result.append((m.start(), m.end(), words[m[0]]))
    return result


def _longest(q: Question, store: Store, kind: tuple[int, int, TypeWords], named: Named) -> InstrumentMention | None:
    start, after, type_ = kind
    limit = min([m.start for m in named.instruments if m.start >= after] + [len(q.flat)])
    halt = re.compile(r"[?!;:]").search(q.flat, after, limit)
    limit = halt.start() if halt else limit
    said = q.flat[start:after].split()
    extra = [] if q.english else said[len(fold(type_.canonical).split()) :]  # "kế hoạch phối hợp": words of the title
    if said[0] in {"coordination", "joint"}:
        extra = ["phoi", "hop"]
    before = [p for p in named.periods if p.unit == "year" and p.end <= start and not q.flat[p.end : start].strip()]
    ends = ([after] if before or extra else []) + _ends(q, after, limit)
    refs = store.instruments(InstrumentFilter(types=(type_.slug,))) if ends else []
    for end in reversed(ends):
        if any(s < end < e for s, e in named.spans()) or _LEADS_ON.search(q.flat, after, end):
            continue
        fitting = _fitting(q, refs, (after, end), extra, before, named)
        if fitting:
            begin, found = (before[0].start if before else start), tuple(fitting[:_MAX_CHOICES])
            return InstrumentMention(begin, end, q.raw[start:end], type_.slug, found, numbered=False)
    return _unknown_law(q, start, after, limit) if ends and type_.slug in _LAWS else None


def _fitting(  # noqa: PLR0917 - one step of _longest
    q: Question,
    refs: list[InstrumentRef],
    span: tuple[int, int],
    extra: list[str],
    before: list[Period],
    named: Named,
) -> list[InstrumentRef]:
    """Documents that fit a stretch of words; none where the words tell too little."""
    after, end = span
    inside = [b for b in named.bodies if after <= b.start and b.end <= end]
    here = [p for p in named.places if after <= p.start and p.end <= end]
    years = before + [p for p in named.periods if after <= p.start and p.end <= end]
    parts = [*((b.start, b.end) for b in inside), *((p.start, p.end) for p in here), *((p.start, p.end) for p in years)]
    words = extra + [w for w in _free_words(q, after, end, parts) if w not in _LINKS]
    strong = bool(inside) or len(words) >= 2 or (bool(words) and bool(years or here))
    if not strong or (words and words[-1] in _BARRIER):
        return []
    if inside and any(w not in _LINKS for w in _free_words(q, inside[0].end, end, parts)):
        return []  # after "của …" the sentence goes on
    return [r for r in refs if _fits(r, words, inside, here, years)]


def _unknown_law(q: Question, start: int, after: int, limit: int) -> InstrumentMention | None:
    """A law told by its name that no loaded document has; its name ends at a word that no name holds."""
    stops = frozenset(w for w in vocabulary().stops if " " not in w)
    end = after
    for m in _WORD.finditer(q.flat, after, limit):
        if m[0] in stops or m[0] in _BARRIER or q.flat[end : m.start()].strip():
            break
        end = m.end()
    return InstrumentMention(start, end, q.raw[start:end], "luat", numbered=False) if end > after else None


def _ends(q: Question, after: int, limit: int) -> list[int]:
    ends = []
    for m in _WORD.finditer(q.flat, after, limit):
        if m[0] in _BARRIER:
            break
        ends.append(m.end())
    return ends


def _free_words(q: Question, start: int, end: int, parts: list[tuple[int, int]]) -> list[str]:
    return [m[0] for m in _WORD.finditer(q.flat, start, end) if not any(s <= m.start() < e for s, e in parts)]


def _fits(
    ref: InstrumentRef, words: list[str], bodies: list[BodyMention], places: list[PlaceMention], years: list[Period]
) -> bool:
    have = set(fold(f"{ref.title or ''} {ref.label}").split())
    if not all(w in have for w in words):
        return False
    if not all(_issued_by(ref, b) for b in bodies):
        return False
    if not all(ref.jurisdiction is not None and same_province(ref.jurisdiction, p.slug) for p in places):
        return False
    return all(_of_year(ref, p) for p in years)


def _issued_by(ref: InstrumentRef, body: BodyMention) -> bool:
    if not ref.issuer:
        return False
    if any(b.name == ref.issuer for b in body.found):
        return True
    return canon(body.text) in {canon(part) for part in re.split(r";| và |, ", ref.issuer)} | {canon(ref.issuer)}


def _of_year(ref: InstrumentRef, period: Period) -> bool:
    if ref.date:
        return ref.date[: len(period.first)] == period.first or ref.date.startswith(period.year)
    return is_of_year(None, ref.title, period.year)
