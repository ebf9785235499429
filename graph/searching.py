"""Words of passages and duties for full-text search: folded the same way in every store."""

import codecs
from bisect import bisect_right
from collections.abc import Iterator
from typing import Any

from graph.passages import passages
from graph.statements import Duty
from ontology.vietnamese import strip_accents

Unit = tuple[int, int, int | None, str]  # start, end, ordinal of the duty, folded text


class _Letters(dict[int, str]):
    """What each character folds to, filled as characters come."""

    def __missing__(self, char: int) -> str:
        plain = strip_accents(chr(char)).lower()
        self[char] = "".join(c if c in _WORD else " " for c in plain)
        return self[char]


_WORD = frozenset("0123456789abcdefghijklmnopqrstuvwxyz")
_LETTERS = _Letters()
_BLANK = 8  # blanks at the end of a passage beyond the duty that is all of it


def plain_fold(text: str) -> str:
    """Fold like ``ontology.vietnamese.fold``, faster and without its cache: passages are many and long."""
    try:
        plain = codecs.charmap_encode(text.lower(), "strict", _BYTE_OF)[0].translate(_FOLDED).decode("ascii")
    except UnicodeEncodeError:  # a letter that Vietnamese texts rarely have
        plain = text.translate(_LETTERS)
    return " ".join(plain.split())


def _byte_table() -> tuple[Any, bytes]:
    """A byte for each character of Vietnamese texts in small letters, and what each byte folds to."""
    marked = "àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ"
    signs = "–—“”‘’…•·×≥≤±°²³§«»−\u00a0\u200b\ufeff"
    chars = "".join(map(chr, range(128))) + "".join(c for c in marked + signs if len(_LETTERS[ord(c)]) == 1)
    table = chars.ljust(256, "\ufffe")  # the sign of no character
    folded = "".join(_LETTERS[ord(c)] for c in chars).ljust(256, " ")
    return codecs.charmap_build(table), folded.encode("ascii")


_BYTE_OF, _FOLDED = _byte_table()


def units_of(text: str, duties: tuple[Duty, ...]) -> Iterator[Unit]:
    """Give what is searched of one document: its duties, and the passages that no duty says word by word."""
    actions = [plain_fold(d.action) for d in duties]
    told = sorted((d.evidence.start, d.evidence.end, words, d.action) for d, words in zip(duties, actions, strict=True))
    starts = [start for start, *_ in told]
    for start, end in passages(text):
        passage = text[start:end]
        at = bisect_right(starts, end - len(passage.lstrip())) - 1
        within = at >= 0 and end <= told[at][1] + _BLANK
        if within and passage.strip() == told[at][3]:
            continue  # most duties are a passage, letter by letter
        folded = plain_fold(passage)
        if folded and not (within and f" {folded} " in f" {told[at][2]} "):
            yield start, end, None, folded
    for duty, folded in zip(duties, actions, strict=True):
        if folded:
            yield duty.evidence.start, duty.evidence.end, duty.ordinal, folded


def fewest(words: tuple[str, ...]) -> int:
    """How many of the words a passage must have: all, of three and more one may be missing."""
    return len(words) - 1 if len(words) >= 3 else len(words)


def levels(words: tuple[str, ...], present: frozenset[str]) -> Iterator[tuple[tuple[tuple[str, ...], ...], bool]]:
    """What to look for, strictest first: choices of words that must stand together, and whether in a row."""
    absent = [w for w in words if w not in present]
    if not absent:
        yield (words,), True
        if len(words) > 1:
            yield (words,), False
    if fewest(words) < len(words) and len(absent) <= 1:
        left_out = absent or words
        yield tuple(tuple(w for w in words if w != left) for left in left_out), False
