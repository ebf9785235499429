"""Names of issuers after a number ("của Ban Dân vận Tỉnh ủy và Ban cán sự đảng UBND tỉnh"), up to the title."""

import re
from dataclasses import dataclass, field
from functools import cache, lru_cache

from loaders.citations_lexicon import Lexicon, lexicon
from ontology.tables import provinces
from ontology.vietnamese import strip_accents

_WORD = re.compile(r"[^\W_]+(?:\.[^\W\d_]+)*|[^\s]")
_OPENING = re.compile(r"(?:c[ủuúùũụ]a|do|giữa)\s+(?:của\s+)?(?:đồng chí\s+|các\s+)?")
_MAX_WORDS, _MAX_CHARS = 30, 260


@dataclass(slots=True)
class _Reader:
    text: str
    lower: str
    words: list[tuple[int, int]]
    caps: bool
    lex: Lexicon
    joint: bool = False  # "giữa A, B và C"
    _low: list[str] = field(init=False)

    def __post_init__(self) -> None:
        self._low = [self.lower[start:end] for start, end in self.words]

    def word(self, i: int) -> str:
        return self._low[i] if 0 <= i < len(self._low) else ""

    def pair(self, i: int) -> str:
        return f"{self.word(i)} {self.word(i + 1)}"

    def first_head(self) -> int:
        """Words of the head that the name begins with; two words or more may have lost accents ("Thủ tưởng")."""
        for n in (3, 2):
            words = " ".join(self.word(k) for k in range(n))
            if words in self.lex.heads or _folded(words) in self.lex.folded_heads:
                return n
        return self.head(0)

    def phrase(self, i: int) -> int:
        """Words of a phrase of the table that goes on in the name from word i ("giao thông vận tải"); 0 where none.

        What a committee is named after ("về phát triển khoa học, …") goes on only in the name of a committee.
        """
        tables = (self.lex.phrases, self.lex.committees) if self.pair(1) == "chỉ đạo" else (self.lex.phrases,)
        for phrase in (row for table in tables for row in table.get(self.word(i), ())):
            if all(self.word(i + k) == word for k, word in enumerate(phrase)):
                return len(phrase)
        return 0

    def head(self, i: int) -> int:
        """Words of the head that starts at word i; 0 where none."""
        three = f"{self.pair(i)} {self.word(i + 2)}"
        for n, words in ((3, three), (2, self.pair(i)), (1, self.word(i))):
            if words in self.lex.heads:
                return n
        return 0

    def capital(self, i: int) -> bool:
        return i < len(self.words) and self.text[self.words[i][0]].isupper()

    def closed(self, i: int, size: int) -> bool:
        """Tell whether the head of ``size`` words at word i is a name that is complete by itself."""
        return " ".join(self.word(k) for k in range(i, i + size)) in self.lex.closed

    def goes_past(self, i: int) -> bool:
        """Tell whether a complete name goes on: by another body, or by its term."""
        return (
            self.word(i) in ("và", "khóa", "-", "đảng", "tỉnh")
            or (self.word(i) == "," and self._comma(i))
            or self.head(i) > 0
        )

    def province(self, i: int) -> int:
        """Words of "tỉnh X" or "thành phố X" that start at word i, by the table of provinces; 0 where none."""
        size = 1 if self.word(i) == "tỉnh" else 2 if self.pair(i) == "thành phố" else 0
        if not size or not self.capital(i + size):
            return 0
        for count in (5, 3, 2):
            name = " ".join(self.word(k) for k in range(i + size, i + size + count))
            if name in _province_names():
                return size + count
        return 0

    def goes_on(self, i: int, heads_end: int, *, open_name: bool) -> bool:
        """Tell whether word i still belongs to the name."""
        word = self.word(i)
        if word == ",":
            return self._comma(i) or (self.joint and self.head(i + 1) > 0 and self.capital(i + 1))
        if word == "và":
            return self._and(i)
        if word in "-&":
            return self.capital(i + 1)
        if not word[0].isalnum():
            return False
        if word.isdigit() and not open_name:
            return self.word(i - 1) == "vực"  # "khu vực 1 - Quảng Ngãi"
        named = i == heads_end and self.capital(i) and self.pair(i) in self.lex.names
        second = self.pair(i - 1) in self.lex.names  # "Bộ Ngoại giao"
        if not named and ((word in self.lex.stops and not second) or self.pair(i) in self.lex.stops):
            return False
        return (
            self.caps
            or open_name
            or self.capital(i)
            or word in self.lex.inside
            or (self.capital(i - 1) and word.isalpha())
        )

    def end_of(self, size: int) -> int:
        """Read on from a head of ``size`` words; give the first word behind the name."""
        i, heads_end = size, size
        open_name, closed = False, self.closed(0, size)
        while i < len(self.words):
            if phrase := self.phrase(i):
                i, open_name, closed = i + phrase, False, False
                continue
            if not self.goes_on(i, heads_end, open_name=open_name) or (closed and not self.goes_past(i)):
                break
            closed = False
            if place := self.province(i):
                i, closed = i + place, True
            elif i == heads_end and self.pair(i) in self.lex.open_heads:
                open_name = True  # "Ban Chỉ đạo thực hiện quy chế dân chủ …": the name is a phrase of its own
                i = min(i + 2 + 2 * (self.pair(i + 2) == "thực hiện"), len(self.words))
            elif self.capital(i) and (inner := self.head(i)):
                heads_end = i + inner
                closed = self.closed(i, inner)
                i, open_name = heads_end, False
            else:
                i += 1
        return i

    def _comma(self, i: int) -> bool:
        around = (f"{self.pair(i - 2)}, {self.pair(i + 1)}", f"{self.word(i - 1)}, {self.word(i + 1)}")
        return any(words in self.lex.commas for words in around)

    def _and(self, i: int) -> bool:
        if self.pair(i + 1) in self.lex.kinds or self.word(i + 1) in self.lex.kinds:
            return False
        if self.pair(i + 1) in self.lex.joined or f"{self.pair(i + 1)} {self.word(i + 3)}" in self.lex.joined:
            return True
        return self.head(i + 1) > 0 if self.caps else self.capital(i + 1)


