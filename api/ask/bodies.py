"""Find the bodies, posts and classes that a question names."""

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from api.ask.places import PlaceMention, find_places, same_province
from api.ask.tables import vocabulary
from api.ask.text import Question
from graph.results import BodyRef
from graph.store import Store
from ontology.tables import provinces
from ontology.terms import BodyKind
from ontology.vietnamese import fold

_WORD = re.compile(r"[a-z0-9]+")
_LONGEST = 12
_SHORT = frozenset({"ttg", "bcsd", "btv", "mttq"})
_PARENT = frozenset({"van phong", "ubnd", "hdnd", "so", "tinh", "tinh uy", "bcsd", "mttq", "trung uong", "ban dan"})
_JOINT = re.compile(
    r" va (?:ban|so|ubnd|hdnd|tinh uy|van phong|phong|bcsd|btv|bch|mttq|cong doan) "
)  # two bodies, not one
_LEVEL = re.compile(r"\s+(trung uong|chinh phu|quoc hoi|huyen uy|thanh uy|cap xa|cap huyen)\b")
_PROPER = re.compile(r"\s+[A-ZĐÀ-Ỹ][^\W\d_]+(?:\s+[A-ZĐÀ-Ỹ][^\W\d_]+)*")
_OPEN = frozenset({"uy ban", "hoi dong", "ban", "trung tam", "co quan"})  # heads that are no name without the rest
_UNITS = frozenset({"trung tam", "van phong", "thanh tra", "cong doan", "chi cuc", "dang uy", "chi doan", "ban quan"})
_BETWEEN = re.compile(r"^[\s,(-]*(?:(?:cua|o|tai|thuoc|tinh|thanh pho|tp|in|of|the|province|')\b[\s.]*)*$")


@dataclass(frozen=True, slots=True)
class BodyMention:
    """A place in the question that names a body.

    Attributes:
        text: The name looked for, in Vietnamese, without province.
        found: Bodies that bear the name, of every province until ``narrow`` chooses.
        province: Slug that the question binds to the name.
        also: Other nodes of the one body that was chosen (short forms of its name).
        whose: Where ``found`` is a class ("các phòng, đơn vị"), the bodies whose units are meant.
    """

    start: int
    end: int
    text: str
    found: tuple[BodyRef, ...] = ()
    province: str | None = None
    also: tuple[BodyRef, ...] = ()
    whose: tuple[BodyRef, ...] = ()


def canon(name: str) -> str:
    """Fold a name to one spelling without its province.

    Example:
        >>> canon("Văn phòng Ủy ban nhân dân tỉnh Quảng Ngãi")
        'van phong ubnd tinh'
    """
    pattern, first = _spellings()
    folded = pattern.sub(lambda m: first[m[0]], fold(name))
    folded = pattern.sub(lambda m: first[m[0]], folded)  # "ủy ban nhân dân huyện" → "ubnd huyện" → "ubnd cấp huyện"
    folded = _province_tail().sub(" ", f" {folded} ")
    words = folded.split()
    if words and words[-1] in {"tinh", "province"} and len(words) > 1 and words[0] != "tinh":
        core = words[:-1]
        return " ".join([*core, "tinh"] if core[-1] in {"ubnd", "hdnd", "tra", "dan"} else core)
    return " ".join(words)


@lru_cache(maxsize=1)
def _spellings() -> tuple[re.Pattern[str], dict[str, str]]:
    """All spellings, longest first, and the one that each stands for."""
    first = {spelling: group[0] for group in vocabulary().same_names for spelling in group}
    longest = sorted(first, key=len, reverse=True)
    return re.compile(r"\b(?:" + "|".join(map(re.escape, longest)) + r")\b"), first


@lru_cache(maxsize=1)
def _province_tail() -> re.Pattern[str]:
    names = sorted({fold(n) for p in provinces() for n in (p.name, *p.aliases)}, key=len, reverse=True)
    return re.compile(r" (?:" + "|".join(map(re.escape, names)) + r")(?= )")


