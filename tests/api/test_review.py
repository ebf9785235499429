"""Judging identity through every door: command line, REST and the review page."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from typer.testing import CliRunner

from api.app import create_app
from api.cli import app
from api.service import Service
from api.settings import Settings, read_settings
from graph.connect import connect
from graph.judgements import Judgement, load
from graph.store import Store
from ontology.errors import InvalidInputError

TITLE = "phối hợp thực hiện công tác vận động quần chúng năm 2021"
SIGNED = ("--by", "Nguyễn Thị Hoa", "--reason", "Đã xem bản gốc")
HOST = {"host": "testserver"}
runner = CliRunner()


def _plan(number: str) -> str:
    return (
        "UBND TỈNH AN HẢI\nSỞ CÔNG THƯƠNG\nSố: /SCT-VP\nAn Hải, ngày 03 tháng 3 năm 2021\n\n"
        f"V/v thực hiện Kế hoạch {number}\n\n"
        f"Thực hiện Kế hoạch số {number}-KH/BDVTU ngày 11/01/2021 của Ban Dân vận Tỉnh ủy về {TITLE}; "
        "Sở Công Thương đề nghị các phòng thực hiện như sau:\n\n"
        f"1. Văn phòng Sở tổng hợp kết quả đợt {number}, báo cáo Giám đốc Sở trước ngày 15/11/2021.\n\n"
        "GIÁM ĐỐC\n\nTrần Văn Bình\n"
    )


@pytest.fixture
def url(tmp_path: Path) -> str:
    folder = tmp_path / "vb"
    folder.mkdir()
    for number in ("10", "40"):
        (folder / f"cong-van-{number}.txt").write_text(_plan(number), "utf-8")
    url = f"sqlite:{tmp_path / 'kho.db'}"
    assert run("load", folder, "--store", url)[0] == 0
    return url


def run(*args: str | Path, typed: str | None = None) -> tuple[int, str, str]:
    result = runner.invoke(app, [str(a) for a in args], input=typed)
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.exit_code, result.stdout, result.stderr


def listed(url: str) -> list[dict[str, Any]]:
    code, out, _ = run("review", "--store", url, "--json")
    assert code == 0
    found: list[dict[str, Any]] = json.loads(out)["items"]
    return found


# -- command line -----------------------------------------------------------------------------------------------------
def test_the_list_shows_both_sentences_their_sources_and_the_evidence(url: str) -> None:
    code, out, _ = run("review", "--store", url)
    flat = " ".join(out.split())
    assert code == 0
    for told in (
        "Hai số cho một văn bản",
        "Kế hoạch số 10-KH/BDVTU ngày 11/01/2021",
        "Kế hoạch số 40-KH/BDVTU ngày 11/01/2021",
        "cong-van-10.txt:8",
        "cong-van-40.txt:8",
        "cùng ngày 11/01/2021",
        "Khả năng là một:",
        "luocdo review answer",
    ):
        assert told in flat, told
    assert listed(url)[0]["id"] in out


def test_an_answer_settles_a_conflict_stands_in_the_history_and_can_be_undone(url: str) -> None:
    [conflict] = listed(url)
    code, out, _ = run("review", "answer", conflict["id"], "different", *SIGNED, "--store", url, "--json")
    record = json.loads(out)
    assert (code, record["verdict"], record["by"]) == (0, "different", "Nguyễn Thị Hoa")
    assert listed(url) == []
    assert "Không có chỗ nào cần duyệt" in run("review", "--store", url)[1]
    told = run("review", "history", "--store", url)[1]
    assert record["id"] in told
    assert "Đã xem bản gốc" in told
    assert run("review", "undo", record["id"], *SIGNED, "--store", url)[0] == 0
    assert [c["id"] for c in listed(url)] == [conflict["id"]]
    assert "đã rút lại" in " ".join(run("review", "history", "--store", url)[1].split())
    assert len(json.loads(run("review", "history", "--store", url, "--json")[1])["items"]) == 2


def test_conflicts_and_the_history_come_in_pages(url: str) -> None:
    folder = Path(url.partition(":")[2]).parent / "vb"
    for number in ("11", "41"):
        text = _plan(number).replace("phối hợp thực hiện", "đẩy mạnh").replace("11/01/2021", "12/01/2021")
        (folder / f"cong-van-{number}.txt").write_text(text, "utf-8")
    assert run("load", folder, "--store", url)[0] == 0
    first, second = listed(url)
    out = run("review", "--store", url, "--limit", "1")[1]
    assert first["id"] in out
    assert second["id"] not in out
    assert "Chỗ cần duyệt 1–1 trong 2." in out
    assert f"Xem tiếp: luocdo review --store {url} --limit 1 --offset 1" in out
    rest = run("review", "--store", url, "--limit", "1", "--offset", "1")[1]
    assert "2/2" in rest
    assert second["id"] in rest
    for conflict in (first, second):
        assert run("review", "answer", conflict["id"], "different", *SIGNED, "--store", url)[0] == 0
    out = run("review", "history", "--store", url, "--limit", "1")[1]
    assert "Quyết định 1–1 trong 2." in out
    assert f"Xem tiếp: luocdo review history --store {url} --limit 1 --offset 1" in out


def test_readings_are_printed_to_be_copied_and_one_document_is_not_parted_by_its_name(url: str) -> None:
    [conflict] = listed(url)
    by = ("--by", "Hoa\x1b[31m", "--reason", "Xem\x07 bản gốc")
    record = json.loads(run("review", "answer", conflict["id"], "same", *by, "--store", url, "--json")[1])
    assert (record["by"], record["reason"]) == ("Hoa [31m", "Xem bản gốc")  # nothing that commands a terminal
    told = run("review", "explain", "Kế hoạch 10", "--store", url)[1].splitlines()
    forms = {side["identity"]["forms"][0] for side in conflict["sides"]}
    assert all(any(line.endswith(f"cách ghi: {form}") for line in told) for form in forms)
    code, _, err = run("review", "pair", "Kế hoạch 10", "Kế hoạch 40", "different", *SIGNED, "--store", url)
    assert code == 1
    assert "đang là một văn bản" in err
    assert "explain" in err


def test_later_puts_off_and_a_second_answer_against_the_first_is_refused_by_name(url: str) -> None:
    [conflict] = listed(url)
    assert run("review", "answer", conflict["id"], "later", *SIGNED, "--store", url)[0] == 0
    assert listed(url)[0]["later"]["verdict"] == "later"
    first = json.loads(run("review", "answer", conflict["id"], "same", *SIGNED, "--store", url, "--json")[1])
    one, two = (side["identity"]["forms"][0] for side in conflict["sides"])
    code, _, err = run("review", "pair", one, two, "different", *SIGNED, "--store", url)
    assert code == 1
    assert err.startswith("luocdo: contradiction: ")
    assert first["id"] in err


@pytest.mark.parametrize(
    ("args", "code"),
    [
        (("answer", "c-0000000000", "same"), "not_found"),
        (("undo", "j-000000000000"), "not_found"),
    ],
)
def test_what_is_not_there_is_one_clear_line(url: str, args: tuple[str, ...], code: str) -> None:
    status, _, err = run("review", *args, *SIGNED, "--store", url)
    assert (status, err.count("\n")) == (1, 1)
    assert err.startswith(f"luocdo: {code}: ")


def test_an_answer_needs_a_known_verdict_a_name_and_a_reason(url: str) -> None:
    [conflict] = listed(url)
    assert "invalid_input" in run("review", "answer", conflict["id"], "maybe", *SIGNED, "--store", url)[2]
    assert run("review", "answer", conflict["id"], "same", "--by", "Hoa", "--store", url)[0] == 2
    assert "lý do" in run("review", "answer", conflict["id"], "same", "--by", "Hoa", "--reason", " ", "--store", url)[2]
    assert len(listed(url)) == 1


def test_explain_names_the_parts_and_how_to_take_them_apart(url: str) -> None:
    code, out, _ = run("review", "explain", "10-KH/BDVTU", "--store", url)
    assert code == 0
    assert "1 = 2: hai số khác nhau" in " ".join(out.split())
    assert "review pair" in out
    told = json.loads(run("review", "explain", "10-KH/BDVTU", "--store", url, "--json")[1])
    one, two = (part["identity"]["forms"][0] for part in told["parts"])
    assert run("review", "pair", one, two, "different", *SIGNED, "--store", url)[0] == 0
    assert len(json.loads(run("review", "explain", "40-KH/BDVTU", "--store", url, "--json")[1])["parts"]) == 1


def test_two_instruments_can_be_judged_by_what_people_call_them(url: str) -> None:
    [conflict] = listed(url)
    assert run("review", "answer", conflict["id"], "different", *SIGNED, "--store", url)[0] == 0
    undone = json.loads(run("review", "history", "--store", url, "--json")[1])["items"][0]["id"]
    assert run("review", "undo", undone, *SIGNED, "--store", url)[0] == 0
    about = ("--about", "40-KH/BDVTU")
    assert len(json.loads(run("review", *about, "--store", url, "--json")[1])["items"]) == 1


def test_judgements_go_over_to_another_store_and_twice_changes_nothing(url: str, tmp_path: Path) -> None:
    [conflict] = listed(url)
    run("review", "answer", conflict["id"], "different", *SIGNED, "--store", url)
    file, other = tmp_path / "quyet-dinh.jsonl", f"sqlite:{tmp_path / 'khac.db'}"
    assert run("review", "export", "-o", file, "--store", url)[0] == 0
    assert file.read_text("utf-8") == run("review", "export", "--store", url)[1]
    assert [r.verdict for r in load(file.read_bytes())] == ["different"]
    assert "1 quyết định mới" in run("review", "import", file, "--store", other)[2]
    assert "0 quyết định mới" in run("review", "import", file, "--store", other)[2]
    assert run("load", tmp_path / "vb", "--store", other)[0] == 0
    assert listed(other) == []
    file.write_text(file.read_text("utf-8").replace("different", "same"), "utf-8")
    code, _, err = run("review", "import", file, "--store", other)
    assert code == 1
    assert "Dòng 1" in err


def test_on_a_terminal_each_conflict_is_asked_for(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from api import cli_review

    class _Terminal:
        def __init__(self, true: Any) -> None:
            self._true = true

        def isatty(self) -> bool:
            return True

        def __getattr__(self, name: str) -> Any:
            return getattr(self._true, name)

    class _Sys:
        def __getattr__(self, name: str) -> Any:
            import sys

            return _Terminal(getattr(sys, name)) if name in ("stdin", "stdout") else getattr(sys, name)

    monkeypatch.setattr(cli_review, "sys", _Sys())
    code, out, err = run("review", "--store", url, typed="Lê Văn Nam\nx\nh\nsố công báo khác nhau\n")
    assert code == 0
    assert "(m) là một" in out
    assert "đã ghi quyết định" in err
    [record] = json.loads(run("review", "history", "--store", url, "--json")[1])["items"]
    assert (record["by"], record["reason"]) == ("Lê Văn Nam", "số công báo khác nhau")


# -- REST and page ----------------------------------------------------------------------------------------------------
@pytest.fixture
def store(url: str) -> Iterator[Store]:
    opened = connect(url)
    yield opened
    opened.close()


@pytest.fixture
def client(store: Store) -> Iterator[TestClient]:
    settings = Settings(hosts=("testserver",), review=True)
    with TestClient(create_app(Service(store), settings), raise_server_exceptions=False) as made:
        yield made


@pytest.fixture
def closed(store: Store) -> Iterator[TestClient]:
    with TestClient(create_app(Service(store), Settings(hosts=("testserver",)))) as made:
        yield made


def answer_to(client: TestClient, **fields: str) -> dict[str, str]:
    return {"verdict": "same", "by": "Hoa", "reason": "đã xem", **fields}


def test_conflicts_and_judgements_are_answered_over_http(client: TestClient) -> None:
    [conflict] = client.get("/api/v1/conflicts").json()["items"]
    assert len(conflict["sides"]) == 2
    assert client.get("/api/v1/conflicts?about=10-KH/BDVTU").json()["total"] == 1
    given = client.post("/api/v1/judgements", json=answer_to(client, conflict=conflict["id"]))
    assert given.status_code == 201
    record = given.json()["item"]
    assert client.get("/api/v1/judgements").json()["items"] == [record]
    assert client.get("/api/v1/conflicts").json()["items"] == []
    told = client.get(f"/api/v1/explanations/{conflict['instruments'][0]['id'].split('/instrument/')[1]}").json()
    assert {part["number"] for part in told["item"]["parts"]} == {"10", "40"}
    undone = client.post("/api/v1/judgements", json={"undoes": record["id"], "by": "Hoa", "reason": "nhầm"})
    assert undone.status_code == 201
    assert client.get("/api/v1/conflicts").json()["total"] == 1


def test_a_contradiction_is_a_conflict_of_http_that_names_the_earlier_record(client: TestClient) -> None:
    [conflict] = client.get("/api/v1/conflicts").json()["items"]
    record = client.post("/api/v1/judgements", json=answer_to(client, conflict=conflict["id"])).json()["item"]
    a, b = (side["identity"]["forms"][0] for side in conflict["sides"])
    refused = client.post("/api/v1/judgements", json=answer_to(client, a=a, b=b, verdict="different"))
    assert (refused.status_code, refused.json()["code"]) == (409, "contradiction")
    assert refused.json()["details"]["judgements"] == [record["id"]]


def test_a_server_that_was_not_started_for_it_takes_no_answers(closed: TestClient, store: Store) -> None:
    [conflict] = closed.get("/api/v1/conflicts").json()["items"]
    refused = closed.post("/api/v1/judgements", json=answer_to(closed, conflict=conflict["id"]))
    assert (refused.status_code, refused.json()["code"]) == (403, "not_allowed")
    assert "--review" in refused.json()["message"]
    page = closed.get("/duyet").text
    assert "<form" not in page.split("<main", 1)[1]
    assert f"luocdo review answer {conflict['id']}" in page
    assert closed.post("/duyet", data={"conflict": conflict["id"]}).status_code == 403
    assert store.judgements() == []


def form_of(client: TestClient) -> dict[str, str]:
    page = client.get("/duyet").text
    form = page.split('<form class="judge-form"', 1)[1]
    found = dict(re.findall(r'name="(token|conflict|undoes)" value="([^"]+)"', form.split("</form>")[0]))
    return {**found, "by": "Hoa", "reason": "đã xem"}


def test_the_page_shows_both_sides_and_takes_an_answer_by_its_form(client: TestClient, store: Store) -> None:
    page = client.get("/duyet").text
    for told in (
        "Kế hoạch số 10-KH/BDVTU",
        "Kế hoạch số 40-KH/BDVTU",
        "cùng ngày 11/01/2021",
        "Hai số cho một văn bản",
    ):
        assert told in page, told
    given = client.post("/duyet", data={**form_of(client), "verdict": "different"}, follow_redirects=False)
    assert (given.status_code, given.headers["location"]) == (303, "/duyet")
    [record] = store.judgements()
    page = client.get("/duyet").text
    assert record.id in page
    assert "Không có chỗ nào cần duyệt" in page
    assert client.post("/duyet", data=form_of(client)).status_code == 200  # the form that takes it back
    assert [r.verdict for r in store.judgements()] == ["different", "undo"]
    assert "đã rút lại" in client.get("/duyet").text


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://nơi-khác.vn".encode("idna").decode()},
        {"origin": "http://testserver:8000"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site", "origin": "null"},
    ],
)
def test_another_site_cannot_answer_for_a_person(client: TestClient, store: Store, headers: dict[str, str]) -> None:
    [conflict] = client.get("/api/v1/conflicts").json()["items"]
    given = {**form_of(client), "verdict": "same"}
    assert client.post("/duyet", data=given, headers=headers).status_code == 403
    told = answer_to(client, conflict=conflict["id"])
    assert client.post("/api/v1/judgements", json=told, headers=headers).status_code == 403
    assert store.judgements() == []


def test_a_form_without_our_token_is_refused(client: TestClient, store: Store) -> None:
    given = {**form_of(client), "verdict": "same"}
    for token in ("", "đoán", given["token"][:-1]):
        assert client.post("/duyet", data={**given, "token": token}).status_code == 403
    as_form = client.post("/api/v1/judgements", data=given)  # JSON alone is taken, which a browser asks leave for
    assert as_form.status_code == 422
    assert store.judgements() == []


def test_our_own_form_passes_though_browsers_hide_its_origin(client: TestClient, store: Store) -> None:
    given = {**form_of(client), "verdict": "later"}
    headers = {"origin": "null", "sec-fetch-site": "same-origin"}
    assert client.post("/duyet", data=given, headers=headers, follow_redirects=False).status_code == 303
    assert [r.verdict for r in store.judgements()] == ["later"]
    assert "Để sau:" in client.get("/duyet").text


@pytest.mark.parametrize("wrong", [{"by": ""}, {"reason": ""}, {"verdict": "maybe"}, {"conflict": "c-1"}, {"a": "1"}])
def test_answers_that_cannot_be_used_are_told_so(client: TestClient, store: Store, wrong: dict[str, str]) -> None:
    [conflict] = client.get("/api/v1/conflicts").json()["items"]
    told = answer_to(client, conflict=conflict["id"]) if "a" not in wrong else answer_to(client)
    assert client.post("/api/v1/judgements", json={**told, **wrong}).status_code in {404, 422}
    assert client.post("/duyet", data={**form_of(client), "verdict": "same", **wrong}).status_code in {200, 404, 422}
    assert [r.verdict for r in store.judgements()] in ([], ["same"])


def test_what_a_reviewer_typed_is_escaped(client: TestClient) -> None:
    given = {**form_of(client), "verdict": "same", "by": "<b>x</b>", "reason": "<script>alert(1)</script>"}
    client.post("/duyet", data=given)
    page = client.get("/duyet").text
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;" in page


def test_the_instrument_page_shows_only_its_own_conflicts_and_leads_to_the_review(client: TestClient) -> None:
    [conflict] = client.get("/api/v1/conflicts").json()["items"]
    path = conflict["instruments"][0]["id"].split("/instrument/")[1]
    page = client.get(f"/van-ban/{path}").text
    assert f"#{conflict['id']}" in page
    link = re.search(r'href="(/duyet\?ve=[^"]+)"', page)
    assert link is not None
    assert conflict["id"] in client.get(link[1].split("#")[0].replace("&amp;", "&")).text


@pytest.mark.parametrize(("told", "wanted"), [(None, False), ("1", True), ("0", False)])
def test_answers_are_taken_only_where_the_settings_say_so(told: str | None, wanted: bool) -> None:
    assert read_settings({} if told is None else {"LUOCDO_REVIEW": told}).review is wanted


def test_a_switch_that_is_neither_is_refused() -> None:
    with pytest.raises(InvalidInputError):
        read_settings({"LUOCDO_REVIEW": "yes"})


def test_records_keep_their_form_on_the_wire(client: TestClient) -> None:
    assert {"id", "verdict", "by", "reason", "at"} <= set(Judgement.__struct_fields__)
    schema = client.get("/api/openapi.json").json()["components"]["schemas"]
    assert {"Judgement", "Identity", "Explanation", "Clue"} <= set(schema)
