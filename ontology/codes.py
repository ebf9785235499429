"""Codes of issuing bodies: whole codes from the table, glued Party codes read from the right (domain.md 2.4)."""

from dataclasses import dataclass
from functools import lru_cache

from ontology.tables import Code, codes
from ontology.vietnamese import strip_accents


@dataclass(frozen=True, slots=True)
class Org:
    """What a code of an issuer stands for.

    Attributes:
        code: Official spelling.
        name: Name of the body without its province; "" where only the context tells.
        family: ``state`` | ``party`` | ``mass``.
        level: ``central`` | ``local``; None where both occur.
        shape: ``na`` | ``legacy``; None for most.
    """

    code: str
    name: str
    family: str
    level: str | None = None
    shape: str | None = None


def _fold(code: str) -> str:
    return "".join(c for c in strip_accents(code).lower() if c.isalnum())


@lru_cache(maxsize=4)
def _table(family: str) -> dict[str, Org]:
    rows: tuple[Code, ...] = getattr(codes(), family)
    found: dict[str, Org] = {}
    for row in rows:
        for spelling in (row.code, *row.variants):
            found[_fold(spelling)] = Org(row.code, row.name, family, row.level, row.shape)
    return found


@lru_cache(maxsize=8192)
def org_of(code: str, family: str | None = None, *, exact: bool = False) -> Org | None:
    """Find a whole code, State codes before Party and mass ones.

    Args:
        code: Any spelling; case and Đ ignored.
        family: Look only among these (``state`` | ``party`` | ``mass``; any other word looks nowhere).
        exact: Only official spellings and variants, letter by letter.
    """
    for name in ("state", "party", "mass") if family is None else (family,):
        if name not in {"state", "party", "mass"}:
            return None
        found = _table(name).get(_fold(code))
        if found is not None and (not exact or code in _spellings(name)):
            return found
    return None


@lru_cache(maxsize=4)
def _spellings(family: str) -> frozenset[str]:
    rows: tuple[Code, ...] = getattr(codes(), family)
    return frozenset(s for row in rows for s in (row.code, *row.variants))


@lru_cache(maxsize=4096)
def split_party(code: str) -> Org | None:
    """Read a glued Party code ("BDVTU"): the longest known level at the right, a known body before it.

    Example:
        >>> split_party("BDVTU").name
        'Ban Dân vận Tỉnh ủy'
    """
    table = codes()
    folded = _fold(code)
    for level in sorted(table.party_levels, key=lambda row: -len(row.code)):
        tail = _fold(level.code)
        if not folded.endswith(tail) or folded == tail:
            continue
        for part in table.party_parts:
            if _fold(part.code) == folded.removesuffix(tail):
                return Org(part.code + level.code, f"{part.name} {level.name}", "party", level.level)
    return None


@lru_cache(maxsize=4096)
def unit_of(code: str) -> Code | None:
    """Find a unit that stands after the issuer; combined units ("CCHC&PC") by their first part."""
    wanted = _fold(code.partition("&")[0])
    for row in codes().units:
        if wanted in {_fold(s) for s in (row.code, *row.variants)}:
            return row
    return None
