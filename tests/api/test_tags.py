"""What an asker has already is answered without being worked out, and only then."""

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.service import Service
from api.settings import Settings
from graph.connect import connect
from graph.store import Batch, Store
from ontology.record import Header, Record, Source

URLS = ("/api/v1/instruments", "/kho", "/api/v1/status")


def _batch(n: int) -> Batch:
    source = Source(file=f"{n}.txt", sha256=f"{n:064x}", length=4)
    return Batch(
        path=f"/{n}", text="Một.", record=Record(source=source, instrument=Header(type="ke_hoach", number=str(n)))
    )


@pytest.fixture
def store() -> Store:
    store = connect("memory:")
    store.write(_batch(1))
    return store


@pytest.fixture
def client(store: Store) -> Iterator[TestClient]:
    with TestClient(create_app(Service(store), Settings(hosts=("testserver",)))) as made:
        yield made


@pytest.mark.parametrize("url", URLS)
def test_a_known_answer_is_not_worked_out_again(
    client: TestClient, store: Store, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = client.get(url)
    assert first.status_code == 200
    for name in ("corpus", "instruments", "documents", "status"):
        monkeypatch.setattr(store, name, None)  # whoever asks the store now, fails
    again = client.get(url, headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    for name in ("etag", "cache-control", "content-security-policy"):
        assert again.headers[name] == first.headers[name]


@pytest.mark.parametrize("url", URLS)
def test_after_a_load_the_answer_is_worked_out_anew_and_after_its_undoing_known_again(
    client: TestClient, store: Store, url: str
) -> None:
    tag = client.get(url).headers["etag"]
    store.write(_batch(2))
    changed = client.get(url, headers={"If-None-Match": tag})
    assert changed.status_code == 200
    assert changed.headers["etag"] != tag
    store.remove("/2")
    assert client.get(url, headers={"If-None-Match": tag}).status_code == 304


def test_a_tag_of_one_address_says_nothing_of_another(client: TestClient) -> None:
    tag = client.get(URLS[0]).headers["etag"]
    assert client.get(URLS[1], headers={"If-None-Match": tag}).status_code == 200