def find_bodies(
    q: Question, store: Store, places: list[PlaceMention], taken: list[tuple[int, int]]
) -> list[BodyMention]:
    """Find the names of bodies, longest first, outside the spans already taken."""
    found = _english(q, store, places, taken) if q.english else []
    spans = [*taken, *((p.start, p.end) for p in places), *((b.start, b.end) for b in found)]
    words = [m for m in _WORD.finditer(q.flat) if not any(s <= m.start() < e for s, e in spans)]
    at = 0
    while at < len(words):
        mention = _at(q, store, words, at) if _is_head(words, at) else None
        if mention is None:
            at += 1
            continue
        mention = _before_owner(q, store, words, at, mention)
        found.append(mention)
        while at < len(words) and words[at].start() < mention.end:
            at += 1
    return [_bind(q, b, places) for b in sorted(found, key=lambda b: b.start)]


def _before_owner(q: Question, store: Store, words: list[re.Match[str]], at: int, mention: BodyMention) -> BodyMention:
    """End "các phòng thuộc Sở" before "Sở Công Thương" where the question names that."""
    if not mention.found or mention.found[0].kind is not BodyKind.CLASS:
        return mention
    for k in range(at + 1, len(words)):
        if words[k].start() >= mention.end:
            return mention
        owner = _at(q, store, words, k) if _is_head(words, k) else None
        if owner is not None and owner.found and owner.end > mention.end:
            end = words[k - 1].end()
            return replace(mention, end=end, text=q.raw[mention.start : end])
    return mention


def _is_head(words: list[re.Match[str]], at: int) -> bool:
    heads = _heads()
    one = words[at][0]
    return one in heads or (at + 1 < len(words) and f"{one} {words[at + 1][0]}" in heads)


@lru_cache(maxsize=1)
def _heads() -> frozenset[str]:
    return frozenset(vocabulary().body_heads)


def _at(q: Question, store: Store, words: list[re.Match[str]], at: int) -> BodyMention | None:
    """The longest name that begins at a word; else an unknown one where it is clearly written as a name."""
    for last in range(min(at + _LONGEST, len(words)) - 1, at - 1, -1):
        start, end = words[at].start(), words[last].end()
        gap = q.flat[start:end]
        if re.search(r"[?.;:!()]", gap) or last - at + 1 < gap.count(" ") - 3:
            continue
        bodies = bodies_named(store, q.raw[start:end])
        if bodies:
            return _elsewhere(q, (start, end), bodies) or BodyMention(start, end, q.raw[start:end], bodies)
    return _unknown(q, words, at)


def _elsewhere(q: Question, span: tuple[int, int], bodies: tuple[BodyRef, ...]) -> BodyMention | None:
    """An unknown body where the next words put the name at another level ("Ban Dân vận Trung ương")."""
    place = _PROPER.match(q.raw, span[1])
    if (
        place
        and bodies[0].kind is BodyKind.CLASS
        and not any(p.start < place.end() for p in find_places(q) if p.end > span[1])
    ):
        return BodyMention(span[0], place.end(), q.raw[span[0] : place.end()])  # one of the class, of which none tells
    level = _LEVEL.match(q.flat, span[1])
    if level is None or any(level[1] in fold(b.name) for b in bodies):
        return None
    return BodyMention(span[0], level.end(), q.raw[span[0] : level.end()])


def bodies_named(store: Store, name: str) -> tuple[BodyRef, ...]:
    """Bodies whose name, province aside, is the one typed, or the one typed and the body that it is part of.

    "Phòng Nội chính" fits "Phòng Nội chính Văn phòng UBND tỉnh", "Văn phòng Sở" fits "Văn phòng Sở Công Thương".
    """
    wanted = canon(name)
    if (" " not in wanted and wanted not in _SHORT) or _JOINT.search(wanted):
        return ()
    typed = store.find_bodies(name, 50) + (store.find_bodies(wanted, 50) if wanted != fold(name) else [])
    refs = dict.fromkeys(c.body for c in typed if c.body is not None)
    return tuple(b for b in refs if canon(b.name) == wanted or _completes(canon(b.name), wanted))


def _completes(name: str, wanted: str) -> bool:
    if wanted in _OPEN or not name.startswith(f"{wanted} ") or _JOINT.search(name):
        return False
    rest = name[len(wanted) + 1 :].split()
    return wanted.endswith(" so") or rest[0] in _PARENT or " ".join(rest[:2]) in _PARENT


