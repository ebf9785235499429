"""Bodies as the graph shows them: identity from the tables, place in the tree, and which classes cover which bodies."""

import re
from bisect import bisect_left, bisect_right
from functools import lru_cache

from graph.results import BodyRef, Change
from graph.statements import Body
from ontology.bodies import BodyIdentity, identify
from ontology.identity import change_iri
from ontology.tables import ChangeEvent, changes, provinces
from ontology.terms import BodyKind
from ontology.validity import interval
from ontology.vietnamese import fold

_TWICE = re.compile(r"\b(tỉnh|thành phố|huyện|xã)\s+\1\b", re.IGNORECASE)


def body_of(name: str, jurisdiction: str | None = None, on: str | None = None) -> Body:
    """Give a body with its superiors for a full name.

    Args:
        name: Full name with its province where it has one.
        jurisdiction: Province slug of the document that names it.
        on: Day of that document, which decides between bodies of one name in two epochs.
    """
    return _body_of(name, jurisdiction, on and _era(on))


_ERAS: dict[tuple[int, int], str] = {}  # a day of each time, by how many bounds of provinces lie before


@lru_cache(maxsize=4096)
def _era(on: str) -> str:
    """A day that stands for all of its time: of two days with the same provinces, either tells the same bodies."""
    try:
        day = interval(on)[0]
    except ValueError:
        return on
    starts, ends = _bounds()
    return _ERAS.setdefault((bisect_right(starts, day), bisect_left(ends, day)), on)


@lru_cache(maxsize=1)
def _bounds() -> tuple[list[str], list[str]]:
    """All first and last days of provinces, in order."""
    every = provinces()
    return sorted({p.valid_from for p in every if p.valid_from}), sorted({p.valid_to for p in every if p.valid_to})


@lru_cache(maxsize=65536)
def _body_of(name: str, jurisdiction: str | None, on: str | None) -> Body:
    identity = identify(_TWICE.sub(r"\1", name), jurisdiction, on)
    above = tuple(_ref(identify(parent, jurisdiction, on)) for parent in identity.parents)
    return Body(ref=_ref(identity), superiors=above, level=identity.level, family=identity.family)


def _ref(identity: BodyIdentity) -> BodyRef:
    return BodyRef(
        id=identity.id,
        name=identity.name,
        kind=identity.kind,
        jurisdiction=identity.jurisdiction,
        valid_from=identity.valid_from,
        valid_to=identity.valid_to,
    )


def leads(other: Body, me: Body) -> bool:
    """Say whether a body stands above another: superiors, their posts, the centre, the province's Party bodies."""
    superiors = {r.id for r in me.superiors}
    if other.id == me.id or me.id in {r.id for r in other.superiors}:
        return False
    if other.id in superiors:
        return True
    if other.ref.kind is BodyKind.POST and other.superiors and other.superiors[0].id in superiors:
        return True
    if other.ref.jurisdiction == "vn":
        return me.ref.jurisdiction != "vn"
    same_place = other.ref.jurisdiction is not None and other.ref.jurisdiction == me.ref.jurisdiction
    return same_place and other.family == "party" and me.family != "party" and _provincial_party(other)


def _provincial_party(body: Body) -> bool:
    names = [fold(r.name) for r in (body.ref, *body.superiors)]
    return any(n.startswith(("tinh uy", "thanh uy", "ban can su dang")) for n in names)


def covers(group: Body, member: Body) -> bool:
    """Say whether a class ("các phòng trực thuộc Sở …") holds a body, by its superior and the words of its name.

    A class holds bodies directly below the superior that its name gives it, of a kind that its name lists;
    "đơn vị" and "cơ quan" stand for any kind.
    """
    if group.ref.kind is not BodyKind.CLASS or member.ref.kind is BodyKind.CLASS:
        return False
    if not group.superiors or not member.superiors or group.superiors[0].id != member.superiors[0].id:
        return False
    words = f" {fold(group.ref.name)} "
    own = fold(member.ref.name).split()
    posts = any(f" {w} " in words for w in ("truong", "giam doc", "thu truong", "chanh", "lanh dao", "chu tich"))
    if (member.ref.kind is BodyKind.POST) != posts:
        return False
    if posts:
        return any(f" {' '.join(own[:n])} " in words for n in (1, 2)) or " thu truong " in words
    listed = words.split(" truc thuoc ", maxsplit=1)[0].split(" thuoc ", maxsplit=1)[0] + " "
    if own[:1] == ["ubnd"] or own[:3] == ["uy", "ban", "nhan"]:
        level = own[1:2] if own[0] == "ubnd" else own[4:5]
        return (" ubnd " in listed or " uy ban nhan dan " in listed) and bool(level) and f" {level[0]} " in words
    general = any(f" {w} " in listed for w in ("don vi", "co quan"))
    return general or any(f" {' '.join(own[:n])} " in listed for n in (1, 2))


@lru_cache(maxsize=4096)
def changes_of(ref: BodyRef) -> tuple[Change, ...]:
    """Give the reorganisations of the table that a body took part in, by date.

    Args:
        ref: The body; its province and epoch tell which body of a pattern ("in every province") is meant.
    """
    found = []
    for event in changes():
        originals, results = _parties(event, ref)
        if ref.id in {r.id for r in (*originals, *results)}:
            local = ref.jurisdiction if event.scope in ("province", "agency") else None
            found.append(
                Change(
                    id=change_iri(event.id, local),
                    label=event.vi,
                    date=event.date,
                    originals=originals,
                    results=results,
                    legal_basis=event.legal_basis,
                )
            )
    return tuple(sorted(found, key=lambda c: (c.date, c.id)))


def _parties(event: ChangeEvent, ref: BodyRef) -> tuple[tuple[BodyRef, ...], tuple[BodyRef, ...]]:
    """Refs of both sides of a reorganisation: originals the day before, results the day after; in ref's province."""
    place = None if event.scope == "central" else ref.jurisdiction
    if place is not None and place.endswith("-2025"):
        place = place.removesuffix("-2025")
    if event.scope == "provinces" or (place is None and event.scope != "central"):
        return (), ()
    before = tuple(_ref(identify(n, place, None)) for n in event.originals)
    after = tuple(_ref(identify(n, place, _after(event))) for n in event.results)
    return before, after


def _after(event: ChangeEvent) -> str:
    return f"{event.date}-01-01"[:10] if len(event.date) == len("2025") else f"{event.date}-28"[:10]
