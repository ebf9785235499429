"""The SPARQL door: only questions, within limits that are kept by the kernel, in the forms that are asked for."""

import json
import time

import pytest
from factories import corpus

from graph.connect import connect
from graph.sparql_door import SparqlDoor, SparqlLimits
from graph.sparql_results import chosen
from graph.sparql_rows import bound_text
from ontology.errors import InvalidInputError, LimitExceededError, StoreUnavailableError, TimeExceededError

PREFIX = "PREFIX ld: <https://w3id.org/luocdo/ontology#> "
ENDLESS = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n1 ?o }"


@pytest.fixture(scope="module")
def door():
    kept = connect("memory:")
    kept.write_many(iter(corpus()))
    with SparqlDoor(kept, SparqlLimits(seconds=1.5, rows=50)) as opened:
        yield opened


def test_a_runaway_query_is_stopped_and_the_next_one_is_answered(door):
    assert door.sync() > 300
    started = time.monotonic()
    with pytest.raises(TimeExceededError, match=r"1\.5 giây"):
        door.query(ENDLESS)
    assert time.monotonic() - started < 60
    assert door.query("ASK { ?s ?p ?o }").body == b'{"head": {}, "boolean": true}'


def test_a_query_that_eats_memory_is_stopped(store):
    limits = SparqlLimits(seconds=20, memory=50_000_000)
    with SparqlDoor(store, limits) as small, pytest.raises(LimitExceededError):
        small.query("SELECT DISTINCT ?a ?d ?g WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?g")


def test_more_rows_than_are_given_are_told(door):
    answer = door.query("SELECT * WHERE { ?s ?p ?o }", "application/sparql-results+json")
    assert answer.truncated
    assert len(json.loads(answer.body)["results"]["bindings"]) == answer.rows == 50
    assert not door.query("SELECT * WHERE { ?s ?p ?o } LIMIT 50").truncated
    assert door.query("CONSTRUCT WHERE { ?s ?p ?o }").truncated


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * WHERE { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }",
        "SELECT * WHERE { service silent <http://127.0.0.1:1/> { ?s ?p ?o } }",
        "SELECT * WHERE { # không\n SERVICE ?x { ?s ?p ?o } }",
        "INSERT DATA { <http://a> <http://b> <http://c> }",
        "LOAD <file:///etc/passwd>",
        "DROP ALL",
    ],
)
def test_what_would_write_or_leave_this_machine_is_refused(door, query):
    with pytest.raises(InvalidInputError, match="chỉ được hỏi"):
        door.query(query)


def test_words_in_texts_iris_and_comments_are_no_keywords(door):
    query = PREFIX + "SELECT ?load WHERE { ?load ld:action 'DROP \\' SERVICE' ; <http://a/SERVICE> ?x } # LOAD"
    assert door.query(query).rows == 0


def test_the_process_of_a_query_can_open_neither_sockets_nor_files(store, monkeypatch):
    """Even where the words were not looked at: the kernel refuses the descriptor."""
    import socket

    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(2)
        port = server.getsockname()[1]
        with SparqlDoor(store, SparqlLimits(seconds=5)) as opened:
            opened.sync()
            from graph.sparql_process import Ask

            query = f"SELECT * WHERE {{ SERVICE <http://127.0.0.1:{port}/> {{ ?s ?p ?o }} }}"
            ask = Ask(query=query, accept="", seconds=5, rows=5, bytes=1000, memory=10**9, checked=True)
            told, _ = opened._ask(ask, 10)
        assert told is None or told.code
        with pytest.raises(TimeoutError):
            server.accept()


def test_a_query_that_is_none_is_told_with_its_place(door):
    with pytest.raises(InvalidInputError, match=r"không đúng SPARQL.*1:"):
        door.query("SELECT WHERE")
    with pytest.raises(InvalidInputError, match="Chưa có"):
        door.query("  ")


@pytest.mark.parametrize(
    ("accept", "media", "begins"),
    [
        ("", "application/sparql-results+json", b'{"head"'),
        ("application/sparql-results+xml", "application/sparql-results+xml", b"<?xml"),
        ("text/csv;q=0.9, text/html;q=0.8", "text/csv", b"a\r\n"),
        ("text/tab-separated-values", "text/tab-separated-values", b"?a\n"),
        ("text/*;q=0.5, */*;q=0.1", "text/csv", b"a\r\n"),
    ],
)
def test_tables_come_in_the_form_that_is_asked_for(door, accept, media, begins):
    answer = door.query(PREFIX + "SELECT ?a WHERE { ?d ld:action ?a } ORDER BY ?a", accept)
    assert answer.media_type == media
    assert answer.body.startswith(begins)
    assert "Các sở, ban, ngành rà soát thủ tục." in answer.body.decode()


@pytest.mark.parametrize(
    "media", ["text/turtle", "application/n-triples", "application/ld+json", "application/rdf+xml"]
)
def test_graphs_come_in_the_form_that_is_asked_for(door, media):
    import rdflib

    query = PREFIX + "CONSTRUCT { ?d ld:action ?a } WHERE { ?d ld:action ?a }"
    answer = door.query(query, media)
    if media != "application/ld+json":
        assert len(rdflib.Graph().parse(data=answer.body, format=media)) == 4
    assert answer.media_type == media


def test_every_kind_of_term_is_written_in_every_form(door):
    query = 'SELECT ?x WHERE { VALUES ?x { <http://a/b> "chữ <&> \\t\\""@vi 1 true "z" UNDEF } }'
    for accept in ("json", "sparql-results+xml", "csv", "tab-separated-values"):
        kind = "text" if accept in ("csv", "tab-separated-values") else "application"
        assert door.query(query, f"{kind}/{accept}").rows == 6


def test_a_form_that_nobody_knows_is_refused():
    with pytest.raises(InvalidInputError, match="text/csv"):
        chosen("image/png", ("text/csv",))


def test_the_next_answer_knows_what_changed_even_of_a_process_that_was_killed(store):
    count = PREFIX + "SELECT (COUNT(?d) AS ?n) WHERE { ?d a ld:Document }"
    with SparqlDoor(store) as opened:
        assert b'"value": "1"' in opened.query(count).body
        store.remove(store.documents()[0].path)
        assert b'"value": "0"' in opened.query(count).body
        opened._process.kill()
        opened._process.wait()
        assert b'"value": "0"' in opened.query(count).body


def test_a_store_that_cannot_be_opened_is_told_as_such_and_its_address_is_no_argument(store, capfd):
    store.url = "bolt://neo4j:mat-khau-kin@127.0.0.1:1"
    with SparqlDoor(store) as opened:
        with pytest.raises(StoreUnavailableError, match="không kết nối được"):
            opened.query("ASK { ?s ?p ?o }")
        assert "mat-khau-kin" not in " ".join(opened._process.args)
    assert capfd.readouterr().err == ""


def test_a_value_for_a_variable_that_a_query_does_not_have_is_refused():
    assert "VALUES" in bound_text("SELECT * WHERE { ?s ?p ?o }", {"s": "x"})
    with pytest.raises(InvalidInputError, match=r"\?nobody"):
        bound_text("SELECT * WHERE { ?s ?p ?nobodyElse }", {"nobody": "x"})


def test_sqlite_is_read_by_the_process_itself(store, tmp_path):
    kept = connect(f"sqlite:{tmp_path / 'x.db'}")
    kept.write_many(store.batches())
    with SparqlDoor(kept) as opened:
        assert opened.sync() > 300
        kept.remove(kept.documents()[0].path)
        assert opened.query("ASK { ?s ?p ?o }").body == b'{"head": {}, "boolean": false}'
    kept.close()
