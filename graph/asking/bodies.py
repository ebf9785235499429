"""Questions about bodies: one body with its tree and its past, and why it is bound by an instrument."""

from collections import defaultdict
from heapq import heappop, heappush

import msgspec

from graph.asking.duties import duty_view
from graph.asking.instruments import CARRYING, ORDER, at_least, by_date
from graph.asking.judging import Judging
from graph.asking.outlines import Laid, Outline
from graph.asking.standing import Standing
from graph.bodies import changes_of
from graph.results import BodyDetail, BodyRef, Evidence, RelationView, WhyPath
from graph.store import DutyFilter
from ontology.terms import BodyKind, Direction, Strength

DEEPEST = 10  # hops of a path
MOST_PATHS = 200
MOST_LOOKED = 20_000  # partial paths looked at from one document: only endless rings of documents have so many
# least length of the whole, turns taken, instruments passed, relations; no two have the same turns
_Duty = tuple[Laid, Outline]
_Found = tuple[_Duty | None, str | None, tuple[RelationView, ...]]
_Partial = tuple[int, tuple[int, ...], tuple[str, ...], tuple[RelationView, ...]]


class BodyQuestions(Judging):
    """See ``graph.store.Store``."""

    def body(self, iri: str) -> BodyDetail:
        """See ``graph.store.Store.body``."""
        one = self.body_of(iri)
        near = [b for b in self.bodies_below(iri) if b.superiors and b.superiors[0].id == iri]
        refs = sorted((b.ref for b in near), key=_by_name)
        return BodyDetail(
            body=one.ref,
            names=self.names_of(iri),
            superiors=one.superiors,
            units=tuple(r for r in refs if r.kind is not BodyKind.POST),
            posts=tuple(r for r in refs if r.kind is BodyKind.POST),
            changes=changes_of(one.ref),
        )

    def why_bound(self, body: str, instrument: str) -> list[WhyPath]:
        """See ``graph.store.Store.why_bound``."""
        target = self.node(instrument).id
        standing = Standing(self, body, units=True)
        laid = self._chosen(DutyFilter(), standing.pick(Direction.OWN), self.laid)
        own = self.issued_by(frozenset({body}))
        duties = [(at, one) for at in laid for one in at.outlines]
        maze = _Maze(self, target, own | {iri for at, one in duties for iri in (at.document, *one.implements)})
        found = _Best()
        served = set()
        for at, one in duties:
            paths = maze.from_duty(at, one)
            reason = standing.reason(at, one, Direction.OWN) if paths else None
            if reason is not None:
                served.add(at.document)
                found.add((at, one), reason or None, paths)
        for document in sorted(own - served):
            found.add(None, None, maze.from_document(document))
        best = found.ranked()
        ids = dict.fromkeys((duty[0].sha256, duty[1].ordinal, None) for duty, _, _ in best if duty)
        rows = {(row.sha256, row.duty.ordinal): row for row, _ in self.filled(ids)}
        refs = self._refs_of(list(rows.values()))
        shown = [
            WhyPath(
                duty=duty_view(rows[duty[0].sha256, duty[1].ordinal], refs, Direction.OWN, why) if duty else None,
                hops=hops,
            )
            for duty, why, hops in best
        ]
        if shown and (found.more or maze.cut):
            shown[-1] = msgspec.structs.replace(shown[-1], more=True)
        return shown


class _Best:
    """The most direct paths: stated before derived, short before long, of equal ones the first that came.

    ``more`` tells that others were left out.
    """

    def __init__(self) -> None:
        self._found: list[_Found] = []
        self._counts: dict[tuple[bool, bool, int], int] = {}
        self.more = False

    def add(self, duty: _Duty | None, why: str | None, paths: list[tuple[RelationView, ...]]) -> None:
        """Take the paths of one duty or document, shortest first, as far as they can be among the best."""
        for hops in paths:
            key = (duty is None, why is not None, len(hops))
            if sum(n for k, n in self._counts.items() if k <= key) >= MOST_PATHS:
                self.more = True
                return
            self._counts[key] = self._counts.get(key, 0) + 1
            self._found.append((duty, why, hops))

    def ranked(self) -> list["_Found"]:
        """The best in order."""
        self._found.sort(key=lambda f: (f[0] is None, f[1] is not None, len(f[2])))
        self.more |= len(self._found) > MOST_PATHS
        return self._found[:MOST_PATHS]


