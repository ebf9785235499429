"""Periods in which numbers run: the calendar year of the State, from congress to congress of the Party ."""

from graph.statements import Sign

FULL = len("2021-01-11")
PARTY_YEARS = 5
# Congresses: provinces in October 2015, 2020, 2025; the nation in January 2016, 2021, 2026.
_LOCAL, _CENTRAL = (0, "10-01"), (1, "02-01")


def period_of(sign: Sign) -> str | None:
    """What tells numbers of one counter apart: the year in the symbol, the Assembly's term, else the whole day."""
    if sign.year is not None:
        return f"{sign.year}|{sign.term or ''}"
    if sign.date is not None and len(sign.date) == FULL:
        return sign.date
    return None


def is_party(sign: Sign) -> bool:
    """Whether the numbers of a sign's counter run through a term, not a year."""
    return sign.family in ("party", "mass-org")


def term_start(day: str, *, central: bool) -> str:
    """First day of the Party term that a day lies in."""
    rest, month = _CENTRAL if central else _LOCAL
    year = int(day[:4])
    year -= (year - rest) % PARTY_YEARS
    return f"{year}-{month}" if day >= f"{year}-{month}" else f"{year - PARTY_YEARS}-{month}"


def term_of(year: int) -> int:
    """The term that most of a year lies in, as a number."""
    return (year - 1) // PARTY_YEARS


def period_start(series: str, day: str, *, party: bool) -> str:
    """First day of the period in which a counter (``graph.resolution.series_of``) runs."""
    return term_start(day, central=series.startswith("vn|")) if party else f"{day[:4]}-01-01"
