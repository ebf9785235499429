"""The data tables of the ontology as frozen rows, read once and checked on load."""

from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from ontology.errors import ModelError
from ontology.terms import Family
from ontology.vietnamese import fold, slug

DATA = Path(__file__).parent / "data"
MERGER_DAY = "2025-07-01"
_EVE = "2025-06-30"

T = TypeVar("T")


class Row(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Base of all rows: frozen, and an unknown key in a table is an error."""


class DocumentKind(Row, frozen=True, kw_only=True):
    """One document kind (loại văn bản); see the head of ``data/kinds.yaml`` for the meaning of each field."""

    slug: str
    vi: str
    en: str
    state: tuple[str, ...] = ()
    party: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    not_words: tuple[str, ...] = ()
    families: tuple[Family, ...] = ()
    ranks: tuple[int, ...] = ()
    note: str = ""
    examples: tuple[str, ...] = ()
    counter_examples: tuple[str, ...] = ()
    symbols: tuple[str, ...] = ()

    @property
    def abbreviations(self) -> tuple[str, ...]:
        """All abbreviations, State ones first, without repeats."""
        return tuple(dict.fromkeys((*self.state, *self.party)))


class Code(Row, frozen=True, kw_only=True):
    """A code in a number: an issuer, a part or level of a glued Party code, or a unit."""

    code: str
    name: str
    level: str | None = None
    shape: str | None = None
    variants: tuple[str, ...] = ()
    valid_from: str | None = None
    valid_to: str | None = None
    examples: tuple[str, ...] = ()


class CodeTable(Row, frozen=True, kw_only=True):
    """All codes; see the head of ``data/codes.yaml``."""

    state: tuple[Code, ...]
    party: tuple[Code, ...]
    mass: tuple[Code, ...]
    party_parts: tuple[Code, ...]
    party_levels: tuple[Code, ...]
    units: tuple[Code, ...]


class Province(Row, frozen=True, kw_only=True):
    """A province or centrally-run city in one epoch.

    Attributes:
        id: Epoch-bound identity: ``quang-ngai`` to 2025-06-30, ``quang-ngai-2025`` since.
        slug: Epoch-free slug of the name.
        name: Bare name ("Quảng Ngãi").
        level: ``tỉnh`` or ``thành phố``.
        aliases: Other spellings of the name.
        merged_from: Ids of the units that went into it.
    """

    id: str
    slug: str
    name: str
    level: str
    aliases: tuple[str, ...] = ()
    valid_from: str | None = None
    valid_to: str | None = None
    merged_from: tuple[str, ...] = ()

    @property
    def full(self) -> str:
        """Level and name: "tỉnh Quảng Ngãi"."""
        return f"{self.level} {self.name}"

    def valid_on(self, day: str) -> bool:
        """Whether the unit exists on a full ISO day."""
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to)


class ChangeEvent(Row, frozen=True, kw_only=True):
    """A reorganisation; see the head of ``data/changes.yaml``. Names, not ids: provinces are added where asked."""

    id: str
    vi: str
    en: str
    date: str
    scope: str
    originals: tuple[str, ...]
    results: tuple[str, ...]
    verified: bool = True
    legal_basis: str | None = None
    functions: dict[str, str] = {}
    note: str = ""


class _OldProvince(Row, frozen=True, kw_only=True):
    name: str
    city: bool = False
    aliases: tuple[str, ...] = ()
    valid_to: str | None = None


class _NewProvince(Row, frozen=True, kw_only=True, rename={"from_": "from"}):
    name: str
    from_: tuple[str, ...]
    city: bool = False
    valid_from: str = MERGER_DAY


class _ProvinceTable(Row, frozen=True, kw_only=True):
    old: tuple[_OldProvince, ...]
    unchanged: tuple[str, ...]
    renamed: tuple[_NewProvince, ...]
    merged: tuple[_NewProvince, ...]
    seats: dict[str, str]


def load(name: str, type_: Any) -> Any:  # the static type of a generic alias cannot be expressed
    """Read one table of ``data/`` as rows of a type.

    Raises:
        ModelError: The file is not YAML, or holds an unknown key or a value of a wrong type.
    """
    path = DATA / name
    try:
        return msgspec.yaml.decode(path.read_bytes(), type=type_)
    except (msgspec.MsgspecError, OSError) as error:
        raise ModelError(f"{name}: {error}", file=name) from error


def unique(rows: tuple[T, ...], keys: list[str], name: str) -> tuple[T, ...]:
    """Give the rows back, having made sure that no key repeats.

    Raises:
        ModelError: Two rows share a key.
    """
    repeated = sorted({k for k in keys if keys.count(k) > 1})
    if repeated:
        raise ModelError(f"{name}: repeated {', '.join(repeated)}", file=name, repeated=repeated)
    return rows


@lru_cache(maxsize=1)
def document_kinds() -> tuple[DocumentKind, ...]:
    """All document kinds in the order of the table."""
    rows: tuple[DocumentKind, ...] = load("kinds.yaml", tuple[DocumentKind, ...])
    return unique(rows, [row.slug for row in rows], "kinds.yaml")


@lru_cache(maxsize=1)
def codes() -> CodeTable:
    """All codes of issuers and units."""
    table: CodeTable = load("codes.yaml", CodeTable)
    for rows in (table.state, table.party, table.mass, table.party_parts, table.party_levels, table.units):
        unique(rows, [fold(c) for row in rows for c in (row.code, *row.variants)], "codes.yaml")
    return table


@lru_cache(maxsize=1)
def changes() -> tuple[ChangeEvent, ...]:
    """All reorganisations by date."""
    rows: tuple[ChangeEvent, ...] = load("changes.yaml", tuple[ChangeEvent, ...])
    unique(rows, [row.id for row in rows], "changes.yaml")
    return (*rows, *(_merger(p) for p in provinces() if p.merged_from))


def _merger(province: Province) -> ChangeEvent:
    before = {p.id: p for p in provinces()}
    originals = tuple(before[i].full for i in province.merged_from)
    date = province.valid_from or MERGER_DAY
    return ChangeEvent(
        id=f"{date}-{province.slug}",
        vi=f"{' và '.join(originals)} thành {province.full}",
        en=f"{' and '.join(before[i].name for i in province.merged_from)} became {province.name}",
        date=date,
        scope="provinces",
        originals=originals,
        results=(province.full,),
        legal_basis="202/2025/QH15" if date == MERGER_DAY else "175/2024/QH15",
    )


@lru_cache(maxsize=1)
def provinces() -> tuple[Province, ...]:
    """All provinces of both epochs: those until 2025-06-30 (unchanged ones live on), then those since."""
    table: _ProvinceTable = load("provinces.yaml", _ProvinceTable)
    rows = [_old(row, table) for row in table.old]
    aliases = {row.name: row.aliases for row in table.old}
    for new in (*table.renamed, *table.merged):
        renamed = new in table.renamed
        base = slug(new.name)
        rows.append(
            Province(
                id=base if renamed else f"{base}-2025",
                slug=base,
                name=new.name,
                level="thành phố" if new.city else "tỉnh",
                aliases=aliases.get(new.name, ()),
                valid_from=new.valid_from,
                merged_from=tuple(slug(name) for name in new.from_),
            )
        )
    found = unique(tuple(rows), [row.id for row in rows], "provinces.yaml")
    ids = {row.id for row in found}
    if missing := sorted({i for row in found for i in row.merged_from} - ids):
        raise ModelError(f"provinces.yaml: unknown {', '.join(missing)}", file="provinces.yaml", unknown=missing)
    return found


def _old(row: _OldProvince, table: _ProvinceTable) -> Province:
    return Province(
        id=slug(row.name),
        slug=slug(row.name),
        name=row.name,
        level="thành phố" if row.city else "tỉnh",
        aliases=row.aliases,
        valid_to=row.valid_to or (None if row.name in table.unchanged else _EVE),
    )


_PREFIXES = ("thanh pho ", "tinh ", "tp ")


@lru_cache(maxsize=4096)
def province_of_name(text: str, on: str | None = None) -> Province | None:
    """Give the province that a whole text names ("tỉnh Quảng Ngãi", "TP. Hồ Chí Minh", "quang-ngai"), else None.

    "Thành phố X" names only centrally-run cities: "thành phố Quảng Ngãi" was a district-level city.

    Args:
        text: A name, with or without its level; or a slug, or an epoch-bound id.
        on: ISO day, month or year that chooses the epoch; without it the unit that bore the name before the mergers.
    """
    key = fold(text)
    prefix = next((p for p in _PREFIXES if key.startswith(p)), "")
    found = _by_name().get(key.removeprefix(prefix)) or _by_name().get(key.removeprefix(prefix).removeprefix("tp"))
    if not found:
        return next((p for p in provinces() if fold(p.id) == key), None)
    chosen = _choose(found, on)
    if prefix in {"thanh pho ", "tp "} and chosen.level != "thành phố":
        return None
    return chosen


@lru_cache(maxsize=1)
def _seats() -> dict[str, str]:
    table: _ProvinceTable = load("provinces.yaml", _ProvinceTable)
    return {fold(seat): name for seat, name in table.seats.items()}


def province_of_seat(text: str) -> Province | None:
    """Give the province whose town of administration a text names, where the town bears another name.

    Example:
        >>> province_of_seat("Nha Trang").name
        'Khánh Hòa'
    """
    name = _seats().get(fold(text).removeprefix("thanh pho ").removeprefix("tp "))
    return province_of_name(name) if name else None


def _choose(rows: tuple[Province, ...], on: str | None) -> Province:
    if on is None:
        return rows[0]
    day = f"{on}-01-01"[:10] if len(on) == 4 else f"{on}-01"[:10]
    return next((p for p in rows if p.valid_on(day)), rows[-1] if day >= MERGER_DAY else rows[0])


@lru_cache(maxsize=1)
def _by_name() -> dict[str, tuple[Province, ...]]:
    found: dict[str, tuple[Province, ...]] = {}
    for p in provinces():
        for name in dict.fromkeys(fold(n) for n in (p.name, *p.aliases)):
            found[name] = (*found.get(name, ()), p)
    return found
