"""Loading into Neo4j: documents made ready while the server works, by indexes, whole or not at all."""

import hashlib
import re
from collections.abc import Iterator

import msgspec
import pytest
from factories import batch, corpus
from neo4j_server import ALONE, Server

from graph.backends import neo4j as neo4j_backend
from graph.backends import neo4j_packing, neo4j_prepared, neo4j_schema
from graph.backends.neo4j_base import statements
from graph.backends.neo4j_packing import DUTY, pack
from graph.backends.neo4j_prepared import grouped
from graph.connect import connect
from graph.facts import facts_of
from graph.store import Batch, Store

_SLOW = ("AllNodesScan", "NodeByLabelScan", "RelationshipTypeScan", "AllRelationshipsScan", "IndexScan")


@ALONE
def test_every_writing_statement_goes_by_indexes_even_in_an_empty_store(neo4j_server: Server) -> None:
    connect(neo4j_server.wipe()).close()
    told = {f"{f}.{n}": t for f in ("writing", "settling") for n, t in statements(f).items()}
    slow = []
    with neo4j_server.session() as session:
        session.run("CALL db.clearQueryCaches()").consume()
        for name, text in told.items():
            nothing: dict[str, list[str]] = {value: [] for value in re.findall(r"\$(\w+)", text)}
            plan = session.run(f"EXPLAIN {text}", nothing).consume().plan
            slow += [(name, step) for step in _steps(plan) if any(s in step for s in _SLOW)]
    assert slow == []


def _steps(plan: object) -> Iterator[str]:
    assert isinstance(plan, dict)
    yield plan["operatorType"]
    for child in plan.get("children", ()):
        yield from _steps(child)


@ALONE
def test_documents_written_in_small_groups_answer_like_one_group(
    neo4j_server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = connect(neo4j_server.wipe())
    store.write_many(iter(corpus()))
    together = told_by(store)
    store.close()
    monkeypatch.setattr(neo4j_backend, "MANY", 1)
    store = connect(neo4j_server.wipe())
    assert store.write_many(iter([*corpus(), *corpus()])) == len(corpus())
    assert told_by(store) == together
    store.close()


def told_by(store: Store) -> list[object]:
    return [store.revision(), store.instruments(), store.relations(), store.obligations(), store.conflicts()]


@ALONE
def test_a_document_without_facts_stops_a_load_after_those_before_it(
    neo4j_server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = corpus()

    def broken(one: Batch) -> object:
        if one.path == given[2].path:
            raise RuntimeError("giữa chừng")
        return facts_of(one)

    monkeypatch.setattr(neo4j_prepared, "facts_of", broken)
    monkeypatch.setattr(neo4j_backend, "MANY", 2)
    store = connect(neo4j_server.wipe())
    with pytest.raises(RuntimeError, match="giữa chừng"):
        store.write_many(iter(given))
    assert set(store.digests()) == {b.path for b in given[:2]}
    store.close()


def test_a_group_ends_with_its_number_of_documents_or_of_letters() -> None:
    given = [batch(f"/{n}", "một hai ba bốn " * length) for n, length in enumerate((1, 1, 1, 40, 1))]
    assert [[d.path for d in group] for group in grouped(given, 2, 10_000)] == [["/0", "/1"], ["/2", "/3"], ["/4"]]
    assert [len(group) for group in grouped(given, 10, 100)] == [4, 1]


def test_an_iterator_that_fails_gives_the_documents_before_it_first() -> None:
    def failing() -> Iterator[Batch]:
        yield batch("/0", "một")
        raise OSError("mất đĩa")

    groups = grouped(failing(), 10, 10_000)
    assert [d.path for d in next(groups)] == ["/0"]
    with pytest.raises(OSError, match="mất đĩa"):
        next(groups)


def test_records_of_version_one_are_read_and_new_ones_are_smaller() -> None:
    [duty, *_] = [d for one in corpus() for d in facts_of(one).duties]
    plain = msgspec.msgpack.encode(duty)
    assert DUTY.decode(plain) == DUTY.decode(pack(duty)) == duty
    assert len(pack(duty)) < len(plain) / 2


@ALONE
def test_a_store_of_version_one_is_brought_forward_by_the_first_that_writes(neo4j_server: Server) -> None:
    url = neo4j_server.wipe()
    connect(url).close()
    with neo4j_server.session() as session:
        session.run("MATCH (s:Store) SET s.version = 1").consume()
        store = connect(url)
        store.write_many(iter(corpus()))
        store.close()
        assert session.run("MATCH (s:Store) RETURN s.version").value() == [neo4j_schema.VERSION]


def test_what_packed_records_share_never_changes() -> None:
    shared = hashlib.sha256(neo4j_packing._SHARED).hexdigest()
    assert shared == "2e5dc2ba8657db9d13f3247fd9dc4c7eaa75b15dd0cdadb85ef3d2208ba10e4c"
