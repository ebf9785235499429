"""The command line as a clerk uses it."""

import json
import os
import re
import subprocess
from pathlib import Path

import pytest

from graph.connect import connect
from tests.api.commands import CORPUS, LUOCDO, run

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


@pytest.mark.parametrize("command", ["export", "status", "due --from 2020-01-01"])
def test_a_reader_that_has_enough_is_no_error(store: str, command: str) -> None:
    script = f"set -o pipefail; '{LUOCDO}' {command} --store '{store}' | true"
    done = subprocess.run(["bash", "-c", script], capture_output=True, check=False, text=True)
    assert (done.returncode, done.stderr) == (0, "")


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
    from ontology.errors import InvalidInputError

    with pytest.raises(InvalidInputError, match="chưa có ngày"):
        verbs.due(connect(store), None, None)
