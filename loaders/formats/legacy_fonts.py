"""Vietnamese in 8-bit encodings of the years before Unicode (TCVN3, VNI, VPS, VISCII): fonts and letters."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

import yaml

from loaders.formats.syllables import is_syllable

_SUBSET = re.compile(r"^[A-Z]{6}\+")
_WORDS = re.compile(r"[^\s\x00-@\[-`{-\x7f“”‘’…–—]+")
_LETTERS = re.compile(r"[^\W\d_]+")
_DOUBLED = re.compile("\u00ad{2,}")  # Word shows one of them, and there is no "ưư"
_LONE_CAPITAL = re.compile(r"[A-ZĐĂÂÊÔƠƯ][^\x00-\x7f]+")
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
        has_capitals: Whether it has every capital letter.
        written: The inverse of ``letters``.
        pattern: Finds what is written, the longest first.
    """

    name: str
    fonts: tuple[FontRule, ...]
    letters: Mapping[str, str]
    has_capitals: bool
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
    return Encoding(name, rules, other, "Ố" in written, written, re.compile("|".join(map(re.escape, shapes))))


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
    """Turn a run of a legacy font into Unicode (NFC), letters as they were typed; what is Unicode already stays.

    Example:
        >>> decode("NghÞ ®Þnh", font_of(".VnTime"))
        'Nghị định'
    """
    if "\u00ad\u00ad" in text:
        text = _DOUBLED.sub("\u00ad", text)
    if is_unicode(text):
        return _mixed(text, font.encoding)
    told = _substituted(text, font.encoding)
    if not told.isascii():
        told = unicodedata.normalize("NFC", told.replace("\u00ad", ""))
    return told if font.encoding.has_capitals else with_capitals(told)


def _substituted(text: str, encoding: Encoding) -> str:
    return encoding.pattern.sub(lambda found: encoding.letters[found.group()], text)


def _mixed(text: str, encoding: Encoding) -> str:
    """Turn words of an old encoding amid Unicode: those that make sense only so; with most of them, those in doubt."""
    words = [word for word in _WORDS.findall(text) if not word.isascii()]
    read = {word: unicodedata.normalize("NFC", _substituted(word, encoding)) for word in words}
    old = {word for word in words if not is_syllable(word) and (is_syllable(read[word]) or _holds_signs(word))}
    if len(old) > sum(map(is_unicode, set(words) - old)):
        old |= {word for word in words if not is_unicode(word) and is_syllable(read[word])}
    return _WORDS.sub(lambda word: read[word.group()] if word.group() in old else word.group(), text)


def _holds_signs(word: str) -> bool:
    """Whether all that is not ASCII in a word are signs, which stand for letters then ("Q§-TTg")."""
    beyond = [c for c in word if not c.isascii()]
    return len(word) > len(beyond) and not any(c.isalpha() for c in beyond)


def with_capitals(text: str) -> str:
    """Raise the small accented letters inside words in capitals: TCVN3 has no capitals with tones ("PHñ" is PHỦ)."""
    words = [*_LETTERS.finditer(text)]
    raised = [_is_capital(word.group()) for word in words]
    parts, at = [], 0
    for k, word in enumerate(words):
        lone = len(word.group()) > 1 and 0 < k < len(words) - 1 and raised[k - 1] and raised[k + 1]
        if raised[k] or (lone and _LONE_CAPITAL.fullmatch(word.group())):
            parts += [text[at : word.start()], word.group().upper()]
            at = word.end()
    return "".join([*parts, text[at:]])


def _is_capital(word: str) -> bool:
    plain = [c for c in word if c.isascii() or c.isupper()]
    return len(plain) > 1 and all(c.isupper() for c in plain)


def encode(text: str, encoding: Encoding) -> str:
    """Write Unicode in a legacy encoding, as the characters that Western Windows shows; the inverse of ``decode``.

    Example:
        >>> encode("Nghị định", encodings()["vni"])
        'Nghò ñònh'
    """
    return "".join(encoding.written.get(letter, letter) for letter in unicodedata.normalize("NFC", text))
