"""How far a text is damaged, by the words in it that can be no Vietnamese syllable (bad scans, broken fonts)."""

import re
from collections import Counter
from functools import lru_cache

from loaders.formats.syllables import is_syllable

_WORD = re.compile(r"[^\W\d_]{2,}")
_SAMPLE, _FEW = 4000, 100
# Clean documents hold a foreign word now and then; one letter in a hundred damaged spoils two words in a hundred.
_LEVELS = ((0.04, "much"), (0.015, "some"), (0.005, "little"))


def odd_words(text: str) -> int:
    """Count the words that can be no syllable; words of capitals are codes and abbreviations and do not count.

    Example:
        >>> odd_words("Ủy ban nhan dân tỉnb, UBND")
        1
    """
    return sum(1 for word in _WORD.findall(text) if word[1:].islower() and not is_syllable(word.lower()))


def damage_of(text: str) -> str:
    """Tell how far a document is damaged by a sample from its middle: empty, ``little``, ``some`` or ``much``."""
    start = max(0, len(text) // 2 - _SAMPLE // 2)
    return _level(text[start : start + _SAMPLE])


@lru_cache(maxsize=8)  # the citations and the duties of one document ask
def _level(sample: str) -> str:
    words = {word: count for word, count in Counter(_WORD.findall(sample)).items() if word.islower()}
    total = sum(words.values())
    if total < _FEW:
        return ""
    share = sum(count for word, count in words.items() if not is_syllable(word)) / total
    return next((level for least, level in _LEVELS if share >= least), "")
