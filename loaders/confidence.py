"""How sure a citation is: every doubt noted while reading takes its share off."""

from typing import TypeVar

import msgspec

from loaders.citations_mention import Mention
from loaders.relations import Bond
from ontology.record import Citation, Obligation

_T = TypeVar("_T", Citation, Obligation)
_FULL = 0.98
# What a note takes off, by what readers of annotated documents found wrong most often.
_WEIGHTS = {
    "repaired": 0.03,
    "led": 0.02,
    "shared": 0.02,
    "listed": 0.03,
    "bare": 0.1,
    "kind_differs": 0.1,
    "bad_date": 0.15,
    "unknown_title": 0.12,
    "unmarked": 0.08,
}
_UNRESOLVED, _UNSURE_RELATION = 0.25, 0.06
_RECOGNISED = 0.1  # a figure that a machine read off a picture: 3 and 8, 1 and 7 look alike
_LEAST = 0.3


def confidence_of(mention: Mention, bond: Bond, *, resolved: bool) -> float:
    """Give the confidence of a citation between 0.3 and 0.98.

    Args:
        mention: What was read, with the doubts noted on the way.
        bond: Its relation.
        resolved: A short form was found to repeat a full citation of the document.
    """
    value = _FULL - sum(_WEIGHTS[note] for note in set(mention.notes))
    if mention.shape == "short" and not resolved:
        value -= _UNRESOLVED
    if not bond.sure:
        value -= _UNSURE_RELATION
    return round(max(_LEAST, value), 2)


def recognised_citation(citation: Citation) -> Citation:
    """Give a citation of a scanned page: its number and date are less sure, words are not."""
    return _less_sure(citation) if citation.number or citation.date else citation


def recognised_duty(duty: Obligation) -> Obligation:
    """Give a duty of a scanned page: its day and its targets are less sure, words are not."""
    return _less_sure(duty) if duty.targets or (duty.deadline and duty.deadline.value) else duty


def _less_sure(part: _T) -> _T:
    return msgspec.structs.replace(part, confidence=round(max(_LEAST, part.confidence - _RECOGNISED), 2))
