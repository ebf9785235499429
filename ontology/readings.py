"""What a name of a body says by tables and rules, before its province is put back (domain.md 5.1, 5.2)."""

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from ontology.names import FirstWords, Head, NamedBody, clean, place_of, table
from ontology.terms import BodyKind
from ontology.vietnamese import fold

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
class Reading:
    """What the core of a name says.

    Attributes:
        core: The name without its province, in the spelling of the table where it has one.
        parent: Core of the superior, or a central name; None where nothing tells.
        place: How the province is put back: ``tinh`` | ``name`` | ``none``.
        known: The tables or rules know the name; False for literals.
        here: The superior's name speaks of the same province.
    """

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
def read(core: str, *, here: bool = False) -> Reading:
    """Read a name without its province: table rows first, then classes, posts, and units inside a named body.

    ``here`` where the name gave a province: "Cục Thuế tỉnh Tây Ninh" is another body than "Cục Thuế".
    """
    found = _read(core, here=here)
    return found if found.valid_to is not None else replace(found, valid_to=_end_of_level(core, found))


def _end_of_level(core: str, reading: Reading) -> str | None:
    """Give the last day of a body or class whose level of administration was ended; None where it goes on."""
    key = f" {fold(core)} "
    for row in table().ended_levels:
        if reading.kind is BodyKind.CLASS and _holds(key, row.words):
            rest = key.replace(" thi xa ", " ")
            return None if _holds(rest, row.not_words) else row.valid_to
        if reading.level == row.level and not _holds(key.replace(" thi xa ", " "), row.not_words):
            heads = [f" {fold(head)} " for head in row.heads]
            if any(key.startswith(head) and key != head for head in heads) and not key.endswith(" thanh pho "):
                return row.valid_to  # a city that is not named may be one under the centre
    return None


def _holds(key: str, phrases: tuple[str, ...]) -> bool:
    return any(f" {fold(words)} " in key for words in phrases)


def _read(core: str, *, here: bool) -> Reading:
    key = fold(core)
    local, central = _local().get(key), _central().get(key)
    if central is not None and not (here and local):
        return _from_row(central, "central")
    if local is not None and (here or not local.needs_place):
        return _from_row(local, local.level or "province")
    if _is_class(core):
        return _class(core)
    if _SEVERAL.search(core):
        return Reading(core, BodyKind.ORGANIZATION, None, None, None, place="none", known=False)
    if post := _head_of(core, table().posts):
        return _post(core, post, here=here)
    return _by_first_word(key, core) or _unit(core)


def _by_first_word(key: str, core: str) -> Reading | None:
    heads = [row for row, words, others in _first_words() if _begins(key, words, others) and core[0] == row.head[0]]
    if heads and " " in key:  # "Sở" alone names nobody
        row = max(heads, key=lambda one: len(one.head))
        return Reading(core, BodyKind.ORGANIZATION, row.level, row.parent, row.family)
    if key.startswith(("ubnd ", "hdnd ")):
        level = next((level for mark, level in _BELOW if mark in f"{key} "), None)
        if level is not None:
            return Reading(core, BodyKind.ORGANIZATION, level, "UBND" if key.startswith("ubnd") else None, "state")
    return None


def _unit(core: str) -> Reading:
    head = _head_of(core, table().unit_heads)
    superior = _inner(core)
    # "chủ đầu tư", "đại biểu HĐND": small letters are no body's own name
    other = BodyKind.CLASS if core[:1].islower() else BodyKind.ORGANIZATION
    kind = BodyKind(head.kind) if head else other
    if superior is not None:
        above = read(superior)
        level = "central" if above.level == "central" else "unit"
        family = head.family if head else above.family
        return Reading(core, kind, level, superior, family, valid_to=head.valid_to if head else None)
    return Reading(core, kind, "unit" if head else None, None, head.family if head else None, place="none", known=False)


def _from_row(row: NamedBody, level: str) -> Reading:
    parent = clean(row.parent) if row.parent else None
    return Reading(
        clean(row.name), BodyKind(row.kind), level, parent, row.family, row.place, row.valid_from, row.valid_to
    )


# One unit for several others, where neither districts nor sở follow: "Phòng Dân vận các cơ quan nhà nước".
_ONE = re.compile(
    r"(?:phong|vu|cuc|trung tam|ban quan ly) (?:\w+ ){1,5}cac "
    r"(?!huyen|xa|phuong|thi|thanh pho|quan|dia phuong|so|bo|tinh|don vi|phong)"
)


def _is_class(core: str) -> bool:
    if _ONE.match(fold(core)):
        return False
    key = f" {fold(core)} "
    return any(
        key.startswith(f" {fold(row.words)} ") if row.at == "start" else f" {fold(row.words)} " in key
        for row in table().classes
    ) and not any(
        " các " in row.name and core.startswith(row.name) for row in table().local if row.kind == BodyKind.ORGANIZATION
    )


def _class(core: str) -> Reading:
    superior = _inner(core)
    key = fold(core)
    if superior is None and any(fold(words) in key for words in table().province_classes):
        return Reading(core, BodyKind.CLASS, "province", "UBND", "state")
    level = read(superior).level if superior else None
    return Reading(
        core, BodyKind.CLASS, "central" if level == "central" else "unit" if superior else None, superior, None,
        "tinh" if superior else "none", known=superior is not None,
    )  # fmt: skip


def _post(core: str, post: Head, *, here: bool) -> Reading:
    rest = core[len(post.head) :].strip(" ,")
    if fold(post.of) in _central():  # one post of one central body: what follows is the holder's name or field
        core, rest = post.head, ""
    organisation = f"{post.of} {rest}".strip()
    above = read(organisation, here=here) if organisation else None
    known = above is not None and above.known
    level = "central" if above and above.level == "central" else "unit"
    family = above.family if above else None
    place = above.place if known and above else "none"
    return Reading(core, BodyKind.POST, level, organisation or None, family, place, known=known, here=here)


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
    if key in _central() or (row is not None and not row.needs_place and row.kind != BodyKind.CLASS):
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
