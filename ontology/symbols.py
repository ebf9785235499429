"""Numbers and symbols (số, ký hiệu): from signs on paper to parts, and to one spelling (domain.md 2)."""

import re
from functools import lru_cache

import msgspec

from ontology.codes import Org, org_of, split_party, unit_of
from ontology.errors import MalformedNumberError
from ontology.kinds import Style, kind, kind_of_abbreviation, kinds_of_abbreviation
from ontology.terms import Family
from ontology.vietnamese import nfc, strip_accents

_DASH = re.compile(r"[\u2010-\u2015\u2212\u00ad]")
_SPACED = re.compile(r"\s*([-/])\s*")
_BLANK = re.compile(r"[\s\u00a0\u200b._…*]+")
_NUMBER = re.compile(r"(\d{1,6})(?:[.,](\d{1,3}))?([a-zđ]|bis)?(?:/((?:19|20)\d\d))?\Z", re.IGNORECASE)
_WHOLE = re.compile(
    r"\s*(\d{1,6}(?:[.,]\d{1,3})?(?:[a-zđ]|bis)?(?:\s*/\s*(?:19|20)\d\d(?![0-9]))?)"
    r"(?:\s*([-/]|\s)\s*(?=\D)(.{1,80}))?\s*\Z",
    re.IGNORECASE,
)
_TERM = re.compile(r"(QH|UBTVQH)(\d{1,2})\Z")
_JOINT_KINDS = frozenset({"thong_tu_lien_tich", "nghi_quyet_lien_tich"})
_ALWAYS_NORMATIVE = frozenset(
    {"hien_phap", "bo_luat", "luat", "phap_lenh", "nghi_dinh", "thong_tu", "thong_tu_lien_tich", "lenh"}
)


class SymbolParts(msgspec.Struct, frozen=True, gc=False):
    """A number and symbol taken apart.

    Attributes:
        type: Slug of the kind; None where neither the type word nor the code tells.
        series: Folded codes of the bodies that own the counter, lead first: ("bdvtu", "bcsdubnd").
        unit: Drafting unit as written ("NC"); None where absent.
        year: Year inside the number, which marks a normative State act.
        term: Term of the National Assembly.
        style: ``state`` | ``party`` | ``na`` | ``legacy``.
        level: ``central`` | ``local``; None where the code does not tell.
        num, suffix: The number as an integer, and what follows it ("a", ".7"); None and "" where blank.
        mark: What follows a Party issuer after a slash ("nb"); None where absent.
    """

    type: str | None = None
    series: tuple[str, ...] = ()
    unit: str | None = None
    year: int | None = None
    term: int | None = None
    style: str = "state"
    level: str | None = None
    family: Family | None = None
    num: int | None = None
    suffix: str = ""
    mark: str | None = None


@lru_cache(maxsize=16384)
def clean_symbol(symbol: str | None) -> str:
    """Unify the signs of a symbol: NFC, Ð to Đ, plain hyphens, no spaces, no signs at the ends."""
    text = _DASH.sub("-", nfc(symbol or "")).replace("Ð", "Đ").replace("ð", "đ")
    return _BLANK.sub("", _SPACED.sub(r"\1", text)).strip("-/:;,()[]\"'“”")


@lru_cache(maxsize=16384)
def fold_code(code: str) -> str:
    """Fold a code for keys: no accents, Đ to D, lower case, letters and digits alone."""
    return "".join(c for c in strip_accents(code).lower() if c.isalnum())


def split_number(text: str) -> tuple[str, str]:
    """Split a whole number into the number with its year and the symbol ("436-QĐ-UBND" to "436", "QĐ-UBND").

    Raises:
        MalformedNumberError: The text does not begin with a number.

    Example:
        >>> split_number("56/2015/QĐ-UBND")
        ('56/2015', 'QĐ-UBND')
    """
    match = _WHOLE.match(_DASH.sub("-", nfc(text)))
    if match is None:
        raise MalformedNumberError(f"not a document number: {text!r}", text=text[:80])
    number, _, symbol = match.groups()
    return re.sub(r"\s+", "", number), clean_symbol(symbol)


@lru_cache(maxsize=16384)
def parse_symbol(number: str | None, symbol: str | None, type_slug: str | None = None) -> SymbolParts:
    """Take a number and symbol apart; never fails: what is not understood stays empty.

    Args:
        number: As the record has it, with its year ("04/2015"); None where blank.
        symbol: What follows the number, any separators ("QĐ-UBND", "KH/BDVTU-BCSDUBND").
        type_slug: Kind told by the type word, which wins over the code (domain.md 1.4).

    Example:
        >>> parse_symbol("10", "KH/BDVTU-BCSĐUBND").series
        ('bdvtu', 'bcsdubnd')
    """
    num, suffix, year = _parse_number(number)
    parts = _parts(clean_symbol(symbol), year, type_slug)
    return msgspec.structs.replace(parts, num=num, suffix=suffix)


