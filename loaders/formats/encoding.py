"""Bytes to text: UTF-8, else another encoding (UTF-16, 1258, old 8-bit ones) only where the text proves it."""

import re
import unicodedata
from pathlib import Path

from loaders.formats import legacy_text
from loaders.formats.refusal import refusal
from loaders.formats.syllables import is_syllable

_UTF16 = (
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x19\x1c-\x1f\x7f]")
_SAMPLE = 200_000
_WORD = re.compile(r"[^\W\d_]+")
# letters that the 8-bit fonts TCVN3, VNI and VPS put where others have symbols or rare capitals
_LEGACY = re.compile(rb"[\x80-\xff]")


def decode(data: bytes, path: Path) -> str:
    """Decode a text file as ``open(path, encoding="utf-8").read()`` would.

    Args:
        data: The bytes.
        path: The file, for the error.

    Returns:
        The text with universal newlines; nothing else is changed, a byte-order mark of UTF-8 stays.

    Raises:
        UnreadableFileError: Binary content, or bytes that are no UTF-8 and prove no other encoding.
    """
    text = _by_mark(data, path)
    if text is None:
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError as exc:
            text = _other(data)
            if text is None:
                raise _undecodable(data, exc.start, path) from exc
    if "\x00" in text:
        wide = _wide(data)
        if wide is None:
            raise refusal(path, "binary")
        text = wide
    if _is_noise(text):
        raise refusal(path, "binary")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _by_mark(data: bytes, path: Path) -> str | None:
    for mark, name in _UTF16:
        if data.startswith(mark):
            try:
                return data.decode(name)
            except UnicodeDecodeError as exc:
                raise refusal(path, "binary") from exc
    return None


def _other(data: bytes) -> str | None:
    wide = _wide(data)
    if wide is not None:
        return wide
    if b"\x00" in data:
        return None
    text = data.decode("cp1258", "replace")
    return text if _is_vietnamese(text) else legacy_text.from_bytes(data)


def _wide(data: bytes) -> str | None:
    """UTF-16 without a mark: every other byte is mostly zero."""
    even, odd = data[0:_SAMPLE:2], data[1:_SAMPLE:2]
    if len(data) % 2 or len(data) < 8:
        return None
    for name, high in (("utf-16-le", odd), ("utf-16-be", even)):
        if high.count(0) > len(high) * 0.4:
            try:
                text = data.decode(name)
            except UnicodeDecodeError:
                continue
            return text if "\x00" not in text and _is_vietnamese(text, accents=0) else None
    return None


def _is_vietnamese(text: str, accents: int = 20) -> bool:
    """Strong evidence only: nearly all words with accents are Vietnamese syllables, and there are many."""
    sample = unicodedata.normalize("NFC", text[:_SAMPLE])
    words = _WORD.findall(sample)
    accented = [w for w in words if not w.isascii()]
    if len(accented) < accents or not words:
        return False
    judged = accented or words
    right = sum(map(is_syllable, judged))
    return right >= 0.97 * len(judged) and "\ufffd" not in sample


def _is_noise(text: str) -> bool:
    controls = len(_CONTROL.findall(text))
    return controls > 4 and controls > len(text) * 0.01


def _undecodable(data: bytes, at: int, path: Path) -> Exception:
    high = len(_LEGACY.findall(data[:_SAMPLE]))
    sample = data[:_SAMPLE]
    controls = sum(sample.count(bytes([b])) for b in (*range(9), *range(14, 32)))
    if b"\x00" in sample or controls > len(sample) * 0.05:
        return refusal(path, "binary", byte=at)
    line = data.count(b"\n", 0, at) + 1
    # in a text of one of the old fonts nearly no accented letter is UTF-8; in a damaged one nearly all still are
    lost = len(sample) - len(sample.decode("utf-8", "ignore").encode("utf-8"))
    old = high > len(sample) * 0.08 and lost > high * 0.5 and data.count(b" ") > len(data) * 0.08
    return refusal(path, "legacy_encoding" if old else "invalid_utf8", byte=at, line=line)
