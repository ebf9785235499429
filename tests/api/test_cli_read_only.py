"""Commands that only ask open the store only to ask; the server has no way to write."""

from pathlib import Path
from typing import Any

import pytest
import uvicorn
from typer.testing import CliRunner

import graph.connect
from api.cli import app
from graph.connect import connect
from graph.store import Batch
from ontology.errors import StoreError
from ontology.record import Header, Record, Source

ONE = Batch(path="/a", text="Một.", record=Record(source=Source(file="a", sha256="a" * 64), instrument=Header()))


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    found: list[bool] = []
    true = graph.connect.connect

    def told(url: str, *, read_only: bool = False) -> Any:
        found.append(read_only)
        return true(url, read_only=read_only)

    monkeypatch.setattr(graph.connect, "connect", told)
    return found


@pytest.fixture
def url(tmp_path: Path) -> str:
    url = f"sqlite:{tmp_path / 'kho.db'}"
    store = connect(url)
    store.write(ONE)
    store.close()
    return url


@pytest.mark.parametrize("there", [True, False])
def test_the_server_cannot_write_to_its_store(
    url: str, there: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    served: list[Any] = []

    def run(server: uvicorn.Server, _: object) -> None:
        application: Any = server.config.app
        store = application.state.service.store
        with pytest.raises(StoreError, match="chỉ để đọc"):
            store.write(ONE)
        served.append(len(store.documents()))

    monkeypatch.setattr(uvicorn.Server, "run", run)
    place = url if there else f"sqlite:{tmp_path / 'mới.db'}"
    assert CliRunner().invoke(app, ["serve", "--port", "0", "--store", place]).exit_code == 0
    assert served == [1 if there else 0]


@pytest.mark.parametrize(
    "asked", [("status",), ("find", "kế hoạch"), ("ask", "Có văn bản nào?"), ("export",), ("text", "a")]
)
def test_asking_commands_open_the_store_only_to_ask(url: str, opened: list[bool], asked: tuple[str, ...]) -> None:
    CliRunner().invoke(app, [*asked, "--store", url])
    assert opened == [True]


def test_removing_writes(url: str, opened: list[bool]) -> None:
    assert CliRunner().invoke(app, ["remove", "/a", "--store", url]).exit_code == 0
    assert opened == [False]
