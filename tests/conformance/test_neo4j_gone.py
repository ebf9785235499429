"""A Neo4j server that stops: whole documents, a clear page for each request, and all as before when it is back."""

import threading
import time
from collections.abc import Iterator

import pytest
from factories import many
from fastapi.testclient import TestClient
from neo4j_server import ALONE, Server

from api.app import create_app
from api.service import Service
from api.settings import Settings
from graph.backends import neo4j as backend
from graph.backends import neo4j_base, neo4j_known
from graph.connect import connect
from graph.store import Batch, Store
from ontology.errors import StoreError, StoreUnavailableError

pytestmark = ALONE
PAGES = ("/", "/kho", "/han", "/tim?q=ke+hoach", "/hoi?q=bao+cao", "/api/v1/documents", "/healthz")


def while_it_is_gone(clerk: TestClient) -> None:
    for place in PAGES:
        told = clerk.get(place)
        assert told.status_code == 503, place
        if told.headers["content-type"].startswith("text/html"):
            assert "<h1" in told.text
            assert "kho" in told.text.lower()
        else:
            assert told.json()["code"] == "store_unavailable"
        assert "127.0.0.1" not in told.text  # where the server is concerns nobody who asks


def test_a_server_that_stops_in_a_load_and_in_questions_leaves_whole_documents_and_clear_pages(
    neo4j_own: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backend, "MANY", 5)
    monkeypatch.setattr(neo4j_base, "RETRY", 1.0)
    monkeypatch.setattr(neo4j_base, "CONNECT", 2.0)
    monkeypatch.setattr(neo4j_known, "SETTLED", 1e9)
    writer, reader = connect(neo4j_own.url), connect(neo4j_own.url, read_only=True)
    told: list[StoreError] = []

    def asking() -> None:
        try:
            while True:
                reader.obligations()
        except StoreError as error:
            told.append(error)

    questions = threading.Thread(target=asking)
    questions.start()
    given = list(many(60))

    def feeding() -> Iterator[Batch]:
        for n, one in enumerate(given):
            if n == 30:
                killing = threading.Timer(0.05, neo4j_own.kill)  # in the middle of what is written next
                killing.start()
            if n == 40:
                time.sleep(0.5)
            yield one

    with pytest.raises(StoreUnavailableError, match="hãy kiểm tra máy chủ Neo4j"):
        writer.write_many(feeding())
    questions.join(60)
    assert [type(error) for error in told] == [StoreUnavailableError]
    writer.close()
    monkeypatch.setattr(neo4j_base, "PAUSE", 0.0)
    pages = create_app(Service(reader), Settings())
    with TestClient(pages, base_url="http://127.0.0.1", raise_server_exceptions=False) as clerk:
        while_it_is_gone(clerk)
        neo4j_own.start()
        assert {place: clerk.get(place).status_code for place in PAGES} == dict.fromkeys(PAGES, 200)
    reader.close()
    store = connect(neo4j_own.url)
    kept = list(store.batches())
    assert kept == given[: len(kept)]
    assert len(kept) % 5 == 0
    fresh = connect("memory:")
    fresh.write_many(iter(kept))
    assert lists(store) == lists(fresh)
    assert store.write_many(iter(given)) == 60 - len(kept)
    fresh.write_many(iter(given))
    assert store.status().revision == fresh.status().revision
    assert lists(store) == lists(fresh)
    store.close()


def lists(store: Store) -> list[object]:
    return [store.documents(), store.instruments(), store.relations(), store.obligations()]
