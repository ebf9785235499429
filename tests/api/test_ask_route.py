from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.routes import ask
from ontology.record import Header, Record, Source
from tests.api.conftest import FakeService

URL = "/api/v1/ask"


def test_an_answer_has_the_form_that_other_systems_rely_on(client: TestClient) -> None:
    answer = client.post(URL, json={"question": "Văn bản nào thực hiện Chỉ thị 33?"}).json()
    assert set(answer) >= {"question", "status", "kind", "parameters", "text", "items", "choices", "corpus"}
    assert set(answer["items"][0]) >= {"text", "id", "derived", "evidence"}
    assert set(answer["items"][0]["evidence"][0]) >= {"file", "start", "end", "line", "text"}


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({}, 422, "invalid_input"),
        ({"question": ""}, 422, "invalid_input"),
        ({"question": "   "}, 422, "invalid_input"),
        ({"question": 33}, 422, "invalid_input"),
        ({"question": "x" * 101}, 413, "limit_exceeded"),
    ],
)
def test_a_bad_question_is_refused_in_the_one_shape(client: TestClient, body: object, status: int, code: str) -> None:
    answer = client.post(URL, json=body)
    assert (answer.status_code, answer.json()["code"]) == (status, code)


@pytest.fixture
def read_paths(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Path, bytes]]:
    seen: list[tuple[Path, bytes]] = []

    def extract(self: FakeService, path: Path) -> Record:
        seen.append((path, path.read_bytes()))
        return Record(source=Source(file=path.name, sha256="00" * 32), instrument=Header())

    monkeypatch.setattr(FakeService, "extract", extract)
    return seen


def test_an_upload_is_read_and_nothing_of_it_stays(client: TestClient, read_paths: list[tuple[Path, bytes]]) -> None:
    answer = client.post("/api/v1/extract?file=ke-hoach.txt", content="Số: 1/KH-SNV".encode())
    assert answer.json()["source"]["file"] == "ke-hoach.txt"
    ((path, content),) = read_paths
    assert content.decode() == "Số: 1/KH-SNV"
    assert not path.exists()
    assert not path.parent.exists()


@pytest.mark.parametrize("name", ["../../etc/passwd", "..\\..\\boot.ini", "/root/a.txt"])
def test_a_file_name_cannot_leave_its_folder(
    client: TestClient, read_paths: list[tuple[Path, bytes]], name: str
) -> None:
    client.post("/api/v1/extract", params={"file": name}, content=b"x")
    ((path, _),) = read_paths
    assert path.name in {"passwd", "boot.ini", "a.txt"}
    assert path.parent.name.startswith("luocdo-")


@pytest.mark.parametrize("name", ["", "..", "a\nb.txt", "a\x00.txt", "x" * 121])
def test_an_unusable_file_name_is_refused(client: TestClient, name: str) -> None:
    answer = client.post("/api/v1/extract", params={"file": name}, content=b"x")
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid_input")


def test_an_upload_beyond_the_limit_is_refused_by_its_announced_size(client: TestClient) -> None:
    answer = client.post("/api/v1/extract?file=a.txt", content=b"x" * 2001)
    assert (answer.status_code, answer.json()["code"]) == (413, "limit_exceeded")


def test_an_upload_beyond_the_limit_is_refused_while_it_comes(client: TestClient) -> None:
    answer = client.post("/api/v1/extract?file=a.txt", content=(b"x" * 500 for _ in range(9)))
    assert (answer.status_code, answer.json()["code"]) == (413, "limit_exceeded")


def test_an_empty_upload_is_refused(client: TestClient) -> None:
    assert client.post("/api/v1/extract?file=a.txt").json()["details"]["reason"] == "empty"


def test_the_name_rule_is_that_of_the_last_part() -> None:
    assert ask._safe_name("C:\\Công văn\\kế hoạch 15.docx") == "kế hoạch 15.docx"
