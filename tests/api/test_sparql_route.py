"""The SPARQL endpoint speaks the W3C protocol, refuses in our form, and has a page for people."""

import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from api.routes.sparql import EXAMPLES
from api.service import Service
from api.settings import Settings
from graph.connect import connect

CORPUS = Path(__file__).parent / "ask_corpus"
PREFIX = "PREFIX ld: <https://w3id.org/luocdo/ontology#> "
ACTIONS = PREFIX + "SELECT ?a WHERE { ?n ld:action ?a } ORDER BY ?a"
FORM = "application/x-www-form-urlencoded"


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    service = Service(connect("memory:"))
    service.load([CORPUS])
    app = create_app(service, Settings(sparql=True, sparql_seconds=3, sparql_rows=5))
    with TestClient(app, base_url="http://localhost") as opened:
        yield opened
    app.state.sparql.close()


def test_get_and_both_kinds_of_post_give_the_same_answer(client: TestClient) -> None:
    got = client.get("/sparql", params={"query": ACTIONS})
    form = client.post("/sparql", content=f"query={quote(ACTIONS)}", headers={"content-type": FORM})
    direct = client.post("/sparql", content=ACTIONS, headers={"content-type": "application/sparql-query"})
    assert got.status_code == 200
    assert got.headers["content-type"] == "application/sparql-results+json"
    assert got.json() == form.json() == direct.json()


def test_what_was_cut_is_told_in_a_header(client: TestClient) -> None:
    assert client.get("/sparql", params={"query": ACTIONS}).headers["luocdo-truncated"] == "rows=5"
    assert "luocdo-truncated" not in client.get("/sparql", params={"query": ACTIONS + " LIMIT 5"}).headers


@pytest.mark.parametrize(
    ("accept", "query"),
    [
        ("application/sparql-results+xml", ACTIONS),
        ("text/csv", ACTIONS),
        ("text/tab-separated-values", ACTIONS),
        ("text/turtle", "CONSTRUCT WHERE { ?s ?p ?o }"),
        ("application/n-triples", "DESCRIBE <https://w3id.org/luocdo/graph/tables>"),
    ],
)
def test_the_form_is_negotiated(client: TestClient, accept: str, query: str) -> None:
    answer = client.get("/sparql", params={"query": query}, headers={"accept": accept})
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith(accept)


def test_the_graphs_of_the_protocol_narrow_what_is_seen(client: TestClient) -> None:
    query = PREFIX + "SELECT ?d WHERE { ?d a ld:Document }"
    assert len(client.get("/sparql", params={"query": query}).json()["results"]["bindings"]) == 3
    none = client.get("/sparql", params={"query": query, "default-graph-uri": "https://w3id.org/luocdo/graph/tables"})
    assert none.json()["results"]["bindings"] == []


@pytest.mark.parametrize(
    ("given", "status", "code"),
    [
        ({"query": "SELECT WHERE"}, 400, "invalid_input"),
        ({"query": "SELECT * WHERE { SERVICE <http://x/> { ?s ?p ?o } }"}, 400, "invalid_input"),
        ({"update": "DROP ALL"}, 400, "invalid_input"),
        ({}, 400, "invalid_input"),
        (
            {"query": "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"},
            504,
            "time_exceeded",
        ),
    ],
)
def test_refusals_are_problems_with_our_codes(
    client: TestClient, given: dict[str, str], status: int, code: str
) -> None:
    answer = client.get("/sparql", params=given)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["message"]


def test_other_bodies_are_refused(client: TestClient) -> None:
    for kind in ("application/sparql-update", "application/json"):
        assert client.post("/sparql", content="DROP ALL", headers={"content-type": kind}).status_code == 400


def test_the_page_shows_form_examples_and_a_table_with_links(client: TestClient) -> None:
    html = {"accept": "text/html"}
    empty = client.get("/sparql", headers=html)
    assert empty.status_code == 200
    assert empty.text.count("/sparql?query=") == len(EXAMPLES)
    query = PREFIX + 'SELECT ?v ("<b>" AS ?x) WHERE { ?v a ld:Instrument } LIMIT 2'
    shown = client.get("/sparql", params={"query": query}, headers=html).text
    assert 'href="/van-ban/' in shown
    assert "&lt;b&gt;" in shown
    assert "<b>" not in shown
    assert '<input id="q" name="q" type="search" value=""' in shown  # the box of the head is for other questions
    wrong = client.get("/sparql", params={"query": "SELECT WHERE"}, headers=html)
    assert (wrong.status_code, "không đúng SPARQL" in wrong.text) == (422, True)
    endless = {"query": "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"}
    slow = client.get("/sparql", params=endless, headers=html)
    assert (slow.status_code, "vì quá" in slow.text) == (504, True)
    assert "Có" in client.get("/sparql", params={"query": "ASK { ?s ?p ?o }"}, headers=html).text


def test_every_example_of_the_page_has_rows(client: TestClient) -> None:
    for _, query in EXAMPLES:
        assert json.loads(client.get("/sparql", params={"query": query}).content)["results"]["bindings"]


def test_it_is_closed_unless_it_was_opened() -> None:
    with TestClient(create_app(Service(connect("memory:")), Settings()), base_url="http://localhost") as closed:
        answer = closed.get("/sparql", params={"query": ACTIONS})
    assert answer.status_code == 404
    assert "--sparql" in answer.json()["message"]
