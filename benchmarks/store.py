"""The SQLite store on made-up documents: load rate, size, and time of each question, beside plain networkx for two."""

import gc
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import networkx as nx

from benchmarks.synthetic import documents
from graph.connect import connect
from graph.facts import facts_of
from graph.store import InstrumentFilter, Store
from ontology.terms import Direction, RelationKind, Strength

SIZE = 5000
_ROUNDS = 9
_TAIL = 0.99


def main(flags: list[str]) -> None:
    """Print the figures; ``--size N`` sets the number of documents."""
    size = _size(flags)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "store.db"
        _load(path, size)
        started = time.perf_counter()
        store = connect(f"sqlite:{path}")
        corpus = store.corpus()
        opened = time.perf_counter() - started
        print(f"opened in {opened * 1e3:.1f} ms ({corpus.documents} documents)")
        _ask(store)
        store.close()


def _size(flags: list[str]) -> int:
    for n, flag in enumerate(flags):
        if flag.startswith("--size"):
            return int(flag.partition("=")[2] or flags[n + 1])
    return SIZE


def _load(path: Path, size: int) -> None:
    made = list(documents(size))
    letters = sum(len(b.text.encode()) for b in made)
    store = connect(f"sqlite:{path}")
    halves = []
    for part in (made[: size // 2], made[size // 2 :]):
        wall, cpu = time.perf_counter(), time.process_time()
        store.write_many(iter(part))
        halves.append((time.perf_counter() - wall, time.process_time() - cpu))
    store.close()
    started = time.process_time()
    for batch in made[:500]:
        facts_of(batch)
    facts = (time.process_time() - started) / min(size, 500)
    wall, cpu = (sum(h[n] for h in halves) for n in (0, 1))
    on_disk = sum(p.stat().st_size for p in path.parent.iterdir())
    duties = sum(len(b.record.obligations) for b in made)
    print(f"{size} documents, {duties} duties, {letters / size / 1e3:.1f} kB of text each")
    print(f"load: {size / wall:.0f} documents/s, {cpu / size * 1e3:.2f} ms CPU each, of it {facts * 1e3:.2f} ms facts")
    print(f"second half against first, CPU: {halves[1][1] / halves[0][1]:.2f} (1.00 is linear)")
    print(f"on disk: {on_disk / 1e6:.1f} MB, {on_disk / size / 1e3:.1f} kB a document")


def _ask(store: Store) -> None:
    hub, mid = (store.find_instruments(text)[0].id for text in ("1/CT-TTg", "10/CT-TTg"))
    department = store.find_bodies("Sở Y tế tỉnh Nghệ An")[0].id
    office = store.find_bodies("Văn phòng Sở Y tế tỉnh Nghệ An")[0].id
    print(f"{'question':32}{'cold':>9}{'p50':>9}{'p99':>9}  rows")
    questions: list[tuple[str, Callable[[], Any]]] = [
        ("find number", lambda: store.find_instruments("chỉ thị 10")),
        ("find title with a typo", lambda: store.find_instruments("cải cách hàn chính dân chủ cơ sở")),
        ("find body", lambda: store.find_bodies("so y te nghe an")),
        ("instrument", lambda: store.instrument(mid).below),
        ("implementers", lambda: store.implementers(mid).children),
        ("implementers of the greatest hub", lambda: store.implementers(hub).children),
        ("duties own", lambda: store.duties(department)),
        ("duties up", lambda: store.duties(department, Direction.UP)),
        ("duties down", lambda: store.duties(department, Direction.DOWN)),
        ("due in a month", lambda: store.due("2023-12-01", "2023-12-31", department)),
        ("why bound", lambda: store.why_bound(office, hub)),
        ("search three words", lambda: store.search("phòng chống thiên tai")),
        ("search what is not there", lambda: store.search("ngân sách qwerty lạ thay")),
        ("neighbourhood of 500", lambda: store.neighbourhood(mid, limit=500).nodes),
        ("status", lambda: [store.status()]),
    ]
    for name, question in questions:
        _show(name, question)
    graph = _plain(store)
    _show("networkx: implementers", lambda: nx.ancestors(graph, mid))
    _show("networkx: of the greatest hub", lambda: nx.ancestors(graph, hub))


def _plain(store: Store) -> "nx.DiGraph[str]":
    """The same carrying-out relations in a plain graph of IRIs: no quotes, no claims, nothing on disk."""
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_nodes_from(r.id for r in store.instruments(InstrumentFilter(stage=None)))
    views = store.relations((RelationKind.IMPLEMENTS,))
    graph.add_edges_from((v.subject.id, v.object.id) for v in views if v.strength is not Strength.MENTION)
    return graph


def _show(name: str, question: Callable[[], Any]) -> None:
    times = []
    rows: Any = []
    gc.collect()
    for _ in range(_ROUNDS):
        started = time.perf_counter()
        rows = question()
        times.append((time.perf_counter() - started) * 1e3)
    ranked = sorted(times)
    tail = ranked[min(len(ranked) - 1, int(len(ranked) * _TAIL))]
    print(f"{name:32}{times[0]:9.1f}{statistics.median(times):9.1f}{tail:9.1f}  {len(rows)}")
