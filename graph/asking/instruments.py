"""Questions about instruments: details, lists, relations, chains up and down."""

from collections import defaultdict

from graph.asking.duties import DutyQuestions
from graph.asking.reading import UNDATED, Reading, Statement
from graph.nodes import Node, Value
from graph.paging import Page, chain_page, page_of
from graph.results import ChainNode, Claim, InstrumentDetail, InstrumentRef, RelationView
from graph.store import DutyFilter, InstrumentFilter
from ontology.errors import NotFoundError
from ontology.terms import RelationKind, Strength

CARRYING = (
    RelationKind.IMPLEMENTS,
    RelationKind.DETAILS,
    RelationKind.GUIDES,
    RelationKind.DISSEMINATES,
    RelationKind.BASED_ON,
    RelationKind.PROMULGATES,
)
ORDER = {Strength.DOCUMENT: 0, Strength.TASK: 1, Strength.MENTION: 2}
QUOTES = 50  # places shown for one claim of a hub that thousands cite


def by_date(ref: InstrumentRef) -> tuple[str, str]:
    """Order of lists: date, unknown last, then IRI."""
    return ref.date or UNDATED, ref.id


def at_least(strength: Strength) -> tuple[str, ...]:
    """Strengths no weaker than one."""
    return tuple(s.value for s, rank in ORDER.items() if rank <= ORDER[strength])


