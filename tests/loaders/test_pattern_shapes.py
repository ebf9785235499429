"""No pattern can take more than time in proportion to a text by trying one stretch in many ways."""

import re
import sys
from collections.abc import Iterator
from dataclasses import is_dataclass
from re import _constants as codes  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

import pytest

import loaders.pipeline  # noqa: F401 - brings all modules that read
from loaders.bodies_patterns import patterns
from loaders.deadlines import deadline_rules
from loaders.obligations_words import order_words
from loaders.patterns_table import wordings
from loaders.relations_table import relation_table

_MANY = 20  # repeats, from which a bounded repeat is as bad as an unbounded one
_REPEATS = (codes.MAX_REPEAT, codes.MIN_REPEAT)


def _compiled(value: Any, depth: int = 0) -> Iterator[re.Pattern[str]]:
    if isinstance(value, re.Pattern):
        if isinstance(value.pattern, str):
            yield value
    elif depth < 4:
        parts: Any = ()
        if isinstance(value, dict):
            parts = value.values()
        elif isinstance(value, list | tuple):
            parts = value
        elif is_dataclass(value):
            parts = (
                [getattr(value, name, None) for name in type(value).__dataclass_fields__]
                if not isinstance(value, type)
                else ()
            )
        for part in parts:
            yield from _compiled(part, depth + 1)


def _all() -> list[re.Pattern[str]]:
    tables = [dict(wordings(name)) for name in ("header", "lines", "structure", "tables")]
    given: list[Any] = [*tables, patterns(), deadline_rules(), order_words(), relation_table()]
    given += [
        vars(module) for name, module in list(sys.modules.items()) if name.split(".")[0] in ("loaders", "ontology")
    ]
    return sorted({pattern for value in given for pattern in _compiled(value)}, key=lambda p: p.pattern)


def ambiguous(items: Any, *, inside: bool = False) -> bool:
    """Whether a repeat stands in another one whose rounds no fixed letter or sign parts from each other."""
    for op, value in items:
        if op in _REPEATS:
            low, high, body = value
            many = high is codes.MAXREPEAT or high >= _MANY
            if inside and many and low != high:
                return True
            if ambiguous(body, inside=inside or (many and not _has_fixed(body))):
                return True
        elif any(ambiguous(part, inside=inside) for part in _parts(op, value)):
            return True
    return False


def _parts(op: Any, value: Any) -> list[Any]:
    if op is codes.SUBPATTERN:
        return [value[3]]
    if op is codes.BRANCH:
        return list(value[1])
    if op in (codes.ASSERT, codes.ASSERT_NOT):
        return [value[1]]
    if op is codes.POSSESSIVE_REPEAT:
        return [value[2]]
    return [value] if op is codes.ATOMIC_GROUP else []


def _has_fixed(items: Any) -> bool:
    """Whether each round of a repeat holds a fixed letter or sign."""
    for op, value in items:
        if op is codes.LITERAL or (op is codes.SUBPATTERN and _has_fixed(value[3])):
            return True
        if op is codes.IN and all(kind is codes.LITERAL and not chr(what).isalnum() for kind, what in value):
            return True  # one of some signs
        if op is codes.BRANCH and all(_has_fixed(part) for part in value[1]):
            return True
    return False


@pytest.mark.parametrize("pattern", [r"(?:a+)+b", r"(?:\w+\s*)*:", r"(?:[^;]*|x)*y", r"(?:\s*\w+){0,60}x"])
def test_repeats_in_repeats_are_found(pattern: str) -> None:
    assert ambiguous(parser.parse(pattern))


@pytest.mark.parametrize("pattern", [r"\w+(?:\.\w+)*", r"(?:\s+\w{1,9}){1,3}", r"(?:, [a-z]+)+", r"a+b+"])
def test_repeats_that_a_sign_parts_are_no_danger(pattern: str) -> None:
    assert not ambiguous(parser.parse(pattern))


def test_no_pattern_of_tables_and_modules_repeats_what_repeats() -> None:
    every = _all()
    assert len(every) > 300
    assert [p.pattern for p in every if ambiguous(parser.parse(p.pattern, p.flags))] == []
