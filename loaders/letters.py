"""Capital and small letters of Vietnamese for character classes.

A range such as ``À-Ỹ`` does not do: in Unicode the capitals and small letters of Vietnamese alternate.
"""

import unicodedata

_VOWELS = "aăâeêioôơuưy"
_TONES = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
_ACCENTED = "".join(unicodedata.normalize("NFC", v + t) for v in _VOWELS for t in _TONES)

LOWER = "a-z" + "".join(c for c in _ACCENTED if not c.isascii()) + "đ"
UPPER = "A-Z" + "".join(c.upper() for c in _ACCENTED if not c.isascii()) + "Đ"


def spell_out(pattern: str) -> str:
    """Put the letters in place of ``<U>`` (capitals) and ``<L>`` (small letters) in a pattern."""
    return pattern.replace("<U>", UPPER).replace("<L>", LOWER)
