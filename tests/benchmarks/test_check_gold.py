"""The checker of gold files, and every gold file of the open benchmark through it."""

import json
from pathlib import Path

import msgspec
import pytest

from benchmarks import check_gold
from benchmarks.annotations import Annotation, annotated, read_annotation
from benchmarks.corpora import ROOT, SHARED
from ontology.errors import InvalidInputError

OPEN = ROOT / "benchmarks" / "open"
TEXT = """ỦY BAN NHÂN DÂN TỈNH ĐỒNG HẢI
Số: 7/KH-UBND
Đồng Hải, ngày 05 tháng 3 năm 2026
KẾ HOẠCH
Trồng cây ven đường năm 2026
Thực hiện Chỉ thị số 9-CT/TU ngày 11/02/2026 của Ban Thường vụ Tỉnh ủy.
1. Giao Sở Xây dựng lập danh mục tuyến đường, xong trước ngày 01/4/2026.
2. Ủy ban nhân dân các xã trồng ít nhất 300 cây trong quý II/2026.
Nơi nhận:
- Sở Xây dựng;
CHỦ TỊCH
Lê Văn Tám
"""


def _gold() -> dict[str, object]:
    return {
        "file": "a.md",
        "instrument": {
            "type": "kế hoạch",
            "number": "7",
            "symbol": "KH-UBND",
            "date": "2026-03-05",
            "place": "Đồng Hải",
            "issuers": ["Ủy ban nhân dân tỉnh Đồng Hải"],
            "signers": [{"name": "Lê Văn Tám", "position": "Chủ tịch"}],
            "title": "Trồng cây ven đường năm 2026",
            "recipients": ["Sở Xây dựng"],
            "addressees": [],
        },
        "citations": [
            {
                "quote": "Chỉ thị số 9-CT/TU ngày 11/02/2026 của Ban Thường vụ Tỉnh ủy",
                "type": "chỉ thị",
                "number": "9",
                "symbol": "CT/TU",
                "date": "2026-02-11",
                "issuer": "Ban Thường vụ Tỉnh ủy",
                "relation": "implements",
            }
        ],
        "obligations": [
            {
                "section": "1",
                "quote": "Giao Sở Xây dựng lập danh mục",
                "quote_end": "xong trước ngày 01/4/2026",
                "bearers": [{"name": "Sở Xây dựng", "role": "leads"}],
                "deadline": {"kind": "before", "value": "2026-04-01", "phrase": "trước ngày 01/4/2026"},
            },
            {
                "section": "2",
                "quote": "Ủy ban nhân dân các xã",
                "quote_end": "trong quý II/2026",
                "bearers": [{"name": "Ủy ban nhân dân các xã", "role": "performs"}],
                "deadline": {"kind": "interval", "value": "2026-04/2026-06", "phrase": "trong quý II/2026"},
                "targets": ["ít nhất 300 cây"],
            },
        ],
    }


def _problems(tmp_path: Path, gold: dict[str, object], text: str = TEXT) -> list[str]:
    (tmp_path / "a.md").write_text(text, "utf-8")
    (tmp_path / "a.json").write_text(json.dumps(gold), "utf-8")
    return check_gold.check(tmp_path / "a.json", tmp_path)[1]


def test_a_right_gold_file_has_no_problems(tmp_path: Path) -> None:
    assert _problems(tmp_path, _gold()) == []


MISTAKES = [
    (("citations", 0, "quote", "Chỉ thị số 9-CT/TU ngày 12/02/2026"), "not in the text"),
    (("citations", 0, "number", "8"), "number '8' is not in the quote"),
    (("citations", 0, "date", "2026-02-12"), "is not printed"),
    (("citations", 0, "date", "2026-02-31"), "date is not yyyy"),
    (("citations", 0, "type", "tờ lệnh"), "no known kind"),
    (("citations", 0, "relation", "obeys"), "Invalid enum value"),
    (("citations", 0, "subject", "12/QĐ-UBND"), "no citation of this document"),
    (("citations", 0, "quote", "Chỉ thị số 9-CT/T"), "cuts a word"),
    (("citations", 0, "isuer", "TU"), "unknown field"),
    (("obligations", 0, "quote_end", "xong trước ngày 01/4/2026."), "ends with a space or a mark"),
    (("obligations", 0, "quote_end", "trồng ít nhất 300 cây"), "overlap"),
    (("obligations", 0, "bearers", [{"name": "Sở Tài chính", "role": "leads"}]), "not printed: tai, chinh"),
    (("obligations", 0, "bearers", [{"name": "Sở Xây dựng", "role": "owns"}]), "Invalid enum value"),
    (("obligations", 0, "deadline", {"kind": "before", "value": None, "phrase": "trước"}), "a value is needed"),
    (("obligations", 0, "deadline", {"kind": "by", "value": "31/3/2026", "phrase": "trước"}), "has not its form"),
    (("obligations", 1, "deadline", {"kind": "interval", "value": "2026-06/2026-04"}), "no days in order"),
    (("obligations", 1, "deadline", {"kind": "recurring", "value": "P2X"}), "has not its form"),
    (("obligations", 1, "deadline", {"kind": "event", "value": "2026"}), "has no value"),
    (("obligations", 1, "targets", ["200 cây"]), "is not in the duty"),
    (("obligations", 1, "implements", ["88-CT/TU"]), "the number is not in the text"),
    (("instrument", None, "symbol", "QĐ-UBND"), "header symbol"),
    (("instrument", None, "signers", [{"name": "Lê Văn Chín"}]), "header signer"),
]


