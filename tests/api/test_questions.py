"""The questions that people really ask of the five seed documents, and our own, in the form of answer.md."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
import yaml
from neo4j_server import PARAM

from api.answers import to_builtins
from api.service import Service
from graph.connect import connect
from ontology.vietnamese import fold

SHARED = Path(__file__).resolve().parents[3] / "shared"
SEEDS = SHARED / "seeds"
QUESTIONS = SHARED / "questions.md"

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not SEEDS.is_dir(), reason="../shared/seeds is not there"),
]

OWN = yaml.safe_load((Path(__file__).parent / "seed_questions.yaml").read_text("utf-8"))


@pytest.fixture(scope="module", params=["memory:", "sqlite:", PARAM])
def service(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    url = request.param
    if url == "sqlite:":
        url += str(tmp_path_factory.mktemp("store") / "seeds.db")
    if url == "neo4j":
        url = request.getfixturevalue("neo4j_server").wipe()
    store = connect(url)
    loaded = Service(store)
    report = loaded.load([SEEDS])
    assert (report.documents, report.failed) == (5, ())
    yield loaded
    store.close()


def wire(service: Service, question: str) -> dict[str, Any]:
    """The answer as JSON, its form and evidence checked."""
    answer = json.loads(msgspec.json.encode(service.ask(question)))
    assert set(answer) >= {"question", "status", "kind", "parameters", "text", "items", "choices", "corpus"}
    assert answer["question"] == question
    assert answer["corpus"] == {"documents": 5, "from": "2021-01-11", "to": "2024-03"}
    for item in answer["items"]:
        assert item["evidence"], item
        for e in item["evidence"]:
            text = (SEEDS / e["file"]).read_text("utf-8")
            assert text[e["start"] : e["end"]] == e["text"]
            assert text.count("\n", 0, e["start"]) + 1 == e["line"]
    if answer["status"] == "ambiguous":
        assert answer["items"] == []
        assert len(answer["choices"]) > 1
    return answer


def places(answer: dict[str, Any]) -> set[str]:
    return {f"S{int(e['file'][:3])}:{e['line']}" for i in answer["items"] for e in i["evidence"]}


def said(answer: dict[str, Any]) -> str:
    return fold(
        " ".join([answer["text"], *(i["text"] for i in answer["items"]), *(c["text"] for c in answer["choices"])])
    )


# Number of the question in questions.md → status, lines that must be evidence, words that must stand in the answer.
ASKED: dict[int, tuple[str, set[str], tuple[str, ...]]] = {
    2: ("answered", {"S1:25", "S1:29", "S1:31", "S1:33"}, ("Chánh Văn phòng", "Lãnh đạo Văn phòng", "Trong năm 2023")),
    4: ("answered", {"S2:39"}, ("37-CT/TW", "416/QĐ-TTg", "644/QĐ-UBND")),
    6: ("answered", {"S3:83", "S3:85", "S3:93", "S3:103"}, ("01/11/2024", "trước ngày 15/11/2024", "Thanh tra tỉnh")),
    8: ("answered", {"S0:115", "S4:37"}, ("Văn phòng Sở",)),
    10: ("answered", {"S1:55", "S1:73", "S1:81", "S1:97", "S1:101", "S1:103"}, ("Tiếp nhận",)),
    12: ("answered", {"S2:75", "S2:91"}, ("thường trực", "Sở Nội vụ")),
    14: ("ambiguous", set(), ("Quảng Ngãi", "Tây Ninh", "08/12/2022", "25/02/2021")),
    16: ("answered", {"S3:57", "S3:59", "S3:61", "S3:63", "S3:65"}, ("5 chỉ tiêu",)),
    18: ("answered", {"S3:21"}, ("1116-QĐ/TU", "25-CT/TU", "392-CV/TU")),
    20: ("answered", {"S2:39", "S2:91"}, ("UBND tỉnh Quảng Ngãi", "Chủ tịch UBND tỉnh Quảng Ngãi", "khác nhau")),
    22: ("unknown", set(), ("06/9/2022", "4418")),
    24: ("answered", {"S0:3", "S1:3", "S1:5", "S3:3", "S3:5", "S4:3"}, ("4 văn bản",)),
    26: ("answered", {"S2:79", "S2:93"}, ()),
    28: ("answered", {"S3:91", "S3:93"}, ()),
    30: ("answered", {"S2:51", "S2:71"}, ("16/CT-TTg", "26-CTr", "114-KL/TW")),
    32: ("answered", {"S1:99", "S1:101"}, ("Sở Nội vụ",)),
    34: ("answered", set(), ("60 văn bản", "33 văn bản của Đảng", "27 văn bản của Nhà nước")),
    36: ("answered", {"S1:11", "S1:25", "S1:85", "S1:97", "S1:103"}, ()),
    38: ("answered", {"S2:41", "S2:67"}, ()),
    40: ("answered", set(), ("120-KL/TW", "114-KL/TW")),
}  # fmt: skip
# The names of files in the questions stand for the files themselves; a person names the document.
WRITTEN = {"S0-S3": "", "S3": "003_277921a14207506d.txt"}


def question(number: int) -> str:
    text = QUESTIONS.read_text("utf-8")
    found = re.search(rf"^{number}\. \*\*(.+?)\*\*", text, re.M)
    assert found, number
    asked = found[1].split(" / ")[0]
    for name, file in WRITTEN.items():
        asked = re.sub(rf"\b{name}\b", file, asked)
    return asked


@pytest.mark.parametrize("number", sorted(ASKED))
def test_the_questions_of_the_card_are_answered_with_file_and_line(service: Service, number: int) -> None:
    status, lines, words = ASKED[number]
    answer = wire(service, question(number))
    assert answer["status"] == status
    assert lines <= places(answer)
    assert [w for w in words if fold(w) not in said(answer)] == []


def test_party_and_state_documents_are_counted_among_sixty_cited(service: Service) -> None:
    assert len(wire(service, question(34))["items"]) == 60


def test_only_two_central_documents_stand_in_all_four_plans(service: Service) -> None:
    assert len(wire(service, question(40))["items"]) == 2


def test_duties_without_a_day_leave_out_the_two_that_have_one(service: Service) -> None:
    assert not {"S3:83", "S3:85"} & places(wire(service, question(28)))


def test_overdue_tells_what_was_due_and_what_was_not_yet(service: Service) -> None:
    answer = wire(service, "Quá hạn tính đến ngày 10/11/2024?")
    assert "S3:83" in places(answer)
    assert "S3:85" not in places(answer)
    assert "không cho biết" in answer["text"]


@pytest.mark.parametrize("row", OWN, ids=[str(r["q"]) for r in OWN])
def test_our_own_wordings_are_answered_and_nothing_is_invented(service: Service, row: dict[str, Any]) -> None:
    answer = wire(service, row["q"])
    wanted = row["status"] if isinstance(row["status"], list) else [row["status"]]
    assert answer["status"] in wanted
    assert row.get("kind", answer["kind"]) == answer["kind"]
    assert set(row.get("lines", ())) <= places(answer)
    assert not set(row.get("never_lines", ())) & places(answer)
    assert [w for w in row.get("text", ()) if fold(w) not in said(answer)] == []
    assert [w for w in row.get("never", ()) if fold(w) in said(answer)] == []
    assert row.get("choices", len(answer["choices"])) == len(answer["choices"])


def test_answers_become_plain_values_for_programs(service: Service) -> None:
    assert to_builtins(service.ask("Văn bản nào thực hiện Chỉ thị 33?"))["kind"] == "implementers"