_folded = lru_cache(maxsize=16384)(strip_accents)


@cache
def _province_names() -> frozenset[str]:
    return frozenset(province.name.lower() for province in provinces())


def issuer_after(text: str, lower: str, at: int, limit: int, *, joint: bool = False) -> tuple[int, int] | None:
    """Read "của/do/giữa" and the name of a body that start exactly here.

    Args:
        text: View text.
        lower: Its lower-case reading of the same length.
        at: Where "của" would stand.
        limit: View offset not to be crossed.
        joint: Several bodies issued it together, so a comma can stand between their names.

    Returns:
        The range of the name without "của", None where no name of a body stands here.
    """
    opening = _OPENING.match(lower, at, limit)
    return name_at(text, lower, opening.end(), limit, joint=joint) if opening else None


def name_at(text: str, lower: str, at: int, limit: int, *, joint: bool = False) -> tuple[int, int] | None:
    """Read the name of a body that starts exactly here, see ``issuer_after``."""
    stop = min(limit, at + _MAX_CHARS)
    first_letter = _WORD.search(lower, at, stop)
    if first_letter is None or not text[first_letter.start()].isupper():
        return None
    words = [(m.start(), m.end()) for m, _ in zip(_WORD.finditer(lower, at, stop), range(_MAX_WORDS), strict=False)]
    first = text[words[0][0] : words[min(1, len(words) - 1)][1]]
    joint = joint or lower.startswith("giữa", max(0, at - 5))
    reader = _Reader(text, lower, words, first.isupper() and " " in first, lexicon(), joint)
    size = reader.first_head()
    if not size:
        return None
    i = reader.end_of(size)
    while i > 1 and reader.word(i - 1) in ("và", "-", ",", "&", "các"):
        i -= 1
    i = min(i, len(words))
    return words[0][0], words[i - 1][1]


def initials(name: str) -> str:
    """Give the folded initials of a name, acronyms whole: what a symbol writes for the body.

    Example:
        >>> initials("Ban Cán sự đảng UBND tỉnh")
        'bcsdubndt'
    """
    letters = (
        word if word.isupper() and len(word) > 1 else word[0]
        for word in name.split()
        if word[0].isalpha() and word != "và"
    )
    return _fold("".join(letters).lower())


def _fold(code: str) -> str:
    return code.translate(str.maketrans("đưươôơăâêáàúùủũụỦ", "duuoooaaeaauuuuuu"))
