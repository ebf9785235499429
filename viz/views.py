"""Models of the pages: what a template shows, gathered from results without a store at hand."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import TypeVar

from graph.paging import Page, page_of
from graph.results import DutyView, Evidence, InstrumentDetail, RelationView, SearchHit
from ontology.terms import Direction, RelationKind
from viz import links, words
from viz.highlight import Line, Mark, lines, window

T = TypeVar("T")
_MENTION = RelationKind.MENTIONS
# Relations that change another instrument rather than carry it out: shown apart from the chain.
CHANGES = frozenset(
    {
        RelationKind.AMENDS,
        RelationKind.REPLACES,
        RelationKind.REPEALS,
        RelationKind.EXTENDS,
        RelationKind.SUSPENDS,
        RelationKind.CORRECTS,
        RelationKind.CONSOLIDATES,
    }
)
MOST_LINES = 4000


@dataclass(frozen=True, slots=True)
class SourceView:
    """The source text of a document as a page shows it: all of it, or a window of a long one.

    Attributes:
        lines: The lines that are shown.
        total: How many lines the text has.
        anchors: Ids of the facts that begin in the lines shown.
        focus_line: Line to bring to the reader's eye.
        previous, next: Addresses of the windows before and after this one.
    """

    file: str
    sha256: str
    lines: Sequence[Line]
    total: int
    anchors: frozenset[str]
    focus_line: int | None = None
    previous: str | None = None
    next: str | None = None


@dataclass(frozen=True, slots=True)
class Tab:
    """One tab of a page, a link that works without scripts."""

    key: str
    label: str
    url: str
    count: int | None
    current: bool


@dataclass(frozen=True, slots=True)
class RelationGroups:
    """Relations of an instrument one way, by what a reader wants to know."""

    chain: tuple[RelationView, ...] = field(default=())
    changes: tuple[RelationView, ...] = field(default=())
    mentions: tuple[RelationView, ...] = field(default=())


def relation_groups(relations: Iterable[RelationView]) -> RelationGroups:
    """Part relations into the chain, changes of validity, and mere mentions; their order is kept."""
    found = tuple(relations)
    return RelationGroups(
        chain=tuple(r for r in found if r.kind not in CHANGES and r.kind != _MENTION),
        changes=tuple(r for r in found if r.kind in CHANGES),
        mentions=tuple(r for r in found if r.kind == _MENTION),
    )


def source_of(
    detail: InstrumentDetail,
    text: str,
    file: str,
    sha256: str,
    *,
    focus: tuple[int, int] | None = None,
    line: int = 1,
) -> SourceView:
    """Give the source text of a loaded instrument with every fact read from it marked.

    Args:
        detail: The instrument; its evidence in other documents is left out.
        text: The source text.
        file: Name of its file, a folder before it is left out.
        sha256: Of the file; one instrument may have several.
        focus: Range to bring to the reader's eye, code points.
        line: Line that a long text is shown from, where nothing is in focus.
    """
    marks = list(marks_of(detail, sha256))
    focus_line = None
    if focus is not None:
        start, end = max(0, focus[0]), min(focus[1], len(text))
        focus_line = text.count("\n", 0, start) + 1
        marks.append(Mark(start, end, "focus", "danh-dau"))
    found = lines(text, marks)
    shown = window(found, focus_line, MOST_LINES) if focus_line else found[line - 1 : line - 1 + MOST_LINES]
    first, last = (shown[0].number, shown[-1].number) if shown else (1, 0)
    return SourceView(
        file=PurePath(file).name,
        sha256=sha256,
        lines=shown,
        total=len(found),
        anchors=frozenset(a for shown_line in shown for s in shown_line.segments for a in s.anchors),
        focus_line=focus_line,
        previous=f"/nguon/{sha256}?dong={max(1, first - MOST_LINES)}" if first > 1 else None,
        next=f"/nguon/{sha256}?dong={last + 1}" if last < len(found) else None,
    )


def marks_of(detail: InstrumentDetail, sha: str) -> Iterable[Mark]:
    """Give a mark for every fact of an instrument that was read in the source ``sha``."""
    for duty in detail.duties:
        yield from _marks(duty.evidence, sha, "duty", "Nhiệm vụ")
    for relation in detail.above:
        yield from _marks(relation.evidence, sha, "citation", _note(relation))
    for claim in detail.claims:
        note = words.label(words.PROPERTIES, claim.property)
        yield from _marks(claim.evidence, sha, "header", note)
    yield from _marks(detail.unparsed, sha, "unparsed", "Chưa hiểu")


def duty_tabs(counts: dict[Direction, int], current: Direction, url: Callable[[str], str]) -> list[Tab]:
    """Give the tabs of a unit: up, down, own."""
    keys = {Direction.UP: "len", Direction.DOWN: "xuong", Direction.OWN: "cua-minh"}
    return [
        Tab(key=k, label=words.DIRECTIONS[d], url=url(k), count=counts.get(d), current=d == current)
        for d, k in keys.items()
    ]


def duties_by_document(duties: Sequence[DutyView]) -> list[tuple[DutyView, list[DutyView]]]:
    """Group duties by the document that lays them, in order; the first of each group stands for its document."""
    found: dict[str, list[DutyView]] = {}
    for duty in duties:
        found.setdefault(duty.instrument.id, []).append(duty)
    return [(group[0], group) for group in found.values()]


def without_doubles(hits: Sequence[SearchHit]) -> list[SearchHit]:
    """Drop a place that a hit before it shows already; a sentence that is a duty is shown as the duty."""
    kept: list[SearchHit] = []
    for hit in hits:
        same = next((k for k, other in enumerate(kept) if _overlap(hit.evidence, other.evidence)), None)
        if same is None:
            kept.append(hit)
        elif hit.kind == "duty" and kept[same].kind != "duty":
            kept[same] = hit
    return kept


def _overlap(one: Evidence, other: Evidence) -> bool:
    return one.sha256 == other.sha256 and one.start < other.end and other.start < one.end


def _note(relation: RelationView) -> str:
    return f"{words.RELATIONS[relation.kind]} {relation.object.label}"


def _marks(evidence: Iterable[Evidence], sha: str, kind: str, note: str) -> Iterable[Mark]:
    return (Mark(e.start, e.end, kind, links.anchor(e), note) for e in evidence if e.sha256 == sha)


@dataclass(frozen=True, slots=True)
class Pager:
    """Where a page of a list stands; addresses are None at the ends."""

    first: int
    last: int
    total: int
    previous: str | None
    next: str | None


def paged(items: Sequence[T], number: int, size: int, url: Callable[[int], str]) -> tuple[list[T], Pager]:
    """Cut page ``number`` (from 1) out of a list; past the end the page is empty."""
    part = page_of(items, size, (number - 1) * size)
    return list(part), pager_of(part, number, url)


def pager_of(part: Page[T], number: int, url: Callable[[int], str]) -> Pager:
    """Where a page stands that was asked for as number ``number`` (from 1)."""
    return Pager(
        first=part.start + 1,
        last=part.start + len(part),
        total=part.total,
        previous=url(number - 1) if number > 1 else None,
        next=url(number + 1) if part.more else None,
    )
