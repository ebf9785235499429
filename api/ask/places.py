"""Provinces named in a question."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from api.ask.text import Question
from graph.store import InstrumentFilter, Store
from ontology.tables import provinces
from ontology.vietnamese import fold, new_tone, slug, strip_accents

_EPOCH = re.compile(r"-\d{4}$")


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """A province: ``slug`` free of epoch."""

    start: int
    end: int
    slug: str
    name: str


@lru_cache(maxsize=1)
def _names() -> tuple[re.Pattern[str], dict[str, tuple[str, str]]]:
    rows: dict[str, tuple[str, str]] = {}
    for p in provinces():
        for name in (p.name, *p.aliases):
            rows.setdefault(fold(name), (p.slug, name))
    longest = sorted(rows, key=len, reverse=True)
    return re.compile(r"\b(?:" + "|".join(r"[\s-]+".join(map(re.escape, n.split())) for n in longest) + r")\b"), rows


def find_places(q: Question, store: Store | None = None) -> list[PlaceMention]:
    """Find provinces; "hòa bình" in a question that bears accents is no province unless it is written as one.

    Args:
        q: The question.
        store: Whose documents may come from provinces that no table knows; None: only listed ones are found.
    """
    pattern, rows = _names()
    found = []
    for m in pattern.finditer(q.flat):
        place, name = rows[fold(m[0])]
        written = q.raw[m.start() : m.end()]
        if _is_name(written, name, q.raw):
            found.append(PlaceMention(m.start(), m.end(), place, name))
    return sorted([*found, *(_unlisted(q, store, found) if store is not None else ())], key=lambda p: p.start)


_WORD = re.compile(r"[^\W\d_]+")
_MOST_PAIRS = 24  # looked up in the store; questions are short


def _unlisted(q: Question, store: Store, found: list[PlaceMention]) -> Iterator[PlaceMention]:
    """Pairs of words that are the province of a loaded document and stand in no table ("Sơn Hải")."""
    plain = strip_accents(q.raw) == q.raw
    words = list(_WORD.finditer(q.flat))
    looked = 0
    for one, two in pairwise(words):
        start, end = one.start(), two.end()
        written = q.raw[start:end]
        may_be = written.istitle() or q.flat.endswith("tinh ", 0, start) or plain
        if not may_be or q.flat[one.end() : two.start()] != " " or any(p.start < end and start < p.end for p in found):
            continue
        looked += 1
        if looked > _MOST_PAIRS:
            return
        name = slug(written)
        if store.instruments(InstrumentFilter(loaded=True, jurisdiction=name)):
            yield PlaceMention(start, end, name, written)


def _is_name(written: str, name: str, question: str) -> bool:
    if (
        strip_accents(written) == written
    ):  # typed without accents: a name where nothing is accented or it is capitalised
        return written.istitle() or strip_accents(question) == question
    return new_tone(written).casefold().replace(" - ", "-") == new_tone(name).casefold().replace(" - ", "-")


def same_province(jurisdiction: str, province: str) -> bool:
    """True where a jurisdiction slug, with or without epoch ("quang-ngai-2025"), is that province."""
    return _EPOCH.sub("", jurisdiction) == _EPOCH.sub("", province)
