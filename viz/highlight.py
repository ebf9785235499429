"""Source text as numbered lines with marked ranges, cut so that overlapping marks never nest."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class Mark:
    """A range to show: ``kind`` is a style word (duty, citation, header, unparsed, focus), ``id`` its anchor."""

    start: int
    end: int
    kind: str
    id: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Segment:
    """A run of text under the same marks; ``anchors`` are the ids of marks that begin here."""

    text: str
    kinds: tuple[str, ...] = ()
    ids: tuple[str, ...] = ()
    anchors: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One physical line, counted from 1 as in evidence."""

    number: int
    segments: tuple[Segment, ...]


def lines(text: str, marks: Iterable[Mark]) -> list[Line]:
    """Cut a text into lines and segments; every character stands in exactly one segment, line ends dropped.

    Marks outside the text are clipped, empty ones left out; the first mark with an id keeps the anchor.
    """
    kept = _clean(marks, len(text))
    starts: dict[str, int] = {}
    for mark in kept:
        starts.setdefault(mark.id, mark.start)
    result = []
    first = 0
    at = 0
    active: list[Mark] = []
    # Only "\n" ends a line, as in evidence: a form feed of a pdf page stands inside one.
    for number, raw in enumerate(text.split("\n"), start=1):
        end = at + len(raw) + 1
        while first < len(kept) and kept[first].start < end:
            active.append(kept[first])
            first += 1
        shown = at + len(raw.removesuffix("\r"))
        result.append(Line(number, tuple(_segments(text, at, shown, active, starts))))
        active = [m for m in active if m.end > end]
        at = end
    return result


def window(found: Sequence[Line], focus: int, size: int) -> Sequence[Line]:
    """Give at most ``size`` lines around line number ``focus``."""
    first = max(0, min(focus - 1 - size // 3, len(found) - size))
    return found[first : first + size]


def _clean(marks: Iterable[Mark], length: int) -> list[Mark]:
    unique = {(m.start, m.end, m.kind, m.id): m for m in marks if 0 <= m.start < min(m.end, length)}
    return sorted(unique.values(), key=lambda m: (m.start, -m.end, m.kind, m.id))


def _segments(text: str, start: int, end: int, marks: Sequence[Mark], starts: dict[str, int]) -> Iterable[Segment]:
    cuts = {start, end}
    for mark in marks:
        cuts |= {c for c in (mark.start, mark.end) if start < c < end}
    places = sorted(cuts)
    for left, right in pairwise(places):
        over = [m for m in marks if m.start < right and m.end > left]
        ids = tuple(dict.fromkeys(m.id for m in over))
        yield Segment(
            text=text[left:right],
            kinds=tuple(dict.fromkeys(m.kind for m in over)),
            ids=ids,
            anchors=tuple(i for i in ids if left <= starts[i] < right),
            note="; ".join(dict.fromkeys(m.note for m in over if m.note)),
        )
