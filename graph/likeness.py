"""How alike two readings are: titles told short or whole, years in them, codes that the tables know."""

import re

from rapidfuzz.fuzz import token_sort_ratio

from graph.statements import Sign
from ontology.codes import org_of, split_party
from ontology.vietnamese import fold

SIMILAR = 60.0  # level B: titles are told shortened or whole
SHORT = 90.0  # of titles so short that many documents bear their like
UNLIKE = 0.3  # titles that share a smaller part of their words are of two documents
LEAST_WORDS = 4  # a title shorter than this tells nothing apart ("về công tác cán bộ")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


def similarity(a: str, b: str) -> float:
    """How alike two titles are, 0 to 100; a title that is the other one shortened is alike."""
    left, right = fold(a), fold(b)
    if min(len(left.split()), len(right.split())) >= LEAST_WORDS and (left.startswith(right) or right.startswith(left)):
        return 100.0
    return token_sort_ratio(left, right)


def years_differ(a: str, b: str) -> bool:
    """Whether two titles name years and no year in common: the plans of two years are two plans."""
    one, two = (frozenset(_YEAR.findall(t)) for t in (a, b))
    return bool(one) and bool(two) and one.isdisjoint(two)


def known_series(series: tuple[str, ...]) -> bool:
    """Whether the tables know every code of a series: then it is no misread one."""
    return bool(series) and all(org_of(code) is not None or split_party(code) is not None for code in series)


def titles_alike(a: Sign, b: Sign) -> bool:
    """Whether two titles speak for one instrument; short ones must be almost equal, and years must not differ."""
    if not a.title or not b.title or years_differ(a.title, b.title):
        return False
    short = min(len(t.split()) for t in (a.title, b.title)) < LEAST_WORDS
    return similarity(a.title, b.title) >= (SHORT if short else SIMILAR)


def titles_unlike(sign: Sign, members: list[Sign]) -> bool:
    """Whether a title that tells something has nothing in common with any that the others tell."""
    if not sign.title or len(sign.title.split()) < LEAST_WORDS:
        return False
    told = [t for s in members if (t := s.title) and len(t.split()) >= LEAST_WORDS]
    return bool(told) and all(years_differ(sign.title, t) or _common(sign.title, t) < UNLIKE for t in told)


def _common(a: str, b: str) -> float:
    one, two = frozenset(fold(a).split()), frozenset(fold(b).split())
    return len(one & two) / min(len(one), len(two))
