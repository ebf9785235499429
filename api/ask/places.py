"""Provinces named in a question."""

import re
from dataclasses import dataclass
from functools import lru_cache

from api.ask.text import Question
from ontology.tables import provinces
from ontology.vietnamese import fold, new_tone, strip_accents

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


def find_places(q: Question) -> list[PlaceMention]:
    """Find provinces; "hòa bình" in a question that bears accents is no province unless it is written as one."""
    pattern, rows = _names()
    found = []
    for m in pattern.finditer(q.flat):
        slug, name = rows[fold(m[0])]
        written = q.raw[m.start() : m.end()]
        if _is_name(written, name, q.raw):
            found.append(PlaceMention(m.start(), m.end(), slug, name))
    return found


def _is_name(written: str, name: str, question: str) -> bool:
    if (
        strip_accents(written) == written
    ):  # typed without accents: a name where nothing is accented or it is capitalised
        return written.istitle() or strip_accents(question) == question
    return new_tone(written).casefold().replace(" - ", "-") == new_tone(name).casefold().replace(" - ", "-")


def same_province(jurisdiction: str, province: str) -> bool:
    """True where a jurisdiction slug, with or without epoch ("quang-ngai-2025"), is that province."""
    return _EPOCH.sub("", jurisdiction) == _EPOCH.sub("", province)