@lru_cache(maxsize=16384)
def _parts(symbol: str, year: int | None, type_slug: str | None) -> SymbolParts:
    """What symbol and year say: of all the numbers of a counter this is the same."""
    parts = msgspec.structs.replace(_parse_tokens(symbol, year), year=year)
    if type_slug is not None:
        parts = msgspec.structs.replace(parts, type=type_slug)
    return msgspec.structs.replace(parts, family=_family(parts))


def _parse_number(number: str | None) -> tuple[int | None, str, int | None]:
    match = _NUMBER.match(_BLANK.sub("", nfc(number)) if number and "." not in number else (number or "").strip())
    if match is None:
        return None, "", None
    whole, part, letter, year = match.groups()
    suffix = (f".{part}" if part else "") + fold_code(letter or "")
    return int(whole), suffix, int(year) if year else None


def _parse_tokens(text: str, year: int | None) -> SymbolParts:
    if not text:
        return SymbolParts()
    tokens = [t for t in re.split(r"[-/]", text) if t]
    slash_after_type = "/" in text and text.index("/") == len(tokens[0])
    if term := _term_of(tokens):
        return _national_assembly(tokens, term)
    head, rest = _split_type(tokens)
    if head is None:
        return _without_type(tokens, year)
    style = _style(rest, slash_after_type)
    if style == "party" and len(rest) > 1 and rest[-1].islower():
        parts = _typed(head, rest[:-1], style)
        return msgspec.structs.replace(parts, mark=rest[-1])
    return _typed(head, rest, style)


def _term_of(tokens: list[str]) -> re.Match[str] | None:
    return next((m for t in reversed(tokens) if (m := _TERM.match(t))), None)


def _national_assembly(tokens: list[str], term: re.Match[str]) -> SymbolParts:
    found = kind_of_abbreviation(tokens[0], "state") if len(tokens) > 1 else None
    slug = found.slug if found else None
    orgs = tuple(fold_code(t) for t in tokens[1 if found else 0 :])
    return SymbolParts(type=slug, series=orgs, term=int(term[2]), style="na", level="central")


def _split_type(tokens: list[str]) -> tuple[str | None, list[str]]:
    """Find the type code: the first token, or the head of a first token with the hyphen lost ("TTBTC")."""
    first = tokens[0]
    if _is_type(first) and (len(tokens) > 1 or org_of(first) is None):
        return first, tokens[1:]
    if org_of(first) is None and split_party(first) is None:
        for cut in (4, 3, 2):
            org = org_of(first[cut:], exact=True) if len(first) > cut + 1 else None
            if org is not None and _is_type(first[:cut], exact=True):
                return first[:cut], [first[cut:], *tokens[1:]]
    return None, tokens


def _is_type(token: str, *, exact: bool = False) -> bool:
    found = kinds_of_abbreviation(token, "state") or kinds_of_abbreviation(token, "party")
    return any(not exact or token in row.abbreviations for row in found)


def _style(rest: list[str], slash_after_type: bool) -> Style:
    """Tell State from Party: the issuer's code decides, and where it is used by both, the sign after the type."""
    families = {org.family for token in rest[:1] for org in _orgs(token)}
    if families == {"state"}:
        return "state"
    if families == {"party"}:
        return "party"
    return "party" if slash_after_type else "state"


def _orgs(token: str) -> tuple[Org, ...]:
    found = (
        org_of(token, family="state"),
        org_of(token, family="mass"),
        org_of(token, family="party") or split_party(token),
    )
    return tuple(org for org in found if org is not None)


def _typed(head: str, rest: list[str], style: Style) -> SymbolParts:
    found = kind_of_abbreviation(head, style)
    other: Style = "party" if style == "state" else "state"
    if found is None and not kinds_of_abbreviation(head, style):
        found = kind_of_abbreviation(head, other)
    joint = (found is not None and found.slug in _JOINT_KINDS) or head.endswith(("PH", "LT", "LN"))
    series, unit = _series(rest, style, joint=joint)
    return SymbolParts(
        type=found.slug if found else None, series=series, unit=unit, style=style, level=_level(rest, style)
    )


