"""Vietnamese in 8-bit encodings of the years before Unicode (TCVN3, VNI, VPS, VISCII): fonts and letters."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

import yaml

_SUBSET = re.compile(r"^[A-Z]{6}\+")
_STYLE = re.compile(r"(?:[,\-]? ?(?:bold|italic|oblique|regular|normal|roman|mt))+$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class FontRule:
    """Names of fonts that show one encoding."""

    prefix: str
    capitals: str
    examples: tuple[str, ...]
    counter_examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Encoding:
    """One encoding.

    Attributes:
        name: "tcvn3", "vni", "vps" or "viscii".
        fonts: Rules on the names of its fonts.
        letters: What is written (each byte as the character that Windows shows for it) to the letter meant.
        pattern: Finds what is written, the longest first.
    """

    name: str
    fonts: tuple[FontRule, ...]
    letters: Mapping[str, str]
    written: Mapping[str, str]
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class LegacyFont:
    """What a font means: its encoding, and whether its small letters look like capitals."""

    encoding: Encoding
    capitals: bool


def windows(data: bytes) -> str:
    """Read bytes as Western Windows would show them; bytes that it leaves out stay control characters."""
    return "".join(map(_WESTERN.__getitem__, data))


def _western(byte: int) -> str:
    try:
        return bytes([byte]).decode("cp1252")
    except UnicodeDecodeError:
        return chr(byte)


_WESTERN = tuple(_western(byte) for byte in range(256))


@cache
def encodings() -> Mapping[str, Encoding]:
    """The known encodings by name."""
    table = yaml.safe_load(files("loaders.formats").joinpath("data/legacy_fonts.yaml").read_text("utf-8"))
    return {name: _encoding(name, row) for name, row in table["encodings"].items()}


def _encoding(name: str, row: Mapping[str, Any]) -> Encoding:
    written = {unicodedata.normalize("NFC", letter): _WESTERN[byte] for letter, byte in row["letters"].items()}
    letters = {shape: letter for letter, shape in written.items()}
    for alias, byte in row.get("aliases", {}).items():
        if _WESTERN[byte] in letters:
            letters[alias] = letters[_WESTERN[byte]]
    for base, composed in row.get("bases", {}).items():
        plain = written.get(base, base), written.get(base.upper(), base.upper())
        for letter in unicodedata.normalize("NFC", composed):
            mark = row["marks"][_marks(letter, base)]
            written[letter] = plain[0] + _WESTERN[mark]
            written[letter.upper()] = plain[1] + _WESTERN[mark - 0x20]
            for shape, meant in ((plain[0], letter), (plain[1], letter.upper())):
                letters[shape + _WESTERN[mark]] = meant
                letters[shape + _WESTERN[mark - 0x20]] = meant
    other = _other_readings(letters)
    shapes = sorted(other, key=len, reverse=True)
    rules = tuple(_rule(rule) for rule in row["fonts"])
    return Encoding(name, rules, other, written, re.compile("|".join(map(re.escape, shapes))))


def _marks(letter: str, base: str) -> str:
    """The marks on a letter beyond those of its base, the shape of the vowel before the tone."""
    marks = unicodedata.normalize("NFD", letter)[len(unicodedata.normalize("NFD", base)) :]
    return "".join(sorted(marks, key=lambda mark: mark not in "\u0302\u0306"))


def _other_readings(letters: Mapping[str, str]) -> dict[str, str]:
    """Add the characters that Vietnamese Windows (1258) shows for the same bytes: files crossed such machines."""
    every = dict(letters)
    for byte in range(0x80, 0x100):
        try:
            shown = bytes([byte]).decode("cp1258")
        except UnicodeDecodeError:
            continue
        meant = letters.get(_WESTERN[byte])
        if meant is not None and shown not in every:
            every[shown] = meant
    return every


def _rule(row: Mapping[str, Any]) -> FontRule:
    return FontRule(row["prefix"], row["capitals"], tuple(row["examples"]), tuple(row["counter_examples"]))


@lru_cache(maxsize=1024)
def font_of(name: str) -> LegacyFont | None:
    """Tell what a font means by its name; None for any font of Unicode.

    Example:
        >>> font = font_of(".VnTimeH")
        >>> font.encoding.name, font.capitals
        ('tcvn3', True)
    """
    bare = _STYLE.sub("", _SUBSET.sub("", name.strip()))
    for encoding in encodings().values():
        for rule in encoding.fonts:
            if bare.lower().startswith(rule.prefix):
                return LegacyFont(encoding, bare.endswith(rule.capitals) and len(bare) > len(rule.prefix))
    return None


def is_unicode(text: str) -> bool:
    """Tell whether a text holds Vietnamese letters that no 8-bit encoding can show: it is Unicode already."""
    return bool(_UNICODE_ONLY.search(text))


# ă, đ, ĩ, ũ, ơ, ư and all of ạ … ỹ, less the few that Vietnamese Windows (1258) shows for bytes
_UNICODE_ONLY = re.compile("[\u0128\u0129\u0168\u0169\u1ea0-\u1ef9]")


def decode(text: str, font: LegacyFont) -> str:
    """Turn a run of a legacy font into Unicode (NFC); a run that is Unicode in spite of its font stays.

    Example:
        >>> decode("NghÞ ®Þnh", font_of(".VnTime"))
        'Nghị định'
    """
    if is_unicode(text):
        return text
    letters = font.encoding.letters
    told = font.encoding.pattern.sub(lambda found: letters[found.group()], text)
    if not told.isascii():
        told = unicodedata.normalize("NFC", told.replace("\u00ad", ""))
    return told.upper() if font.capitals else told


def encode(text: str, encoding: Encoding) -> str:
    """Write Unicode in a legacy encoding, as the characters that Western Windows shows; the inverse of ``decode``.

    Example:
        >>> encode("Nghị định", encodings()["vni"])
        'Nghò ñònh'
    """
    return "".join(encoding.written.get(letter, letter) for letter in unicodedata.normalize("NFC", text))
