"""What a text must hold for a pattern to match in it at all: cheap questions that spare the pattern."""

import re
from collections.abc import Iterable, Sequence
from re import _constants as codes  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

_MOST = 24  # words; asking for more of them costs what the pattern costs
_Parsed = Sequence[tuple[Any, Any]]


def anchors(pattern: re.Pattern[str]) -> tuple[str, ...]:
    r"""Give strings of which at least one stands in every match of a pattern; none where nothing is known.

    They are read off the pattern itself, so a row of a table that is mended keeps its anchors right.

    Example:
        >>> anchors(re.compile(r"(?:trước|sau) ngày \d+")), anchors(re.compile("(?:hằng|mỗi) năm|quý nào"))
        ((' ngày ',), (' năm', 'quý nào'))
    """
    if pattern.flags & re.IGNORECASE:
        return ()
    return tuple(sorted(_needed(parser.parse(pattern.pattern)) or ()))


def first_letters(patterns: Iterable[re.Pattern[str]]) -> frozenset[str] | None:
    """Give the letters with which matches of the patterns can begin; None where that cannot be told.

    Example:
        >>> sorted(first_letters([re.compile("(?:Phó )?[Cc]hủ tịch"), re.compile("Sở ")]))
        ['C', 'P', 'S', 'c']
    """
    found: set[str] = set()
    for pattern in patterns:
        letters, can_be_empty = _first(parser.parse(pattern.pattern))
        if letters is None or can_be_empty or pattern.flags & re.IGNORECASE:
            return None
        found |= letters
    return frozenset(found)


def _needed(items: _Parsed) -> frozenset[str] | None:
    """The best of what single items need: few and long strings."""
    found: list[frozenset[str]] = []
    run = ""
    for op, value in items:
        if op is codes.LITERAL:
            run += chr(value)
            continue
        found += [frozenset({run})] if run else []
        run = ""
        inner = _inner(op, value)
        found += [inner] if inner else []
    found += [frozenset({run})] if run else []
    return max(found, key=lambda needed: (min(map(len, needed)), -len(needed)), default=None)


def _inner(op: Any, value: Any) -> frozenset[str] | None:
    if op is codes.SUBPATTERN:
        return None if value[1] & re.IGNORECASE else _needed(value[3])
    if op is codes.ATOMIC_GROUP:
        return _needed(value)
    if op in (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT):
        return _needed(value[2]) if value[0] else None
    if op is codes.BRANCH:
        parts = [_needed(part) for part in value[1]]
        if all(parts):
            union = frozenset().union(*(part for part in parts if part))
            return union if len(union) <= _MOST else None
    return None


def _first(items: _Parsed) -> tuple[set[str] | None, bool]:
    """Letters with which a match can begin (None: any), and whether it can be empty."""
    found: set[str] = set()
    for op, value in items:
        if op in (codes.ASSERT, codes.ASSERT_NOT, codes.AT):
            continue
        letters, can_be_empty = _first_of(op, value)
        if letters is None:
            return None, False
        found |= letters
        if not can_be_empty:
            return found, False
    return found, True


def _first_of(op: Any, value: Any) -> tuple[set[str] | None, bool]:
    if op is codes.LITERAL:
        return {chr(value)}, False
    if op is codes.SUBPATTERN:
        return (None, False) if value[1] & re.IGNORECASE else _first(value[3])
    if op in (codes.MAX_REPEAT, codes.MIN_REPEAT):
        letters, can_be_empty = _first(value[2])
        return letters, can_be_empty or value[0] == 0
    if op is codes.BRANCH:
        parts = [_first(part) for part in value[1]]
        known = [letters for letters, _ in parts if letters is not None]
        return (set().union(*known) if len(known) == len(parts) else None), any(empty for _, empty in parts)
    if op is codes.IN:
        letters = set()
        for kind, what in value:
            if kind is codes.LITERAL:
                letters.add(chr(what))
            elif kind is codes.RANGE and what[1] - what[0] < 1000:
                letters |= set(map(chr, range(what[0], what[1] + 1)))
            else:
                return None, False
        return letters, False
    return None, False
