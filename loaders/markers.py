"""List markers and structural words at the head of a paragraph (Phần, Chương, Điều, I., 1., a), -)."""

import re

import msgspec

from loaders.letters import spell_out

STRUCTURAL = ("phan", "chuong", "muc", "tieu-muc", "dieu")
_ORDER = (
    ("phan",),
    ("chuong",),
    ("muc",),
    ("tieu-muc",),
    ("dieu",),
    ("upper", "roman"),
    ("num1",),
    ("num2",),
    ("num3",),
    ("num4",),
    ("paren", "alpha"),
    ("enclosed", "lroman"),
    ("dash", "star"),
    ("plus", "dot"),
)
_RANK = {style: rank for rank, styles in enumerate(_ORDER) for style in styles}
_ROMAN = r"[IVXL]{1,7}"
_WORDS = re.compile(
    r"(?P<word>PHẦN|Phần|CHƯƠNG|Chương|TIỂU MỤC|Tiểu mục|MỤC|Mục|ĐIỀU|Điều)\s+"
    rf"(?P<value>thứ\s+(?:\w+\s){{0,2}}?\w+|THỨ\s+(?:\w+\s){{0,2}}?\w+|{_ROMAN}\b|\d{{1,3}}[a-zđ]?\b|[A-ZĐ]\b)\s*(?P<sep>[.:)]|-(?=\s))?\s*"
)
_NUMBER = re.compile(spell_out(r"(?P<value>\d{1,3}(?:\.\d{1,3}){0,3})\s?(?P<sep>\.\)|[.)/:]|-(?=\s[<U>]))?\s*(?=\S)"))
_ENCLOSED = re.compile(r"\((?P<value>\d{1,2}|[ivx]{1,4}|[a-zđ])\)\s*(?=\S)")
_LETTER = re.compile(r"(?P<value>[a-zđ])(?P<digit>\d{0,2})\s?(?P<sep>[.)/])\s*(?=\S)")
_LROMAN = re.compile(r"(?P<value>[ivx]{2,5})\s?[.)/]\s*(?=\S)")
_UPPER = re.compile(
    spell_out(rf"(?P<value>(?:{_ROMAN}|[A-ZĐ]))\s?(?P<sep>[.)/:]|-(?=\s?[<U>])|(?=\s[<U>]{{2}}))\s*(?=\S)")
)
_SIGN = re.compile(r"(?P<value>[-+•*·])\s*(?=[^\s\d]|\d)")
_FULL_ROMAN = re.compile(r"L?X{0,4}(?:IX|IV|V?I{0,3})$")
_SLUGS = {"PHẦN": "phan", "CHƯƠNG": "chuong", "TIỂU MỤC": "tieu-muc", "MỤC": "muc", "ĐIỀU": "dieu"}
_SIGNS = {"-": "dash", "+": "plus", "•": "dot", "·": "dot", "*": "star"}
_ALPHABET = "abcdđeghiklmnopqrstuvxy"


class Marker(msgspec.Struct, frozen=True, gc=False):
    """What stands at the head of a paragraph.

    Attributes:
        style: Kind of marker (``roman``, ``num1``, ``alpha``, ``dash``, ``dieu`` …).
        text: As written.
        label: For section paths; empty for signs.
        length: Characters up to the text after it.
        value: Place in its sequence, 0 for signs.
    """

    style: str
    text: str
    label: str
    length: int
    value: int = 0

    @property
    def rank(self) -> int:
        """Place of the style in the usual order of divisions; smaller is higher."""
        return _RANK[self.style]

    @property
    def sign(self) -> bool:
        """Whether it is a mere sign without a value."""
        return not self.label


def roman_value(text: str) -> int:
    """Value of a Roman number up to 89, 0 where it is none.

    Example:
        >>> roman_value("XIV")
        14
    """
    if not text or not _FULL_ROMAN.match(text):
        return 0
    worth = {"I": 1, "V": 5, "X": 10, "L": 50}
    numbers = [worth[c] for c in text]
    return sum(-n if n < following else n for n, following in zip(numbers, [*numbers[1:], 0], strict=True))


