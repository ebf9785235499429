"""Commands that hand on: pictures, exports, imports, SPARQL, the server."""

import json
import socket
import zipfile
from contextlib import closing
from pathlib import Path

import pytest

from api import serving
from graph.connect import connect
from tests.api.commands import run


@pytest.fixture
def store(tmp_path: Path, folder: Path) -> str:
    url = f"sqlite:{tmp_path / 'kho.db'}"
    assert run("load", folder, "--store", url)[0] == 0
    return url


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
