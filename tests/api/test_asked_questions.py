"""Questions that lawyers and clerks ask of the five seed documents, answered as the documents themselves tell."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
import yaml
from neo4j_server import ALONE, Server

from api.service import Service
from graph.connect import connect
from ontology.errors import InvalidInputError
from ontology.vietnamese import fold

SEEDS = Path(__file__).resolve().parents[3] / "shared" / "seeds"
ROWS = yaml.safe_load((Path(__file__).parent / "data" / "asked_questions.yaml").read_text("utf-8"))

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not SEEDS.is_dir(), reason="../shared/seeds is not there"),
]


@pytest.fixture(scope="module", params=["memory:", "sqlite:"])
def service(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    url = request.param
    if url == "sqlite:":
        url += str(tmp_path_factory.mktemp("asked") / "seeds.db")
    store = connect(url)
    service = Service(store)
    assert service.load([SEEDS]).documents == 5
    yield service
    store.close()


def ask(service: Service, question: str) -> dict[str, Any]:
    answer: dict[str, Any] = json.loads(msgspec.json.encode(service.ask(question)))
    return answer


def places(answer: dict[str, Any]) -> set[str]:
    return {f"S{int(e['file'][:3])}:{e['line']}" for i in answer["items"] for e in i["evidence"]}


def said(answer: dict[str, Any]) -> str:
    texts = [answer["text"], *(i["text"] for i in answer["items"]), *(c["text"] for c in answer["choices"])]
    return fold(" ".join(texts))


def as_list(value: str | list[str]) -> list[str]:
    return value if isinstance(value, list) else [value]


@pytest.mark.parametrize("row", ROWS, ids=[f"{r['group']}: {r['q'][:80]}" for r in ROWS])
def test_a_question_is_answered_as_the_documents_tell(service: Service, row: dict[str, Any]) -> None:
    answer = ask(service, row["q"])
    assert answer["status"] in as_list(row["status"]), answer["text"]
    assert row.get("kind", answer["kind"]) == answer["kind"]
    assert set(row.get("lines", ())) <= places(answer)
    if answer["status"] == "answered" and "any" in row:
        assert set(row["any"]) & places(answer)
    assert not set(row.get("not", ())) & places(answer)
    assert [w for w in row.get("text", ()) if fold(w) not in said(answer)] == []
    assert [w for w in row.get("never", ()) if fold(w) in said(answer)] == []
    assert row.get("choices", len(answer["choices"])) == len(answer["choices"])
    assert row.get("items", len(answer["items"])) == len(answer["items"])


@pytest.mark.parametrize("row", ROWS, ids=[f"{r['group']}: {r['q'][:80]}" for r in ROWS])
def test_an_answer_has_its_form_and_every_sentence_its_place(service: Service, row: dict[str, Any]) -> None:
    answer = ask(service, row["q"])
    for item in answer["items"]:
        assert item["evidence"]
        for e in item["evidence"]:
            text = (SEEDS / e["file"]).read_text("utf-8")
            assert text[e["start"] : e["end"]] == e["text"]
            assert text.count("\n", 0, e["start"]) + 1 == e["line"]
    if answer["status"] == "ambiguous":
        assert (answer["items"], len(answer["choices"]) > 1) == ([], True)
    if answer["status"] == "not_understood":
        assert all(i["derived"] for i in answer["items"])
    assert answer["text"].strip().endswith((".", ":", "…"))
    own_words = re.sub(r"«.*?»", "«»", answer["text"])
    assert re.search(r"\s{2,}|\.\.(?!\.)|\s[.,;:](?:\s|$)|\{|\}", own_words) is None


def test_a_question_as_long_as_a_page_is_answered_and_a_longer_one_is_refused_in_one_line(service: Service) -> None:
    words = "Văn bản nào thực hiện Chỉ thị 33 " + "và các quy định khác " * 2500
    long = ask(service, words[:1000])
    assert long["status"] in {"answered", "unknown", "not_understood"}
    with pytest.raises(InvalidInputError, match="dài quá"):
        service.ask(words)


def test_both_stores_give_the_same_answers(tmp_path: Path) -> None:
    memory, sqlite = connect("memory:"), connect(f"sqlite:{tmp_path / 'same.db'}")
    services = [Service(memory), Service(sqlite)]
    for one in services:
        one.load([SEEDS])
    different = [r["q"] for r in ROWS if ask(services[0], r["q"]) != ask(services[1], r["q"])]
    memory.close()
    sqlite.close()
    assert different == []


@ALONE
def test_neo4j_gives_the_same_answers(neo4j_server: Server) -> None:
    memory, store = connect("memory:"), connect(neo4j_server.wipe())
    services = [Service(memory), Service(store)]
    for one in services:
        one.load([SEEDS])
    asked = [r["q"] for r in ROWS[::8]]  # each costs some dozen round trips
    different = [q for q in asked if ask(services[0], q) != ask(services[1], q)]
    store.close()
    assert different == []
