"""Neighbourhoods for pictures, the corpus and the counts."""

from msgspec import structs

from graph.asking.instruments import by_date
from graph.asking.nearby import NearQuestions, first_links
from graph.asking.reading import DutyPick
from graph.paging import Page
from graph.results import Corpus, DocumentInfo, Edge, InstrumentRef, Node, Status, Subgraph
from graph.statements import Body
from ontology.errors import NotFoundError

VERSION = 3


class Questions(NearQuestions):
    """All questions of ``graph.store.Store``, over the selections that a back end supplies."""

    location = ""

    def neighbourhood(self, iri: str, depth: int = 2, limit: int = 200) -> Subgraph:
        """See ``graph.store.Store.neighbourhood``."""
        picture = _Picture(self, max(limit, 1))
        try:
            centre = picture.start_instrument(iri)
        except NotFoundError:
            centre = picture.start_body(self.body_of(iri))
        for _ in range(depth):
            picture.grow()
        return picture.cut(centre)

    def documents(self, *, limit: int | None = None, offset: int = 0, sha256: str | None = None) -> Page[DocumentInfo]:
        """See ``graph.store.Store.documents``."""
        rows = self.document_page(limit, offset, sha256)
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
    def __init__(self, store: Questions, limit: int) -> None:
        self._store = store
        self._limit = limit
        self._nodes: dict[str, Node] = {}
        self._weight: dict[str, tuple[int, int, str, str]] = {}
        self._edges: dict[tuple[str, str, str], Edge] = {}
        self._border: list[str] = []
        self._inner: set[str] = set()  # instruments whose relations are drawn
        self._left_out = 0
        self._stopped = False

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
        """Go one step farther, unless nothing there could be nearer than what fills the picture."""
        border, self._border = sorted(self._border), []
        self._inner.update(border)
        step = 1 + max((abs(self._nodes[iri].rank) for iri in border), default=0)
        room = self._limit - sum(1 for node in self._nodes.values() if abs(node.rank) < step)
        if not border or room <= 0:
            self._stopped = self._stopped or bool(border)  # once left out stays left out
            return
        links, found = self._store.near(frozenset(border), frozenset(self._nodes), room)
        chosen = first_links(links)
        refs = self._store.refs(chosen)
        for iri, (link, strength) in chosen.items():
            rank = self._nodes[link.at].rank
            higher = rank < 0 or (rank == 0 and link.up)
            self._instrument(refs[iri], rank - 1 if higher else rank + 1, strength)
        self._left_out += found - len(chosen)

    def _relations(self, kept: set[str]) -> None:
        """Draw the relations of inner instruments to others that are kept."""
        instruments = frozenset(i for i in kept if self._nodes[i].kind == "instrument")
        stated = self._store.between(instruments)
        inner = [s for s in stated if s.subject in self._inner or s.object in self._inner]
        for view in self._store.views(inner):
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

    def cut(self, centre: str) -> Subgraph:
        """Keep the nearest and strongest nodes and the edges between them."""
        ranked = sorted(self._nodes, key=lambda i: (i != centre, self._weight[i]))
        kept = set(ranked[: self._limit])
        self._relations(kept)
        bare = [self._edges[k] for k in sorted(self._edges) if {k[0], k[1]} <= kept]
        quotes = self._store.quoted(e for edge in bare for e in edge.evidence)
        edges = [structs.replace(edge, evidence=tuple(quotes[e] for e in edge.evidence)) for edge in bare]
        nodes = tuple(self._nodes[i] for i in ranked if i in kept)
        left_out = self._left_out + len(ranked) - len(nodes)
        return Subgraph(centre=centre, nodes=nodes, edges=tuple(edges), cut=left_out, cut_at_least=self._stopped)