def readings(text: str) -> list[Marker]:
    """Give every reading of the head of a paragraph as a marker, likeliest first.

    "C." is a letter or the Roman hundred, "i)" a letter or the Roman one; the tree decides by what stands before.
    """
    first = text[0]
    if first in _SIGNS:
        match = _SIGN.match(text)
        return [Marker(_SIGNS[first], first, "", match.end())] if match else []
    if first.isdigit():
        return _numbered(text)
    if first == "(":
        return _enclosed(text)
    if first.isupper():
        if text[:3].lower() == "v/v":
            return []
        return _worded(text) or _lettered(text)
    return _small(text) if first.islower() else []


def _worded(text: str) -> list[Marker]:
    match = _WORDS.match(text)
    if not match:
        return []
    style = _SLUGS[match["word"].upper()]
    rest = text[match.end() :]
    separated = (
        match["sep"] is not None
        or not rest
        or (rest[0].isupper() and (style != "dieu" and (rest.isupper() or len(text) < 120)))
    )
    if not separated:
        return []
    value = match["value"]
    label = (
        f"{style}-{value}"
        if value[0].isdigit() or (value.isupper() and len(value) < 6)
        else f"{style}-{'-'.join(value.lower().split()[1:])}"
    )
    digits = re.match(r"\d+", value)
    place = int(digits.group()) if digits else roman_value(value)
    return [Marker(style, match.group().rstrip(), label, match.end(), place)]


def _numbered(text: str) -> list[Marker]:
    match = _NUMBER.match(text)
    if not match:
        return []
    value = match["value"]
    depth = value.count(".") + 1
    sep = match["sep"]
    rest = text[match.end() :]
    if sep is None and (depth == 1 or not text[match.end() - 1].isspace() or not rest[0].isupper()):
        return []
    if sep == "." and rest[0].isdigit() and not text[match.end() - 1].isspace():
        return []
    if sep == "/" and (not text[match.end() - 1].isspace() or depth > 1):
        return []
    if sep in (":", "-") and depth == 1 and not rest[0].isupper():
        return []
    style = "paren" if sep == ")" and depth == 1 else f"num{depth}"
    return [Marker(style, match.group().rstrip(), value, match.end(), int(value.rsplit(".", 1)[-1]))]


def _enclosed(text: str) -> list[Marker]:
    match = _ENCLOSED.match(text)
    if not match:
        return []
    value = match["value"]
    number = int(value) if value.isdigit() else roman_value(value.upper()) or _place(value)
    return [Marker("enclosed", match.group().rstrip(), value, match.end(), number)]


def _lettered(text: str) -> list[Marker]:
    match = _UPPER.match(text)
    if not match:
        return []
    value = match["value"]
    if not value or (match["sep"] == "" and len(value) == 1 and value not in "IVX"):
        return []
    found: list[Marker] = []
    marker = match.group().rstrip()
    number = roman_value(value)
    if number:
        found.append(Marker("roman", marker, value, match.end(), number))
    if len(value) == 1 and match["sep"]:
        found.append(Marker("upper", marker, value, match.end(), _place(value.lower())))
    return found


def _small(text: str) -> list[Marker]:
    found: list[Marker] = []
    match = _LETTER.match(text)
    if match:
        if match["sep"] != ")" and not text[match.end() - 1].isspace():
            return []
        value = match["value"] + match["digit"]
        found.append(Marker("alpha", match.group().rstrip(), value, match.end(), _place(match["value"])))
    roman = match or _LROMAN.match(text)
    if roman and roman_value(roman["value"].upper()):
        label = roman["value"]
        found.append(Marker("lroman", roman.group().rstrip(), label, roman.end(), roman_value(label.upper())))
    return found


def _place(letter: str) -> int:
    """Place of a letter in the alphabet of points (a b c d đ e g h i k …); letters outside it by their code."""
    at = _ALPHABET.find(letter)
    return at + 1 if at >= 0 else ord(letter)
