"""Pages of chains in the SQLite store: the edges stand there in their order."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from graph.asking.chain_pages import page_of_edges
from graph.asking.instruments import ORDER, by_date
from graph.asking.reading import Statement
from graph.backends.sqlite_near import SqliteNear
from graph.backends.sqlite_packing import hash64, listed
from graph.results import ChainNode, InstrumentRef, RelationView
from ontology.terms import Strength


class SqliteChains(SqliteNear):
    """See ``graph.asking.instruments.InstrumentQuestions.chain_slice``."""

    def chain_slice(
        self, iri: str, depth: int, strength: Strength, limit: int | None, offset: int, *, up: bool
    ) -> ChainNode:
        """See ``InstrumentQuestions.chain_slice``."""
        if limit is None:
            return super().chain_slice(iri, depth, strength, limit, offset, up=up)
        at = self.node_id(self.node(iri).id)
        assert at is not None  # noqa: S101 - the node is there
        return page_of_edges(_Edges(self, ORDER[strength], up), at, depth, limit, offset)

    def leading(
        self, documents: frozenset[str], target: str, depth: int, strengths: tuple[str, ...]
    ) -> list[Statement]:
        """See ``Reading.leading``: up from the documents, and of that only what comes to the target."""
        most = max(rank for strength, rank in ORDER.items() if strength.value in strengths)
        end = self.node_id(target)
        sql = "SELECT n.id FROM json_each(?) j CROSS JOIN node n ON n.key = j.value"
        level = {at for (at,) in self.connections.rows(sql, (listed(hash64(i) for i in sorted(documents)),))}
        below: dict[int, set[int]] = {}
        seen = set(level)
        for _ in range(depth):
            sql = (
                "SELECT e.node, e.other FROM json_each(?) j"
                " CROSS JOIN edge e ON e.node = j.value AND e.up = 1 AND e.carry <= ?"
            )
            rows = self.connections.rows(sql, (listed(sorted(level - {end})), most))
            for node, other in rows:
                below.setdefault(other, set()).add(node)
            level = {other for _, other in rows} - seen
            seen |= level
        reached: set[int] = set()
        todo = {end} if end in below else set()
        while todo:
            reached |= todo
            todo = {node for at in todo for node in below.get(at or 0, ())} - reached
        pairs = [
            (node, other) for other, nodes in below.items() if other in reached for node in nodes if node in reached
        ]
        return self.stated(self.ask("chain_places", pairs=listed(sorted(pairs)), most=most))


@dataclass(frozen=True)
class _Edges:
    """See ``graph.asking.chain_pages.Edges``; ``most`` is the rank of the weakest."""

    store: SqliteChains
    most: int
    up: bool

    def first_ends(self, nodes: Sequence[int], count: int) -> list[tuple[int, int]]:
        """See ``Edges.first_ends``."""
        found: list[tuple[int, int]] = []
        for node in nodes:
            if len(found) >= count:
                break
            found += [(node, other) for other in self._near(node, count - len(found))]
        return found

    def _near(self, node: int, count: int) -> list[int]:
        sql = "SELECT other, carry, day FROM edge WHERE node = ? AND up = ? AND carry <= ? ORDER BY carry, day LIMIT ?"
        rows = self.store.connections.rows(sql, (node, self.up, self.most, count))
        if len(rows) == count and rows:  # of one day, which comes first is told by the IRI
            sql = "SELECT other, carry, day FROM edge WHERE node = ? AND up = ? AND carry = ? AND day = ?"
            rows = list(dict.fromkeys((*rows, *self.store.connections.rows(sql, (node, self.up, *rows[-1][1:])))))
        refs = self.store.iris({other for other, *_ in rows})
        ranked = sorted((carry, *by_date(refs[other]), other) for other, carry, _ in rows)
        return [other for *_, other in ranked[:count]]

    def degrees(self, nodes: Collection[int]) -> dict[int, int]:
        """See ``Edges.degrees``."""
        sql = (
            "SELECT j.value, (SELECT count(*) FROM edge e WHERE e.node = j.value AND e.up = ? AND e.carry <= ?)"
            " FROM json_each(?) j"
        )
        return dict(self.store.connections.rows(sql, (self.up, self.most, listed(sorted(nodes)))))

    def refs(self, nodes: Collection[int]) -> Mapping[int, InstrumentRef]:
        """See ``Edges.refs``."""
        return self.store.iris(nodes)

    def views(self, pairs: Collection[tuple[int, int]]) -> list[RelationView]:
        """See ``Edges.views``."""
        rows = self.store.ask("chain_places", pairs=listed(sorted(pairs)), most=self.most)
        return self.store.views(self.store.stated(rows))
