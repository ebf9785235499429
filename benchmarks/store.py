"""The stores on made-up documents: load rate, memory, size, and time of each question, beside other tools."""

import json
import platform
import subprocess
import sys
import tempfile
import time
import zlib
from contextlib import nullcontext
from pathlib import Path

from msgspec.structs import replace

from benchmarks import neo4j_store, peers
from benchmarks.neo4j_server import running
from benchmarks.questions import ask_all, departments_of, flat, hub_of, questions_of
from benchmarks.synthetic import DUTIES, documents
from benchmarks.timing import Times, show, timed
from graph.connect import connect
from graph.store import Store

SIZE = 5000
_MEMORY = 300  # documents of the memory store, which builds everything anew after a write
_SAMPLE = 500
_PEERS = 200_000  # documents up to which other tools are measured, too
_WHOLE = 20_000  # documents up to which the whole tree of a hub is timed, too


def main(flags: list[str]) -> None:
    """Print the figures.

    ``--size N``: documents, ``--neo4j N``: of them on a server, ``--folder F``: where the store is made and kept; a
    store that is there is asked as it is, so that a load of an hour serves more than one look.
    """
    size = int(_flag(flags, "--size") or SIZE)
    folder = _flag(flags, "--folder")
    print(f"python -m benchmarks store --size {size}; {platform.processor() or platform.machine()}")
    with nullcontext(folder) if folder else tempfile.TemporaryDirectory() as place:
        path = Path(place) / "store.db"
        if not path.exists():
            _load(path, size)
        started = time.perf_counter()
        store = connect(f"sqlite:{path}")
        told = store.corpus().documents
        print(f"opened in {(time.perf_counter() - started) * 1e3:.1f} ms ({told} documents)\n")
        found = ask_all(store)
        if size <= _WHOLE:
            _ask_whole(store)
        _replace(store, size)
        store.close()
        names = ("implementers of a hub, first 50", "duties own of a department, first 50", "due by unit, a month")
        if size <= _PEERS:
            _others(size, (found[names[0]], found[names[1]], found[names[2]]), int(_flag(flags, "--neo4j") or 0))
        else:
            print(f"others: not measured beyond {_PEERS} documents, which they hold in memory")
    _ask_memory()


def _others(size: int, ours: tuple[Times, Times, Times], served: int) -> None:
    """Measure other tools on the same documents, and the store on a Neo4j server on so many of them."""
    started = time.perf_counter()
    given = peers.facts(size)
    print(f"\nothers, of the same corpus ({time.perf_counter() - started:.0f} s to read it); ratio to our page or list")
    peers.main(given, ours)
    with running() as server:
        if server is None:
            print("neo4j: not measured, no server is installed here (make neo4j) and NEO4J_URI is not set")
        elif not neo4j_store.is_empty(server):
            print("neo4j: not measured, the server of NEO4J_URI holds data; give it an empty database")
        else:
            if size <= neo4j_store.PLAIN:
                neo4j_store.plain(server, given, peers.hub_of(given), ours)
            neo4j_store.main(server, served or min(size, neo4j_store.SIZE))


def _flag(flags: list[str], name: str) -> str | None:
    for n, flag in enumerate(flags):
        if flag.startswith(name):
            return flag.partition("=")[2] or flags[n + 1]
    return None


def _load(path: Path, size: int) -> None:
    command = [sys.executable, "-m", "benchmarks.loading", f"sqlite:{path}", str(size)]
    told = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    print(f"{size} documents, {size * DUTIES} duties, {told['letters'] / size / 1e3:.2f} kB of text each")
    print(
        f"load: {size / told['wall']:.0f} documents/s ({told['cpu'] / size * 1e3:.2f} ms CPU each,"
        f" beside {told['making'] / size * 1e3:.2f} ms to make one); peak memory {told['peak'] / 2**20:.0f} MiB"
    )
    print(f"last tenth against second, CPU: {told['last_to_second']:.2f} (1.00 is level)")
    texts = [b.text.encode() for b in documents(_SAMPLE)]
    packed = sum(len(zlib.compress(t, 6)) for t in texts) / _SAMPLE
    each = sum(p.stat().st_size for p in path.parent.iterdir()) / size
    plain = told["letters"] / size
    print(
        f"on disk: {each * size / 1e6:.0f} MB, {each / 1e3:.2f} kB a document: {(each - plain) / 1e3:.2f} kB beyond its"
        f" text, or {(each - packed) / 1e3:.2f} kB beyond its text compressed ({packed / 1e3:.2f} kB)"
    )


def _ask_whole(store: Store) -> None:
    hub, department = hub_of(store), departments_of(store)[0]
    show("all implementers of a hub, the whole tree", timed([lambda: flat(store.implementers(hub))]))
    show("all duties of a department", timed([lambda: store.duties(department)]))


def _replace(store: Store, size: int) -> None:
    """Write documents of the corpus anew with another title, one by one."""
    times = []
    for n, batch in enumerate(documents(min(size, 8))):
        header = replace(batch.record.instrument, title=f"điều chỉnh lần {n} {time.time_ns()}")
        changed = replace(batch, record=replace(batch.record, instrument=header))
        started = time.perf_counter()
        store.write(changed)
        times.append((time.perf_counter() - started) * 1e3)
    print(f"replacing one document: first {times[0]:.0f} ms, median {sorted(times)[len(times) // 2]:.0f} ms")
    started = time.perf_counter()
    store.corpus()
    between = time.perf_counter()
    store.status()
    print(
        f"after that write: what every answer tells of the corpus {(between - started) * 1e3:.1f} ms,"
        f" the page that counts everything {(time.perf_counter() - between) * 1e3:.0f} ms"
    )


def _ask_memory() -> None:
    store = connect("memory:")
    store.write_many(documents(_MEMORY))
    store.corpus()
    print(f"\nmemory:, {_MEMORY} documents")
    for name, questions in questions_of(store):
        if name.startswith(("implementers", "duties own of a dep", "due by", "search three")):
            show(name, timed(questions))
