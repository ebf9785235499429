"""Bodies (cơ quan), posts (chức danh) and classes of bodies by their full names (domain.md 5)."""

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from ontology.codes import org_of, split_party
from ontology.identity import body_iri
from ontology.names import FirstWords, Head, NamedBody, Placed, clean, place_of, table
from ontology.shortnames import expand_short
from ontology.tables import Province, province_of_name
from ontology.terms import BodyKind
from ontology.validity import epoch_of
from ontology.vietnamese import fold

__all__ = ["BodyIdentity", "body_of_code", "expand_short", "identify"]
_MAX_PARENTS = 8
_SEVERAL = re.compile(r"(?:,| và| với) (?:Sở|UBND|Văn phòng|Tỉnh ủy|Công an|Bộ) [A-ZĐÀ-Ỹ]")
_BELOW = (
    (" huyen ", "district"),
    (" thi xa ", "district"),
    (" thanh pho ", "district"),
    (" quan ", "district"),
    (" xa ", "commune"),
    (" phuong ", "commune"),
    (" thi tran ", "commune"),
    (" dac khu ", "commune"),
)


@dataclass(frozen=True, slots=True)
class BodyIdentity:
    """Who a name speaks of.

    Attributes:
        id: IRI; equal for all spellings of one body in one epoch.
        name: Canonical full name with its province.
        kind: Organisation, post or class.
        jurisdiction: Province in its epoch (``quang-ngai``, ``quang-ngai-2025``) or ``vn``; None where unknown.
        level: ``central`` | ``province`` | ``district`` | ``commune`` | ``unit``; None where unknown.
        parents: Full names of the superiors, nearest first, as far as the name and the table tell.
        is_class: The name speaks of several bodies ("các sở, ban, ngành").
        family: ``state`` | ``party`` | ``mass``; None where unknown.
        valid_from, valid_to: As far as the table knows, ISO, possibly truncated.
        known: The name is in the tables or built by their rules; False for literals.
    """

    id: str
    name: str
    kind: BodyKind
    jurisdiction: str | None
    level: str | None
    parents: tuple[str, ...]
    is_class: bool
    family: str | None = None
    valid_from: str | None = None
    valid_to: str | None = None
    known: bool = True


@dataclass(frozen=True, slots=True)
class _Reading:
    """What the core of a name says, before its province is put back."""

    core: str
    kind: BodyKind
    level: str | None
    parent: str | None  # core, or a central name
    family: str | None
    place: str = "tinh"
    valid_from: str | None = None
    valid_to: str | None = None
    known: bool = True
    here: bool = True  # the superior's name, which the table or this name gives, speaks of this province


@lru_cache(maxsize=16384)
def identify(full_name: str, jurisdiction: str | None = None, on: str | None = None) -> BodyIdentity:
    """Say who a full name speaks of, by tables and rules alone.

    Args:
        full_name: As ``expand_short`` gives it; spellings (Ủy ban nhân dân, uỷ, "Sở X Quảng Ngãi") do not matter.
        jurisdiction: Province slug of the document, for names that do not tell their own; ``vn`` for central.
        on: ISO date of the document; chooses the epoch of the province; without it the time before the mergers.

    Example:
        >>> identify("Sở Công Thương tỉnh Quảng Ngãi").parents
        ('UBND tỉnh Quảng Ngãi', 'Chính phủ')
    """
    placed = place_of(clean(full_name))
    province = _province(placed, jurisdiction, on)
    if placed.pointer == "thành phố" and (province is None or province.level != "thành phố"):
        placed = replace(placed, core=f"{placed.core} thành phố")  # a city of the province, not the province
    reading = _read(placed.core, here=placed.pointed)
    if not reading.known and placed.province is not None and not _says_level(full_name, placed.province):
        reading = replace(reading, core=clean(full_name))  # "Trường Đại học Cần Thơ" bears the name as its own
    central = reading.level == "central"
    province = None if central else province
    where = "vn" if central else (province.id if province else ("vn" if jurisdiction == "vn" else None))
    name = _full(reading, province) if reading.known or placed.province is None else clean(full_name)
    return BodyIdentity(
        id=body_iri(reading.core, where),
        name=name,
        kind=reading.kind,
        jurisdiction=where,
        level=reading.level,
        parents=_superiors(reading, province),
        is_class=reading.kind is BodyKind.CLASS,
        family=reading.family,
        valid_from=reading.valid_from,
        valid_to=reading.valid_to,
        known=reading.known,
    )


