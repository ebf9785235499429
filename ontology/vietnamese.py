"""Vietnamese text: one Unicode form, tone placement, folding for matching and search."""

import re
import unicodedata
from functools import lru_cache

_STROKE = str.maketrans({"đ": "d", "Đ": "D", "ð": "d", "Ð": "D"})


class _Bare(dict[int, str]):
    """Each character without its marks, worked out when it is first met: letter by letter, as form D is made."""

    def __missing__(self, code: int) -> str:
        decomposed = unicodedata.normalize("NFD", chr(code).translate(_STROKE))
        bare = self[code] = "".join(c for c in decomposed if not unicodedata.combining(c))
        return bare


_BARE = _Bare()
# Old tone placement (hoà, thuỷ) to new (hòa, thủy) and only at the end of a syllable without a final consonant.
_OLD_TONE = re.compile(r"([oOuU])(?<![qQ].)([àáảãạèéẻẽẹỳýỷỹỵÀÁẢÃẠÈÉẺẼẸỲÝỶỸỴ])(?![a-zA-Zà-ỹÀ-Ỹ])")
_NON_WORD = re.compile(r"[^0-9a-z]+")


def nfc(text: str) -> str:
    """Give the text in Unicode form C, unchanged where it already is."""
    return text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)


def strip_accents(text: str) -> str:
    """Drop all diacritics and turn đ into d; case is kept.

    Example:
        >>> strip_accents("Chỉ thị của Đảng")
        'Chi thi cua Dang'
    """
    return text if text.isascii() else text.translate(_BARE)


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """Fold for matching: no accents, lower case, runs of other characters as one space.

    Example:
        >>> fold("Kế hoạch số 30/KH-UBND")
        'ke hoach so 30 kh ubnd'
    """
    return _NON_WORD.sub(" ", strip_accents(text).lower()).strip()


def slug(text: str, sep: str = "-") -> str:
    """Give an ASCII slug.

    Example:
        >>> slug("Quảng Ngãi")
        'quang-ngai'
    """
    return fold(text).replace(" ", sep)


def new_tone(text: str) -> str:
    """Put tone marks at the new place, for matching only (uỷ to ủy, hoà to hòa).

    Example:
        >>> new_tone("Tỉnh uỷ hoà giải")
        'Tỉnh ủy hòa giải'
    """
    return _OLD_TONE.sub(_move_tone, text)


def _move_tone(match: re.Match[str]) -> str:
    first, second = match.groups()
    decomposed = unicodedata.normalize("NFD", second)
    base, marks = decomposed[0], decomposed[1:]
    tone = [m for m in marks if m in "\u0300\u0301\u0303\u0309\u0323"]
    rest = [m for m in marks if m not in tone]
    return unicodedata.normalize("NFC", first + "".join(tone)) + unicodedata.normalize("NFC", base + "".join(rest))