@pytest.mark.parametrize(("change", "reason"), MISTAKES, ids=[reason for _, reason in MISTAKES])
def test_a_wrong_gold_file_is_refused_with_its_reason(
    tmp_path: Path, change: tuple[str, int | None, str, object], reason: str
) -> None:
    part, index, key, value = change
    gold = json.loads(json.dumps(_gold()))
    (gold[part] if index is None else gold[part][index])[key] = value
    assert any(reason in line for line in _problems(tmp_path, gold))


def test_a_missing_text_is_reported(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(json.dumps(_gold()), "utf-8")
    assert "a.md is not in" in check_gold.check(tmp_path / "a.json", tmp_path)[1][0]


def test_a_sentence_of_another_document_is_recognised_whatever_its_line_breaks() -> None:
    ours = "1. Giao Sở Xây dựng lập danh mục tuyến đường cần trồng cây, xong trước ngày 01/4/2026."
    foreign = check_gold.Foreign(
        iter(["Lời đầu.\nGiao Sở Xây dựng  lập danh mục tuyến đường cần trồng cây, xong trước ngày 01/4/2026."])
    )
    assert check_gold.shared_words(ours, foreign)
    assert not check_gold.shared_words("1. Giao Sở Xây dựng trồng cây.", foreign)


def test_a_legal_basis_may_be_the_same_words_everywhere() -> None:
    basis = "Căn cứ Luật Tổ chức chính quyền địa phương số 72/2025/QH15 ngày 16 tháng 6 năm 2025;"
    assert check_gold.shared_words(basis, check_gold.Foreign(iter([basis]))) == []


def test_a_quote_is_looked_for_behind_the_one_before() -> None:
    gold = json.loads(json.dumps(_gold()))
    text = TEXT.replace(
        "Nơi nhận:", "3. Rà soát Chỉ thị số 9-CT/TU ngày 11/02/2026 của Ban Thường vụ Tỉnh ủy.\nNơi nhận:"
    )
    gold["citations"].append({**gold["citations"][0], "relation": "reviews"})
    document = annotated(text, msgspec.convert(gold, Annotation))
    first, second = document.citations
    assert first[0] < second[0]
    assert text[slice(*first)] == text[slice(*second)]


def test_a_file_that_is_no_json_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text("{", "utf-8")
    with pytest.raises(InvalidInputError, match=r"a\.json"):
        read_annotation(tmp_path / "a.json")


@pytest.mark.parametrize("gold", sorted(OPEN.glob("*.json")), ids=lambda path: path.stem)
def test_every_gold_file_of_the_open_benchmark_is_right(gold: Path) -> None:
    assert check_gold.check(gold, OPEN)[1] == []


@pytest.mark.shared
def test_no_sentence_of_the_open_benchmark_is_taken_from_a_real_document() -> None:
    foreign = check_gold.foreign_documents(SHARED)
    taken = {path.name: check_gold.shared_words(path.read_text("utf-8"), foreign) for path in OPEN.glob("*.md")}
    assert {name: found for name, found in taken.items() if found} == {}


@pytest.mark.shared
def test_the_gold_of_real_documents_is_well_formed() -> None:
    paths = sorted((ROOT / "benchmarks" / "gold").glob("*.json"))
    folders = {"seeds": SHARED / "seeds", "dev": SHARED / "corpora" / "dev"}
    found = {p.name: check_gold.check(p, folders[read_annotation(p).corpus or "seeds"])[1] for p in paths}
    assert {name: lines for name, lines in found.items() if lines} == {}
