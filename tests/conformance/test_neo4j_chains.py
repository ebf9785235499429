"""What a page of a chain asks of a Neo4j server: what it shows, however large the tree is."""

from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest
from factories import KH30, batch, cite, many
from neo4j_server import ALONE, Server

from graph.backends.neo4j_base import Connection, Row
from graph.connect import connect
from graph.results import ChainNode
from graph.store import Batch

pytestmark = ALONE


def plans(count: int) -> Iterator[Batch]:
    """So many plans that carry out one directive, and a letter that carries out each of them."""
    yield from many(count)
    for n in range(count):
        quote = f"Kế hoạch số {n}/KH-UBND ngày 17/02/2023"
        plan = {**KH30, "number": str(n)}
        header = {"type": "cong_van", "number": str(n), "symbol": "UBND-VP", "date": "2023-03-01"}
        cited = [cite(quote, relation="implements", **plan)]
        yield batch(f"/letters/{n:04}.txt", f"Công văn {n}\n\nThực hiện {quote}.\n", citations=cited, **header)


def asked(server: Server, count: int, limit: int, monkeypatch: pytest.MonkeyPatch) -> tuple[ChainNode, list[int]]:
    """The first nodes of the directive's chain, and how many rows came of each statement that was sent for them."""
    with closing(connect(server.wipe())) as writer:
        writer.write_many(plans(count))
        [hub] = [c.id for c in writer.find_instruments("33/CT-TTg") if c.exact]
    given: list[int] = []
    plain = Connection.rows

    def counted(self: Connection, text: Any, **values: Any) -> list[Row]:
        rows = plain(self, text, **values)
        given.append(len(rows))
        return rows

    with closing(connect(server.url)) as reader, monkeypatch.context() as patched:
        patched.setattr(Connection, "rows", counted)
        return reader.implementers(hub, limit=limit), given


def test_a_page_of_a_hub_is_found_without_the_rest_of_its_tree(
    neo4j_server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    few, small = asked(neo4j_server, 10, 4, monkeypatch)
    many_, large = asked(neo4j_server, 40, 4, monkeypatch)
    assert [len(c.children) for c in (few, many_)] == [4, 4]
    assert [c.more for c in (few, many_)] == [6, 36]
    assert large == small
    assert sum(large) < 30  # four nodes with what joins them, not eighty


def test_a_level_of_a_tree_is_asked_for_at_once(neo4j_server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    page, given = asked(neo4j_server, 20, 30, monkeypatch)
    assert [len(c.children) for c in page.children] == [1] * 10 + [0] * 10
    assert [c.more for c in page.children] == [0] * 10 + [1] * 10
    assert len(given) < 12  # not one for each of twenty plans
