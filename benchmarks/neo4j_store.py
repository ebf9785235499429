"""The Neo4j store beside the sqlite store of the same documents, and plain Cypher over identifiers only."""

import tempfile
from collections.abc import Callable, Sized
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path
from typing import LiteralString

import neo4j

from benchmarks.loading import Watched, load
from benchmarks.neo4j_server import Server
from benchmarks.peers import FROM, TO, UNIT, Facts
from benchmarks.questions import ask_all
from benchmarks.synthetic import documents
from benchmarks.timing import Times, show, timed
from graph.connect import connect

SIZE = 2000  # documents: the load takes about a minute on two busy cores, most of it in a server that just started
PLAIN = 20_000  # documents of the plain graph at most
_ROWS = 10_000  # of one transaction
_HUB: LiteralString = "MATCH (x:I)-[:IMPLEMENTS*]->(:I {n: $n}) RETURN DISTINCT x.n"
_OWN: LiteralString = "MATCH (:B {name: $unit})<-[:BEARER]-(d:D) RETURN d.n"
_DUE: LiteralString = "MATCH (:B {name: $unit})<-[:BEARER]-(d:D) WHERE d.day >= $from AND d.day <= $to RETURN d.n"


def is_empty(server: Server) -> bool:
    """Whether a server may be filled and wiped: that of NEO4J_URI may hold what somebody wants."""
    with server.session() as session:
        return not session.run("MATCH (n) RETURN count(n)").single(strict=True)[0]


def plain(server: Server, given: Facts, hub: int, ours: tuple[Times, Times, Times]) -> None:
    """Time plain Cypher; the server works in a process of its own, so its ratios are of times by the clock."""
    with server.session() as session:
        _fill(session, given)

        def ask(text: LiteralString, **values: object) -> Callable[[], Sized]:
            return lambda: session.run(text, values).value()

        month = {"unit": UNIT, "from": FROM, "to": TO}
        for name, question, mine in (
            ("all implementers of a hub", ask(_HUB, n=hub), ours[0]),
            ("all duties of a body", ask(_OWN, unit=UNIT), ours[1]),
            ("due by body, a month", ask(_DUE, **month), ours[2]),
        ):
            show(f"neo4j, plain Cypher: {name}", timed([question]), mine.p50, clock=True)
        for made in ("i", "b"):
            session.run(f"DROP INDEX bench_{made}").consume()
    server.empty()


def _fill(session: neo4j.Session, given: Facts) -> None:
    bodies = sorted({body for body, _, _ in given.duties})
    for text in ("i FOR (i:I) ON (i.n)", "b FOR (b:B) ON (b.name)"):
        session.run(f"CREATE INDEX bench_{text}").consume()
    session.run("CALL db.awaitIndexes()").consume()
    told: tuple[tuple[LiteralString, list[object]], ...] = (
        ("UNWIND $rows AS n CREATE (:I {n: n})", list(range(len(given.names)))),
        ("UNWIND $rows AS name CREATE (:B {name: name})", list(bodies)),
        ("UNWIND $rows AS r MATCH (a:I {n: r[0]}) MATCH (b:I {n: r[1]}) CREATE (a)-[:IMPLEMENTS]->(b)", [*given.edges]),
        (
            "UNWIND $rows AS r MATCH (b:B {name: r[1]}) CREATE (:D {n: r[0], day: r[2]})-[:BEARER]->(b)",
            [(n, body, day) for n, (body, _, day) in enumerate(given.duties)],
        ),
    )
    for text, rows in told:
        for at in range(0, len(rows), _ROWS):
            session.run(text, rows=rows[at : at + _ROWS]).consume()


def main(server: Server, size: int) -> None:
    """Load, and ask all questions of both stores; ratios are of times by the clock."""
    print(f"\nneo4j store, {size} documents, beside sqlite with the same; times and ratios by the clock")
    with tempfile.TemporaryDirectory() as folder:
        ours = _measured(f"sqlite:{Path(folder) / 'store.db'}", size, None)
    theirs = _measured(server.url, size, server)
    print(f"{'milliseconds':50}{'sqlite p50':>11}{'neo4j cold':>11}{'p50':>9}{'p99':>9}{'rows':>9}{'ratio':>10}")
    for name, times in theirs.items():
        mine = ours[name].p50
        clock = f"{mine:11.2f}{times.cold:11.1f}{times.p50:9.2f}{times.p99:9.1f}"
        print(f"{name:50}{clock}{times.rows:9}{times.p50 / mine:9.1f}x")
    _tell_disk(server, size)
    if server.home is None:
        server.empty()


def _measured(url: str, size: int, server: Server | None) -> dict[str, Times]:
    before = server.spent() if server else 0.0
    told = load(url, Watched(size, list(documents(size))))
    kind = "neo4j" if server else "sqlite"
    line = f"{kind}: {size / told['wall']:.0f} documents/s, {told['cpu'] / size * 1e3:.1f} ms CPU each"
    if server:
        line += f" and {(server.spent() - before) / size * 1e3:.1f} ms in the server"
    print(line)
    store = connect(url)
    try:
        with redirect_stdout(StringIO()):
            return ask_all(store)
    finally:
        store.close()


def _tell_disk(server: Server, size: int) -> None:
    """Stop a server of ours, which then writes all that it holds in memory, and tell the size of its database."""
    if server.home is None:
        return
    server.stop()
    kept, log = (
        sum(f.stat().st_size for f in (server.home / "data" / part).rglob("*") if f.is_file()) / 1e6
        for part in ("databases/neo4j", "transactions/neo4j")
    )
    print(f"neo4j on disk: {kept:.0f} MB, {kept / size * 1e3:.1f} kB a document, and {log:.0f} MB of its own log")
