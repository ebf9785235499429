"""A question laid flat: accent-free text of equal length, language, masked spans, words."""

import re
import unicodedata
from dataclasses import dataclass

from api.ask.tables import vocabulary
from ontology.vietnamese import nfc, strip_accents

_WORD = re.compile(r"[a-z]+")
_PLAIN = str.maketrans({"–": "-", "—": "-", "‐": "-", "−": "-", "“": '"', "”": '"', "’": "'", "‘": "'", "\u00a0": " "})


@dataclass(frozen=True, slots=True)
class Question:
    """A question as it was typed and in two aligned forms.

    Attributes:
        raw: In form C, dashes, quotes and spaces made plain.
        flat: The same without accents, in lower case, of equal length.
        asked: Exactly what was typed.
    """

    raw: str
    flat: str
    english: bool
    asked: str = ""


def read(text: str) -> Question:
    """Lay a question flat.

    Example:
        >>> read("Chỉ thị 33 của Đảng?").flat
        'chi thi 33 cua dang?'
    """
    raw = " ".join(nfc(text).translate(_PLAIN).split())
    flat = flatten(raw)
    return Question(raw, flat, _is_english(flat), text)


def flatten(text: str) -> str:
    """Give a text without accents in lower case, of equal length."""
    return "".join(_flat(c) for c in text)


def _flat(char: str) -> str:
    if unicodedata.combining(char):
        return "'"  # a stray mark that NFC could not join; keeps the length
    plain = strip_accents(char).lower()
    return plain if len(plain) == 1 else " "


def _is_english(flat: str) -> bool:
    words = _WORD.findall(flat)
    table = vocabulary()
    english = sum(w in table.english_words for w in words)
    vietnamese = sum(w in table.vietnamese_words for w in words)
    return english >= 2 and english > vietnamese


def mask(flat: str, spans: list[tuple[int, int, str]]) -> str:
    """Replace spans by marks and give the rest as single-spaced words.

    Example:
        >>> mask("ai lam chi thi 33?", [(7, 17, "<i>")])
        'ai lam <i>'
    """
    parts: list[str] = []
    at = 0
    for start, end, mark in sorted(spans):
        parts += [_words(flat[at:start]), mark]
        at = max(at, end)
    parts.append(_words(flat[at:]))
    return " ".join(p for p in parts if p)


def _words(flat: str) -> str:
    return " ".join(re.findall(r"[a-z0-9]+", flat))


def clipped(text: str, width: int) -> str:
    """A text on one line, cut at a word where it is longer than a width.

    Example:
        >>> clipped("báo cáo  kết quả", 10)
        'báo cáo …'
    """
    plain = " ".join(text.split())
    return plain if len(plain) <= width else plain[:width].rsplit(" ", 1)[0] + " …"
