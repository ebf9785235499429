"""Names of bodies: the tables behind them, one spelling for each, and the province that stands inside."""

import re
from dataclasses import dataclass
from functools import lru_cache

from ontology.errors import ModelError
from ontology.tables import Province, Row, load, province_of_name, provinces
from ontology.unlisted import stated_at_end, unlisted
from ontology.vietnamese import fold, new_tone, nfc


class NamedBody(Row, frozen=True, kw_only=True):
    """A row of ``central``, ``local`` or ``departments``; see the head of ``data/bodies.yaml``."""

    name: str
    aliases: tuple[str, ...] = ()
    parent: str | None = None
    place: str = "tinh"
    needs_place: bool = False
    kind: str = "organization"
    family: str = "state"
    level: str | None = None
    valid_from: str | None = None
    valid_to: str | None = None


class Head(Row, frozen=True, kw_only=True):
    """First words of a unit or post, with sample names."""

    head: str
    of: str = ""
    kind: str = "organization"
    family: str = "state"
    valid_to: str | None = None
    not_words: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()


class FirstWords(Row, frozen=True, kw_only=True):
    """First words that place any name in the tree."""

    head: str
    level: str
    parent: str
    family: str = "state"
    not_words: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()


class ClassWords(Row, frozen=True, kw_only=True):
    """Words that make a name a class, ``at`` the start or any place."""

    words: str
    at: str
    examples: tuple[str, ...] = ()
    counter_examples: tuple[str, ...] = ()


class EndedLevel(Row, frozen=True, kw_only=True):
    """A level of administration that a reorganisation ended.

    Attributes:
        level: The level of bodies that ended.
        words: Words that put a class at this level.
        not_words: Words of a class that holds bodies of other levels as well.
        heads: First words of the bodies whose end the change tells; others of the level ended on days of their own.
        valid_to: The last day.
        change: The reorganisation, a row of ``data/changes.yaml``.
    """

    level: str
    words: tuple[str, ...]
    not_words: tuple[str, ...]
    heads: tuple[str, ...]
    valid_to: str
    change: str


class ShortWord(Row, frozen=True, kw_only=True):
    """A short form inside names and what it stands for."""

    short: str
    long: str


class BodyTable(Row, frozen=True, kw_only=True):
    """All of ``data/bodies.yaml``."""

    central: tuple[NamedBody, ...]
    local: tuple[NamedBody, ...]
    departments: tuple[NamedBody, ...]
    first_words: tuple[FirstWords, ...]
    unit_heads: tuple[Head, ...]
    self_heads: tuple[str, ...]
    posts: tuple[Head, ...]
    classes: tuple[ClassWords, ...]
    province_classes: tuple[str, ...]
    ended_levels: tuple[EndedLevel, ...]
    words: tuple[ShortWord, ...]


@dataclass(frozen=True, slots=True)
class Placed:
    """A name split into what it says without its province, and the province.

    Attributes:
        core: The name without "tỉnh X"; a bare "tỉnh" that only points at the document's province is dropped too.
        province: The unit that the name gives, in its first epoch; None where it gives none.
        pointed: The name ends in a bare "tỉnh" or names the Tỉnh ủy: it has a province that the context must tell.
        pointer: "tỉnh" or "thành phố" where the name ends in that bare word, "thành phố" for "Thành ủy", else "".
    """

    core: str
    province: Province | None
    pointed: bool
    pointer: str = ""


@lru_cache(maxsize=1)
def table() -> BodyTable:
    """The table of bodies, checked for repeated names."""
    rows: BodyTable = load("bodies.yaml", BodyTable)
    for part in (rows.central, (*rows.local, *rows.departments)):
        seen: set[str] = set()
        for row in part:
            for name in (row.name, *row.aliases):
                if fold(name) in seen:
                    raise ModelError(f"bodies.yaml: repeated {name}", file="bodies.yaml", repeated=[name])
                seen.add(fold(name))
    return rows


_SPACE = re.compile(r"\s+")
_EDGE = " \t\n.,;:/*_-–\"'“”()"
_POINTER = re.compile(r"(?<![,;])(?<! và)\s+(tỉnh|thành phố)\Z", re.IGNORECASE)
_PARTY = re.compile(r"\b(tỉnh|thành)\s+ủy\Z", re.IGNORECASE)
_CITY_PARTY = re.compile(r"\bThành ủy\Z", re.IGNORECASE)
_DISTRICT_PARTIES = re.compile(r"\b(?:huyện|thị|quận)(?: ủy)?, (?:thị, |thị ủy, )?(?:và )?thành ủy\b", re.IGNORECASE)


@lru_cache(maxsize=16384)
def clean(name: str) -> str:
    """Give a name in one spelling: NFC, new tone places, plain spaces and hyphens, short words written out."""
    text = _SPACE.sub(" ", new_tone(nfc(name)).replace("–", "-").replace("—", "-")).strip(_EDGE).replace(" & ", " và ")
    return _short_words().sub(_long_word, _capitals(text))


