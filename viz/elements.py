"""Subgraph to the elements of a picture: captions, tooltips and styles as plain text, no layout and no markup."""

import textwrap
from dataclasses import dataclass, field

from msgspec.structs import replace

from graph.results import Edge, Evidence, Node, Subgraph
from ontology.terms import RelationKind, Role, Strength
from viz import links, words

_WIDTH = 26
_LINES = 4
# Kinds of edges whose source stands below its target; the others point down.
UPWARD = frozenset(map(str, RelationKind)) - {RelationKind.PROMULGATES.value} | {"unit_of"}


@dataclass(frozen=True, slots=True)
class Quote:
    """A sentence behind an edge, with where it stands."""

    text: str
    where: str
    url: str


@dataclass(frozen=True, slots=True)
class PictureNode:
    """A node ready to draw, without its place; ``style`` is instrument, stub, body or duty."""

    id: str
    caption: str
    title: str
    detail: str
    style: str
    url: str
    rank: int
    centre: bool


@dataclass(frozen=True, slots=True)
class PictureEdge:
    """An edge ready to draw; ``upward`` says that its source belongs below its target.

    ``strength`` is in words: of a relation how far it reaches, of a tie that no document states where it is from.
    """

    source: str
    target: str
    kind: str
    caption: str
    strength: str
    strong: bool
    upward: bool
    quotes: tuple[Quote, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Picture:
    """Elements of one picture."""

    centre: str
    nodes: tuple[PictureNode, ...]
    edges: tuple[PictureEdge, ...]
    cut: int
    cut_at_least: bool = False


def trim(subgraph: Subgraph, most: int) -> Subgraph:
    """Keep at most ``most`` nodes, the first ones, but no more than a quarter for bodies while instruments wait.

    A document that names a hundred bodies would else hide the chain it stands in.
    """
    bodies = [n for n in subgraph.nodes if n.kind == "body" and n.id != subgraph.centre]
    others = [n for n in subgraph.nodes if n.kind != "body" or n.id == subgraph.centre]
    room = max(most // 4, most - len(others))
    chosen = {n.id for n in (*bodies[:room], *others[: most - min(room, len(bodies))])}
    nodes = tuple(n for n in subgraph.nodes if n.id in chosen)
    edges = tuple(e for e in subgraph.edges if e.source in chosen and e.target in chosen)
    cut = subgraph.cut + len(subgraph.nodes) - len(nodes)
    return replace(subgraph, nodes=nodes, edges=edges, cut=cut)


def picture_of(subgraph: Subgraph) -> Picture:
    """Give the elements of a picture; edges to nodes that are not in it are left out."""
    nodes = tuple(_node(n, subgraph.centre) for n in subgraph.nodes)
    known = {n.id for n in nodes}
    edges = tuple(_edge(e) for e in subgraph.edges if e.source in known and e.target in known)
    return Picture(
        centre=subgraph.centre, nodes=nodes, edges=edges, cut=subgraph.cut, cut_at_least=subgraph.cut_at_least
    )


def wrap(text: str, width: int = _WIDTH, most: int = _LINES) -> str:
    r"""Break a caption into short lines, the last one cut with an ellipsis.

    Example:
        >>> wrap("Kế hoạch số 30/KH-UBND ngày 17/02/2023", 14, 2)
        'Kế hoạch số\n30/KH-UBND …'
    """
    found = textwrap.wrap(" ".join(text.split()), width=width, break_on_hyphens=False, max_lines=most, placeholder=" …")
    return "\n".join(found)


def where(evidence: Evidence) -> str:
    """Say where a sentence stands: file, line, section, page."""
    parts = [evidence.file, f"dòng {evidence.line}"]
    if evidence.page is not None:
        parts.append(f"trang {evidence.page}")
    return ", ".join(parts)


def edge_word(kind: str) -> str:
    """Give the Vietnamese word of an edge: a relation, a role, or a structural tie."""
    if kind in set(RelationKind):
        return words.RELATIONS[RelationKind(kind)]
    if kind in set(Role):
        return words.ROLES[Role(kind)]
    return _TIES.get(kind, words.label({str(k): v for k, v in words.COUNTERPARTIES.items()}, kind))


_TIES = {
    "issues": "ban hành",
    "lays": "giao nhiệm vụ",
    "unit_of": "trực thuộc",
}


def _node(node: Node, centre: str) -> PictureNode:
    style = node.kind
    if node.kind == "instrument" and not node.loaded:
        style = "stub"
    return PictureNode(
        id=node.id,
        caption=wrap(node.label),
        title=node.label,
        detail=node.detail,
        style=style,
        url=links.page(node.id),
        rank=node.rank,
        centre=node.id == centre,
    )


def _edge(edge: Edge) -> PictureEdge:
    strength = words.label({str(k): v for k, v in words.STRENGTHS.items()}, edge.strength)
    if edge.kind == "unit_of" and not edge.evidence:
        strength = words.FROM_TABLE
    return PictureEdge(
        source=edge.source,
        target=edge.target,
        kind=edge.kind,
        caption=edge_word(edge.kind),
        strength=strength,
        strong=edge.strength in (None, Strength.DOCUMENT),
        upward=edge.kind in UPWARD,
        quotes=tuple(Quote(text=e.text, where=where(e), url=links.source(e)) for e in edge.evidence),
    )
