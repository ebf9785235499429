"""The command line as a clerk uses it."""

import json
import os
import re
import socket
import subprocess
import sys
import zipfile
from contextlib import closing
from pathlib import Path

import pytest
from typer.testing import CliRunner

from api import serving
from api.cli import app
from graph.connect import connect

CORPUS = Path(__file__).parent / "ask_corpus"
COMMANDS = (
    "load",
    "extract",
    "text",
    "status",
    "remove",
    "ask",
    "find",
    "implements",
    "basis",
    "duties",
    "why",
    "due",
    "search",
    "graph",
    "export",
    "import",
    "sparql",
    "copy",
    "backup",
    "validate",
    "review",
    "serve",
)
LUOCDO = Path(sys.executable).with_name("luocdo")

runner = CliRunner()


def run(*args: str | Path) -> tuple[int, str, str]:
    result = runner.invoke(app, [str(a) for a in args])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.exit_code, result.stdout, result.stderr


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "văn bản"
    folder.mkdir()
    for file in CORPUS.glob("*.txt"):
        (folder / file.name).write_bytes(file.read_bytes())
    return folder


@pytest.fixture
def store(tmp_path: Path, folder: Path) -> str:
    url = f"sqlite:{tmp_path / 'kho.db'}"
    assert run("load", folder, "--store", url)[0] == 0
    return url


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself_in_vietnamese(command: str) -> None:
    code, out, _ = run(command, "--help")
    assert code == 0
    assert any(c in out for c in "ăâđêôơưàáảãạếềộ")


def test_the_help_of_the_program_lists_every_command() -> None:
    code, out, _ = run("--help")
    assert code == 0
    assert [c for c in COMMANDS if c not in out] == []


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


def test_ask_prints_the_form_of_an_answer(store: str) -> None:
    code, out, _ = run("ask", "Văn bản nào thực hiện Chỉ thị 20?", "--store", store, "--json")
    answer = json.loads(out)
    assert code == 0
    assert (answer["status"], answer["kind"]) == ("answered", "implementers")
    assert set(answer["items"][0]) >= {"text", "id", "derived", "evidence"}
    assert set(answer["items"][0]["evidence"][0]) >= {"file", "start", "end", "line", "text"}
    assert answer["corpus"]["documents"] == 3


def test_ask_shows_numbered_facts_with_quote_file_and_line(store: str) -> None:
    code, out, _ = run("ask", "Văn", "bản", "nào", "thực", "hiện", "Chỉ", "thị", "20?", "--store", store)
    assert code == 0
    for words in ("1. ", "“", "ke-hoach-tinh.txt, dòng 14", "Theo 3 văn bản đã nạp"):
        assert words in out


