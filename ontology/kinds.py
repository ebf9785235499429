"""Document kinds by their names and by their abbreviations (domain.md 1.3)."""

from functools import lru_cache
from typing import Literal

from ontology.errors import NotFoundError
from ontology.tables import DocumentKind, document_kinds
from ontology.vietnamese import fold, nfc

Style = Literal["state", "party"]
_ETH = str.maketrans({"Ð": "Đ", "ð": "đ"})
_LOOSE_MIN = 2  # one letter ("L") is never matched loosely


def kinds() -> tuple[DocumentKind, ...]:
    """All document kinds in the order of the table."""
    return document_kinds()


@lru_cache(maxsize=256)
def kind(slug: str) -> DocumentKind:
    """Give the kind with a slug; hyphens are taken as underscores.

    Raises:
        NotFoundError: There is no such kind.
    """
    key = slug.replace("-", "_")
    for row in document_kinds():
        if row.slug == key:
            return row
    raise NotFoundError(f"no document kind {slug!r}", slug=slug)


@lru_cache(maxsize=8192)
def kind_of_word(text: str) -> DocumentKind | None:
    """Give the kind whose name begins a text; the longest name wins.

    Args:
        text: A type word, alone or with more after it ("Kế hoạch phối hợp số 10"); case and accents ignored.

    Example:
        >>> kind_of_word("KẾ HOẠCH phối hợp").slug
        'ke_hoach'
    """
    words = fold(text).split(" ")
    names = _names()
    for length in range(min(len(words), _longest()), 0, -1):
        head = " ".join(words[:length])
        if head in names:
            found = names[head]
            return kind(found) if found else None
    return None


@lru_cache(maxsize=1)
def _names() -> dict[str, str]:
    found: dict[str, str] = {}
    for row in document_kinds():
        for name in row.not_words:
            found.setdefault(fold(name), "")
    for row in document_kinds():
        for name in (row.vi, *row.words):
            found[fold(name)] = row.slug
    return found


@lru_cache(maxsize=1)
def _longest() -> int:
    return max(name.count(" ") + 1 for name in _names())


@lru_cache(maxsize=4096)
def kinds_of_abbreviation(abbr: str, style: Style) -> tuple[DocumentKind, ...]:
    """All kinds that an abbreviation can mean in a style, exact spelling first.

    Spelling is compared exactly, then without case, then with Đ folded to D; the looser only where the
    stricter finds nothing, so HĐ (contract) and HD (guidance), ĐA (scheme) and DA (project) stay apart.
    """
    text = nfc(abbr).translate(_ETH).strip()
    for same in (lambda a: a == text, lambda a: a.lower() == text.lower(), lambda a: _loose(a, text)):
        found = tuple(row for row in document_kinds() if any(same(a) for a in getattr(row, style)))
        if found:
            return found
    return ()


def _loose(known: str, text: str) -> bool:
    return len(text) >= _LOOSE_MIN and fold(known) == fold(text)


def kind_of_abbreviation(abbr: str, style: Style) -> DocumentKind | None:
    """Give the one kind that an abbreviation means in a style; None where none or several fit.

    Party "QĐ" is both quyết định and quy định: only the type word tells, so the answer is None.

    Example:
        >>> kind_of_abbreviation("TT", "party").slug
        'thong_tri'
    """
    found = kinds_of_abbreviation(abbr, style)
    return found[0] if len(found) == 1 else None
