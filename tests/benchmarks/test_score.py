"""The scorer: what each measure counts, and that it prints the figures of the scorer of ``../shared``."""

import json
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import msgspec
import pytest

from benchmarks import score
from benchmarks.annotations import Annotation, annotated
from benchmarks.corpora import DEV, OWN_GOLD, SEEDS, SHARED, write_records

TEXT = (
    "Thực hiện Chỉ thị số 9-CT/TU ngày 11/02/2026 của Tỉnh ủy. "
    "Giao Sở Xây dựng lập danh mục, xong trước ngày 01/4/2026."
)
CITATION = {
    "type": "chỉ thị", "number": "9", "symbol": "CT/TU", "date": "2026-02-11", "issuer": "Tỉnh ủy",
    "relation": "implements",
}  # fmt: skip
DUE = {"kind": "before", "value": "2026-04-01"}


def _at(words: str) -> dict[str, int]:
    return {"start": TEXT.index(words), "end": TEXT.index(words) + len(words)}


def _gold(**changes: Any) -> Annotation:
    head = dict.fromkeys(("type", "number", "symbol", "date", "place", "title"))
    gold = {
        "file": "a.md",
        "instrument": {**head, "issuers": ["Tỉnh ủy Đồng Hải"], "signers": [], "recipients": [], "addressees": []},
        "citations": [{**CITATION, **_at("Chỉ thị số 9-CT/TU ngày 11/02/2026 của Tỉnh ủy"), "section": "preamble"}],
        "obligations": [
            {
                **_at("Giao Sở Xây dựng lập danh mục, xong trước ngày 01/4/2026"),
                "bearers": [{"name": "Sở Xây dựng", "role": "leads"}],
                "deadline": {**DUE, "phrase": "trước ngày 01/4/2026"},
            }
        ],
    }
    return msgspec.convert({**gold, **changes}, Annotation)


def _record() -> dict[str, Any]:
    gold = json.loads(msgspec.json.encode(_gold()))
    return {**gold, "instrument": {"issuers": [{"name": "Tỉnh uỷ tỉnh Đồng Hải".replace("uỷ", "ủy")}]}}


def _rows(record: dict[str, Any], gold: Annotation | None = None) -> dict[str, dict[str, float]]:
    scores = score.Scores()
    score.score(annotated(TEXT, gold or _gold()), record, scores)
    return scores.rows()


def test_a_record_that_says_the_same_is_right_in_every_measure() -> None:
    assert {name: row["f1"] for name, row in _rows(_record()).items() if row["f1"] < 1} == {}


def test_an_empty_record_finds_nothing_and_invents_nothing() -> None:
    rows = _rows({})
    assert (rows["citation"]["r"], rows["citation"]["p"]) == (0, 1)
    assert (rows["obligation"]["r"], rows["obligation"]["predicted"]) == (0, 0)


def test_a_citation_is_found_where_half_of_it_is_covered_and_the_number_is_the_same() -> None:
    record = _record()
    given = record["citations"][0]
    start, end = given["start"], given["end"]
    given["end"] = start + (end - start + 1) // 2
    assert _rows(record)["citation"]["r"] == 1
    given["end"] -= 2
    assert _rows(record)["citation"] == {"p": 0, "r": 0, "f1": 0, "gold": 1, "predicted": 1}
    given.update(end=end, number="8")
    assert _rows(record)["citation"]["r"] == 0


def test_a_wrong_relation_is_one_error_unless_the_annotator_accepts_it() -> None:
    record = _record()
    record["citations"][0]["relation"] = "based_on"
    assert _rows(record)["citation relation"]["r"] == 0
    gold = _gold()
    gold.citations[0].relation_also = [score_relation("based_on")]
    assert _rows(record, gold)["citation relation"]["r"] == 1


def score_relation(name: str) -> Any:
    return type(_gold().citations[0].relation)(name)


def test_a_doubtful_fact_costs_nothing_found_or_left_out() -> None:
    gold = _gold()
    gold.citations[0].doubtful = gold.obligations[0].doubtful = True
    for record in (_record(), {}):
        rows = _rows(record, gold)
        assert (rows.get("citation", {"f1": 1})["f1"], rows.get("obligation", {"f1": 1})["f1"]) == (1, 1)