def _series(rest: list[str], style: Style, *, joint: bool) -> tuple[tuple[str, ...], str | None]:
    """Split what follows the type into the owners of the counter and the drafting unit."""
    series: list[str] = []
    for at, token in enumerate(rest):
        if at and not joint and not _is_joint_partner(rest[0], token, style):
            return tuple(series), "-".join(rest[at:])
        series.append(_key(token, style))
    return tuple(series), None


def _is_joint_partner(lead: str, token: str, style: Style) -> bool:
    if style == "party":
        return split_party(token) is not None or org_of(token, "party") is not None or org_of(token, "mass") is not None
    if unit_of(token) is not None and org_of(token, family="state") is None:
        return False
    first, second = org_of(lead, family="state"), org_of(token)
    return first is not None and second is not None and second.code != "VP" and first.level == second.level == "central"


def _key(token: str, style: str) -> str:
    org = org_of(token, family=style) or org_of(token) or org_of(token.rstrip("0123456789"))  # HĐND17: its term
    return fold_code(org.code if org else token)


def _level(rest: list[str], style: str) -> str | None:
    if not rest:
        return None
    org = org_of(rest[0], family=style) or (split_party(rest[0]) if style == "party" else None) or org_of(rest[0])
    return org.level if org else None


def _without_type(tokens: list[str], year: int | None) -> SymbolParts:
    """A symbol that bears no type: an old number ("73/CP") or an official letter (công văn: "4418/UBND-NC")."""
    org = org_of(tokens[0], family="state") or org_of(tokens[0])
    party = split_party(tokens[0])
    style = "party" if org is None and party else "state"
    known = org or party
    unit = "-".join(tokens[1:]) or None
    series = (_key(tokens[0], style),)
    level = known.level if known else None
    if org is not None and org.shape == "legacy" and unit is None:
        return SymbolParts(series=series, style="legacy", level=level)
    letter = year is None and (known is not None or (unit is not None and unit_of(tokens[-1]) is not None))
    return SymbolParts(type="cong_van" if letter else None, series=series, unit=unit, style=style, level=level)


def _family(parts: SymbolParts) -> Family | None:
    orgs = [org_of(code, family=parts.style) or org_of(code) or split_party(code) for code in parts.series]
    families = {org.family for org in orgs if org is not None}
    if parts.type == "nghi_quyet_lien_tich" or len(families) > 1:
        return Family.JOINT
    if families == {"mass"}:
        return Family.MASS_ORG
    if parts.style == "party":
        return Family.PARTY
    if parts.type in _ALWAYS_NORMATIVE or parts.style == "na":
        return Family.STATE_NORMATIVE
    if not parts.series:
        return None
    if parts.year is not None and parts.type and Family.STATE_NORMATIVE in kind(parts.type).families:
        return Family.STATE_NORMATIVE
    return Family.STATE_ADMIN


@lru_cache(maxsize=16384)
def canonical_symbol(number: str | None, symbol: str | None, type_slug: str | None = None) -> str:
    """Spell a number and symbol with the separators of its family ("436-QĐ-UBND" becomes "436/QĐ-UBND").

    Codes get their official letters (BCSD becomes BCSĐ, QD becomes QĐ) where the tables know them; digits never change.

    Example:
        >>> canonical_symbol("217", "QĐ-TW")
        '217-QĐ/TW'
    """
    text = clean_symbol(symbol)
    tokens = [t for t in re.split(r"[-/]", text) if t]
    digits = _BLANK.sub("", number) if number and "." not in number else (number or "").strip()
    if not tokens:
        return digits
    parts = parse_symbol(number, symbol, type_slug)
    head, rest = (None, tokens) if parts.style == "na" else _split_type(tokens)
    if parts.style == "na" or head is None:
        body = "-".join(_official(t, parts.style) for t in tokens)
        return f"{digits}/{body}" if digits else body
    end = f"/{rest[-1]}" if parts.mark else ""
    orgs = "-".join(_official(t, parts.style) for t in (rest[:-1] if parts.mark else rest))
    between, start = ("/", "-") if parts.style == "party" else ("-", "/")
    body = f"{_official_type(head, parts.style)}{between}{orgs}{end}" if orgs else head
    return f"{digits}{start}{body}" if digits else body


def _official(token: str, style: str) -> str:
    org = org_of(token, family=style) or (split_party(token) if style == "party" else None) or org_of(token)
    if org is not None and fold_code(org.code) == fold_code(token):
        return org.code if "&" not in token else token
    return token


def _official_type(head: str, style: str) -> str:
    known = kinds_of_abbreviation(head, "party" if style == "party" else "state")
    spelt = [a for row in known for a in row.abbreviations if fold_code(a) == fold_code(head)]
    return spelt[0] if spelt and head not in spelt else head