class InstrumentQuestions(DutyQuestions, Reading):
    """See ``graph.store.Store``."""

    def instrument(self, iri: str) -> InstrumentDetail:
        """See ``graph.store.Store.instrument``."""
        node = self.node(iri)
        documents = self.documents_of(node.id)
        duties = self.obligations(DutyFilter(document=node.id)) if documents else []
        return InstrumentDetail(
            instrument=node.ref,
            claims=self._claims(node),
            above=tuple(self.relations(subject=node.id)),
            below=tuple(self.relations(object_=node.id)),
            duties=tuple(duties),
            files=tuple(f for d in documents for f in d.files),
            sha256=documents[0].sha256 if documents else None,
            signers=tuple(s for d in documents for s in d.signers),
            recipients=tuple(s for d in documents for s in d.recipients),
            addressees=tuple(s for d in documents for s in d.addressees),
            warnings=tuple(s for d in documents for s in d.warnings),
            unparsed=tuple(s for d in documents for s in d.unparsed),
            text_from=_least_sure({d.text_from for d in documents}),
        )

    def instruments(
        self, where: InstrumentFilter | None = None, *, limit: int | None = None, offset: int = 0
    ) -> Page[InstrumentRef]:
        """See ``graph.store.Store.instruments``."""
        where = where or InstrumentFilter()
        citing = tuple(self.node(iri).id for iri in where.cited_by)
        found = self.nodes_where(where)
        for iri in citing:
            cited = {s.object for s in self.statements(document=iri)} - {iri}
            found = [r for r in found if r.id in cited]
        return page_of(sorted(found, key=by_date), limit, offset)

    def relations(
        self,
        kinds: tuple[RelationKind, ...] = (),
        subject: str | None = None,
        object_: str | None = None,
        document: str | None = None,
        *,
        limit: int | None = None,
        offset: int = 0,
    ) -> Page[RelationView]:
        """See ``graph.store.Store.relations``."""
        ends = [self.node(iri).id if iri else None for iri in (subject, object_, document)]
        return page_of(self.views(self.statements(kinds, *ends)), limit, offset)

    def views(self, statements: list[Statement]) -> list[RelationView]:
        """Join the places that state one relation, strongest first; ordered by object or subject date, kind and IRI."""
        groups: dict[tuple[str, str, str, str], list[Statement]] = defaultdict(list)
        for one in statements:
            if one.subject != one.object:
                groups[one.subject, one.kind.value, one.object, one.stage].append(one)
        refs = self.refs({iri for s, _, o, _ in groups for iri in (s, o)})
        views = []
        for (subject, kind, object_, stage), places in groups.items():
            places.sort(key=_place)
            views.append(
                RelationView(
                    subject=refs[subject],
                    kind=RelationKind(kind),
                    object=refs[object_],
                    strength=places[0].strength,
                    stage=stage,
                    evidence=tuple(dict.fromkeys(p.evidence for p in places)),
                )
            )
        return sorted(views, key=view_order)

    def implementers(
        self,
        iri: str,
        depth: int = 10,
        strength: Strength = Strength.TASK,
        *,
        limit: int | None = None,
        offset: int = 0,
    ) -> ChainNode:
        """See ``graph.store.Store.implementers``."""
        return self._chain(iri, depth, strength, limit, offset, up=False)

    def basis(
        self,
        iri: str,
        depth: int = 10,
        strength: Strength = Strength.TASK,
        *,
        limit: int | None = None,
        offset: int = 0,
    ) -> ChainNode:
        """See ``graph.store.Store.basis``."""
        return self._chain(iri, depth, strength, limit, offset, up=True)

    def _chain(
        self, iri: str, depth: int, strength: Strength, limit: int | None, offset: int, *, up: bool
    ) -> ChainNode:
        whole = limit is None and offset <= 0
        if whole:
            return self._tree(iri, depth, strength, up=up)
        return self.chain_slice(iri, depth, strength, limit, offset, up=up)

    def chain_slice(
        self, iri: str, depth: int, strength: Strength, limit: int | None, offset: int, *, up: bool
    ) -> ChainNode:
        """A page of a chain; a back end that can find it without the whole chain does so."""
        return chain_page(self._tree(iri, depth, strength, up=up), limit, offset)

    def _tree(self, iri: str, depth: int, strength: Strength, *, up: bool) -> ChainNode:
        root = self.node(iri)
        # one hop more than is shown tells where something lies below the last
        views = self.views(self.carried(root.id, depth + 1, at_least(strength), up=up))
        steps: dict[str, list[RelationView]] = defaultdict(list)
        for view in views:
            steps[view.subject.id if up else view.object.id].append(view)
        # breadth first: an instrument is expanded at its place nearest to the root, and there only
        first: dict[str, tuple[str, int]] = {root.id: ("", 0)}
        level = [root.id]
        for hop in range(1, depth + 1):
            following = []
            for at in level:
                for view in strongest(steps[at], up=up):
                    other = view.object.id if up else view.subject.id
                    if other not in first:
                        first[other] = (at, hop)
                        following.append(other)
            level = following
        return self._grow(root.ref, None, steps, first, depth, up=up, hop=0)

    def _grow(
        self,
        ref: InstrumentRef,
        view: RelationView | None,
        steps: dict[str, list[RelationView]],
        first: dict[str, tuple[str, int]],
        depth: int,
        *,
        up: bool,
        hop: int,
        parent: str = "",
    ) -> ChainNode:
        below = strongest(steps[ref.id], up=up)
        here = first.get(ref.id) == (parent, hop)
        children = []
        if here and hop < depth:
            for step in below:
                other = step.object if up else step.subject
                children.append(self._grow(other, step, steps, first, depth, up=up, hop=hop + 1, parent=ref.id))
        hidden = bool(below) and (hop >= depth or not here)
        return ChainNode(
            instrument=ref,
            kind=view.kind if view else None,
            strength=view.strength if view else None,
            evidence=view.evidence if view else (),
            children=tuple(children),
            cut=hidden,
        )

    def _claims(self, node: Node, only: str | None = None) -> tuple[Claim, ...]:
        return tuple(self._claim(value) for value in node.values if only in (None, value.property))

    def _claim(self, value: Value) -> Claim:
        found = self.quotes(value.signs, value.property, QUOTES + 1)  # one more tells whether there are more
        return Claim(
            property=value.property,
            value=value.value,
            preferred=value.preferred,
            evidence=found[:QUOTES],
            more=len(found) > QUOTES,
        )

    def known(self, iri: str) -> bool:
        """Whether an IRI names an instrument of the store."""
        try:
            self.node(iri)
        except NotFoundError:
            return False
        return True


def _least_sure(sources: set[str]) -> str | None:
    """Where the letters come from; of several files the one that a person must compare speaks."""
    return next((s for s in ("ocr", "text-layer") if s in sources), min(sources, default=None))


def _place(statement: Statement) -> tuple[int, str, str, int]:
    evidence = statement.evidence
    return ORDER[statement.strength], evidence.file, evidence.sha256, evidence.start


def view_order(view: RelationView) -> tuple[str, str, str, str, str, str]:
    """One order of relations for all stores: date and IRI of the subject, then of the object, then kind and stage."""
    return (*by_date(view.subject), *by_date(view.object), view.kind.value, view.stage)


def strongest(views: list[RelationView], *, up: bool) -> list[RelationView]:
    """One relation for each other end, the strongest; ordered by strength, date, id."""
    best: dict[str, RelationView] = {}
    for view in sorted(views, key=lambda v: (ORDER[v.strength], CARRYING.index(v.kind))):
        best.setdefault((view.object if up else view.subject).id, view)
    return sorted(best.values(), key=lambda v: (ORDER[v.strength], *by_date(v.object if up else v.subject)))
