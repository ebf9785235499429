"""What is imported is not trusted: limits, no network, no entities; errors name file, line and remedy."""

import io
import zipfile

import pytest

from graph.exchange import EXTENSIONS, export, format_of
from graph.exchange_limits import ImportLimits
from graph.exchange_read import read
from ontology.errors import InvalidInputError, LimitExceededError

BILLION = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><graphml>&b;</graphml>'
OUTSIDE = '<?xml version="1.0"?><!DOCTYPE x SYSTEM "file:///etc/passwd"><graphml/>'


def written(store, folder, name):
    path = folder / f"kho{EXTENSIONS[name]}"
    with path.open("wb") as out:
        export(store, name, out)
    return path


def changed(path, old, new):
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    return path


def refused(path, name, limits=None):
    with pytest.raises(InvalidInputError) as caught:
        read(path, name, limits)
    assert path.name in caught.value.message
    assert caught.value.message.endswith(("thử lại.", "nhỏ hơn."))
    return caught.value


def test_a_broken_line_is_told_with_its_number(store, tmp_path):
    path = written(store, tmp_path, "nquads")
    lines = path.read_text("utf-8").splitlines(keepends=True)
    path.write_text("".join([*lines[:6], "<a b> .\n", *lines[6:]]), "utf-8")
    error = refused(path, "nquads")
    assert "dòng 7" in error.message


def test_a_reading_that_lacks_its_text_is_told_with_its_node_and_line(store, tmp_path):
    path = written(store, tmp_path, "nquads")
    lines = path.read_text("utf-8").splitlines(keepends=True)
    path.write_text("".join(line for line in lines if "content#chars" not in line), "utf-8")
    error = refused(path, "nquads")
    assert "content#chars" in error.message
    assert error.details["line"] > 1


def test_a_value_out_of_the_closed_words_is_refused(store, tmp_path):
    path = changed(written(store, tmp_path, "turtle"), "ld:part ld:leads", "ld:part ld:owns")
    assert "owns" in refused(path, "turtle").message


def test_a_remote_context_is_never_fetched(tmp_path):
    path = tmp_path / "x.jsonld"
    path.write_text('{"@context": "https://example.org/c.jsonld", "@id": "http://a/", "b": "c"}', "utf-8")
    refused(path, "json-ld")


def test_a_value_that_the_parser_cannot_hold_is_refused(tmp_path):
    path = tmp_path / "x.nq"
    path.write_text(f'<a:a> <a:b> "{"x" * 17_000_000}" .\n', "utf-8")
    assert "quá dài" in refused(path, "nquads").message


@pytest.mark.parametrize("text", [BILLION, OUTSIDE])
def test_a_document_type_in_graphml_is_refused(tmp_path, text):
    path = tmp_path / "x.graphml"
    path.write_text(text, "utf-8")
    assert "DOCTYPE" in refused(path, "graphml").message


def test_broken_xml_is_told_with_its_line(store, tmp_path):
    path = changed(written(store, tmp_path, "graphml"), "</ld:row>", "</ld:raw>")
    assert "dòng" in refused(path, "graphml").message


@pytest.mark.parametrize("name", sorted(EXTENSIONS))
def test_files_beyond_a_limit_are_refused(store, tmp_path, name):
    path = written(store, tmp_path, name)
    for limits in (ImportLimits(bytes=100), ImportLimits(facts=10)):
        with pytest.raises(LimitExceededError):
            read(path, name, limits)


def test_a_zip_that_unpacks_to_more_than_the_limit_is_refused(tmp_path):
    path = tmp_path / "x.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("reading/files.csv", b"key\r\n" + b" " * 5_000_000)
    with pytest.raises(LimitExceededError):
        read(path, "csv", ImportLimits(bytes=1_000_000))


def test_a_table_without_one_of_its_rows_is_refused(store, tmp_path):
    path = written(store, tmp_path, "csv")
    members = {name: zipfile.ZipFile(path).read(name) for name in zipfile.ZipFile(path).namelist()}
    name = "reading/files.record.citations.csv"
    members[name] = members[name].rpartition(b"\r\n1.")[0] + b"\r\n"
    with zipfile.ZipFile(path, "w") as archive:
        for member, data in members.items():
            archive.writestr(member, data)
    assert "citations" in refused(path, "csv").message


@pytest.mark.parametrize("name", sorted(EXTENSIONS))
def test_what_is_no_such_file_at_all_is_refused(tmp_path, name):
    path = tmp_path / "x"
    path.write_bytes(b"\x00\xff PK <{ not this")
    refused(path, name)


def test_the_format_follows_the_extension():
    from pathlib import Path

    for name, extension in EXTENSIONS.items():
        assert format_of(None, Path(f"a{extension.upper()}")) == name
    with pytest.raises(InvalidInputError, match="json-ld"):
        format_of(None, Path("a.docx"))


def test_a_file_without_documents_gives_none(tmp_path):
    from graph.connect import connect

    empty = connect("memory:")
    for name in EXTENSIONS:
        out = io.BytesIO()
        export(empty, name, out)
        (tmp_path / name).write_bytes(out.getvalue())
        assert read(tmp_path / name, name).batches == ()