def grouped(name: str, found: tuple[BodyRef, ...]) -> list[tuple[BodyRef, ...]]:
    """Bodies that are one for the asker: in one province the full name and its short forms; the full one first."""
    wanted = canon(name)
    by_place: dict[str | None, list[BodyRef]] = {}
    for ref in found:
        by_place.setdefault(ref.jurisdiction, []).append(ref)
    groups: list[tuple[BodyRef, ...]] = []
    for refs in by_place.values():
        short = [r for r in refs if canon(r.name) == wanted]
        full = [r for r in refs if canon(r.name) != wanted]
        if len(full) > 1:
            groups += [(r,) for r in full]
        else:
            groups.append((*full, *short))
    return groups


def _unknown(q: Question, words: list[re.Match[str]], at: int) -> BodyMention | None:
    """A name that no loaded document has: "Sở Y tế" in capitals, or one of the table of known names."""
    known = _known()
    rest = " ".join(w[0] for w in words[at : at + 8])
    for name in known:
        if rest == name or rest.startswith(name + " "):
            end = words[at + name.count(" ")].end()
            return BodyMention(words[at].start(), end, q.raw[words[at].start() : end])
    if sum(c.isupper() for c in q.raw) * 2 > sum(c.isalpha() for c in q.raw):  # capitals tell nothing
        return None
    capital = [q.raw[w.start()].isupper() for w in words[at : at + 3]]
    double = " ".join(w[0] for w in words[at : at + 2]) in _UNITS
    if capital[:2] == [True, True] or (double and capital[:1] + capital[2:] == [True, True]):
        stops = set(vocabulary().stops)
        last = at + 1 + (capital[1] is False)
        while last + 1 < len(words) and words[last + 1][0] not in stops and last - at < _LONGEST:
            gap = q.flat[words[last].end() : words[last + 1].start()]
            pair = f"{words[last + 1][0]} {words[last + 2][0]}" if last + 2 < len(words) else ""
            if gap.strip(" -") or pair in stops:
                break
            last += 1
        return BodyMention(words[at].start(), words[last].end(), q.raw[words[at].start() : words[last].end()])
    return None


@lru_cache(maxsize=1)
def _known() -> tuple[str, ...]:
    return tuple(sorted(vocabulary().known_bodies, key=len, reverse=True))


def _english(q: Question, store: Store, places: list[PlaceMention], taken: list[tuple[int, int]]) -> list[BodyMention]:
    """English names; a province may stand inside ("the Office of the Quang Ngai People's Committee")."""
    found: list[BodyMention] = []
    flat = q.flat.replace("'s", "  ")  # same length; "People's Committee" and "Peoples Committee" alike
    for p in places:
        flat = flat[: p.start] + " " * (p.end - p.start) + flat[p.end :]
    table = _english_names()
    for name in sorted(table, key=len, reverse=True):
        parts = [re.escape(w) for w in name.replace("'s", "").split()]
        for m in re.finditer(r"\b" + r"s?(?:\s+the|\s+of)?\s+".join(parts) + r"s?\b", flat):
            spans = [*taken, *((b.start, b.end) for b in found)]
            if not any(s < m.end() and m.start() < e for s, e in spans):
                inner = next((p.slug for p in places if m.start() <= p.start < m.end()), None)
                known = bodies_named(store, table[name])
                found.append(BodyMention(m.start(), m.end(), table[name], known, inner))
    return found


@lru_cache(maxsize=1)
def _english_names() -> dict[str, str]:
    """The table, and the office of each department."""
    table = vocabulary().english_bodies
    offices = {f"office of the {en}": f"Văn phòng {vi}" for en, vi in table.items() if vi.startswith("Sở ")}
    return {**table, **offices}


def _bind(q: Question, body: BodyMention, places: list[PlaceMention]) -> BodyMention:
    """Bind a province to a name that it follows (or, in English, precedes or stands in)."""
    if body.province is not None:
        return body
    for p in places:
        after = p.start >= body.end and _BETWEEN.match(q.flat[body.end : p.start])
        before = q.english and p.end <= body.start and _BETWEEN.match(q.flat[p.end : body.start])
        if after or before:
            return replace(body, province=p.slug)
    return body


def narrow(body: BodyMention, province: str | None, *, must: bool) -> BodyMention:
    """Keep the bodies of a province; where none is of it, none (``must``) or all remain."""
    if province is None:
        return body
    kept = tuple(b for b in body.found if b.jurisdiction is not None and same_province(b.jurisdiction, province))
    central = tuple(b for b in body.found if b.jurisdiction in {None, "vn"})
    if kept or must:
        return replace(body, found=kept or central)
    return body
