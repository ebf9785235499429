"""Starting the server: the address told is the one that answers, and what cannot work is said before anybody asks."""

import re
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from typer.testing import CliRunner

import graph.connect
from api.cli import app
from graph.connect import connect


@pytest.fixture
def url(tmp_path: Path) -> str:
    url = f"sqlite:{tmp_path / 'kho.db'}"
    connect(url).close()
    return url


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, int]]:
    """Addresses that the server listened on."""
    found: list[tuple[str, int]] = []

    def run(_: uvicorn.Server, sockets: list[socket.socket]) -> None:
        for one in sockets:
            with socket.create_connection(one.getsockname()[:2], timeout=5):
                found.append(one.getsockname()[:2])

    monkeypatch.setattr(uvicorn.Server, "run", run)
    return found


@pytest.fixture
def taken() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as other:
        yield other.getsockname()[1]


def serve(*args: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, ["serve", *args])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.exit_code, result.stderr


def test_port_zero_takes_a_free_port_and_tells_which(url: str, heard: list[tuple[str, int]]) -> None:
    code, told = serve("--store", url, "--port", "0")
    assert code == 0
    address = re.search(r"http://127\.0\.0\.1:(\d+)/ ", told)
    assert address
    assert heard == [("127.0.0.1", int(address[1]))]
    assert heard[0][1] > 0


def test_a_port_that_is_taken_is_one_clear_line(url: str, heard: list[tuple[str, int]], taken: int) -> None:
    code, told = serve("--store", url, "--port", str(taken))
    assert code == 1
    assert told.startswith(f"luocdo: invalid_input: không mở được 127.0.0.1 cổng {taken}: cổng đang được")
    assert "--port" in told
    assert heard == []


def test_an_address_that_is_not_of_this_machine_is_one_clear_line(url: str, heard: list[tuple[str, int]]) -> None:
    code, told = serve("--store", url, "--port", "0", "--host", "192.0.2.1")
    assert code == 1
    assert "máy này không có địa chỉ đó" in told
    assert heard == []


def test_a_server_that_takes_answers_starts_only_where_they_can_be_kept(
    url: str, heard: list[tuple[str, int]], monkeypatch: pytest.MonkeyPatch
) -> None:
    true = graph.connect.connect

    def closed(given: str, *, read_only: bool = False) -> Any:
        return true(given, read_only=True)

    monkeypatch.setattr(graph.connect, "connect", closed)
    code, told = serve("--store", url, "--port", "0", "--review")
    assert code == 1
    assert "store_unavailable" in told
    assert heard == []
    assert serve("--store", url, "--port", "0")[0] == 0


def test_looking_whether_answers_can_be_kept_changes_nothing(url: str, heard: list[tuple[str, int]]) -> None:
    with_before = connect(url)
    before = with_before.revision()
    with_before.close()
    assert serve("--store", url, "--port", "0", "--review")[0] == 0
    after = connect(url)
    assert (after.revision(), after.judgements()) == (before, [])
    after.close()


def test_ctrl_c_is_the_way_to_end_the_server(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def run(_: uvicorn.Server, __: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(uvicorn.Server, "run", run)
    code, told = serve("--store", url, "--port", "0")
    assert code == 0
    assert "đã dừng" not in told
