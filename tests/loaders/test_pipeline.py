import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from loaders.pipeline import extract, record_of
from loaders.source import read
from ontology.errors import SecretDocumentError, UnreadableFileError
from ontology.record import decode, encode

PLAN = """Số: /KH-SCT

Hải Thành, ngày tháng 02 năm 2023

## KẾ HOẠCH

### Nâng cao chất lượng tiếp công dân năm 2023

Thực hiện Kế hoạch số 30/KH-UBND ngày 17/02/2023 của UBND tỉnh về tiếp công dân năm 2023, Sở Công Thương ban hành Kế hoạch như sau:

I. Nội dung

1. Thực hiện Chỉ thị số 33/CT-TTg ngày 26/11/2021 của Thủ
tướng Chính phủ về dân vận.

2. Văn phòng Sở báo cáo UBND tỉnh trước ngày 01/12/2023.

**GIÁM ĐỐC**

**Lê Văn A**
"""  # noqa: E501 - a line of a document


@pytest.fixture
def plan(tmp_path):
    path = tmp_path / "plan.txt"
    path.write_text(PLAN, "utf-8")
    return path


def test_a_document_becomes_a_record_whose_offsets_mean_its_text(plan):
    source, record = extract(plan)
    assert source.text == PLAN
    assert record.source.length == len(PLAN)
    spans = [PLAN[c.start : c.end] for c in record.citations]
    assert spans[0] == "Kế hoạch số 30/KH-UBND ngày 17/02/2023 của UBND tỉnh"
    assert spans[1] == "Chỉ thị số 33/CT-TTg ngày 26/11/2021 của Thủ\ntướng Chính phủ"
    assert [c.section for c in record.citations] == ["preamble", "I.1"]


def test_a_document_without_its_day_is_not_older_than_what_it_cites(plan):
    record = record_of(read(plan))
    assert record.instrument.date == "2023-02"
    assert record.instrument.earliest == "2023-02-17"
    assert any(w.code == "blank_number" for w in record.warnings)


def test_a_recognised_text_says_so_and_its_figures_are_less_sure(plan):
    source = read(plan)
    printed, scanned = record_of(source), record_of(replace(source, text_from="ocr"))
    (note,) = [w for w in scanned.warnings if w.code == "ocr"]
    assert (note.message, note.start, note.end) == (
        "Chữ do máy nhận dạng từ bản quét, có thể sai; hãy đối chiếu bản gốc",
        0,
        len(PLAN),
    )
    assert not any(w.code == "ocr" for w in printed.warnings)
    for one, two in zip(printed.citations, scanned.citations, strict=True):
        assert two.confidence < one.confidence
    dated = [(a, b) for a, b in zip(printed.obligations, scanned.obligations, strict=True) if a.deadline]
    assert dated
    assert all(b.confidence < a.confidence for a, b in dated)


def test_words_of_a_recognised_text_are_as_sure_as_printed_ones(plan, tmp_path):
    path = tmp_path / "words.txt"
    path.write_text(PLAN.replace(" trước ngày 01/12/2023", ""), "utf-8")
    source = read(path)
    printed, scanned = record_of(source), record_of(replace(source, text_from="ocr"))
    report = [next(o for o in r.obligations if "báo cáo" in o.action.lower()) for r in (printed, scanned)]
    assert report[0].confidence == report[1].confidence


def test_a_record_survives_json(plan):
    record = record_of(read(plan))
    assert decode(encode(record)) == record


def test_a_secret_document_gives_no_record(tmp_path):
    path = tmp_path / "secret.txt"
    path.write_text("UBND TỈNH HẢI THÀNH\n\nMẬT\n\nSố: 12/KH-UBND\n\nKẾ HOẠCH\n\nNội dung", "utf-8")
    with pytest.raises(SecretDocumentError):
        extract(path)


def test_an_empty_file_is_refused(tmp_path):
    path = tmp_path / "empty.txt"
    path.write_bytes(b"")
    with pytest.raises(UnreadableFileError):
        extract(path)


@pytest.mark.shared
def test_the_annotated_documents_are_read_as_annotated(shared, tmp_path):
    for path in sorted((shared / "seeds").glob("*.txt")):
        _, record = extract(path)
        (tmp_path / f"{path.stem}.json").write_bytes(encode(record))
    score = [
        sys.executable,
        str(shared / "gold/score.py"),
        str(shared / "gold"),
        str(shared / "seeds"),
        str(tmp_path),
        "--json",
    ]
    rows = json.loads(subprocess.run(score, capture_output=True, check=True, text=True).stdout)
    assert rows["citation"]["f1"] >= 0.98
    for part in ("type", "symbol", "date", "issuer", "relation", "subject"):
        assert rows[f"citation {part}"]["f1"] >= 0.95, part


@pytest.mark.shared
def test_the_seeds_hold_sixty_distinct_instruments(shared):
    regex = r"""(Nghị quyết|Quyết định|Chỉ thị|Kết luận|Quy chế|Quy định|Kế hoạch(?: phối hợp)?|Chương trình(?: phối hợp)?|Hướng dẫn|Thông báo|Công văn|Đề án|Nghị định|Luật|Thông tư|Tờ trình)\s+(?:số\s+)?(\d{1,5}(?:/\d{4})?(?:\s*[-–/]\s*[A-ZĐ][A-Za-zĐđ]*(?:\s*[-–/]\s*[A-ZĐ][A-Za-zĐđ]*)*)?)"""  # noqa: E501 - a sentence whole
    distinct, mentions, covered = set(), 0, 0
    for path in sorted((shared / "seeds").glob("*.txt")):
        source, record = extract(path)
        spans = [(c.start, c.end) for c in record.citations]
        hits = [m for m in __import__("re").finditer(regex, source.text)]
        mentions += len(hits)
        covered += sum(any(a <= m.start(2) < b for a, b in spans) for m in hits)
        for c in record.citations:
            target = record.citations[c.refers_to] if c.refers_to is not None else c
            if target.number is None:
                law = target.title.lower().startswith("luật")
                distinct.add((target.type, "vn" if law else target.jurisdiction, target.title.lower()))
            else:
                code = (target.symbol or "").replace("BVVTU", "BDVTU").replace("Đ", "D").replace("/", "-").upper()
                distinct.add((target.type, target.jurisdiction, target.number.lstrip("0"), code))
    assert covered == mentions == 96
    assert len(distinct) == 60


@pytest.mark.shared
def test_every_document_of_the_corpus_is_read(shared):
    paths = sorted((shared / "corpora/dev").glob("*.md"))[::6]
    assert paths
    for path in paths:
        source, record = extract(path)
        for c in record.citations:
            assert 0 <= c.start < c.end <= len(source.text)
            assert c.sentence_start <= c.start
            assert c.end <= c.sentence_end
            assert 0.3 <= c.confidence <= 1


def test_paths_are_shown_without_their_folder(plan):
    assert extract(plan)[1].source.file == Path(plan).name
