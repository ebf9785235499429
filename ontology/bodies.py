"""Bodies (cơ quan), posts (chức danh) and classes of bodies by their full names (domain.md 5)."""

from dataclasses import dataclass, replace
from functools import lru_cache

from ontology.codes import org_of, split_party
from ontology.identity import body_iri
from ontology.names import Placed, clean, place_of
from ontology.readings import Reading, read
from ontology.shortnames import expand_short
from ontology.tables import Province, province_of_name
from ontology.terms import BodyKind
from ontology.unlisted import unlisted
from ontology.validity import epoch_of
from ontology.vietnamese import fold, slug

__all__ = ["BodyIdentity", "body_of_code", "expand_short", "identify"]
_MAX_PARENTS = 8


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


@lru_cache(maxsize=16384)
def identify(full_name: str, jurisdiction: str | None = None, on: str | None = None) -> BodyIdentity:
    """Say who a full name speaks of, by tables and rules alone.

    Args:
        full_name: As ``expand_short`` gives it; spellings (Ủy ban nhân dân, uỷ, "Sở X Quảng Ngãi") do not matter.
        jurisdiction: Province of the document, for names that do not tell their own: its slug, or its name where no
            table knows it; ``vn`` for central.
        on: ISO date of the document; chooses the epoch of the province; without it the time before the mergers.

    Example:
        >>> identify("Sở Công Thương tỉnh Quảng Ngãi").parents
        ('UBND tỉnh Quảng Ngãi', 'Chính phủ')
    """
    placed = place_of(clean(full_name))
    province = _province(placed, jurisdiction, on)
    if placed.pointer == "thành phố" and (province is None or province.level != "thành phố"):
        placed = replace(placed, core=_of_city(placed.core))  # a city of the province, not the province
    reading = read(placed.core, here=placed.pointed)
    if not reading.known and placed.province is not None and not _says_level(full_name, placed.province):
        reading = replace(reading, core=clean(full_name))  # "Trường Đại học Cần Thơ" bears the name as its own
    central = reading.level == "central"
    province = None if central else province
    where = "vn" if central else province.id if province else slug(jurisdiction) if jurisdiction else None
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


def _of_city(core: str) -> str:
    return f"{core.removesuffix('Tỉnh ủy')}Thành ủy" if core.endswith("Tỉnh ủy") else f"{core} thành phố"


def _says_level(name: str, province: Province) -> bool:
    return fold(name).endswith((fold(province.full), f"tp {fold(province.name)}"))


def _province(placed: Placed, jurisdiction: str | None, on: str | None) -> Province | None:
    if placed.province is not None:
        return epoch_of(placed.province.slug, on) or placed.province
    if jurisdiction is None or jurisdiction == "vn":
        return None
    given = province_of_name(jurisdiction) or unlisted(jurisdiction)
    return given if given is None or given.id != given.slug else epoch_of(given.slug, on) or given


def _superiors(reading: Reading, province: Province | None) -> tuple[str, ...]:
    found: list[str] = []
    at, here = reading.parent, reading.here
    while at is not None and len(found) < _MAX_PARENTS:
        above = read(at, here=here)
        if province is None and above.level == "province" and not reading.core.endswith(above.core):
            break  # the UBND of an unknown province is nobody
        name = _full(above, province)
        if name in found:
            break
        found.append(name)
        at, here = above.parent, above.here
    return tuple(found)


def _full(reading: Reading, province: Province | None) -> str:
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
