"""A batch of bad files through the installed command: each one clear line, the rest loads, the status tells."""

import json
import os
import random
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from api.cli import app

CORPUS = Path(__file__).parent / "ask_corpus"
LUOCDO = Path(sys.executable).with_name("luocdo")


def luocdo(*args: str | Path) -> "subprocess.CompletedProcess[str]":
    command = [str(LUOCDO), *map(str, args)]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", timeout=120, check=False)


def encrypted_pdf(path: Path) -> None:
    from reportlab.lib.pdfencrypt import StandardEncryption
    from reportlab.pdfgen import canvas

    page = canvas.Canvas(str(path), encrypt=StandardEncryption("mật", canPrint=0))
    page.drawString(100, 700, "Ke hoach")
    page.save()


def truncated_pdf(path: Path) -> None:
    from reportlab.pdfgen import canvas

    page = canvas.Canvas(str(path))
    page.drawString(100, 700, "Ke hoach so 12")
    page.save()
    path.write_bytes(path.read_bytes()[:400])


@pytest.fixture
def batch(tmp_path: Path) -> Path:
    folder = tmp_path / "lô"
    folder.mkdir()
    for file in CORPUS.glob("*.txt"):
        (folder / file.name).write_bytes(file.read_bytes())
    (folder / "rỗng.txt").write_bytes(b"")
    (folder / "nhị phân.txt").write_bytes(random.Random(7).randbytes(20_000))  # noqa: S311 - no secret
    (folder / "không zip.docx").write_bytes(b"day khong phai la zip " * 40)
    (folder / "một dòng.txt").write_bytes("Kế hoạch thực hiện công tác năm 2023; ".encode() * 1_100_000)
    (folder / "hỏng utf8.txt").write_bytes("KẾ HOẠCH\n".encode() + b"\xff\xfe\xc3\x28\x80\x81 " * 40)
    encrypted_pdf(folder / "mã hóa.pdf")
    truncated_pdf(folder / "cụt.pdf")
    return folder


def test_each_bad_file_is_one_line_with_its_name_and_a_remedy_and_the_rest_loads(batch: Path, tmp_path: Path) -> None:
    done = luocdo("load", batch, "--store", f"sqlite:{tmp_path / 'kho.db'}", "--json")
    report = json.loads(done.stdout)
    bad = {"rỗng.txt", "nhị phân.txt", "không zip.docx", "một dòng.txt", "hỏng utf8.txt", "mã hóa.pdf", "cụt.pdf"}
    assert done.returncode == 1
    assert report["documents"] == 3
    assert {f["file"] for f in report["failed"]} == bad
    lines = done.stderr.splitlines()
    assert len(lines) == len(bad)
    for name in bad:
        (line,) = [x for x in lines if f"/{name}:" in x]
        assert line.startswith("luocdo: ")
        assert len(line.split(": ", 3)[3]) > 30
        assert "Traceback" not in line
    assert all(f["remedy"] or "." in f["reason"] for f in report["failed"])


def test_a_closed_folder_is_one_line_and_its_neighbours_load(tmp_path: Path) -> None:
    folder = tmp_path / "kho văn bản"
    (folder / "đóng").mkdir(parents=True)
    (folder / "mở").mkdir()
    for name in ("đóng", "mở"):
        (folder / name / "a.txt").write_bytes((CORPUS / "ke-hoach-tinh.txt").read_bytes())
    (folder / "đóng").chmod(0)
    try:
        done = luocdo("load", folder, "--store", f"sqlite:{tmp_path / 'kho.db'}", "--json")
    finally:
        (folder / "đóng").chmod(0o755)
    report = json.loads(done.stdout)
    assert (done.returncode, report["documents"]) == (1, 1)
    (line,) = done.stderr.splitlines()
    assert "/đóng: " in line
    assert "quyền đọc" in line


@pytest.mark.parametrize(
    "words",
    [
        ["load", ""],
        ["extract", ""],
        ["text", ""],
        ["remove", " "],
        ["ask", ""],
        ["ask", " ", ""],
        ["find", ""],
        ["search", " "],
        ["implements", ""],
        ["basis", ""],
        ["duties", ""],
        ["why", "", "Chỉ thị 33"],
        ["graph", ""],
    ],
)
def test_nothing_is_no_name_and_no_path(words: list[str], tmp_path: Path) -> None:
    store = f"sqlite:{tmp_path / 'kho.db'}"
    assert CliRunner().invoke(app, ["load", str(CORPUS / "ke-hoach-tinh.txt"), "--store", store]).exit_code == 0
    done = CliRunner().invoke(app, [*words, "--store", store])
    assert done.exit_code == 2, done.output
    assert len(json.loads(CliRunner().invoke(app, ["status", "--store", store, "--json"]).stdout)["documents"]) == 1
    assert "Traceback" not in done.output


def test_files_that_merely_lie_in_a_folder_are_named_in_one_line_and_are_no_failure(tmp_path: Path) -> None:
    folder, store = tmp_path / "lô", f"sqlite:{tmp_path / 'kho.db'}"
    folder.mkdir()
    (folder / "a.txt").write_bytes((CORPUS / "ke-hoach-tinh.txt").read_bytes())
    (folder / "Thumbs.db").write_bytes(b"x")
    done = CliRunner().invoke(app, ["load", str(folder), "--store", store, "--json"])
    assert (done.exit_code, done.stderr) == (0, "luocdo: bỏ qua 1 tệp không phải là văn bản: Thumbs.db\n")
    named = CliRunner().invoke(app, ["load", str(folder / "Thumbs.db"), "--store", store])
    assert named.exit_code == 1
    assert "unreadable_file" in named.stderr


def test_help_comes_at_once() -> None:
    before = os.times()
    done = luocdo("--help")
    after = os.times()
    assert done.returncode == 0
    spent = after.children_user + after.children_system - before.children_user - before.children_system
    assert spent < 0.5


VERBS = ["load", "extract", "text", "status", "remove", "ask", "find", "implements", "basis", "duties", "why", "due"]
VERBS += ["search", "graph", "export", "import", "sparql", "validate", "serve"]


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_takes_store_and_json(verb: str) -> None:
    shown = CliRunner().invoke(app, [verb, "--help"]).stdout
    assert "--store" in shown
    assert "--json" in shown


def test_text_and_extract_find_a_loaded_file_by_name(tmp_path: Path) -> None:
    store = f"sqlite:{tmp_path / 'kho.db'}"
    assert luocdo("load", CORPUS, "--store", store).returncode == 0
    shown = luocdo("text", "ke-hoach-tinh.txt", "--store", store)
    assert (shown.returncode, shown.stdout) == (0, (CORPUS / "ke-hoach-tinh.txt").read_text("utf-8"))
    record = json.loads(luocdo("extract", "ke-hoach-tinh.txt", "--store", store).stdout)
    whole = json.loads(luocdo("text", "ke-hoach-tinh.txt", "--store", store, "--json").stdout)
    assert record["source"]["sha256"] == whole["sha256"]


def test_graph_gives_its_nodes_and_edges_as_json(tmp_path: Path) -> None:
    store = f"sqlite:{tmp_path / 'kho.db'}"
    assert luocdo("load", CORPUS, "--store", store).returncode == 0
    graph = json.loads(luocdo("graph", "Chỉ thị 20", "--store", store, "--json").stdout)
    assert {"nodes", "edges"} <= set(graph)
    assert luocdo("graph", "Chỉ thị 20", "--store", store).returncode == 2
