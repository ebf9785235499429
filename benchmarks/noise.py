"""Damage a text as scanners, copying and bad fonts do, and carry the places of its annotations through the damage.

Every kind is seeded: the same text, kind, rate and seed give the same damage. A rate of 0.05 means that about 5 % of
the characters that a kind can hit are wrong; the kinds that hit few characters (Đ, hyphens, 0 and 1) take ten times the
rate of those, or nothing would be seen of them.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from benchmarks.annotations import Document, Span
from ontology.vietnamese import strip_accents

KINDS = ("stroke", "accents", "hyphens", "digits", "pages", "random")
MIXED = "mixed"
_RARE = 10
_STROKE = {"đ": "d", "Đ": "D"}
_HYPHENS = "-–"
_DIGITS = {"0": ("O", "o"), "1": ("l", "I")}
_LETTERS = "abcdeghiklmnopqrstuvxyàáảãạăâđêôơưìíòóùú"
_ALIKE = {"n": "u", "u": "n", "c": "e", "e": "c", "h": "b", "b": "h", "m": "rn", "i": "l", "l": "i", "t": "f", "5": "S"}
_PAGE_CUT = 20  # so many broken lines to one page cut


@dataclass(frozen=True, slots=True)
class Damaged:
    """A damaged text, with the place of every character of the good one in it."""

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def place(self, span: Span) -> Span:
        """Carry a place ``[start, end)`` of the good text over; never empty."""
        start = self.starts[span[0]]
        return start, max(start + 1, self.ends[span[1] - 1])


def damaged(text: str, kind: str, rate: float, seed: int = 0) -> Damaged:
    """Damage a text.

    Args:
        text: The good text.
        kind: One of ``KINDS`` or ``mixed`` (all of them together).
        rate: Share of damaged characters, 0 to 1.
        seed: Chooses which ones.
    """
    dice = random.Random(f"{kind} {rate} {seed}")  # noqa: S311 - seeded on purpose
    hit = _mixed if kind == MIXED else _ONE[kind]
    pieces: list[str] = []
    starts, ends = [0] * len(text), [0] * len(text)
    at = 0
    for n, char in enumerate(text):
        before, now = hit(text, n, char, rate, dice)
        starts[n] = at + len(before)
        at = ends[n] = starts[n] + len(now)
        pieces.append(before + now)
    return Damaged("".join(pieces), tuple(starts), tuple(ends))


# Each hit gives what is put before a character, and what stands in its place.
_Hit = Callable[[str, int, str, float, random.Random], tuple[str, str]]


def _stroke(_text: str, _n: int, char: str, rate: float, dice: random.Random) -> tuple[str, str]:
    return "", _STROKE[char] if char in _STROKE and dice.random() < _RARE * rate else char


def _accents(_text: str, _n: int, char: str, rate: float, dice: random.Random) -> tuple[str, str]:
    if ord(char) < 0xC0 or char in _STROKE or dice.random() >= rate:
        return "", char
    return "", strip_accents(char) or char


def _hyphens(_text: str, _n: int, char: str, rate: float, dice: random.Random) -> tuple[str, str]:
    lost = char in _HYPHENS and dice.random() < _RARE * rate
    return "", dice.choice(("", " ")) if lost else char


def _digits(_text: str, _n: int, char: str, rate: float, dice: random.Random) -> tuple[str, str]:
    return "", dice.choice(_DIGITS[char]) if char in _DIGITS and dice.random() < _RARE * rate else char


def _pages(text: str, n: int, char: str, rate: float, dice: random.Random) -> tuple[str, str]:
    """A line breaks at a space or behind a hyphen; now and then a page ends there, with its number on a line."""
    if n == 0 or char.isspace() or not (text[n - 1] in " -" and dice.random() < rate):
        return "", char
    if dice.random() < 1 / _PAGE_CUT:
        return f"\n\n{dice.randrange(2, 40)}\n\n", char
    return "\n", char


def _random(_text: str, _n: int, char: str, rate: float, dice: random.Random) -> tuple[str, str]:
    if char.isspace() or dice.random() >= rate:
        return "", char
    way = dice.randrange(4)
    if way == 0:
        return "", ""
    if way == 1:
        return "", char + dice.choice(_LETTERS)
    return "", _ALIKE.get(char, dice.choice(_LETTERS))


_ONE: dict[str, _Hit] = {
    "stroke": _stroke,
    "accents": _accents,
    "hyphens": _hyphens,
    "digits": _digits,
    "pages": _pages,
    "random": _random,
}


def _mixed(text: str, n: int, char: str, rate: float, dice: random.Random) -> tuple[str, str]:
    """All kinds at once, about ``rate`` of all characters: a scan is bad in every way."""
    before, now = _pages(text, n, char, rate / 4, dice)
    if now == char:
        for hit, share in (
            (_stroke, rate / _RARE),
            (_accents, rate),
            (_hyphens, rate / _RARE),
            (_digits, rate / _RARE),
        ):
            now = hit(text, n, char, share, dice)[1]
            if now != char:
                break
        else:
            now = _random(text, n, char, rate * 3 / 4, dice)[1]
    return before, now


def damaged_document(document: Document, kind: str, rate: float, seed: int = 0) -> Document:
    """Damage an annotated document; its annotations say what the good one states, at the places in the damaged text."""
    if not rate:
        return document
    bad = damaged(document.text, kind, rate, seed)
    citations = tuple(bad.place(span) for span in document.citations)
    duties = tuple(bad.place(span) for span in document.obligations)
    plain = Path(f"{document.name}.txt") if document.path is not None else None
    return Document(document.name, bad.text, document.gold, citations, duties, plain)
