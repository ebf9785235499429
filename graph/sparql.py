"""The store's questions asked in SPARQL: the queries of ``graph/queries/*.rq`` select, the shared layer answers.

What needs folded words, ranks or typing errors (find, search) SPARQL cannot say; those questions are refused.
"""

from collections.abc import Iterable

import pyoxigraph as ox

from graph.asking.outlines import DutyRow
from graph.asking.reading import DocumentRow, DutyPick, Statement, bases_of
from graph.backends.picking import fits_instrument, passes
from graph.judgements import Judgement, ordered
from graph.nodes import Node
from graph.paging import Page, page_of
from graph.results import Evidence, InstrumentRef
from graph.results_identity import Conflict
from graph.sparql_duties import duty_of
from graph.sparql_mirror import Mirror
from graph.sparql_rows import Row, asked, body_ref_of, evidence_of, instrument_of, iri, term_of
from graph.sparql_unsaid import Unsaid
from graph.statements import Body
from graph.store import InstrumentFilter, Store
from ontology.errors import NotFoundError
from ontology.terms import RelationKind, Strength
from ontology.vocabulary import term_iri

_RANKS = {s.value: n for n, s in enumerate(Strength)}


class SparqlQuestions(Unsaid):
    """Answers the questions of ``graph.store.Store`` from the store's RDF, by SPARQL.

    Args:
        store: What is asked; its quads are kept current question by question.
    """

    location = "sparql"

    def __init__(self, store: Store) -> None:
        self._store = store
        self._mirror = Mirror(store)

    @property
    def quads(self) -> ox.Store:
        """The quads, up to date."""
        self._mirror.sync()
        return self._mirror.quads

    # -- instruments --------------------------------------------------------------------------------------------------
    def node(self, iri_: str) -> Node:
        """See ``Reading.node``."""
        rows = asked(self.quads, "instruments", instrument=iri(iri_))
        if not rows:
            own = asked(self.quads, "aliases", alias=iri(iri_))
            rows = asked(self.quads, "instruments", instrument=iri(own[0]["instrument"])) if own else []
        if not rows:
            raise NotFoundError("Văn bản này không có trong các văn bản đã nạp", iri=iri_)
        issuers = asked(self.quads, "issuers", instrument=iri(rows[0]["instrument"]))
        return _node(rows[0], tuple(row["issuer"] for row in issuers))

    def refs(self, iris: Iterable[str]) -> dict[str, InstrumentRef]:
        """See ``Reading.refs``."""
        rows = [row for one in sorted(set(iris)) for row in asked(self.quads, "instruments", instrument=iri(one))]
        return {row["instrument"]: instrument_of(row) for row in rows}

    def nodes_where(self, where: InstrumentFilter) -> list[InstrumentRef]:
        """See ``Reading.nodes_where``."""
        rows = asked(
            self.quads,
            "instruments",
            loaded=None if where.loaded is None else ox.Literal(where.loaded),
            stage=ox.Literal(where.stage) if where.stage else None,
        )
        nodes = [_node(row) for row in rows]
        return [node.ref for node in nodes if fits_instrument(node, where)]

    def nodes_numbered(self, num: int) -> list[Node]:
        """See ``Reading.nodes_numbered``; the values of the nodes are not filled."""
        return [self.node(row["instrument"]) for row in asked(self.quads, "find_numbers", num=ox.Literal(num))]

    def statements(
        self,
        kinds: tuple[RelationKind, ...] = (),
        subject: str | None = None,
        object_: str | None = None,
        document: str | None = None,
    ) -> list[Statement]:
        """See ``Reading.statements``."""
        return [
            statement
            for kind in kinds or (None,)
            for statement in self._statements(
                "relations",
                kind=iri(term_iri(kind)) if kind else None,
                subject=iri(subject) if subject else None,
                object=iri(object_) if object_ else None,
                document=iri(document) if document else None,
            )
        ]

    def carried(self, iri_: str, depth: int, strengths: tuple[str, ...], *, up: bool) -> list[Statement]:
        """See ``Reading.carried``; paths have no depth in SPARQL, so more may be given than is asked for."""
        least = iri(term_iri(Strength(max(strengths, key=_RANKS.__getitem__))))
        return self._statements("basis" if up else "implementers", instrument=iri(iri_), least=least)

    def bases(self, iris: frozenset[str]) -> dict[str, frozenset[str]]:
        """See ``Reading.bases``."""
        found = [s for one in sorted(iris) for s in self._statements("basis_near", subject=iri(one))]
        return bases_of(s for s in found if s.strength is Strength.DOCUMENT)

    def statements_about(self, iris: frozenset[str], kinds: tuple[RelationKind, ...]) -> list[Statement]:
        """See ``Reading.statements_about``."""
        found = [s for one in sorted(iris) for s in self._statements("relations_about", instrument=iri(one))]
        return [s for s in dict.fromkeys(found) if s.kind in kinds]

    def _statements(self, name: str, **bound: ox.NamedNode | None) -> list[Statement]:
        return [
            Statement(
                subject=row["subject"],
                kind=RelationKind(term_of(row["kind"])),
                object=row["object"],
                strength=Strength(term_of(row["strength"])),
                stage=row["stage"],
                evidence=evidence_of(row),
            )
            for row in asked(self.quads, name, **bound)
        ]

    def claimed(self, instrument: str, property_: str, value: ox.Literal | ox.NamedNode) -> tuple[Evidence, ...]:
        """Where documents give a value for a property of an instrument, by file and place."""
        rows = asked(self.quads, "quotes", instrument=iri(instrument), property=ox.Literal(property_), value=value)
        return tuple(evidence_of(row) for row in rows)

    # -- duties -------------------------------------------------------------------------------------------------------
    def duty_rows(self, pick: DutyPick) -> list[DutyRow]:
        """See ``Reading.duty_rows``."""
        lists = (
            ("duties", "bearer", pick.bearers),
            ("duties_owed", "party", pick.parties),
            ("obligations", "document", pick.documents),
            ("duties_carrying", "carried", pick.carrying),
        )
        quads = self.quads
        if all(given is None for *_, given in lists):
            if pick.due_from and pick.due_to and not pick.kinds:
                bounds = {"from": ox.Literal(pick.due_from), "to": ox.Literal(pick.due_to)}
                found = asked(quads, "due", **bounds)
            else:
                found = asked(quads, "obligations")
        else:
            found = [
                row
                for name, key, given in lists
                for one in sorted(given or ())
                for row in asked(quads, name, **{key: iri(one)})
            ]
        rows = [duty_of(quads, duty) for duty in dict.fromkeys(row["duty"] for row in found)]
        return [row for row in rows if passes(row, pick)]

    # -- bodies -------------------------------------------------------------------------------------------------------
    def body_of(self, iri_: str) -> Body:
        """See ``Reading.body_of``."""
        rows = asked(self.quads, "bodies", body=iri(iri_))
        if not rows:
            raise NotFoundError("Cơ quan này không có trong các văn bản đã nạp", iri=iri_)
        above = asked(self.quads, "superiors", body=iri(iri_))
        return Body(
            ref=body_ref_of(rows[0]),
            superiors=tuple(body_ref_of(row, "superior") for row in above),
            level=rows[0]["level"],
            family=rows[0]["family"],
        )

    def bodies_below(self, iri_: str) -> list[Body]:
        """See ``Reading.bodies_below``."""
        return [self.body_of(row["body"]) for row in asked(self.quads, "bodies_below", above=iri(iri_))]

    def names_of(self, iri_: str) -> tuple[str, ...]:
        """See ``Reading.names_of``."""
        return tuple(row["name"] for row in asked(self.quads, "names", body=iri(iri_)))

    def issued_by(self, iris: frozenset[str]) -> frozenset[str]:
        """See ``Reading.issued_by``."""
        rows = [row for one in iris for row in asked(self.quads, "issued", body=iri(one))]
        return frozenset(row["instrument"] for row in rows)

    # -- documents, counts --------------------------------------------------------------------------------------------
    def document_rows(self) -> list[tuple[str, DocumentRow]]:
        """See ``Reading.document_rows``."""
        return [
            (
                row["path"],
                DocumentRow(
                    sha256=row["sha256"],
                    file=row["file"],
                    files=(row["path"],),
                    instrument=row["instrument"],
                    date=row["day"],
                    citations=int(row["citations"]),
                    duties=int(row["duties"]),
                    text_from=row["textFrom"],
                ),
            )
            for row in asked(self.quads, "documents")
        ]

    def conflicts(self, iri: str | None = None, *, limit: int | None = None, offset: int = 0) -> Page[Conflict]:
        """See ``graph.store.Store.conflicts``; kind, instruments and reason alone are filled."""
        rows = asked(self.quads, "conflicts")
        refs = self.refs({i for row in rows for i in (row["instrument"], row["other"]) if i})
        found = [
            Conflict(
                kind=row["kind"],
                instruments=tuple(refs[i] for i in (row["instrument"], row["other"]) if i),
                claims=(),
                reason=row["reason"],
            )
            for row in rows
            if iri in (None, row["instrument"], row["other"])
        ]
        return page_of(found, limit, offset)

    def records(self) -> list[Judgement]:
        """See ``IdentityReading.records``."""
        return ordered(self._store.judgements())

    def pointings(self, sha256: str) -> tuple[str, ...]:
        """See ``graph.store.Store.pointings``."""
        return tuple(row["instrument"] for row in asked(self.quads, "meanings", sha256=ox.Literal(sha256)))

    def extent(self) -> tuple[int, str | None, str | None]:
        """See ``Reading.extent``."""
        row = asked(self.quads, "status")[0]
        return int(row["documents"]), row["from"], row["to"]

    def counts(self) -> dict[str, int]:
        """See ``Reading.counts``."""
        row = asked(self.quads, "status")[0]
        names = ("instruments", "cited_only", "bodies", "duties", "relations", "conflicts", "unparsed")
        return {name: int(row[name.replace("_only", "Only")]) for name in names}

    def revision(self) -> int:
        """See ``Reading.revision``."""
        return self._store.revision()


def _node(row: Row, issuers: tuple[str, ...] = ()) -> Node:
    """As much of a node as the questions about duties and lists need."""
    return Node(
        ref=instrument_of(row),
        aliases=(),
        signs=(),
        values=(),
        disputes=(),
        reasons=(),
        issuers=issuers,
        level=row["level"],
        nums=(),
    )
