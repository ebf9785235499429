"""A page of a chain out of the edges in their order: the first nodes are found without the rest of the tree."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic, Protocol, TypeVar

from graph.asking.instruments import strongest
from graph.paging import slice_of
from graph.results import ChainNode, InstrumentRef, RelationView

K = TypeVar("K")  # what a store calls an instrument by: its IRI, an integer


class Edges(Protocol[K]):
    """The edges of a store one way, up or down, of some strength or more; an edge joins two instruments once."""

    @property
    def up(self) -> bool:
        """Whether they lead to what an instrument carries out, not to what carries it out."""
        ...

    def first_ends(self, nodes: Sequence[K], count: int) -> Sequence[tuple[K, K]]:
        """The first edges of some nodes, as node and other end.

        Args:
            nodes: Each once; all edges of the first come before those of the second.
            count: How many edges in all, at most; those of one node stand by strength, date and IRI of the other end.
        """
        ...

    def degrees(self, nodes: Collection[K]) -> Mapping[K, int]:
        """How many edges nodes have; one without any may be left out."""
        ...

    def refs(self, nodes: Collection[K]) -> Mapping[K, InstrumentRef]:
        """References of nodes, and of more as it may be."""
        ...

    def views(self, pairs: Collection[tuple[K, K]]) -> Sequence[RelationView]:
        """All relations by which the first of each pair carries out the second, with the places that state them."""
        ...


@dataclass
class _Place(Generic[K]):
    """A node of a tree where it stands; ``count`` its children, as far as it has any here."""

    node: K
    above: int
    hop: int
    expanded: bool
    count: int = 0
    cut: bool = False
    children: list[int] = field(default_factory=list)


def page_of_edges(edges: Edges[K], root: K, depth: int, limit: int, offset: int) -> ChainNode:
    """Cut a page out of a tree that is built only so far: equal to ``graph.paging.chain_page`` of the whole one."""
    page = slice_of(limit, offset)
    places = _breadth_first(edges, root, depth, page.stop)
    shown = _shown(places, page)
    degrees = edges.degrees({places[n].node for n in shown})
    for n in shown:
        place = places[n]
        below = degrees.get(place.node, 0)
        place.count = below if place.expanded and place.hop < depth else 0
        place.cut = bool(below) and not place.count
        if n:
            places[place.above].children.append(n)
    return _built(edges, places, shown)


def _breadth_first(edges: Edges[K], root: K, depth: int, end: int) -> list[_Place[K]]:
    """The root and the first so many places below it, level by level."""
    places, known = [_Place(root, -1, 0, expanded=True)], {root}
    level = {root: 0}  # the nodes that are expanded, by place
    for hop in range(1, depth + 1):
        room = end + 1 - len(places)
        if not level or room <= 0:
            break
        above, level = level, {}
        for node, other in edges.first_ends(list(above), room):
            expanded = other not in known
            if expanded:
                level[other] = len(places)
                known.add(other)
            places.append(_Place(other, above[node], hop, expanded=expanded))
    return places


def _shown(places: Sequence[_Place[K]], page: slice) -> list[int]:
    """The places of a page and those that lead to them."""
    shown = {0}
    for number in range(1, len(places))[page]:
        at = number
        while at not in shown:
            shown.add(at)
            at = places[at].above
    return sorted(shown)


def _built(edges: Edges[K], places: Sequence[_Place[K]], shown: Sequence[int]) -> ChainNode:
    ends = {n: (places[n].node, places[places[n].above].node) for n in shown if n}
    pairs = {n: pair[::-1] if edges.up else pair for n, pair in ends.items()}
    refs = edges.refs({places[n].node for n in shown})
    views = _strongest(edges.views(set(pairs.values()))) if pairs else {}
    built: dict[int, ChainNode] = {}
    for n in reversed(shown):
        place = places[n]
        pair = pairs.get(n)
        view = views[refs[pair[0]].id, refs[pair[1]].id] if pair else None
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


def _strongest(views: Sequence[RelationView]) -> dict[tuple[str, str], RelationView]:
    """The strongest relation of each pair of instruments, by their IRIs."""
    found: dict[tuple[str, str], list[RelationView]] = {}
    for view in views:
        found.setdefault((view.subject.id, view.object.id), []).append(view)
    return {pair: strongest(some, up=True)[0] for pair, some in found.items()}
