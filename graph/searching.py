"""Words of passages and duties for full-text search: folded the same way in every store."""

from collections.abc import Iterator

from graph.passages import passages
from graph.statements import Duty
from ontology.vietnamese import fold

Unit = tuple[int, int, int | None, str]  # start, end, ordinal of the duty, folded text

plain_fold = fold.__wrapped__  # passages are too many and too long to be kept in fold's cache


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
