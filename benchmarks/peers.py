"""The same facts in other tools: plain networkx, scipy's CSR arrays as a lower bound, SPARQL over Oxigraph, Neo4j.

They hold identifiers only: no text, no quotes, no claims, no order. So their times bound ours from below.
"""

import os
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import networkx as nx
import numpy as np
import pyoxigraph as ox
from scipy.sparse import csr_array
from scipy.sparse.csgraph import breadth_first_order

from benchmarks.synthetic import documents
from benchmarks.timing import show, timed
from graph.connect import connect
from graph.store import Store
from ontology.errors import LuocdoError
from ontology.record import Citation, Header

_HUB = ("chi_thi", "1", "CT-TTg", "2015-01-02")
_UNIT = "Sở Y tế tỉnh Nghệ An"
_FROM, _TO = "2021-06-01", "2021-06-30"
_X = "x:"


class Facts(NamedTuple):
    """Numbers of instruments by what names them, who carries out whom, and duties as (body, instrument, day)."""

    names: dict[tuple[str, ...], int]
    edges: list[tuple[int, int]]
    duties: list[tuple[str, int, str | None]]


def facts(size: int) -> Facts:
    """Read the corpus once."""
    names: dict[tuple[str, ...], int] = {}
    edges, duties = [], []
    for batch in documents(size):
        own = names.setdefault(_name(batch.record.instrument, batch.record.instrument.issuers[0].name), len(names))
        for cited in batch.record.citations:
            edges.append((own, names.setdefault(_name(cited, cited.issuer_body or ""), len(names))))
        for duty in batch.record.obligations:
            day = duty.deadline.last_day if duty.deadline else None
            duties.append((duty.bearers[0].body or "", own, day))
    return Facts(names, edges, duties)


def _name(one: Header | Citation, issuer: str) -> tuple[str, ...]:
    told = (one.type or "", one.number or "", one.symbol or "", one.date or "")
    return told if one.symbol and one.symbol.endswith(("TTg", "CP")) else (*told, issuer)


def main(size: int, hub_ms: float, own_ms: float, due_ms: float) -> None:
    """Print the times of all peers beside ours."""
    started = time.perf_counter()
    given = facts(size)
    print(f"\nothers, of the same corpus ({time.perf_counter() - started:.0f} s to read it); ratio to our page or list")
    hub = given.names[_HUB]
    for peer in (_networkx, _csr, _oxigraph):
        peer(given, hub, (hub_ms, own_ms, due_ms))
    _neo4j(size)


def _networkx(given: Facts, hub: int, ours: tuple[float, float, float]) -> None:
    started = time.perf_counter()
    graph: nx.DiGraph[int] = nx.DiGraph(given.edges)
    made = time.perf_counter() - started
    show(
        f"networkx: all implementers of a hub (built {made:.1f} s)", timed([lambda: nx.ancestors(graph, hub)]), ours[0]
    )


def _csr(given: Facts, hub: int, ours: tuple[float, float, float]) -> None:
    ends = np.array(given.edges)
    size = len(given.names)
    graph = csr_array((np.ones(len(ends), dtype=np.int8), (ends[:, 1], ends[:, 0])), shape=(size, size))

    def below() -> Any:
        return breadth_first_order(graph, hub, return_predecessors=False)[1:]

    show("scipy CSR: all implementers of a hub", timed([below]), ours[0])
    order = np.argsort([b for b, _, _ in given.duties], kind="stable")
    bodies = np.array([given.duties[n][0] for n in order])
    days = np.array([int((given.duties[n][2] or "0").replace("-", "")) for n in order])
    low, high = (int(t.replace("-", "")) for t in (_FROM, _TO))

    def mine() -> Any:
        return order[slice(*np.searchsorted(bodies, [_UNIT, _UNIT + " "]))]

    def due() -> Any:
        at = slice(*np.searchsorted(bodies, [_UNIT, _UNIT + " "]))
        return order[at][(days[at] >= low) & (days[at] <= high)]

    show("numpy: all duties of a body", timed([mine]), ours[1])
    show("numpy: due by body, a month", timed([due]), ours[2])


def _lines(given: Facts, bodies: dict[str, int]) -> Iterator[str]:
    for subject, object_ in given.edges:
        yield f"<{_X}i{subject}> <{_X}implements> <{_X}i{object_}> ."
    for n, (body, document, day) in enumerate(given.duties):
        yield f"<{_X}d{n}> <{_X}bearer> <{_X}b{bodies[body]}> ."
        yield f"<{_X}d{n}> <{_X}document> <{_X}i{document}> ."
        if day:
            yield f'<{_X}d{n}> <{_X}day> "{day}" .'


def _oxigraph(given: Facts, hub: int, ours: tuple[float, float, float]) -> None:
    bodies = {body: n for n, body in enumerate(dict.fromkeys(b for b, _, _ in given.duties))}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "facts.nt"
        path.write_text("\n".join(_lines(given, bodies)), encoding="utf-8")
        started = time.perf_counter()
        store = ox.Store(str(Path(folder) / "oxigraph"))
        store.bulk_load(path=str(path), format=ox.RdfFormat.N_TRIPLES)
        made = time.perf_counter() - started
        size = sum(f.stat().st_size for f in (Path(folder) / "oxigraph").rglob("*") if f.is_file())
        unit = f"<{_X}b{bodies[_UNIT]}>"
        print(f"oxigraph: loaded in {made:.1f} s, {size / 1e6:.0f} MB on disk")
        for name, query, mine in (
            ("all implementers of a hub", f"?x <{_X}implements>+ <{_X}i{hub}>", ours[0]),
            ("all duties of a body", f"?x <{_X}bearer> {unit}", ours[1]),
            (
                "due by body, a month",
                f'?x <{_X}bearer> {unit} ; <{_X}day> ?day FILTER(?day >= "{_FROM}" && ?day <= "{_TO}")',
                ours[2],
            ),
        ):
            sparql = f"SELECT DISTINCT ?x WHERE {{ {query} }}"
            show(f"oxigraph SPARQL: {name}", timed([lambda q=sparql: list(store.query(q))]), mine)  # type: ignore[arg-type, misc]


def _neo4j(size: int) -> None:
    uri = os.environ.get("NEO4J_URI")
    if not uri:
        print("neo4j: not measured, NEO4J_URI is not set (scripts/neo4j.sh starts a server)")
        return
    try:
        store = connect(uri)
    except LuocdoError as error:
        print(f"neo4j: not measured, {error.code}: {error.message}")
        return
    try:
        if store.corpus().documents:
            print("neo4j: not measured, the server holds documents already; give it an empty database")
            return
        _ask_neo4j(store, min(size, int(os.environ.get("NEO4J_SIZE", "2000"))))
    finally:
        store.close()


def _ask_neo4j(store: Store, size: int) -> None:
    from benchmarks.questions import ask_all  # noqa: PLC0415 - only where a server is there

    started = time.perf_counter()
    store.write_many(documents(size))
    print(f"\nneo4j, {size} documents: {size / (time.perf_counter() - started):.0f} documents/s")
    ask_all(store)
    for info in store.documents():
        store.remove(info.path)
