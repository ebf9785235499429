"""What a question limits its answer to beside what it asks: a province, a year, an issuer, a kind of document."""

import re

from api.ask.bodies import BodyMention, canon
from api.ask.days import is_of_year
from api.ask.places import same_province
from api.ask.reading import Reading
from api.ask.tables import vocabulary
from graph.results import DutyView, InstrumentRef

_ACTING = frozenset({"ban thuong vu", "btv", "thuong truc", "chu tich", "ban chap hanh"})
_ASKED_KIND = re.compile(
    r"\b((?:\w+ )?\w+) (?:nao|gi)\b|\b(?:which|what|how many|list) (?:all )?(?:the )?(\w+)\b"
    r"|\b(?:bao nhieu|liet ke|ke ten)(?: cac| nhung| tat ca)* (\w+ \w+|\w+)\b"
)


def here(reading: Reading, jurisdiction: str | None) -> bool:
    """True where a province that the question names for itself is that of a document (or none is named)."""
    return not reading.where or any(same_province(jurisdiction or "", w) for w in reading.where)


def in_section(section: str, label: str) -> bool:
    """True where a section is, stands under or ends in a label ("ii.3" for "B.II.3")."""
    have = section.casefold()
    return have == label or have.startswith(f"{label}.") or have.endswith(f".{label}")


def of_year(ref: InstrumentRef, year: str) -> bool:
    """True where a document is of a year: by its date, else by its title."""
    return is_of_year(ref.date, ref.title, year)


def duty_here(reading: Reading, duty: DutyView) -> bool:
    """As ``here`` for the document of a duty."""
    return here(reading, duty.instrument.jurisdiction)


def fits(reading: Reading, ref: InstrumentRef) -> bool:
    """True where a document passes every limit of the question: province, year, issuer, kind."""
    if not here(reading, ref.jurisdiction):
        return False
    year = reading.period("year")
    if year is not None and not of_year(ref, year.year):
        return False
    if reading.bodies and not any(_issued(ref, b) for b in reading.bodies):
        return False
    kinds = kinds_asked(reading)
    return not kinds or ref.type in kinds


def _issued(ref: InstrumentRef, body: BodyMention) -> bool:
    place = body.province
    return of_issuer(ref, body.text) and (place is None or same_province(ref.jurisdiction or "", place))


def of_issuer(ref: InstrumentRef, name: str) -> bool:
    """True where a body, or one that acts for it (Ban Thường vụ Tỉnh ủy for Tỉnh ủy), issued an instrument."""
    issuer = ref.issuer or ""
    return any(_acts_for(part, name) for part in (issuer, *re.split(r";| và |, ", issuer)))


def _acts_for(issuer: str, name: str) -> bool:
    wanted, have = canon(name), canon(issuer)
    if not have:
        return False
    head = have.removesuffix(wanted).strip()
    return have == wanted or (have.endswith(wanted) and head in _ACTING)


def kinds_asked(reading: Reading) -> set[str]:
    """Kinds of document that the question is after: "thông tư nào …", "which plans …"."""
    words = {w for pair in _ASKED_KIND.findall(reading.masked) for w in pair if w}
    named = {w: t.slug for t in vocabulary().types for w in t.words if len(w) > 3}
    return {named[w] for word in words for w in (word, word.rstrip("s"), word.split()[-1]) if w in named}
