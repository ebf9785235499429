"""Neighbourhoods for pictures, the corpus and the counts."""

from msgspec import structs

from graph.asking.instruments import ORDER, by_date
from graph.asking.reading import DutyPick
from graph.asking.texts import TextQuestions
from graph.paging import Page, page_of
from graph.results import Corpus, DocumentInfo, Edge, InstrumentRef, Node, RelationView, Status, Subgraph
from graph.statements import Body
from ontology.errors import NotFoundError
from ontology.terms import RelationKind

VERSION = 3
_REAL = tuple(k for k in RelationKind if k is not RelationKind.MENTIONS)


class Questions(TextQuestions):
    """All questions of ``graph.store.Store``, over the selections that a back end supplies."""

    location = ""

    def neighbourhood(self, iri: str, depth: int = 2, limit: int = 200) -> Subgraph:
        """See ``graph.store.Store.neighbourhood``."""
        picture = _Picture(self)
        try:
            centre = picture.start_instrument(iri)
        except NotFoundError:
            centre = picture.start_body(self.body_of(iri))
        for _ in range(depth):
            picture.grow()
        return picture.cut(centre, limit)

    def documents(self, *, limit: int | None = None, offset: int = 0) -> Page[DocumentInfo]:
        """See ``graph.store.Store.documents``."""
        rows = page_of(sorted(self.document_rows(), key=lambda r: r[0]), limit, offset)
        refs = self.refs({d.instrument for _, d in rows})
        shown = (
            DocumentInfo(
                path=path,
                file=d.file,
                sha256=d.sha256,
                instrument=refs[d.instrument],
                citations=d.citations,
                duties=d.duties,
                unparsed=len(d.unparsed),
                warnings=len(d.warnings),
                text_from=d.text_from,
            )
            for path, d in rows
        )
        return Page(shown, total=rows.total, start=rows.start)

    def corpus(self) -> Corpus:
        """See ``graph.store.Store.corpus``."""
        documents, first, last = self.extent()
        return Corpus(documents=documents, from_=first, to=last)

    def status(self) -> Status:
        """See ``graph.store.Store.status``."""
        return Status(
            corpus=self.corpus(),
            version=VERSION,
            location=self.location,
            revision=self.revision(),
            **self.counts(),
        )


class _Picture:
    def __init__(self, store: Questions) -> None:
        self._store = store
        self._nodes: dict[str, Node] = {}
        self._weight: dict[str, tuple[int, int, str, str]] = {}
        self._edges: dict[tuple[str, str, str], Edge] = {}
        self._border: list[str] = []

    def start_instrument(self, iri: str) -> str:
        ref = self._store.node(iri).ref
        self._instrument(ref, 0, 0)
        for row in self._store.duty_rows(DutyPick(documents=frozenset({ref.id}))):
            for bearer in row.duty.bearers:
                body = self._store.body_of(bearer.body.id)
                self._body(body, 1)
                role = bearer.role.value if bearer.role else "performs"
                self._edge(Edge(source=body.id, target=ref.id, kind=role, evidence=(row.duty.evidence,)))
        return ref.id

    def start_body(self, body: Body) -> str:
        self._body(body, 0)
        if body.superiors:
            self._body(self._store.body_of(body.superiors[0].id), -1)
            self._edge(Edge(source=body.id, target=body.superiors[0].id, kind="unit_of"))
        rows = self._store.duty_outlines(DutyPick(bearers=frozenset({body.id})))
        issued = self._store.issued_by(frozenset({body.id}))
        refs = self._store.refs({*(r.document for r in rows), *issued})
        for iri in sorted(issued):
            self._instrument(refs[iri], 1, 0)
            self._edge(Edge(source=body.id, target=iri, kind="issues"))
        for row in sorted(rows, key=lambda r: (r.document, r.duty.ordinal)):
            self._instrument(refs[row.document], 1, 1)
            for bearer in row.duty.bearers:
                if bearer.body.id == body.id and bearer.role:
                    kind = bearer.role.value
                    self._edge(Edge(source=body.id, target=row.document, kind=kind, evidence=(row.duty.evidence,)))
        return body.id

    def grow(self) -> None:
        border, self._border = sorted(self._border), []
        near: dict[str, list[RelationView]] = {iri: [] for iri in border}
        for view in self._store.views(self._store.statements_near(frozenset(border), _REAL)):
            for end in {view.subject.id, view.object.id} & near.keys():
                near[end].append(view)
        for iri in border:
            rank = self._nodes[iri].rank
            for view in near[iri]:
                if view.subject.id == iri:
                    self._relation(view, view.object, min(rank, 0) - 1 if rank <= 0 else rank + 1)
            for view in near[iri]:
                if view.object.id == iri:
                    self._relation(view, view.subject, max(rank, 0) + 1 if rank >= 0 else rank - 1)

    def _relation(self, view: RelationView, other: InstrumentRef, rank: int) -> None:
        if view.stage != "issued":
            return  # an edge cannot say "proposed", and a proposed replacement is none
        self._instrument(other, rank, ORDER[view.strength])
        if view.subject.id in self._nodes and view.object.id in self._nodes:
            self._edge(
                Edge(
                    source=view.subject.id,
                    target=view.object.id,
                    kind=view.kind.value,
                    strength=view.strength.value,
                    evidence=view.evidence,
                )
            )

    def _instrument(self, ref: InstrumentRef, rank: int, strength: int) -> None:
        if ref.id in self._nodes:
            return
        self._nodes[ref.id] = Node(
            id=ref.id, kind="instrument", label=ref.label, detail=ref.title or "", loaded=ref.loaded, rank=rank
        )
        self._weight[ref.id] = (abs(rank), strength, *by_date(ref))
        self._border.append(ref.id)

    def _body(self, body: Body, rank: int) -> None:
        if body.id not in self._nodes:
            self._nodes[body.id] = Node(id=body.id, kind="body", label=body.ref.name, rank=rank)
            self._weight[body.id] = (abs(rank), 1, "", body.id)

    def _edge(self, edge: Edge) -> None:
        key = (edge.source, edge.target, edge.kind)
        old = self._edges.get(key)
        if old is None:
            self._edges[key] = edge
        elif edge.evidence and not set(edge.evidence) <= set(old.evidence):
            evidence = tuple(sorted({*old.evidence, *edge.evidence}, key=lambda e: (e.sha256, e.start, e.end)))
            self._edges[key] = Edge(
                source=old.source, target=old.target, kind=old.kind, strength=old.strength, evidence=evidence
            )

    def cut(self, centre: str, limit: int) -> Subgraph:
        """Keep the nearest and strongest nodes and the edges between them."""
        ranked = sorted(self._nodes, key=lambda i: (i != centre, self._weight[i]))
        kept = set(ranked[: max(limit, 1)])
        bare = [self._edges[k] for k in sorted(self._edges) if {k[0], k[1]} <= kept]
        quotes = self._store.quoted(e for edge in bare for e in edge.evidence)
        edges = [structs.replace(edge, evidence=tuple(quotes[e] for e in edge.evidence)) for edge in bare]
        nodes = tuple(self._nodes[i] for i in ranked if i in kept)
        return Subgraph(centre=centre, nodes=nodes, edges=tuple(edges), cut=len(ranked) - len(nodes))
