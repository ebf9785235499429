"""Whether the text layer of a pdf can be trusted: none, letters that the font does not tell, or a wrong recognition."""

import re
from pathlib import Path

from loaders.formats.refusal import refusal
from loaders.formats.syllables import is_syllable

_PER_PAGE = 15  # letters a page: less is a stamp or a page number on a scan
_TOKEN = re.compile(r"\S+")
_EDGES = "“”\"'‘’()[]{}.,;:!?…-–—*/"
# a number or a sign inside a word of letters; numbers of documents and clauses have slashes, dots and hyphens
_ODD = re.compile(r"(?=.*[a-z])(?:[A-Za-z]*[a-z][0-9$}{\\|^~%&#@\]\[)(]+[A-Za-z]*|[0-9$}{]+[a-z]+[A-Za-z0-9$}{]*)")
_ENOUGH = 40  # words to judge by
_COVERED = 0.4  # of a page: less is a drawing or a stamp beside nothing
_WHOLE = 0.8  # of a page: a scan
_SIGNED = 250  # letters that a digital signature writes over a scan, at most


def check(text: str, pages: int, pictures: int, path: Path) -> None:
    """Refuse a text layer that is none or cannot be right; the caller then reads the pages as pictures.

    Args:
        text: All text of the layer, paragraphs and cells.
        pages: How many pages there are.
        pictures: How many pictures are on them.
        path: The file, for errors.

    Raises:
        UnreadableFileError: "no_text_layer", "garbled_text_layer", or "damaged" where nothing is on the pages at all.
    """
    letters = sum(1 for c in text if c.isalpha())
    if letters < _PER_PAGE * pages and pictures:
        raise refusal(path, "no_text_layer", pages=pages)
    if not letters:  # nothing drawn either: pages that are empty or whose contents are lost
        raise refusal(path, "damaged", cause="không trang nào có chữ hoặc ảnh")
    if text.count("\ufffd") > 0.02 * letters or (pictures and _is_misread(text)):
        raise refusal(path, "garbled_text_layer", pages=pages)


def is_bare(text: str, pictured: float) -> bool:
    """Tell whether a page is a picture: hardly a letter on it, or letters that cannot be read, and a picture over it.

    Args:
        text: The text of the page.
        pictured: Share of the page that its pictures cover.
    """
    letters = sum(1 for c in text if c.isalpha())
    few = _SIGNED if pictured >= _WHOLE else _PER_PAGE
    return pictured >= _COVERED and (letters < few or text.count("\ufffd") > 0.1 * letters)


def _is_misread(text: str) -> bool:
    """Tell a Vietnamese page that a program read as English: hardly an accent, and signs and numbers inside words."""
    words = [token.strip(_EDGES) for token in _TOKEN.findall(text)]
    words = [word for word in words if word and "/" not in word and "." not in word and not word.isdecimal()]
    if len(words) < _ENOUGH:
        return False
    accented = sum(1 for word in words if not word.isascii() and is_syllable(word))
    odd = sum(1 for word in words if _ODD.fullmatch(word))
    return accented < 0.15 * len(words) and odd > 0.06 * len(words)