def _capitals(text: str) -> str:
    """Write a name set all in capitals as a sentence; where letters of both cases occur nothing changes."""
    letters = [c for c in text if c.isalpha()]
    if len(letters) < 12 or any(c.islower() for c in letters):
        return text
    return _restore(text)


def _restore(text: str) -> str:
    known = {
        fold(n): n for row in (*table().central, *table().departments, *table().local) for n in (row.name, *row.aliases)
    }
    if fold(text) in known:
        return known[fold(text)]
    for tail in _tails(text):
        if (province := province_of_name(tail)) is not None:
            core = text[: -len(tail)].strip()
            if fold(core) in known:
                return f"{known[fold(core)]} {_lower_level(tail, province)}"
    return text


def _tails(text: str) -> list[str]:
    words = text.split(" ")
    return [" ".join(words[-n:]) for n in range(min(7, len(words) - 1), 0, -1)]


def _lower_level(tail: str, province: Province) -> str:
    return province.full if fold(tail) != fold(province.name) else province.name


@lru_cache(maxsize=1)
def _short_words() -> re.Pattern[str]:
    """Short words letter by letter; whole phrases ("Ủy ban nhân dân") in any case."""
    words = sorted((row.short for row in table().words), key=len, reverse=True)
    spelt = "|".join(f"(?i:{re.escape(w)})" if " " in w else re.escape(w) for w in words)
    return re.compile(rf"(?<![\w&])(?:{spelt})(?![\w&])")


@lru_cache(maxsize=1)
def _long_words() -> dict[str, str]:
    return {row.short.lower() if " " in row.short else row.short: row.long for row in table().words}


def _long_word(match: re.Match[str]) -> str:
    word = match.group()
    return _long_words()[word.lower() if " " in word else word]


@lru_cache(maxsize=1)
def _province_end() -> re.Pattern[str]:
    names = sorted({n for p in provinces() for n in (p.name, *p.aliases)}, key=len, reverse=True)
    spelt = "|".join(re.escape(new_tone(n)) for n in names)
    return re.compile(rf"(?:\s|\A)(?:(tỉnh|thành phố|TP\.?)\s*)?({spelt})\Z", re.IGNORECASE)


@lru_cache(maxsize=16384)
def place_of(name: str) -> Placed:
    """Split the province off the end of a clean name.

    Example:
        >>> place_of("Sở Công Thương tỉnh Quảng Ngãi").core
        'Sở Công Thương'
    """
    match = _province_end().search(name)
    if match is not None and match.start() > 0:
        level = "thành phố" if fold(match[1] or "").startswith(("thanh", "tp")) else (match[1] or "")
        province = province_of_name(f"{level} {match[2]}".strip())
        if province is not None and not _other_place(name[: match.start()], province, level):
            return Placed(_unify_party(name[: match.start()].strip(" ,-")), province, pointed=True)
    if stated := stated_at_end(name):
        return Placed(_unify_party(stated[0]), stated[1], pointed=True)
    if pointer := _POINTER.search(name):
        return Placed(_unify_party(name[: pointer.start()]), None, pointed=True, pointer=pointer[1].lower())
    if (party := _PARTY.search(name)) is None or _DISTRICT_PARTIES.search(name):
        return Placed(_unify_party(name), None, pointed=False)
    return Placed(_unify_party(name), None, pointed=True, pointer="" if party[1].lower() == "tỉnh" else "thành phố")


def home_name(jurisdiction: str | None, names: tuple[str, ...]) -> str | None:
    """Give the name of a document's province: by the table, else as its issuers or its place line write it.

    Args:
        jurisdiction: Slug of the province; None or ``vn`` give None.
        names: Full names of issuers, and the place.

    Example:
        >>> home_name("quang-ngai", ()), home_name("son-hai", ("Tỉnh ủy Sơn Hải",))
        ('Quảng Ngãi', 'Sơn Hải')
    """
    if jurisdiction is None or jurisdiction == "vn":
        return None
    listed = next((p.name for p in provinces() if jurisdiction in (p.slug, p.id)), None)
    if listed is not None:
        return listed
    found = (place_of(clean(name)).province or unlisted(name.strip()) for name in names)
    return next((p.name for p in found if p is not None and p.slug == jurisdiction), None)


def _other_place(before: str, province: Province, level: str) -> bool:
    """Whether a province's name is really that of a district, or of the President in the name of the Union."""
    if level:
        return False
    if _CITY_PARTY.search(before):  # "Thành ủy Quảng Ngãi" leads a city of the province Quảng Ngãi
        return province.level != "thành phố"
    if province.slug == "ho-chi-minh":
        return True
    return fold(before).endswith((" huyen", " thi xa", " quan", " phuong", " xa"))


def _unify_party(core: str) -> str:
    return core if _DISTRICT_PARTIES.search(core) else _CITY_PARTY.sub("Tỉnh ủy", core)
