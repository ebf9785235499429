"""Commands that read files: what is loaded, refused, forgotten, extracted."""

import json
from pathlib import Path

import pytest

from tests.api.commands import run


@pytest.fixture
def store(tmp_path: Path, folder: Path) -> str:
    url = f"sqlite:{tmp_path / 'kho.db'}"
    assert run("load", folder, "--store", url)[0] == 0
    return url


def test_load_reports_counts_and_exits_with_zero(folder: Path, tmp_path: Path) -> None:
    code, out, err = run("load", folder, "--store", f"sqlite:{tmp_path / 'a.db'}")
    assert (code, err) == (0, "")
    for words in ("Văn bản trong kho", "Nhiệm vụ", "Chỗ không thống nhất", "Chỗ chưa hiểu"):
        assert words in out


def test_loading_twice_changes_nothing(folder: Path, store: str) -> None:
    code, out, _ = run("load", folder, "--store", store, "--json")
    report = json.loads(out)
    assert code == 0
    assert (report["read"], report["changed"], report["documents"]) == (3, 0, 3)


def test_a_file_that_vanished_from_a_loaded_folder_takes_its_facts_along(folder: Path, store: str) -> None:
    gone = folder / "cong-van-soc-trang.txt"
    gone.unlink()
    report = json.loads(run("load", folder, "--store", store, "--json")[1])
    assert report["removed"] == [str(gone)]
    assert report["documents"] == 2
    assert run("implements", "Công văn 77", "--store", store)[0] == 1


def test_a_bad_file_is_one_clear_line_and_the_rest_loads(folder: Path, tmp_path: Path) -> None:
    (folder / "hỏng.docx").write_bytes(b"no zip")
    (folder / "rỗng.txt").write_bytes(b"")
    code, out, err = run("load", folder, "--store", f"sqlite:{tmp_path / 'b.db'}", "--json")
    report = json.loads(out)
    assert code == 1
    assert report["documents"] == 3
    assert {f["file"] for f in report["failed"]} == {"hỏng.docx", "rỗng.txt"}
    assert all(f["reason"] for f in report["failed"])
    lines = err.splitlines()
    assert len(lines) == 2
    assert all(line.startswith("luocdo: unreadable_file: ") for line in lines)


def test_a_secret_document_is_refused_and_nothing_of_it_kept(folder: Path, store: str) -> None:
    file = folder / "ke-hoach-so.txt"
    file.write_text("MẬT\n\n" + file.read_text("utf-8"), "utf-8")
    code, out, err = run("load", folder, "--store", store, "--json")
    report = json.loads(out)
    assert code == 1
    assert [f["code"] for f in report["failed"]] == ["secret_document"]
    assert report["documents"] == 2
    assert "luocdo: secret_document: " in err
    found = json.loads(run("search", "tắt điện", "--store", store, "--json")[1])
    assert {e["file"] for i in found["items"] for e in i["evidence"]} == {"cong-van-soc-trang.txt"}


def test_a_path_that_does_not_exist_is_an_error(tmp_path: Path) -> None:
    code, _, err = run("load", tmp_path / "không có", "--store", "memory:")
    assert code == 1
    assert "không có tệp hoặc thư mục này" in err


def test_extract_prints_the_record_whose_offsets_mean_the_text(folder: Path) -> None:
    file = folder / "ke-hoach-tinh.txt"
    record = json.loads(run("extract", file)[1])
    text = run("text", file)[1]
    assert text == file.read_text("utf-8")
    assert record["instrument"]["number"] == "812"
    citation = record["citations"][0]
    assert text[citation["start"] : citation["end"]].startswith("Chỉ thị số 20/CT-TTg")


def test_extract_writes_one_record_a_document(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "ra"
    assert run("extract", "--out", out, folder)[0] == 0
    assert {p.name for p in out.iterdir()} == {f"{p.stem}.json" for p in folder.iterdir()}
    assert json.loads((out / "ke-hoach-tinh.json").read_text("utf-8"))["source"]["file"] == "ke-hoach-tinh.txt"


def test_extract_of_a_folder_without_out_is_a_usage_error(folder: Path) -> None:
    assert run("extract", folder)[0] == 2


def test_status_tells_counts_and_files(store: str) -> None:
    code, out, _ = run("status", "--store", store)
    assert code == 0
    assert "ke-hoach" in out
    assert json.loads(run("status", "--store", store, "--json")[1])["status"]["corpus"]["documents"] == 3


def test_remove_forgets_a_file_but_leaves_it_on_disk(folder: Path, store: str) -> None:
    file = folder / "cong-van-soc-trang.txt"
    assert run("remove", file, "--store", store)[0] == 0
    assert file.exists()
    assert json.loads(run("status", "--store", store, "--json")[1])["status"]["corpus"]["documents"] == 2
    assert run("remove", file, "--store", store)[0] == 1
