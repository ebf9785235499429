"""Whether confidence means what it says: of what is given as 0.9 sure, are nine in ten right?"""

from collections.abc import Iterable, Sequence
from itertools import pairwise

from benchmarks.corpora import annotated_documents, records
from benchmarks.noise import MIXED, damaged_document
from benchmarks.observations import FACTS, Observation, observed

SURE = 0.9
_EDGES = (0.0, 0.5, 0.7, 0.8, 0.9, 0.95, 1.01)
_MANY = {"citation": "citations", "relation": "relations", "duty": "duties", "bearers": "bearers of duties"}
Judged = Sequence[tuple[float, bool]]


def expected_error(judged: Judged) -> float:
    """Give the expected calibration error: the mean distance of said and seen over bins, each by its facts."""
    return sum(len(part) * abs(_said(part) - _seen(part)) for part in bins(judged)) / max(1, len(judged))


def bins(judged: Judged) -> list[Judged]:
    """Part facts by their confidence; empty bins are left out."""
    parts = [[row for row in judged if low <= row[0] < high] for low, high in pairwise(_EDGES)]
    return [part for part in parts if part]


def _said(part: Judged) -> float:
    return sum(p for p, _ in part) / len(part)


def _seen(part: Judged) -> float:
    return sum(right for _, right in part) / len(part)


def table(judged: Judged, title: str) -> str:
    """Give a reliability table: per bin the facts, the mean confidence, the share that is right."""
    lines = [f"{title:12} {'facts':>6} {'said':>6} {'right':>6}"]
    for part in bins(judged):
        low = max(edge for edge in _EDGES if edge <= min(p for p, _ in part))
        lines.append(f"  from {low:.2f}  {len(part):6} {_said(part):6.3f} {_seen(part):6.3f}")
    sure = [row for row in judged if row[0] >= SURE]
    share = f"{_seen(sure):.3f}" if sure else "none"
    lines.append(
        f"  {SURE} or more: {len(sure)} of {len(judged)}, right {share}; calibration error {expected_error(judged):.3f}"
    )
    return "\n".join(lines)


def main() -> None:
    """Print the tables of all annotated documents, as they are and damaged."""
    documents = [document for group in annotated_documents().values() for document in group]
    sets = [("clean", documents)]
    sets += [
        (f"{rate:.0%} damaged", [damaged_document(d, MIXED, rate, seed=7) for d in documents]) for rate in (0.01, 0.03)
    ]
    for label, group in sets:
        rows: list[Observation] = []
        for document, record in zip(group, records(group), strict=True):
            rows += observed(document, record)
        for fact in FACTS:
            print(f"\n{_MANY[fact]}, {label}, {len(group)} documents")
            print(table(_judged(row for row in rows if row.fact == fact), ""))


def _judged(rows: Iterable[Observation]) -> Judged:
    return [(row.confidence, row.right) for row in rows]