def test_the_text_of_a_document_cannot_style_the_terminal(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text(
        (CORPUS / "ke-hoach-tinh.txt").read_text("utf-8").replace("thay đèn", "[bold red]thay[/bold red] đèn"), "utf-8"
    )
    url = f"sqlite:{tmp_path / 'c.db'}"
    run("load", file, "--store", url)
    code, out, _ = run("ask", "Sở Tài chính Bến Tre phải làm gì?", "--store", url)
    assert code == 0
    assert "[bold red]" in out


@pytest.mark.parametrize(
    ("args", "kind", "said"),
    [
        (("implements", "chi thi 20"), "implementers", "812/KH-UBND"),
        (("basis", "ke-hoach-so.txt"), "basis", "812/KH-UBND"),
        (("duties", "Sở Công Thương tỉnh Bến Tre", "--reports"), "duties", "15/12/2024"),
        (
            ("duties", "Sở Công Thương tỉnh Bến Tre", "--under", "Chỉ thị 20", "--from", "01/12/2024"),
            "duties",
            "15/12/2024",
        ),
        (("why", "Văn phòng Sở Công Thương tỉnh Bến Tre", "Chỉ thị 20"), "why_bound", "30/11/2024"),
        (("due", "--from", "2024-12-01", "--to", "31/12/2024"), "due", "14/12/2024"),
        (("find", "Kế hoạch 812"), "find", "812/KH-UBND"),
        (("search", "tat dien"), "search", "Công văn số 77/SCT-NL"),
    ],
)
def test_each_question_has_a_command_that_gives_the_same_items(
    store: str, args: tuple[str, ...], kind: str, said: str
) -> None:
    code, out, err = run(*args, "--store", store, "--json")
    answer = json.loads(out)
    assert (code, err) == (0, "")
    assert (answer["status"], answer["kind"]) == ("answered", kind)
    assert all(i["evidence"] for i in answer["items"])
    assert said in " ".join(i["text"] for i in answer["items"])


def test_an_unknown_instrument_is_one_line_and_status_one(store: str) -> None:
    code, out, err = run("implements", "Chỉ thị 21", "--store", store)
    assert (code, out) == (1, "")
    assert err.startswith("luocdo: not_found: «Chỉ thị 21» không có trong các văn bản đã nạp")
    assert err.count("\n") == 1


def test_an_ambiguous_body_names_the_choices_also_in_json(store: str) -> None:
    code, out, err = run("duties", "Sở Công Thương", "--store", store, "--json")
    answer = json.loads(out)
    assert code == 1
    assert (answer["status"], answer["items"]) == ("ambiguous", [])
    assert {c["text"] for c in answer["choices"]} == {"Sở Công Thương tỉnh Bến Tre", "Sở Công Thương tỉnh Sóc Trăng"}
    assert err.startswith("luocdo: ambiguous: ")


@pytest.mark.parametrize(
    "args",
    [
        ("ask",),
        ("due",),
        ("due", "--from", "mai"),
        ("due", "--from", "31/02/2024"),
        ("duties", "Sở Nội vụ", "--up", "--down"),
        ("find", "x", "--limit", "0"),
        ("export", "--format", "xml"),
        ("không-có",),
    ],
)
def test_wrong_use_ends_with_status_two(args: tuple[str, ...]) -> None:
    assert run(*args)[0] == 2


def test_a_question_to_a_store_that_was_never_loaded_says_what_to_do(tmp_path: Path) -> None:
    code, _, err = run("ask", "Chỉ thị 20 là gì?", "--store", f"sqlite:{tmp_path / 'không.db'}")
    assert code == 1
    assert "luocdo load" in err
    assert not (tmp_path / "không.db").exists()


def test_a_store_of_an_unknown_kind_is_one_clear_line() -> None:
    code, _, err = run("status", "--store", "redis:x")
    assert code == 1
    assert err.startswith("luocdo: invalid_input: ")


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


def test_graph_writes_a_page_that_needs_no_network(store: str, tmp_path: Path) -> None:
    page = tmp_path / "hình" / "trang.html"
    code, _, err = run("graph", "Chỉ thị 20", "-o", page, "--store", store)
    assert code == 0
    assert "đã ghi" in err
    html = page.read_text("utf-8")
    assert "20/CT-TTg" in html
    assert 'src="http' not in html


def test_export_writes_each_format(store: str, tmp_path: Path) -> None:
    for name in ("turtle", "json-ld", "graphml", "csv"):
        file = tmp_path / f"ra.{name}"
        assert run("export", "--format", name, "-o", file, "--store", store)[0] == 0
        assert file.stat().st_size > 500
    assert zipfile.is_zipfile(tmp_path / "ra.csv")


@pytest.mark.parametrize("extension", ["trig", "nq", "jsonld", "ttl", "graphml", "zip"])
def test_what_export_wrote_is_imported_into_an_equal_store(store: str, tmp_path: Path, extension: str) -> None:
    file, other = tmp_path / f"ra.{extension}", f"sqlite:{tmp_path / 'khác.db'}"
    name = {"nq": "nquads", "jsonld": "json-ld", "ttl": "turtle", "zip": "csv"}.get(extension, extension)
    assert run("export", "-f", name, "-o", file, "--store", store)[0] == 0
    code, out, err = run("import", file, "--store", other, "--json")
    assert (code, json.loads(out)["changed"]) == (0, 3), err
    with closing(connect(store)) as one, closing(connect(other)) as two:
        assert list(one.batches()) == list(two.batches())
        assert one.revision() == two.revision()


def test_an_import_that_fails_keeps_nothing_and_says_why_in_one_line(store: str, tmp_path: Path) -> None:
    file, other = tmp_path / "ra.nq", f"sqlite:{tmp_path / 'khác.db'}"
    assert run("export", "-f", "nquads", "-o", file, "--store", store)[0] == 0
    file.write_text(file.read_text("utf-8").replace("content#chars", "content#lost", 1), "utf-8")
    code, _, err = run("import", file, "--store", other)
    assert code == 1
    assert err.startswith("luocdo: invalid_input: ra.nq dòng ")
    assert err.count("\n") == 1
    with closing(connect(other)) as opened:
        assert opened.documents() == []


def test_a_document_with_a_mark_of_secrecy_is_not_imported(store: str, tmp_path: Path) -> None:
    file, other = tmp_path / "ra.nq", f"sqlite:{tmp_path / 'khác.db'}"
    assert run("export", "-f", "nquads", "-o", file, "--store", store)[0] == 0
    file.write_text(file.read_text("utf-8").replace('chars> "', 'chars> "TỐI MẬT\\n', 1), "utf-8")
    code, _, err = run("import", file, "--store", other)
    assert code == 1
    assert "secret_document" in err


def test_sparql_asks_the_store_by_text_file_and_name(store: str, tmp_path: Path) -> None:
    prefix = "PREFIX ld: <https://w3id.org/luocdo/ontology#> "
    code, out, err = run("sparql", prefix + "SELECT (COUNT(?d) AS ?n) WHERE { ?d a ld:Document }", "--store", store)
    assert (code, out) == (0, '?n\n"3"^^<http://www.w3.org/2001/XMLSchema#integer>\n'), err
    file = tmp_path / "hỏi.rq"
    file.write_text(prefix + "ASK { ?d a ld:Document }", "utf-8")
    assert json.loads(run("sparql", file, "--store", store, "--json")[1])["boolean"] is True
    listed = run("sparql", "--list")[1]
    assert "implementers\t" in listed
    with closing(connect(store)) as opened:
        iri = next(r.object.id for r in opened.relations() if r.kind.value == "implements")
        chain = opened.implementers(iri)
    bound = ("-b", f"instrument={iri}", "-b", "least=ld:strength-task", "-f", "csv")
    rows = run("sparql", "implementers", *bound, "--store", store)[1].splitlines()
    assert len(rows) > len(chain.children)
    code, _, err = run("sparql", "SELECT * WHERE { SERVICE <http://x/> {} }", "--store", store)
    assert code == 1
    assert err.startswith("luocdo: invalid_input: ")


def test_validate_passes_on_what_was_loaded(store: str) -> None:
    code, out, _ = run("validate", "--store", store)
    assert code == 0, out
    assert "Đạt" in out


def test_the_installed_command_works_from_another_folder_without_a_locale(store: str, tmp_path: Path) -> None:
    environment = {"PATH": os.environ["PATH"], "LUOCDO_STORE": store, "LC_ALL": "C"}
    done = subprocess.run(
        [LUOCDO, "ask", "Ai ký Kế hoạch 812?", "--json"],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "Trần Văn Mẫu" in json.loads(done.stdout)["text"]


def test_the_installed_command_survives_a_closed_pipe(store: str) -> None:
    done = subprocess.run(
        ["bash", "-c", f"set -o pipefail; '{LUOCDO}' export --store '{store}' | head -1"],
        capture_output=True,
        check=False,
        text=True,
    )
    assert "Traceback" not in done.stderr


def test_search_counts_the_places_that_hold_all_words_and_says_so_of_the_others(store: str) -> None:
    told = json.loads(run("search", "kế hoạch", "--store", store, "--json", "--limit", "1")[1])["text"]
    assert told.startswith("Ít nhất 1 chỗ có đủ các từ")
    missing = json.loads(run("search", "lịch tạm tắt điện zzzqqq", "--store", store, "--json")[1])
    assert all(i["derived"] for i in missing["items"])
    assert missing["text"].startswith("Không chỗ nào có đủ các từ" if missing["items"] else "Không có")
    whole = json.loads(run("search", "tắt điện", "--store", store, "--json", "--limit", "1000")[1])
    said = int(whole["text"].split()[0])
    words = {"tắt", "điện"}
    places = [e["text"] for i in whole["items"] for e in i["evidence"]]
    assert said == sum(words <= set(re.findall(r"\w+", t.casefold())) for t in places)


def test_find_counts_what_it_shows_and_names_what_it_cannot_quote(store: str) -> None:
    for name in ("Chính phủ", "Sở Công Thương", "Chỉ thị", "Tỉnh ủy"):
        found = json.loads(run("find", name, "--store", store, "--json")[1])
        if found["items"]:
            assert int(re.search(r"\d+", found["text"])[0]) == len(found["items"])  # type: ignore[index]
        else:
            assert found["status"] == "unknown"


def test_due_with_neither_end_is_refused(store: str) -> None:
    from api import verbs
    from graph.connect import connect
    from ontology.errors import InvalidInputError

    with pytest.raises(InvalidInputError, match="chưa có ngày"):
        verbs.due(connect(store), None, None)


def test_a_zip_of_tables_is_not_written_to_a_terminal(store: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from types import SimpleNamespace

    from api import cli_exchange

    terminal = SimpleNamespace(stdout=SimpleNamespace(isatty=lambda: True))
    monkeypatch.setattr(cli_exchange, "sys", terminal)
    code, out, err = run("export", "-f", "csv", "--store", store)
    assert (code, out) == (2, "")
    assert "-o" in err
    assert run("export", "-f", "turtle", "--store", store)[0] == 0


@pytest.mark.parametrize(("host", "lines"), [("127.0.0.1", 1), ("::1", 1), ("0.0.0.0", 2), ("192.168.1.7", 2)])  # noqa: S104 - nothing is bound
def test_a_server_open_to_the_network_says_so(
    host: str, lines: int, store: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    import uvicorn

    monkeypatch.setattr(uvicorn.Server, "run", lambda *_: None)
    monkeypatch.setattr(serving, "listen", lambda *_: socket.create_server(("127.0.0.1", 0)))
    monkeypatch.delenv("LUOCDO_HOSTS", raising=False)
    code, _, err = run("serve", "--host", host, "--store", store)
    assert (code, len(err.splitlines())) == (0, lines)
    assert ("LUOCDO_HOSTS" in err) is (lines == 2)
    assert "quyết định" not in err
    err = run("serve", "--review", "--host", host, "--store", store)[2]
    assert ("ghi được quyết định" in err) is (lines == 2)  # there are no accounts
