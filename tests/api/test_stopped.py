"""What is stopped or refused by the machine is said in Vietnamese, and leaves nothing half made."""

import errno
import os
from pathlib import Path
from typing import Any

import pytest
import typer
from fastapi.testclient import TestClient
from typer.testing import CliRunner

from api import review
from api.cli import app
from api.service import Service
from graph.connect import connect
from ontology.errors import StoreUnavailableError
from ontology.system import said


def run(*args: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, list(args))
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.exit_code, result.stderr


@pytest.fixture
def url(tmp_path: Path) -> str:
    url = f"sqlite:{tmp_path / 'kho.db'}"
    connect(url).close()
    return url


@pytest.mark.parametrize("error", [KeyboardInterrupt, typer.Abort])
def test_ctrl_c_ends_a_command_with_one_vietnamese_line(
    url: str, error: type[BaseException], monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(*_: Any) -> None:
        raise error

    monkeypatch.setattr(Service, "ask", stopped)
    code, told = run("ask", "Ai ký?", "--store", url)
    assert code == 130
    assert told.split("\n") == ["", "luocdo: đã dừng theo yêu cầu; những gì đã ghi vẫn còn nguyên", ""]


@pytest.mark.parametrize("command", [("import",), ("review", "import")])
def test_a_file_that_is_refused_makes_no_store(command: tuple[str, ...], tmp_path: Path) -> None:
    bad = tmp_path / "hỏng.ttl"
    bad.write_text("<a", "utf-8")
    store = tmp_path / "mới.db"
    for file in (bad, tmp_path / "không có.ttl"):
        code, told = run(*command, str(file), "--store", f"sqlite:{store}")
        assert code == 1
        assert told.startswith("luocdo: invalid_input: ")
    assert [p.name for p in tmp_path.iterdir()] == [bad.name]


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (lambda p: p / "không có" / "x.jsonl", "không có tệp hoặc thư mục này"),
        (lambda p: p, "đó là một thư mục"),
    ],
)
def test_the_machine_s_refusals_are_said_in_vietnamese(make: Any, told: str, url: str, tmp_path: Path) -> None:
    code, line = run("review", "export", "-o", str(make(tmp_path)), "--store", url)
    assert code == 1
    assert told in line
    assert os.strerror(errno.ENOENT) not in line


def test_an_error_of_the_machine_that_has_no_words_has_its_number() -> None:
    assert said(OSError(errno.EXDEV, "Invalid cross-device link")) == f"lỗi hệ thống {errno.EXDEV}"
    assert said(OSError("no number")) == "lỗi hệ thống"


def test_whether_answers_can_be_kept_is_known_before_anybody_is_asked(url: str) -> None:
    store = connect(url, read_only=True)
    with pytest.raises(StoreUnavailableError, match="chỉ để đọc"):
        review.check_writable(store)
    store.close()


def test_a_body_that_is_no_json_is_told_so_with_the_place(client: TestClient) -> None:
    answer = client.post("/api/v1/ask", content=b'{"question": }', headers={"content-type": "application/json"})
    assert answer.status_code == 422
    assert answer.json()["message"] == "Thân yêu cầu không phải là JSON: sai từ ký tự thứ 14"


def test_a_damaged_store_leads_to_its_backup(tmp_path: Path) -> None:
    file = tmp_path / "kho.db"
    connect(f"sqlite:{file}").close()
    whole = bytearray(file.read_bytes())
    whole[100:400] = b"\xff" * 300
    file.write_bytes(bytes(whole))
    code, told = run("status", "--store", f"sqlite:{file}")
    assert code == 1
    assert "bản sao lưu" in told
    assert "luocdo copy" in told
