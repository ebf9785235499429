"""The doors over true documents: no link of any page is dead, no fact without its sentence."""

import re
from collections import deque
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.service import Service
from api.settings import Settings
from graph.connect import connect

ROOT = Path(__file__).parents[2]
SEEDS = ROOT.parent / "shared" / "seeds"
CORPORA = [
    pytest.param(ROOT / "examples" / "van-ban", id="examples"),
    pytest.param(SEEDS, id="seeds", marks=pytest.mark.shared),
]
MOST_PAGES = 160


@pytest.fixture(scope="module")
def client(request: pytest.FixtureRequest) -> Iterator[TestClient]:
    folder: Path = request.param
    if not folder.is_dir():
        pytest.skip(f"{folder} is absent")
    service = Service(connect("memory:"))
    with ThreadPoolExecutor(1) as executor:
        service.load([str(folder)], executor=executor)
    with TestClient(create_app(service, Settings(hosts=("testserver",)))) as made:
        yield made
    service.store.close()


@pytest.mark.parametrize("client", CORPORA, indirect=True)
def test_no_link_of_any_page_is_dead(client: TestClient) -> None:
    waiting, seen = deque(["/", "/kho", "/tim?q=chi+thi+33", "/han?tu-ngay=2021-01-01&den-ngay=2024-12-31"]), set[str]()
    while waiting and len(seen) < MOST_PAGES:
        url = waiting.popleft()
        if url in seen:
            continue
        seen.add(url)
        answer = client.get(url)
        assert answer.status_code == 200, url
        if "text/html" not in answer.headers["content-type"]:
            continue
        for href in re.findall(r'href="([^"#]+)(?:#[^"]*)?"', answer.text):
            target = unescape(href)
            assert target.startswith("/"), (url, target)
            if not target.startswith("/static/"):
                waiting.append(target)
    assert len(seen) >= 40


@pytest.mark.parametrize("client", CORPORA, indirect=True)
def test_every_anchor_that_a_page_links_to_stands_on_it(client: TestClient) -> None:
    for item in client.get("/api/v1/documents").json()["items"]:
        path = item["instrument"]["id"].partition("/instrument/")[2]
        text = client.get(f"/van-ban/{path}").text
        ids = set(re.findall(r'\bid="([^"]+)"', text))
        assert set(re.findall(r'href="#([^"]+)"', text)) <= ids


@pytest.mark.parametrize("client", CORPORA, indirect=True)
def test_every_evidence_of_the_api_is_the_text_it_points_to(client: TestClient) -> None:
    texts: dict[str, str] = {}
    documents = client.get("/api/v1/documents").json()["items"]
    for item in documents:
        path = item["instrument"]["id"].partition("/instrument/")[2]
        detail = client.get(f"/api/v1/instruments/{path}").json()["item"]
        texts[detail["sha256"]] = client.get(f"/api/v1/instruments/{path}/source").text
    checked = 0
    for url in ("/api/v1/duties?limit=200", "/api/v1/relations?limit=200", "/api/v1/search?text=dan+van"):
        for evidence in _evidence(client.get(url).json()):
            if evidence["sha256"] not in texts:
                continue
            text = texts[evidence["sha256"]]
            assert _flat(text[evidence["start"] : evidence["end"]]) == _flat(evidence["text"])
            assert text.count("\n", 0, evidence["start"]) + 1 == evidence["line"]
            checked += 1
    assert checked > 50


@pytest.mark.parametrize("client", CORPORA, indirect=True)
def test_a_question_finds_what_implements_the_directive(client: TestClient) -> None:
    answer = client.post("/api/v1/ask", json={"question": "Văn bản nào thực hiện Chỉ thị 33?"}).json()
    assert (answer["status"], answer["kind"]) == ("answered", "implementers")
    assert all(item["evidence"] for item in answer["items"])
    assert len(answer["items"]) >= 3


@pytest.fixture
def reader() -> Iterator[TestClient]:
    store = connect("memory:")
    with TestClient(create_app(Service(store), Settings(hosts=("testserver",), upload_bytes=400_000))) as made:
        yield made
    assert store.documents() == []
    store.close()


@pytest.mark.parametrize("suffix", ["txt", "md", "html", "docx", "pdf"])
def test_a_file_of_every_format_is_read_without_being_kept(reader: TestClient, suffix: str) -> None:
    file = next(iter(sorted((ROOT / "examples" / "van-ban").glob(f"*.{suffix}"))))
    answer = reader.post("/api/v1/extract", params={"file": file.name}, content=file.read_bytes())
    assert answer.status_code == 200, answer.text
    record = answer.json()
    assert record["source"]["file"] == file.name
    assert record["citations"]


def test_a_secret_document_is_refused_over_the_network_too(reader: TestClient) -> None:
    text = "ỦY BAN NHÂN DÂN TỈNH SƠN HẢI\nTỐI MẬT\nSố: 12/KH-UBND\n\nKẾ HOẠCH\nBảo vệ bí mật\n"
    answer = reader.post("/api/v1/extract?file=mat.txt", content=text.encode())
    assert (answer.status_code, answer.json()["code"]) == (422, "secret_document")


@pytest.mark.parametrize(("name", "content"), [("a.docx", b"no zip"), ("a.pdf", b"%PDF-1.7 cut"), ("a.exe", b"MZ\x00")])
def test_a_file_that_cannot_be_read_says_why_without_naming_folders_of_the_server(
    reader: TestClient, name: str, content: bytes
) -> None:
    answer = reader.post("/api/v1/extract", params={"file": name}, content=content)
    assert (answer.status_code, answer.json()["code"]) == (422, "unreadable_file")
    assert answer.json()["details"]["remedy"]
    assert "luocdo-" not in answer.text


def _evidence(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        if {"sha256", "start", "end", "line", "text"} <= set(value):
            yield value
        for inner in value.values():
            yield from _evidence(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _evidence(inner)


def _flat(text: str) -> str:
    return " ".join(text.split())