def _says_level(name: str, province: Province) -> bool:
    return fold(name).endswith((fold(province.full), f"tp {fold(province.name)}"))


def _province(placed: Placed, jurisdiction: str | None, on: str | None) -> Province | None:
    if placed.province is not None:
        return epoch_of(placed.province.slug, on)
    if jurisdiction is None or jurisdiction == "vn":
        return None
    given = province_of_name(jurisdiction)
    return given if given is None or given.id != given.slug else epoch_of(given.slug, on)


def _superiors(reading: _Reading, province: Province | None) -> tuple[str, ...]:
    found: list[str] = []
    at, here = reading.parent, reading.here
    while at is not None and len(found) < _MAX_PARENTS:
        above = _read(at, here=here)
        if province is None and above.level == "province" and not reading.core.endswith(above.core):
            break  # the UBND of an unknown province is nobody
        name = _full(above, province)
        if name in found:
            break
        found.append(name)
        at, here = above.parent, above.here
    return tuple(found)


def _full(reading: _Reading, province: Province | None) -> str:
    if province is None or reading.level == "central" or reading.place == "none":
        return reading.core
    core = reading.core
    if core.endswith("Tỉnh ủy"):
        party = "Thành ủy" if province.level == "thành phố" else "Tỉnh ủy"
        return f"{core.removesuffix('Tỉnh ủy')}{party} {province.name}"
    if reading.place == "name":
        return f"{core} {province.name}"
    if reading.level in {"district", "commune"}:
        return f"{core}, {province.full}"
    return f"{core} {province.full}"


@lru_cache(maxsize=16384)
def _read(core: str, *, here: bool = False) -> _Reading:
    """Read a name without its province: table rows first, then classes, posts, and units inside a named body.

    ``here`` where the name gave a province: "Cục Thuế tỉnh Tây Ninh" is another body than "Cục Thuế".
    """
    key = fold(core)
    local, central = _local().get(key), _central().get(key)
    if central is not None and not (here and local):
        return _from_row(central, "central")
    if local is not None and (here or not local.needs_place):
        return _from_row(local, local.level or "province")
    if _is_class(core):
        return _class(core)
    if _SEVERAL.search(core):
        return _Reading(core, BodyKind.ORGANIZATION, None, None, None, place="none", known=False)
    if post := _head_of(core, table().posts):
        return _post(core, post, here=here)
    return _by_first_word(key, core) or _unit(core)


def _by_first_word(key: str, core: str) -> _Reading | None:
    heads = [row for row, words, others in _first_words() if _begins(key, words, others) and core[0] == row.head[0]]
    if heads and " " in key:  # "Sở" alone names nobody
        row = max(heads, key=lambda one: len(one.head))
        return _Reading(core, BodyKind.ORGANIZATION, row.level, row.parent, row.family)
    if key.startswith(("ubnd ", "hdnd ")):
        level = next((level for mark, level in _BELOW if mark in f"{key} "), None)
        if level is not None:
            return _Reading(core, BodyKind.ORGANIZATION, level, "UBND" if key.startswith("ubnd") else None, "state")
    return None


def _unit(core: str) -> _Reading:
    head = _head_of(core, table().unit_heads)
    superior = _inner(core)
    kind = BodyKind(head.kind) if head else BodyKind.ORGANIZATION
    if superior is not None:
        above = _read(superior)
        level = "central" if above.level == "central" else "unit"
        family = head.family if head else above.family
        return _Reading(core, kind, level, superior, family, valid_to=head.valid_to if head else None)
    return _Reading(
        core, kind, "unit" if head else None, None, head.family if head else None, place="none", known=False
    )


def _from_row(row: NamedBody, level: str) -> _Reading:
    parent = clean(row.parent) if row.parent else None
    return _Reading(
        clean(row.name), BodyKind(row.kind), level, parent, row.family, row.place, row.valid_from, row.valid_to
    )


def _is_class(core: str) -> bool:
    key = f" {fold(core)} "
    return any(
        key.startswith(f" {fold(row.words)} ") if row.at == "start" else f" {fold(row.words)} " in key
        for row in table().classes
    ) and not any(" các " in row.name and core.startswith(row.name) for row in table().local)