class _Maze:
    """All simple paths of carrying-out relations from some documents up to one instrument."""

    def __init__(self, store: Judging, target: str, documents: frozenset[str]) -> None:
        self._store = store
        self._target = target
        steps: dict[str, dict[str, RelationView]] = defaultdict(dict)
        views = store.views(store.leading(documents, target, DEEPEST, at_least(Strength.TASK)))
        for view in sorted(views, key=lambda v: (ORDER[v.strength], CARRYING.index(v.kind), by_date(v.object))):
            steps[view.subject.id].setdefault(view.object.id, view)
        self._steps = steps
        self._paths: dict[tuple[str, bool], list[tuple[RelationView, ...]]] = {}
        self._left = self._distances()
        self.cut = False

    def from_duty(self, at: Laid, one: Outline) -> list[tuple[RelationView, ...]]:
        """Paths of a duty: by what it says itself that it carries out, else by its document as a whole."""
        found: list[tuple[RelationView, ...]] = []
        for iri in one.implements:
            first = self._stated(at, one, iri)
            if first is not None and iri == self._target:
                found.append((first,))
            elif first is not None:
                found += [(first, *rest) for rest in self._up(iri, whole=False)]
        return found or self.from_document(at.document)

    def from_document(self, iri: str) -> list[tuple[RelationView, ...]]:
        """Paths of a document as a whole: its first hop is in its title or preamble."""
        return self._up(iri, whole=True)

    def _stated(self, at: Laid, one: Outline, iri: str) -> RelationView | None:
        """The document's relation to an instrument, quoted where the duty states it."""
        view = self._steps[at.document].get(iri)
        if view is None:
            views = self._store.views(self._store.statements(CARRYING, at.document, iri))
            view = min((v for v in views if v.stage == "issued"), key=lambda v: ORDER[v.strength], default=None)
        if view is None:
            return None
        inside = tuple(e for e in view.evidence if e.start < one.end and e.end > one.start)
        return view if not inside else _quoted(view, inside)

    def _up(self, iri: str, *, whole: bool) -> list[tuple[RelationView, ...]]:
        key = (iri, whole)
        if key not in self._paths:
            self._paths[key] = self._walk(iri, whole=whole)
        return self._paths[key]

    def _distances(self) -> dict[str, int]:
        """Hops that are left from each instrument to the target at the least."""
        before: dict[str, list[str]] = defaultdict(list)
        for subject, ends in self._steps.items():
            for end in ends:
                before[end].append(subject)
        left, level = {self._target: 0}, [self._target]
        for hops in range(1, DEEPEST + 1):
            level = list(dict.fromkeys(s for end in level for s in before[end] if s not in left))
            left |= dict.fromkeys(level, hops)
        return left

    def _walk(self, iri: str, *, whole: bool) -> list[tuple[RelationView, ...]]:
        """Shortest first, of equal length as the steps are ordered; what is cut is longer than what is given."""
        found: list[tuple[RelationView, ...]] = []
        border: list[_Partial] = [(self._left.get(iri, 0), (), (iri,), ())]
        looked = 0
        while border:
            if len(found) == MOST_PATHS or looked == MOST_LOOKED:
                self.cut = True
                break
            looked += 1
            _, turns, seen, hops = heappop(border)
            if hops and seen[-1] == self._target:
                found.append(hops)
                continue
            for turn, (other, view) in enumerate(self._steps.get(seen[-1], {}).items()):
                barred = whole and not hops and view.strength is not Strength.DOCUMENT
                length = len(seen) + self._left.get(other, DEEPEST)
                if not barred and other not in seen and length <= DEEPEST:
                    heappush(border, (length, (*turns, turn), (*seen, other), (*hops, view)))
        return found


def _quoted(view: RelationView, evidence: tuple[Evidence, ...]) -> RelationView:
    return RelationView(
        subject=view.subject,
        kind=view.kind,
        object=view.object,
        strength=view.strength,
        stage=view.stage,
        evidence=evidence,
    )


def _by_name(ref: BodyRef) -> tuple[str, str]:
    return ref.name, ref.id