def test_one_prediction_serves_one_annotation() -> None:
    record = _record()
    record["obligations"] *= 2
    assert _rows(record)["obligation"] == {"p": 0.5, "r": 1, "f1": 0.6667, "gold": 1, "predicted": 2}


def test_a_duty_with_the_wrong_role_is_found_but_its_bearer_is_wrong() -> None:
    record = _record()
    record["obligations"][0]["bearers"][0]["role"] = "monitors"
    rows = _rows(record)
    assert rows["obligation"]["f1"] == 1
    assert rows["obligation bearers"] == {"p": 0, "r": 0, "f1": 0, "gold": 1, "predicted": 1}


def test_a_wrong_day_and_a_missing_day_are_wrong_deadlines() -> None:
    record = _record()
    record["obligations"][0]["deadline"] = {**DUE, "value": "2026-04-02"}
    assert _rows(record)["obligation deadline"]["r"] == 0
    record["obligations"][0]["deadline"] = None
    assert _rows(record)["obligation deadline"]["r"] == 0


def test_a_folder_is_scored_by_the_command_and_a_missing_record_counts_as_empty(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, content in (("a.md", TEXT.encode()), ("a.json", msgspec.json.encode(_gold()))):
        (tmp_path / name).write_bytes(content)
    (tmp_path / "records").mkdir()
    assert score.main([str(tmp_path), str(tmp_path / "records"), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["citation"]["r"] == 0
    (tmp_path / "records" / "a.json").write_bytes(json.dumps(_record()).encode())
    assert score.main([str(tmp_path / "a.json"), str(tmp_path / "records" / "a.json"), "--verbose"]) == 0
    assert "citation                     P 1.000  R 1.000  F1 1.000  gold    1  predicted 1" in capsys.readouterr().out


def test_a_folder_without_gold_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert score.main([str(tmp_path), str(tmp_path)]) == 1
    assert "invalid_input" in capsys.readouterr().err


def _spoil(record: dict[str, Any], dice: random.Random) -> dict[str, Any]:
    """Make mistakes of every kind in a record."""
    for key in ("citations", "obligations"):
        record[key] = [part for part in record[key] if dice.random() > 0.1]
        for part in record[key]:
            part["end"] -= dice.randrange(1 + (part["end"] - part["start"])) if dice.random() < 0.3 else 0
    for citation in record["citations"]:
        if dice.random() < 0.3:
            citation[dice.choice(("number", "relation", "symbol", "issuer", "subject"))] = "mentions"
    for duty in record["obligations"]:
        if duty["bearers"] and dice.random() < 0.3:
            duty["bearers"][0].update(name="Sở Xây dựng", role="advises", implied=dice.random() < 0.5)
        if dice.random() < 0.2:
            duty.update(deadline={**DUE}, targets=[{"text": "5%"}], implements=["1/KH-UBND"])
    return record


@pytest.mark.shared
@pytest.mark.parametrize("spoilt", [False, True], ids=["as read", "with mistakes"])
def test_the_figures_are_those_of_the_given_scorer_on_all_gold(tmp_path: Path, spoilt: bool) -> None:
    golds = [
        (path, json.loads(path.read_bytes())) for path in (*OWN_GOLD.glob("*.json"), *(SHARED / "gold").glob("*.json"))
    ]
    (tmp_path / "gold").mkdir()
    texts = []
    for path, gold in golds:
        (tmp_path / "gold" / path.name).write_bytes(path.read_bytes())
        texts.append((DEV if gold.get("corpus") == "dev" else SEEDS) / gold["file"])
        (tmp_path / gold["file"]).write_bytes(texts[-1].read_bytes())
    records = tmp_path / "records"
    assert write_records(texts, records) == []
    if spoilt:
        for path in sorted(records.glob("*.json")):
            dice = random.Random(path.name)  # noqa: S311 - seeded on purpose
            path.write_text(json.dumps(_spoil(json.loads(path.read_bytes()), dice)), "utf-8")
    given = subprocess.run(
        [sys.executable, SHARED / "gold" / "score.py", tmp_path / "gold", tmp_path, records, "--json"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert score.score_folder(tmp_path / "gold", records, tmp_path).rows() == json.loads(given.stdout)
