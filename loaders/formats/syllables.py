"""Whether a word can be a Vietnamese syllable: a cheap test that tells right readings of bytes from wrong ones."""

import re
import unicodedata
from functools import lru_cache

# A syllable without its accents: first consonants, vowels, last consonants.
_SYLLABLE = re.compile(
    r"(?!(?:ch|nh|kh|ngh?|gh|gi|ph|tr|[cx])y)"
    r"(?:ngh|ng|nh|gh|gi|kh|ph|qu|th|tr|ch|[bcdđghklmnprstvx])?"
    r"(?:uye|uyu|uya|oai|oay|oeo|uay|uoi|uou|uay|ieu|yeu|[aeiouy]{1,2})"
    r"(?:ng|nh|ch|[cmnpt])?",
)
_TONES = {"\u0300", "\u0301", "\u0303", "\u0309", "\u0323"}
_SHAPES = {"\u0302", "\u0306", "\u031b"}
_STOPPED = re.compile(r"(?:c|ch|p|t)$")
# a token may hold symbols: in the old encodings they are letters
_TOKEN = re.compile(r"[^\s\x00-@\[-`{-\x7f“”‘’…–—]+")


def bare(word: str) -> str:
    """Give a word in small letters without accents; đ stays."""
    return "".join(c for c in unicodedata.normalize("NFD", word.lower()) if not unicodedata.combining(c))


@lru_cache(maxsize=16384)
def is_syllable(word: str) -> bool:
    """Tell whether a word can be a Vietnamese syllable: its letters, at most one tone, and the tones of stopped ends.

    Example:
        >>> is_syllable("nghị"), is_syllable("ngh¹")
        (True, False)
    """
    parts = unicodedata.normalize("NFD", word.lower())
    marks = [c for c in parts if unicodedata.combining(c)]
    tones = [c for c in marks if c in _TONES]
    if len(tones) > 1 or any(c not in _TONES and c not in _SHAPES for c in marks):
        return False
    plain = "".join(c for c in parts if not unicodedata.combining(c))
    if not _SYLLABLE.fullmatch(plain):
        return False
    return not tones or not _STOPPED.search(plain) or tones[0] in "\u0301\u0323"


def score(text: str) -> tuple[int, int]:
    """Count the words with characters beyond ASCII, and how many of them can be Vietnamese syllables.

    Returns:
        Syllables, words.
    """
    words = [token for token in _TOKEN.findall(text) if not token.isascii()]
    return sum(map(is_syllable, words)), len(words)
