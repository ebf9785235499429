"""Pages of chains in the SQLite store: the edges in their order give the first nodes without the rest."""

from dataclasses import dataclass, field
from typing import Any

from graph.asking.instruments import ORDER, by_date, strongest
from graph.asking.reading import Statement
from graph.backends.sqlite_near import SqliteNear
from graph.backends.sqlite_packing import hash64, listed
from graph.paging import slice_of
from graph.results import ChainNode, RelationView
from ontology.terms import Strength


@dataclass
class _Place:
    """A node of a tree where it stands; ``count`` its children, as far as it has any here."""

    node: int
    above: int
    hop: int
    expanded: bool
    count: int = 0
    cut: bool = False
    children: list[int] = field(default_factory=list)


class SqliteChains(SqliteNear):
    """See ``graph.asking.instruments.InstrumentQuestions.chain_slice``."""

    def chain_slice(
        self, iri: str, depth: int, strength: Strength, limit: int | None, offset: int, *, up: bool
    ) -> ChainNode:
        """See ``InstrumentQuestions.chain_slice``."""
        if limit is None:
            return super().chain_slice(iri, depth, strength, limit, offset, up=up)
        root = self.node(iri)
        at, most = self.node_id(root.id), ORDER[strength]
        assert at is not None  # noqa: S101 - the node is there
        end = slice_of(limit, offset).stop
        places = self._breadth_first(at, depth, most, end, up=up)
        shown = self._shown(places, slice_of(limit, offset))
        for n in sorted(shown):
            place = places[n]
            below = self._degree(place.node, most, up=up)
            place.count = below if place.expanded and place.hop < depth else 0
            place.cut = bool(below) and not place.count
            if n:
                places[place.above].children.append(n)
        return self._built(places, sorted(shown), most, up=up)

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

    def _breadth_first(self, root: int, depth: int, most: int, end: int, *, up: bool) -> list[_Place]:
        places, first = [_Place(root, -1, 0, expanded=True)], {root}
        for at, place in enumerate(places):
            if len(places) > end:
                break
            if not place.expanded or place.hop >= depth:
                continue
            for other in self._near(place.node, most, end + 1 - len(places), up=up):
                places.append(_Place(other, at, place.hop + 1, expanded=other not in first))
                first.add(other)
        return places

    def _near(self, node: int, most: int, count: int, *, up: bool) -> list[int]:
        """The first so many other ends of a node's edges, by strength, date, IRI."""
        sql = "SELECT other, carry, day FROM edge WHERE node = ? AND up = ? AND carry <= ? ORDER BY carry, day LIMIT ?"
        rows = self.connections.rows(sql, (node, up, most, count))
        if len(rows) == count and rows:  # of one day, which comes first is told by the IRI
            sql = "SELECT other, carry, day FROM edge WHERE node = ? AND up = ? AND carry = ? AND day = ?"
            rows = list(dict.fromkeys((*rows, *self.connections.rows(sql, (node, up, *rows[-1][1:])))))
        refs = self.iris({other for other, *_ in rows})
        ranked = sorted((carry, *by_date(refs[other]), other) for other, carry, _ in rows)
        return [other for *_, other in ranked[:count]]

    def _degree(self, node: int, most: int, *, up: bool) -> int:
        sql = "SELECT count(*) FROM edge WHERE node = ? AND up = ? AND carry <= ?"
        return int(self.connections.rows(sql, (node, up, most))[0][0])

    @staticmethod
    def _shown(places: list[_Place], page: slice) -> set[int]:
        shown = {0}
        for number in range(1, len(places))[page]:
            at = number
            while at not in shown:
                shown.add(at)
                at = places[at].above
        return shown

    def _built(self, places: list[_Place], shown: list[int], most: int, *, up: bool) -> ChainNode:
        ends = {n: (places[n].node, places[places[n].above].node) for n in shown if n}
        views = self._pairs({pair if not up else pair[::-1] for pair in ends.values()}, most)
        refs = self.iris({places[n].node for n in shown})
        built: dict[int, ChainNode] = {}
        for n in reversed(shown):
            place = places[n]
            pair = ends.get(n)
            view = views[pair if not up else pair[::-1]] if pair else None
            built[n] = ChainNode(
                instrument=refs[place.node],
                kind=view.kind if view else None,
                strength=view.strength if view else None,
                evidence=view.evidence if view else (),
                children=tuple(built[c] for c in place.children),
                cut=place.cut,
                more=place.count - len(place.children),
            )
        return built[0]

    def _pairs(self, pairs: set[tuple[int, int]], most: int) -> dict[tuple[int, int], RelationView]:
        """The strongest relation of each pair of instruments, with the places that state it."""
        rows: list[tuple[Any, ...]] = self.ask("chain_places", pairs=listed(sorted(pairs)), most=most)
        views = self.views(self.stated(rows))
        refs = self.iris({node for pair in pairs for node in pair})
        at = {refs[node].id: node for pair in pairs for node in pair}
        found: dict[tuple[int, int], list[RelationView]] = {}
        for view in views:
            found.setdefault((at[view.subject.id], at[view.object.id]), []).append(view)
        return {pair: strongest(some, up=True)[0] for pair, some in found.items()}
