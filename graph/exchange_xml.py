"""GraphML, for Gephi, yEd and Cytoscape: instruments, bodies and duties as nodes, relations and parts as edges."""

from collections.abc import Iterator
from typing import BinaryIO
from xml.sax.saxutils import escape, quoteattr

from graph.exchange_rows import bodies_of
from graph.rdf_nodes import text
from graph.store import Store

_KEYS = (
    ("label", "node"),
    ("kind", "node"),
    ("type", "node"),
    ("date", "node"),
    ("family", "node"),
    ("jurisdiction", "node"),
    ("loaded", "node"),
    ("relation", "edge"),
    ("strength", "edge"),
    ("stage", "edge"),
    ("sentence", "edge"),
)
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n'
Cells = tuple[tuple[str, str | None], ...]


def write_graphml(store: Store, out: BinaryIO) -> None:
    """Write the store as one directed graph, nodes and edges in a fixed order."""
    out.write(_HEAD.encode())
    for name, where in _KEYS:
        key = f'  <key id="{name}" for="{where}" attr.name="{name}" attr.type="string"/>\n'
        out.write(key.encode())
    out.write(b'  <graph id="luocdo" edgedefault="directed">\n')
    for iri, cells in _nodes(store):
        out.write(f"    <node id={quoteattr(iri)}>{_data(cells)}</node>\n".encode())
    for at, (source, target, cells) in enumerate(_edges(store), start=1):
        ends = f"source={quoteattr(source)} target={quoteattr(target)}"
        out.write(f'    <edge id="e{at}" {ends}>{_data(cells)}</edge>\n'.encode())
    out.write(b"  </graph>\n</graphml>\n")


def _nodes(store: Store) -> Iterator[tuple[str, Cells]]:
    for ref in store.instruments():
        yield (
            ref.id,
            (
                ("label", ref.label),
                ("kind", "instrument"),
                ("type", ref.type),
                ("date", ref.date),
                ("family", ref.family),
                ("jurisdiction", ref.jurisdiction),
                ("loaded", str(ref.loaded).lower()),
            ),
        )
    for body in bodies_of(store):
        yield body.id, (("label", body.name), ("kind", body.kind.value), ("jurisdiction", body.jurisdiction))
    for duty in store.obligations():
        yield duty.id, (("label", duty.action), ("kind", "duty"))


def _edges(store: Store) -> Iterator[tuple[str, str, Cells]]:
    for relation in store.relations():
        sentence = relation.evidence[0].text if relation.evidence else None
        cells = (
            ("relation", relation.kind.value),
            ("strength", relation.strength.value),
            ("stage", relation.stage),
            ("sentence", sentence),
        )
        yield relation.subject.id, relation.object.id, cells
    for duty in store.obligations():
        yield duty.instrument.id, duty.id, (("relation", "lays"),)
        for party in (*duty.bearers, *duty.counterparties):
            part = party.role or party.kind
            yield duty.id, party.body.id, (("relation", part.value if part else None),)
        for instrument in duty.implements:
            yield duty.id, instrument.id, (("relation", "carries_out"),)


def _data(cells: Cells) -> str:
    return "".join(f'<data key="{key}">{escape(text(value))}</data>' for key, value in cells if value)
