"""Words of passages and duties for full-text search: folded the same way in every store."""

from collections.abc import Iterator

from graph.passages import passages
from graph.statements import Duty
from ontology.vietnamese import strip_accents

Unit = tuple[int, int, int | None, str]  # start, end, ordinal of the duty, folded text


class _Letters(dict[int, str]):
    """What each character folds to, filled as characters come."""

    def __missing__(self, char: int) -> str:
        plain = strip_accents(chr(char)).lower()
        self[char] = "".join(c if c in _WORD else " " for c in plain)
        return self[char]


_WORD = frozenset("0123456789abcdefghijklmnopqrstuvwxyz")
_LETTERS = _Letters()


def plain_fold(text: str) -> str:
    """Fold like ``ontology.vietnamese.fold``, faster and without its cache: passages are many and long."""
    return " ".join(text.translate(_LETTERS).split())


def units_of(text: str, duties: tuple[Duty, ...]) -> Iterator[Unit]:
    """Give what is searched of one document: its passages, then its duties."""
    for start, end in passages(text):
        folded = plain_fold(text[start:end])
        if folded:
            yield start, end, None, folded
    for duty in duties:
        folded = plain_fold(duty.action)
        if folded:
            yield duty.evidence.start, duty.evidence.end, duty.ordinal, folded


def fewest(words: tuple[str, ...]) -> int:
    """How many of the words a passage must have: all, of three and more one may be missing."""
    return len(words) - 1 if len(words) >= 3 else len(words)
