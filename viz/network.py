"""The interactive picture: pyvis holds the data, our own template draws it offline with the vendored vis-network.

pyvis' own pages load Bootstrap from a CDN and leave ``heading`` and ``options`` unescaped (measured, design.md 3), so
only its ``Network`` of nodes and edges is used.
"""

import base64
import hashlib
from functools import cache
from importlib.resources import files
from typing import Any

import msgspec
from pyvis.network import Network

from graph.results import Subgraph
from viz import layout
from viz.elements import Picture, PictureEdge, PictureNode, picture_of
from viz.pages import render_template

_SCRIPT_ESCAPES = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}
_ESCAPE_TABLE = str.maketrans(_SCRIPT_ESCAPES)


def picture_data(subgraph: Subgraph) -> dict[str, Any]:
    """Give what the page script draws: nodes and edges of vis-network with places, and the facts for the side panel."""
    picture = picture_of(subgraph)
    placement = layout.place(picture)
    net = Network(directed=True)
    for node in picture.nodes:
        at = placement.places[node.id]
        net.add_node(node.id, label=node.caption, x=at.x, y=at.y, group=node.style, physics=False)
    for edge in picture.edges:
        net.add_edge(edge.source, edge.target, title=edge.caption, dashes=not edge.strong)
    return {
        "centre": picture.centre,
        "cut": picture.cut,
        "nodes": [_vis_node(n) for n in net.nodes],
        "edges": [{**e, "id": k} for k, e in enumerate(net.edges)],
        "bands": [{"label": b.label, "top": b.top, "bottom": b.bottom} for b in placement.bands],
        "facts": _facts(picture),
    }


def script_json(value: object) -> str:
    r"""Write JSON that is safe inside a ``<script>`` element whatever the texts hold.

    Example:
        >>> script_json("</script>")
        '"\\u003c/script\\u003e"'
    """
    return msgspec.json.encode(value).decode().translate(_ESCAPE_TABLE)


def render(subgraph: Subgraph, title: str = "Lược đồ văn bản", *, site: str = "") -> str:
    """Give a complete page that works with the network cut: all inside, and a policy that forbids anything more.

    Args:
        subgraph: What to draw.
        title: Heading of the page.
        site: Address of a running server for links to pages of the nodes; empty leaves the links out.
    """
    assets = {name: _asset(name) for name in ("luocdo.css", "vis/vis-network.min.js", "picture.js")}
    return render_template(
        "offline.html",
        title=title,
        data=script_json({**picture_data(subgraph), "site": site or None}),
        subgraph=subgraph,
        picture=picture_of(subgraph),
        css=assets["luocdo.css"],
        scripts=[assets["vis/vis-network.min.js"], assets["picture.js"]],
        style_hash=_hash(assets["luocdo.css"]),
        script_hashes=[_hash(assets["vis/vis-network.min.js"]), _hash(assets["picture.js"])],
    )


def _vis_node(node: dict[str, Any]) -> dict[str, Any]:
    # pyvis gives every node a colour and a shape of its own, which would hide the styles of the groups.
    return {k: v for k, v in node.items() if k not in ("color", "shape", "font")}


def _facts(picture: Picture) -> dict[str, Any]:
    """Texts of the side panel by node; the script puts them in as text, never as markup."""
    return {"nodes": {n.id: _node_facts(n) for n in picture.nodes}, "edges": [_edge_facts(e) for e in picture.edges]}


def _node_facts(node: PictureNode) -> dict[str, Any]:
    return {"title": node.title, "detail": node.detail, "style": node.style, "url": node.url, "centre": node.centre}


def _edge_facts(edge: PictureEdge) -> dict[str, Any]:
    quotes = [{"text": q.text, "where": q.where, "url": q.url} for q in edge.quotes]
    return {
        "source": edge.source,
        "target": edge.target,
        "word": edge.caption,
        "strength": edge.strength,
        "quotes": quotes,
    }


@cache
def _asset(name: str) -> str:
    return files("viz").joinpath("static", *name.split("/")).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
