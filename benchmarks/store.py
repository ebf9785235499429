"""The stores on made-up documents: load rate, memory, size, and time of each question, beside other tools."""

import json
import platform
import subprocess
import sys
import tempfile
import time
import zlib
from pathlib import Path

from msgspec.structs import replace

from benchmarks import peers
from benchmarks.questions import ask_all, departments_of, flat, hub_of, questions_of
from benchmarks.synthetic import DUTIES, documents
from benchmarks.timing import show, timed
from graph.connect import connect
from graph.store import Store

SIZE = 5000
_MEMORY = 300  # documents of the memory store, which builds everything anew after a write
_SAMPLE = 500
_PEERS = 200_000  # documents up to which other tools are measured, too
_WHOLE = 20_000  # documents up to which the whole tree of a hub is timed, too


def main(flags: list[str]) -> None:
    """Print the figures; ``--size N`` sets the number of documents, ``--folder F`` where the store is made and kept."""
    size = int(_flag(flags, "--size") or SIZE)
    kept = _flag(flags, "--folder")
    print(f"python -m benchmarks store --size {size}; {platform.processor() or platform.machine()}")
    with tempfile.TemporaryDirectory(dir=kept) as folder:
        path = Path(folder) / "store.db"
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
            peers.main(size, *(found[name].cpu50 for name in names))
        else:
            print(f"others: not measured beyond {_PEERS} documents, which they hold in memory")
    _ask_memory()


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
        header = replace(batch.record.instrument, title=f"điều chỉnh lần {n}")
        changed = replace(batch, record=replace(batch.record, instrument=header))
        started = time.perf_counter()
        store.write(changed)
        times.append((time.perf_counter() - started) * 1e3)
    print(f"replacing one document: first {times[0]:.0f} ms, median {sorted(times)[len(times) // 2]:.0f} ms")


def _ask_memory() -> None:
    store = connect("memory:")
    store.write_many(documents(_MEMORY))
    store.corpus()
    print(f"\nmemory:, {_MEMORY} documents")
    for name, questions in questions_of(store):
        if name.startswith(("implementers", "duties own of a dep", "due by", "search three")):
            show(name, timed(questions))
