"""Heads and feet that run through the pages of a pdf: they would cut the sentences that go over a page."""

import re
from collections import Counter

from loaders.formats.pdf_words import Line
from ontology.vietnamese import fold

_PAGE_NUMBER = re.compile(r"(?:trang|page)? ?\d{1,4}(?: \d{1,4})?")
_NUMBERS = re.compile(r"(?<!\d)\d{1,6}(?!\d)")
_DEEP = 2  # lines of a head or foot
_OFTEN = 3
_EXACT = 0.6  # share of pages on which the same line is a running one
_COUNTED = 0.35  # the same with a number that counts the pages: left and right pages may differ
_LETTERS = 10  # a shorter line with a number is a heading


def without_running_lines(pages: list[list[Line]]) -> list[list[Line]]:
    """Drop page numbers, and heads or feet that pages repeat but for the page number (the first of them stays)."""
    exact, counted = Counter[str](), Counter[tuple[str, int]]()
    for at, lines in enumerate(pages):
        keys = {fold(line.text) for line in [*lines[:_DEEP], *lines[-_DEEP:]]}
        exact.update(keys - {""})
        counted.update({(_pattern(key), int(n) - at) for key in keys for n in _NUMBERS.findall(key)})
    running = {key for key, count in exact.items() if count >= max(_OFTEN, _EXACT * len(pages))}
    patterns = {
        key
        for (key, _), count in counted.items()
        if count >= max(_OFTEN, _COUNTED * len(pages)) and sum(map(str.isalpha, key)) >= _LETTERS
    }
    seen: set[str] = set()
    return [_page(lines, running, patterns, seen) for lines in pages]


def _pattern(key: str) -> str:
    return _NUMBERS.sub("#", key)


def _page(lines: list[Line], running: set[str], patterns: set[str], seen: set[str]) -> list[Line]:
    """Peel a page from both ends; a running line that was not seen yet stays where it is."""
    start, end = 0, len(lines)
    kept: list[Line] = []
    while start < min(_DEEP, end) and (told := _is_running(lines[start], running, patterns)):
        if told not in seen and told != "number":
            kept.append(lines[start])
        seen.add(told)
        start += 1
    below: list[Line] = []
    while end > max(start, len(lines) - _DEEP) and (told := _is_running(lines[end - 1], running, patterns)):
        if told not in seen and told != "number":
            below.insert(0, lines[end - 1])
        seen.add(told)
        end -= 1
    return [*kept, *lines[start:end], *below]


def _is_running(line: Line, running: set[str], patterns: set[str]) -> str:
    """What kind of running line this is, empty where it is none."""
    key = fold(line.text)
    if _PAGE_NUMBER.fullmatch(key):
        return "number"
    if key in running:
        return key
    return _pattern(key) if _pattern(key) in patterns and _NUMBERS.search(key) else ""
