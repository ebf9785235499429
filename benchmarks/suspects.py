"""Whether ``unparsed`` tells what was missed: how many missed facts it points at, and how much of it is of worth."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from benchmarks.annotations import Document, Span
from benchmarks.score import Match, shared_length

_NEAR = 40  # a date or number that stands this close to a missed fact is of it


@dataclass(slots=True)
class Told:
    """Counts over documents: missed facts, those of them told; places told, those of them of worth."""

    missed: int = 0
    missed_told: int = 0
    places: int = 0
    of_worth: int = 0

    def add(self, other: "Told") -> None:
        """Add the counts of a document."""
        self.missed += other.missed
        self.missed_told += other.missed_told
        self.places += other.places
        self.of_worth += other.of_worth

    def __str__(self) -> str:
        return f"{self.missed_told:4}/{self.missed:4}      {self.of_worth:4}/{self.places:4}"


def told(document: Document, record: Mapping[str, Any], pairs: Match) -> Told:
    """Count for one document.

    A citation or duty that was not found is told where a place of ``unparsed`` overlaps it. A place is of worth where
    it touches an annotated citation that was missed or read with another symbol or date, or a duty that was missed or
    whose deadline is not the annotated one.
    """
    places = [(part["start"], part["end"]) for part in record.get("unparsed") or []]
    gold, counts = document.gold, Told(places=len(places))
    wanted: list[Span] = []
    for n, (row, span) in enumerate(zip(gold.citations, document.citations, strict=True)):
        if n in pairs.citations:
            given = record["citations"][pairs.citations[n]]
            if row.date != given.get("date") or row.symbol != given.get("symbol"):
                wanted.append(span)
        elif not row.doubtful:
            wanted.append(span)
            counts.missed += 1
            counts.missed_told += any(shared_length(span, place) for place in places)
    for n, (duty, span) in enumerate(zip(gold.obligations, document.obligations, strict=True)):
        if n in pairs.obligations:
            due = record["obligations"][pairs.obligations[n]].get("deadline") or {}
            if duty.deadline is not None and duty.deadline.value != due.get("value"):
                wanted.append(span)
        elif not duty.doubtful:
            wanted.append(span)
            counts.missed += 1
            counts.missed_told += any(shared_length(span, place) for place in places)
    counts.of_worth = sum(any(a - _NEAR < end and start < b + _NEAR for a, b in wanted) for start, end in places)
    return counts