def _class(core: str) -> _Reading:
    superior = _inner(core)
    key = fold(core)
    if superior is None and any(fold(words) in key for words in table().province_classes):
        return _Reading(core, BodyKind.CLASS, "province", "UBND", "state")
    level = _read(superior).level if superior else None
    return _Reading(
        core, BodyKind.CLASS, "central" if level == "central" else "unit" if superior else None, superior, None,
        "tinh" if superior else "none", known=superior is not None,
    )  # fmt: skip


def _post(core: str, post: Head, *, here: bool) -> _Reading:
    rest = core[len(post.head) :].strip(" ,")
    organisation = f"{post.of} {rest}".strip()
    above = _read(organisation, here=here) if organisation else None
    known = above is not None and above.known
    level = "central" if above and above.level == "central" else "unit"
    family = above.family if above else None
    place = above.place if known and above else "none"
    return _Reading(core, BodyKind.POST, level, organisation or None, family, place, known=known, here=here)


def _head_of(core: str, heads: tuple[Head, ...]) -> Head | None:
    key = fold(core)
    found = [row for row, words, others in _folded(heads) if _begins(key, words, others)]
    return max(found, key=lambda row: len(row.head), default=None)


def _begins(key: str, words: str, others: tuple[str, ...]) -> bool:
    """Whether a folded name begins with whole words, and not with longer ones that mean something else."""
    return f"{key} ".startswith(words) and not f"{key} ".startswith(others)


@lru_cache(maxsize=8)
def _folded(heads: tuple[Head, ...]) -> tuple[tuple[Head, str, tuple[str, ...]], ...]:
    return tuple((row, f"{fold(row.head)} ", tuple(f"{fold(w)} " for w in row.not_words)) for row in heads)


@lru_cache(maxsize=1)
def _first_words() -> tuple[tuple[FirstWords, str, tuple[str, ...]], ...]:
    rows = table().first_words
    return tuple((row, f"{fold(row.head)} ", tuple(f"{fold(w)} " for w in row.not_words)) for row in rows)


@lru_cache(maxsize=16384)
def _inner(core: str) -> str | None:
    """Find the named body inside a longer name: the longest tail that the tables or rules know."""
    words = core.split(" ")
    for at in range(1, len(words)):
        tail = " ".join(words[at:])
        if _anchors(tail):
            return tail
    return None


def _anchors(tail: str) -> bool:
    key = fold(tail)
    row = _local().get(key)
    if key in _central() or (row is not None and not row.needs_place):
        return True
    if tail.startswith("Sở ") and len(tail) > len("Sở "):
        return True
    head = _head_of(tail, table().unit_heads)
    return head is not None and tail[: len(head.head)] == head.head and _inner(tail) is not None


@lru_cache(maxsize=1)
def _central() -> dict[str, NamedBody]:
    return {fold(clean(name)): row for row in table().central for name in (row.name, *row.aliases)}


@lru_cache(maxsize=1)
def _local() -> dict[str, NamedBody]:
    rows = (*table().local, *(_department(row) for row in table().departments))
    return {fold(place_of(clean(name)).core): row for row in rows for name in (row.name, *row.aliases)}


def _department(row: NamedBody) -> NamedBody:
    return NamedBody(
        name=row.name, aliases=row.aliases, parent="UBND", valid_from=row.valid_from, valid_to=row.valid_to
    )


def body_of_code(code: str, jurisdiction: str | None = None) -> str | None:
    """Give the name of the body that a code stands for, without its province; None where the context must tell.

    Args:
        code: A code of an issuer ("SCT", "BDVTU"), any spelling.
        jurisdiction: Province slug: in centrally-run cities Tỉnh ủy becomes Thành ủy.

    Example:
        >>> body_of_code("BDVTU")
        'Ban Dân vận Tỉnh ủy'
    """
    org = org_of(code, family="party") or org_of(code, family="state") or split_party(code) or org_of(code)
    if org is None or not org.name:
        return None
    province = province_of_name(jurisdiction) if jurisdiction and jurisdiction != "vn" else None
    if province is not None and province.level == "thành phố":
        return org.name.replace("Tỉnh ủy", "Thành ủy")
    return org.name
