"""How a duty lies to a unit: its own, up to bodies above, down from those below; with the reason where inferred."""

from graph.asking.outlines import Laid, Outline, Sides
from graph.asking.reading import DutyPick, Reading
from graph.bodies import body_of, covers, leads
from graph.nodes import Node
from graph.results import InstrumentRef, PartyView
from graph.statements import Body
from ontology.terms import BodyKind, CounterpartyKind, Direction, Role

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
        self._owns: dict[tuple[Sides, Role | None], str | None] = {}
        self._debts: dict[Sides, tuple[bool, bool]] = {}
        self._downs: dict[tuple[Sides, Role | None], tuple[str | None, bool]] = {}
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

    def prepare(self, laid: list[Laid], direction: Direction) -> None:
        """Fetch in one go what the reasons of many duties will ask for."""
        if direction is not Direction.UP:
            return
        documents = {at.document for at in laid}
        carried = {iri for at in laid for one in at.outlines for iri in one.implements}
        self._nodes |= self._store.nodes(documents | carried)
        level = {iri for iri in documents & self._mine() if not self._by_above(iri)}
        for _ in range(_FARTHEST):
            self._step_all(sorted(level))
            following = {iri for at in level for iri in self._next[at]}
            self._nodes |= self._store.nodes(following - self._nodes.keys())
            level = {
                iri
                for at in level
                if not any(self._by_above(above) for above in self._next[at])
                for iri in self._next[at]
                if iri not in self._next
            }

    def reason(self, at: Laid, one: Outline, direction: Direction, role: Role | None = None) -> str | None:
        """Say how a duty lies in a direction: None not at all, "" as stated, else the rule that infers it."""
        if direction is Direction.OWN:
            return self._own(one.sides, role)
        if direction is Direction.UP:
            return self._up(at, one, role)
        return self._down(at, one, role)

    def _own(self, sides: Sides, role: Role | None) -> str | None:
        key = (sides, role)
        if key not in self._owns:
            held = [self._why[b.body.id] for b in sides.bearers if b.body.id in self._why and role in (None, b.role)]
            self._owns[key] = min(held, key=lambda why: (bool(why), why), default=None)
        return self._owns[key]

    def _up(self, at: Laid, one: Outline, role: Role | None) -> str | None:
        own = self._own(one.sides, role)
        if own is None:
            return None
        to_above, to_house = self._owed(one.sides)
        if to_above:
            return own
        if self._by_above(at.document):
            return own or self._by_seat(at.document)
        if to_house:
            return None  # a unit owes it to this one: that is down
        above = [iri for iri in one.implements if self._by_above(iri)]
        if above:
            return own or min(self._by_seat(iri) for iri in above)
        source = self._source(at.document)
        if source is not None:
            return own or f"suy luận: {source} là căn cứ từ cấp trên của văn bản giao nhiệm vụ này"
        return None

    def _owed(self, sides: Sides) -> tuple[bool, bool]:
        """Whether something is owed to a body above, and to the unit itself."""
        if sides not in self._debts:
            owed = [p for p in sides.others if p.kind in _OWED]
            self._debts[sides] = any(self._above(p) for p in owed), any(p.body.id in self._house for p in owed)
        return self._debts[sides]

    def _down(self, at: Laid, one: Outline, role: Role | None) -> str | None:
        key = (one.sides, role)
        if key not in self._downs:
            self._downs[key] = self._down_by_sides(one.sides, role)
        why, lower = self._downs[key]
        return "" if why is None and lower and at.document in self._issued() else why

    def _down_by_sides(self, sides: Sides, role: Role | None) -> tuple[str | None, bool]:
        """Why a duty comes from below by who bears it and to whom, and whether anybody below bears it."""
        bearers = [b for b in sides.bearers if role in (None, b.role)]
        lower = any(b.body.id in self._below for b in bearers)
        owed = [p for p in sides.others if p.kind in _OWED and p.body.id in self._house]
        others = [b for b in bearers if b.body.id != self.me.id]
        if owed and others and not any(self._above(b) for b in others):
            return min((self._why[p.body.id] for p in owed), key=lambda why: (bool(why), why)), lower
        over = any(b.body.id == self.me.id and b.role in _OVER for b in bearers)
        overseen = any(p.kind is CounterpartyKind.OVERSEES and p.body.id in self._below for p in sides.others)
        return "" if over and (overseen or lower) else None, lower

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
            self._next |= self._store.bases(missing)

    def _mine(self) -> frozenset[str]:
        if self._own_documents is None:
            self._own_documents = self._store.issued_by(frozenset(self._why))
        return self._own_documents


def _belongs(one: Body, me: Body) -> str:
    name = {BodyKind.POST: "chức danh", BodyKind.CLASS: "nhóm đơn vị"}.get(one.ref.kind, "đơn vị")
    return f"suy luận: “{one.ref.name}” là {name} của {me.ref.name}"
