"""Questions of identity: what a person should judge and on what evidence, how an instrument came together."""

import hashlib
from collections.abc import Iterable, Sequence

from graph.asking.evidence import IdentityReading
from graph.asking.explaining import explanation_of, parts_of
from graph.asking.instruments import InstrumentQuestions, by_date
from graph.clues import clues_of, score_of
from graph.disputes import Dispute
from graph.identities import identity_of
from graph.judgements import Judgement, Verdict, ordered, standing, undoing
from graph.nodes import Node, Peer
from graph.paging import Page, page_of
from graph.resolution import Cluster, rank_of, series_of
from graph.results import Evidence, InstrumentRef
from graph.results_identity import Conflict, Explanation, Side
from graph.statements import Sign
from ontology.errors import InvalidInputError, NotFoundError

QUOTES = 3  # places shown for one side of a conflict or one part
_Pair = tuple[frozenset[str], frozenset[str]]
Disputed = tuple[Node, Dispute, Node | None]  # with the other instrument, where it may be one
PutOff = Judgement | None


class Judging(InstrumentQuestions, IdentityReading):
    """See ``graph.store.Store``."""

    def conflicts(self, iri: str | None = None, *, limit: int | None = None, offset: int = 0) -> Page[Conflict]:
        """See ``graph.store.Store.conflicts``."""
        asked = self.node(iri) if iri is not None else None
        part = self.disputes_page(asked, limit, offset)
        found = [self._conflict(*dispute, later) for dispute, later in part]
        return Page(found, total=part.total, start=part.start)

    def disputes_page(self, about: Node | None, limit: int | None, offset: int) -> Page[tuple[Disputed, PutOff]]:
        """A part of ``disputes``, what was put off last, each with the judgement that did so."""
        told = self.put_off()
        whole = [(one, later_of(one[1], told)) for one in self.disputes(about)]
        whole.sort(key=lambda pair: pair[1] is not None)
        return page_of(whole, limit, offset)

    def put_off(self) -> list[tuple[Judgement, _Pair]]:
        """What people put off, each with the signs of both sides."""
        records = [r for r in standing(self.records()) if r.verdict is Verdict.LATER]
        if not records:
            return []
        rulings = self.rulings()
        sides = ((r, [rulings.side(side)[1] for side in r.sides]) for r in records)
        return [(r, (one, two)) for r, (one, two) in sides]

    def disputes(self, about: Node | None = None) -> list[Disputed]:
        """What a person should judge, by date and IRI of the instrument; two that may be one are told once."""
        among = self.disputed() if about is None else [about, *self._others(about)]
        nodes = sorted({n.id: n for n in among}.values(), key=lambda n: by_date(n.ref))
        return [one for node in nodes for one in self.disputes_of(node, about)]

    def disputes_of(self, node: Node, about: Node | None = None) -> list[Disputed]:
        """What is told of one instrument; of two that may be one, with the first of them."""
        told = {node.id}
        found: list[Disputed] = []
        for dispute in node.disputes:
            other = self.node(dispute.other) if dispute.other is not None else None
            if other is not None and (other.id < node.id or other.id in told):
                continue
            told |= {other.id} if other else set()
            if about is None or about.id in (node.id, other.id if other else None):
                found.append((node, dispute, other))
        return found

    def _others(self, node: Node) -> list[Node]:
        return [self.node(d.other) for d in node.disputes if d.other is not None]

    def _conflict(self, node: Node, dispute: Dispute, other: Node | None, later: Judgement | None) -> Conflict:
        signs = self.signs(s for side in dispute.sides for s in side)
        left, right = (sorted((signs[s] for s in side if s in signs), key=rank_of) for side in dispute.sides)
        sides = (
            self._side(node.ref, left, right, dispute.kind),
            self._side((other or node).ref, right, left, dispute.kind),
        )
        clues = clues_of(
            left,
            right,
            together=self.together((s.id for s in left), (s.id for s in right)),
            peers=self._counted(left, right),
        )
        return Conflict(
            kind=dispute.kind,
            instruments=(node.ref, other.ref) if other else (node.ref,),
            claims=self._claims(node, dispute.kind),
            reason=dispute.reason,
            id=_conflict_id(dispute.kind, sides),
            sides=sides,
            clues=clues,
            score=score_of(clues),
            later=later,
        )

    def _side(self, ref: InstrumentRef, signs: Sequence[Sign], others: Sequence[Sign], kind: str) -> Side:
        found = self.quotes([s.id for s in signs], kind, QUOTES + 1)  # one more tells whether there are more
        return Side(
            instrument=ref,
            identity=identity_of(signs, _said(ref, signs, kind), against=others),
            evidence=found[:QUOTES],
            more=len(found) > QUOTES,
        )

    def _read(self, signs: Iterable[Sign], kind: str = "") -> tuple[Evidence, ...]:
        return self.quotes([s.id for s in signs], kind, QUOTES)

    def _counted(self, left: Sequence[Sign], right: Sequence[Sign]) -> list[Peer]:
        for signs in (left, right):
            series = series_of(Cluster(id="", block="", signs=tuple(signs)))
            if series:
                return self.peers(series)
        return []

    def explain(self, iri: str) -> Explanation:
        """See ``graph.store.Store.explain``."""
        node = self.node(iri)
        parts = parts_of(node, *self.joined(node))
        shown = [part.seen(self.citing(part.ids), self._read(part.signs)) for part in parts.shown]
        ids = frozenset(node.signs)
        rulings = self.rulings()
        about = [r for r in standing(self.records()) if any(rulings.side(side)[1] & ids for side in r.sides)]
        return explanation_of(node.ref, parts, shown, about)

    def judgements(self) -> list[Judgement]:
        """See ``graph.store.Store.judgements``."""
        return ordered(self.records())

    def undo(self, id_: str, *, by: str, reason: str, at: str) -> Judgement:
        """See ``graph.store.Store.undo``."""
        records = self.records()
        known = {r.id: r for r in records}
        if id_ not in known:
            raise NotFoundError(f"Không có quyết định {id_}", id=id_)
        if known[id_].verdict is Verdict.UNDO:
            raise InvalidInputError("Không rút lại một lần rút lại; hãy quyết định lại", id=id_)
        if id_ not in {r.id for r in standing(records)}:
            raise InvalidInputError(f"Quyết định {id_} đã được rút lại rồi", id=id_)
        record = undoing(id_, by=by, reason=reason, at=at)
        self.judge(record)
        return record


def _said(ref: InstrumentRef, signs: Sequence[Sign], kind: str) -> str:
    """What a person calls one side: the instrument, or the value that it gives."""
    if kind == "number":
        return next((f"số {s.shown or s.number}" for s in signs if s.number), ref.label)
    if kind == "weak":
        plain = next((s.shown or s.number for s in signs if s.number), None) or ref.label
        return plain if any(s.date for s in signs) else f"{plain} (không ghi ngày)"
    if kind == "date":
        return next((f"ngày {s.date}" for s in signs if s.date), ref.label)
    if kind == "issuer":
        return next((" và ".join(s.issuers) for s in signs if s.issuers), ref.label)
    return ref.label


def _conflict_id(kind: str, sides: tuple[Side, ...]) -> str:
    told = "|".join([kind, *sorted(side.identity.forms[0] if side.identity.forms else "" for side in sides)])
    return f"c-{hashlib.blake2b(told.encode(), digest_size=5).hexdigest()}"


def later_of(dispute: Dispute, told: list[tuple[Judgement, _Pair]]) -> PutOff:
    """The judgement that put a dispute off."""
    one, two = (frozenset(side) for side in dispute.sides)
    return next((r for r, (x, y) in told if (x & one and y & two) or (x & two and y & one)), None)
