"""Folded words by which instruments and bodies are found."""

from collections.abc import Iterable

from graph.finding import NOISE, body_key
from graph.nodes import Node
from graph.statements import Body
from ontology.vietnamese import fold


def node_words(node: Node) -> frozenset[str]:
    """Words of titles and issuers of a node."""
    texts = [v.value for v in node.values if v.property in ("title", "issuer")]
    return frozenset(w for t in texts for w in fold(t).split() if w not in NOISE)


def body_words(body: Body, names: Iterable[str]) -> frozenset[str]:
    """Words of a body's name and of its written forms."""
    return frozenset(w for n in (body.ref.name, *names) for w in body_key(n).split() if w not in NOISE)
