"""The same facts in other tools: plain networkx, scipy's CSR arrays as a lower bound, SPARQL over Oxigraph.

They hold identifiers only: no text, no quotes, no claims, no order. So their times bound ours from below.
"""

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
from benchmarks.timing import Times, show, timed
from ontology.record import Citation, Header

_HUB = ("chi_thi", "1", "CT-TTg", "2015-01-02")
UNIT = "Sở Y tế tỉnh Nghệ An"
FROM, TO = "2021-06-01", "2021-06-30"
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


def main(given: Facts, ours: tuple[Times, Times, Times]) -> None:
    """Print the times of all peers of this process beside ours."""
    own = (ours[0].cpu50, ours[1].cpu50, ours[2].cpu50)
    for peer in (_networkx, _csr, _oxigraph):
        peer(given, hub_of(given), own)


def hub_of(given: Facts) -> int:
    """The instrument that most carry out."""
    return given.names[_HUB]


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
    low, high = (int(t.replace("-", "")) for t in (FROM, TO))

    def mine() -> Any:
        return order[slice(*np.searchsorted(bodies, [UNIT, UNIT + " "]))]

    def due() -> Any:
        at = slice(*np.searchsorted(bodies, [UNIT, UNIT + " "]))
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
        unit = f"<{_X}b{bodies[UNIT]}>"
        print(f"oxigraph: loaded in {made:.1f} s, {size / 1e6:.0f} MB on disk")
        for name, query, mine in (
            ("all implementers of a hub", f"?x <{_X}implements>+ <{_X}i{hub}>", ours[0]),
            ("all duties of a body", f"?x <{_X}bearer> {unit}", ours[1]),
            (
                "due by body, a month",
                f'?x <{_X}bearer> {unit} ; <{_X}day> ?day FILTER(?day >= "{FROM}" && ?day <= "{TO}")',
                ours[2],
            ),
        ):
            sparql = f"SELECT DISTINCT ?x WHERE {{ {query} }}"
            show(f"oxigraph SPARQL: {name}", timed([lambda q=sparql: list(store.query(q))]), mine)  # type: ignore[arg-type, misc]
