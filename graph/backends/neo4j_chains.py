"""Pages of chains in the Neo4j store: the server gives the first edges of a whole level in one answer."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from graph.asking.chain_pages import page_of_edges
from graph.asking.instruments import ORDER
from graph.asking.reading import UNDATED
from graph.backends.neo4j_base import statements
from graph.backends.neo4j_instruments import Neo4jInstruments, stated
from graph.results import ChainNode, InstrumentRef, RelationView
from ontology.terms import Strength


class Neo4jChains(Neo4jInstruments):
    """See ``graph.asking.instruments.InstrumentQuestions.chain_slice``."""

    def chain_slice(
        self, iri: str, depth: int, strength: Strength, limit: int | None, offset: int, *, up: bool
    ) -> ChainNode:
        """See ``InstrumentQuestions.chain_slice``."""
        if limit is None:
            return super().chain_slice(iri, depth, strength, limit, offset, up=up)
        return page_of_edges(_Edges(self, ORDER[strength], up), self.node(iri).id, depth, limit, offset)


@dataclass(frozen=True)
class _Edges:
    """See ``graph.asking.chain_pages.Edges``; ``most`` is the rank of the weakest."""

    store: Neo4jChains
    most: int
    up: bool

    @property
    def _way(self) -> str:
        return "basis" if self.up else "implementers"

    def first_ends(self, nodes: Sequence[str], count: int) -> list[tuple[str, str]]:
        """See ``Edges.first_ends``."""
        values = {"iris": list(nodes), "count": count, "most": self.most, "undated": UNDATED}
        return [(row["node"], row["other"]) for row in self.store.ask(f"first_{self._way}", **values)]

    def degrees(self, nodes: Collection[str]) -> dict[str, int]:
        """See ``Edges.degrees``."""
        text = statements("chains")[f"count_{self._way}"]
        rows = self.store.connection.rows(text, iris=sorted(nodes), most=self.most)
        return {row["iri"]: row["edges"] for row in rows}

    def refs(self, nodes: Collection[str]) -> Mapping[str, InstrumentRef]:
        """See ``Edges.refs``."""
        return self.store.refs(nodes)

    def views(self, pairs: Collection[tuple[str, str]]) -> list[RelationView]:
        """See ``Edges.views``."""
        others: dict[str, list[str]] = {}
        for subject, object_ in sorted(pairs):
            others.setdefault(subject, []).append(object_)
        rows = [{"iri": subject, "others": some} for subject, some in others.items()]
        told = self.store.connection.rows(statements("chains")["places"], rows=rows, most=self.most)
        return self.store.views(stated(told))
