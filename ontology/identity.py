"""Keys and IRIs: what makes two mentions one instrument, and the stable names of all nodes (domain.md 2.6)."""

import hashlib
import re
from dataclasses import dataclass

from ontology.vietnamese import slug

BASE = "https://w3id.org/luocdo/"
UNKNOWN = "x"
_PERIOD = re.compile(r"(?:\d{4}(?:-\d\d(?:-\d\d)?)?|k\d{1,2}|x)\Z")
_SHA = re.compile(r"[0-9a-f]{64}\Z")
_UNSAFE = re.compile(r"[^a-z0-9.+-]+")
_SLUG_MAX = 120


@dataclass(frozen=True, slots=True)
class InstrumentKey:
    """What identifies an instrument beside its date.

    Attributes:
        jurisdiction: Province slug (epoch-free or epoch-bound) or ``vn``; None where unknown.
        series: Folded codes of the bodies that own the counter, lead first; empty where unknown.
        type: Slug of the kind; None where unknown.
        num: The number; None for instruments without one, which ``suffix`` then tells apart (title slug or text hash).
        suffix: What follows the number ("a", ".7").
        year: Year in the number; None where absent.
        term: Term of the National Assembly or of the Party committee; None where unknown.
    """

    jurisdiction: str | None
    series: tuple[str, ...]
    type: str | None
    num: int | None
    suffix: str = ""
    year: int | None = None
    term: int | None = None

    @property
    def period(self) -> str:
        """The period that the key itself tells: year, term (``k13``) or ``x``."""
        if self.year is not None:
            return str(self.year)
        return f"k{self.term}" if self.term is not None else UNKNOWN


def instrument_iri(key: InstrumentKey, period: str | None = None) -> str:
    """Give the IRI of an instrument.

    Args:
        key: Its key.
        period: Date ("2021-11-26", "2023-02", "2023"), Party or Assembly term ("k13") or "x"; without it the key's own.

    Raises:
        ValueError: The period has another form.

    Example:
        >>> instrument_iri(InstrumentKey("vn", ("ttg",), "chi_thi", 33), "2021-11-26")
        'https://w3id.org/luocdo/instrument/vn/ttg/chi-thi/2021-11-26/33'
    """
    when = period or key.period
    if not _PERIOD.match(when):
        raise ValueError(f"not a period: {when!r}")
    series = "+".join(_safe(code) for code in key.series) or UNKNOWN
    kind = (key.type or UNKNOWN).replace("_", "-")
    if key.num is None:
        own = f"{UNKNOWN}-{_short(_safe(key.suffix))}"
    else:
        own = (
            f"{key.num}{_safe(key.suffix, '')}" if not key.suffix.startswith(".") else f"{key.num}.{_safe(key.suffix)}"
        )
    return f"{BASE}instrument/{_safe(key.jurisdiction or UNKNOWN)}/{series}/{_safe(kind)}/{when}/{own}"


def body_iri(name: str, jurisdiction: str | None = None) -> str:
    """Give the IRI of a body from its canonical name; ``ontology.bodies.identify`` makes the name canonical first.

    Example:
        >>> body_iri("Sở Công Thương", "quang-ngai")
        'https://w3id.org/luocdo/body/quang-ngai/so-cong-thuong'
    """
    own = slug(name) or hashlib.sha256(name.encode()).hexdigest()[:12]
    return f"{BASE}body/{_safe(jurisdiction or UNKNOWN)}/{_short(own)}"


def document_iri(sha256: str) -> str:
    """Give the IRI of a source file from the hash of its bytes."""
    return f"{BASE}document/{_hash(sha256)}"


def duty_iri(sha256: str, ordinal: int) -> str:
    """Give the IRI of a duty: the document that lays it and its place (from 1) in text order."""
    return f"{BASE}duty/{_hash(sha256)}/{ordinal}"


def kind_iri(type_slug: str) -> str:
    """Give the IRI of a document kind's concept."""
    return f"{BASE}kind/{_safe(type_slug.replace('_', '-'))}"


def change_iri(change_id: str, jurisdiction: str | None = None) -> str:
    """Give the IRI of a reorganisation, in one province where it took place in all."""
    return (
        f"{BASE}change/{_safe(jurisdiction)}/{_safe(change_id)}" if jurisdiction else f"{BASE}change/{_safe(change_id)}"
    )


def province_iri(province_id: str) -> str:
    """Give the IRI of a province in one epoch."""
    return f"{BASE}place/{_safe(province_id)}"


def _safe(text: str, empty: str = UNKNOWN) -> str:
    """Make one path segment: letters, digits and inner signs; never "." or "..", which URLs would swallow."""
    return _UNSAFE.sub("-", slug(text) if not text.isascii() else text.lower()).strip("-.") or empty


def _short(text: str) -> str:
    """Keep IRIs short: a long name ends in a hash of the whole."""
    if len(text) <= _SLUG_MAX:
        return text
    return f"{text[:_SLUG_MAX].rstrip('-')}-{hashlib.sha256(text.encode()).hexdigest()[:8]}"


def _hash(sha256: str) -> str:
    value = sha256.lower()
    if not _SHA.match(value):
        raise ValueError(f"not a SHA-256 in hexadecimal: {sha256[:80]!r}")
    return value
