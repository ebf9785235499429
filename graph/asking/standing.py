"""How a duty lies to a unit: its own, up to bodies above, down from those below; with the reason where inferred."""

from graph.asking.reading import DutyPick, DutyRow, Reading
from graph.bodies import body_of, covers, leads
from graph.nodes import Node
from graph.results import InstrumentRef, PartyView
from graph.statements import Body
from ontology.terms import BodyKind, CounterpartyKind, Direction, Role, Strength

_OWED = frozenset({CounterpartyKind.REPORTS_TO, CounterpartyKind.SENDS_TO})
_FARTHEST = 10  # hops up to an instrument from above
_OVER = frozenset({Role.MONITORS, Role.DIRECTS})


class Standing:
    """The place of one unit among all bodies, asked duty by duty.

    Args:
        store: Where bodies and chains are read.
        body: IRI of the unit.
        units: Whether its units, posts and the classes that hold it speak for it.
    """

    def __init__(self, store: Reading, body: str, *, units: bool) -> None:
        self._store = store
        self.me: Body = store.body_of(body)
        self._below = {b.id: b for b in store.bodies_below(body)}
        self._why: dict[str, str] = {self.me.id: ""}
        if units:
            for one in self._below.values():
                self._why[one.id] = _belongs(one, self.me)
            for group in self._classes():
                self._why.setdefault(group.id, f"suy luận: {self.me.ref.name} thuộc nhóm “{group.ref.name}”")
        # who takes what is owed to the unit: itself, its posts and inner units; not an agency that merely stands below
        inner = {b.id for b in self._below.values() if b.level == "unit" and b.superiors[0].id == self.me.id}
        self._house = {i for i in self._why if i == self.me.id or i in inner}
        self._seen: dict[str, Body | None] = {}
        self._next: dict[str, frozenset[str]] = {}
        self._own_documents: frozenset[str] | None = None
        self._issues: frozenset[str] | None = None
        self._upward: dict[str, str | None] = {}
        self._seated: set[str] = set()
        self._nodes: dict[str, Node] = {}

    def pick(self, direction: Direction) -> DutyPick:
        """Which duties to look at for a direction."""
        own = frozenset(self._why)
        if direction is Direction.DOWN:
            return DutyPick(
                bearers=frozenset({self.me.id}),
                parties=frozenset(self._house),
                documents=self._issued(),
            )
        return DutyPick(bearers=own)

    def prepare(self, rows: list[DutyRow], direction: Direction) -> None:
        """Fetch in one go what the reasons of many duties will ask for."""
        if direction is not Direction.UP:
            return
        documents = {row.document for row in rows}
        mine = sorted(documents & self._mine())
        self._step_all(mine)
        above = {iri for at in mine for iri in self._next[at]}
        self._nodes |= self._store.nodes(documents | above | {iri for row in rows for iri in row.implements})

    def reason(self, row: DutyRow, direction: Direction, role: Role | None = None) -> str | None:
        """Say how a duty lies in a direction: None not at all, "" as stated, else the rule that infers it."""
        if direction is Direction.OWN:
            return self._own(row, role)
        if direction is Direction.UP:
            return self._up(row, role)
        return self._down(row, role)

    def _own(self, row: DutyRow, role: Role | None) -> str | None:
        held = [self._why[b.body.id] for b in row.duty.bearers if b.body.id in self._why and role in (None, b.role)]
        return min(held, key=lambda why: (bool(why), why), default=None)

    def _up(self, row: DutyRow, role: Role | None) -> str | None:
        own = self._own(row, role)
        if own is None:
            return None
        owed = [p for p in row.duty.counterparties if p.kind in _OWED]
        if any(self._above(p) for p in owed):
            return own
        if self._by_above(row.document):
            return own or self._by_seat(row.document)
        if any(p.body.id in self._house for p in owed):
            return None  # a unit owes it to this one: that is down
        above = [iri for iri in row.implements if self._by_above(iri)]
        if above:
            return own or min(self._by_seat(iri) for iri in above)
        source = self._source(row.document)
        if source is not None:
            return own or f"suy luận: {source} là căn cứ từ cấp trên của văn bản giao nhiệm vụ này"
        return None

    def _down(self, row: DutyRow, role: Role | None) -> str | None:
        bearers = [b for b in row.duty.bearers if role in (None, b.role)]
        lower = [b for b in bearers if b.body.id in self._below]
        owed = [p for p in row.duty.counterparties if p.kind in _OWED and p.body.id in self._house]
        others = [b for b in bearers if b.body.id != self.me.id]
        if owed and others and not any(self._above(b) for b in others):
            return min((self._why[p.body.id] for p in owed), key=lambda why: (bool(why), why))
        if lower and row.document in self._issued():
            return ""
        over = any(b.body.id == self.me.id and b.role in _OVER for b in bearers)
        overseen = [p for p in row.duty.counterparties if p.kind is CounterpartyKind.OVERSEES]
        if over and (any(p.body.id in self._below for p in overseen) or lower):
            return ""
        return None

    def _issued(self) -> frozenset[str]:
        if self._issues is None:
            self._issues = self._store.issued_by(frozenset({self.me.id}))
        return self._issues

    def _classes(self) -> list[Body]:
        near = self.me.superiors[:1]
        peers = [b for s in near for b in self._store.bodies_below(s.id) if b.ref.kind is BodyKind.CLASS]
        return [group for group in peers if covers(group, self.me)]

    def _above(self, party: PartyView) -> bool:
        body = self._body(party.body.id)
        return body is not None and leads(body, self.me)

    def _body(self, iri: str) -> Body | None:
        if iri not in self._seen:
            self._seen[iri] = self._store.body_of(iri)
        return self._seen[iri]

    def _by_above(self, iri: str) -> bool:
        """Whether an instrument comes from above: by its issuers, or by its seat where no issuer is told."""
        if iri not in self._upward:
            node = self._nodes.get(iri) or self._store.node(iri)
            ref: InstrumentRef = node.ref
            bodies = [body_of(name, ref.jurisdiction, ref.date) for name in node.issuers]
            central = ref.jurisdiction == "vn" and self.me.ref.jurisdiction != "vn" and not bodies
            self._upward[iri] = ref.label if central or any(leads(b, self.me) for b in bodies) else None
            if central:
                self._seated.add(iri)
        return self._upward[iri] is not None

    def _by_seat(self, iri: str) -> str:
        """The inference where only the symbol, no issuer, says that an instrument comes from above; else empty."""
        return f"suy luận: {self._upward[iri]} là văn bản trung ương (theo ký hiệu)" if iri in self._seated else ""

    def _source(self, document: str) -> str | None:
        """Label of the nearest instrument from above that a document of the unit's own stands on as a whole."""
        key = f"source|{document}"
        if key not in self._upward:
            mine = document in self._mine()
            self._upward[key] = self._nearest_above(document) if mine else None
        return self._upward[key]

    def _nearest_above(self, document: str) -> str | None:
        seen, level = {document}, [document]
        for _ in range(_FARTHEST):
            self._step_all(level)
            following = sorted({o for at in level for o in self._next[at]} - seen)
            above = [iri for iri in following if self._by_above(iri)]
            if above:
                return self._upward[above[0]]
            seen.update(following)
            level = following
        return None

    def _step_all(self, iris: list[str]) -> None:
        missing = frozenset(i for i in iris if i not in self._next)
        if missing:
            self._next |= dict.fromkeys(missing, frozenset())
            for stated in self._store.carried_by(missing, (Strength.DOCUMENT.value,)):
                self._next[stated.subject] |= {stated.object}

    def _mine(self) -> frozenset[str]:
        if self._own_documents is None:
            self._own_documents = self._store.issued_by(frozenset(self._why))
        return self._own_documents


def _belongs(one: Body, me: Body) -> str:
    name = {BodyKind.POST: "chức danh", BodyKind.CLASS: "nhóm đơn vị"}.get(one.ref.kind, "đơn vị")
    return f"suy luận: “{one.ref.name}” là {name} của {me.ref.name}"
