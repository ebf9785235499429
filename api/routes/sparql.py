"""The SPARQL 1.1 endpoint: the W3C protocol over GET and POST, read only, and a page with a form for people."""

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

import msgspec
from fastapi import APIRouter, Request, Response
from starlette.concurrency import run_in_threadpool

from api import problems
from api.routes.common import ServiceDep
from graph.results import Corpus
from ontology.errors import InvalidInputError, LuocdoError, NotFoundError, OverloadedError
from viz import links, pages

if TYPE_CHECKING:
    from graph.sparql_door import SparqlDoor

router = APIRouter()
CUT = "Luocdo-Truncated"
_FORM = "application/x-www-form-urlencoded"
_QUERY = "application/sparql-query"
_HTML = "text/html; charset=utf-8"
_SHOWN = 500  # rows on the page
_PREFIX = "PREFIX ld: <https://w3id.org/luocdo/ontology#>\nPREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>\n"
EXAMPLES = (
    (
        "Văn bản nào thực hiện văn bản nào",
        _PREFIX + "SELECT ?tu ?den WHERE {\n  ?a ld:implements ?b .\n  ?a rdfs:label ?tu . ?b rdfs:label ?den\n}\n"
        "ORDER BY ?den ?tu LIMIT 100",
    ),
    (
        "Nhiệm vụ có hạn cuối, sớm nhất trước",
        _PREFIX + "SELECT ?ngay ?viec ?vanBan WHERE {\n"
        "  ?v <http://www.w3.org/ns/odrl/2/obligation> ?n ; rdfs:label ?vanBan .\n"
        "  ?n ld:action ?viec ; ld:deadline/ld:lastDay ?ngay\n}\nORDER BY ?ngay LIMIT 100",
    ),
    (
        "Cơ quan chủ trì nhiều nhiệm vụ nhất",
        _PREFIX + "SELECT ?coQuan (COUNT(?n) AS ?soNhiemVu) WHERE {\n  ?n ld:leads ?c .\n"
        "  ?c <http://www.w3.org/2004/02/skos/core#prefLabel> ?coQuan\n}\n"
        "GROUP BY ?coQuan ORDER BY DESC(?soNhiemVu) LIMIT 50",
    ),
)


@dataclass(frozen=True, slots=True)
class Cell:
    """One value of a table on the page."""

    text: str
    link: str


@router.get("/sparql")
async def ask_by_address(request: Request, service: ServiceDep) -> Response:
    """Answer a query in the address, or show the form."""
    return await _respond(request, service.store.corpus(), request.query_params.multi_items())


@router.post("/sparql")
async def ask_by_body(request: Request, service: ServiceDep) -> Response:
    """Answer a query in the body: a form, or the query itself."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    try:
        body = (await request.body()).decode()
    except UnicodeDecodeError:
        return _problem(InvalidInputError("Câu truy vấn phải là UTF-8", parameter="query"))
    given = request.query_params.multi_items()
    if kind == _QUERY:
        given = [*given, ("query", body)]
    elif kind == _FORM:
        given = [*given, *parse_qsl(body, keep_blank_values=True)]
    else:
        return _problem(
            InvalidInputError(f"Gửi câu truy vấn theo dạng {_QUERY} hoặc {_FORM}", parameter="Content-Type")
        )
    return await _respond(request, service.store.corpus(), given)


async def _respond(request: Request, corpus: Corpus, given: list[tuple[str, str]]) -> Response:
    queries = [value for name, value in given if name == "query"]
    accept = request.headers.get("accept", "")
    try:
        door = _door(request)
        if "text/html" in accept:
            return await _page(door, corpus, queries)
        _check(given, queries)
        graphs = tuple(value for name, value in given if name == "default-graph-uri")
        named = tuple(value for name, value in given if name == "named-graph-uri")
        answer = await run_in_threadpool(door.query, queries[0], accept, graphs=graphs, named=named)
    except LuocdoError as error:
        return _problem(error)
    headers = {"Cache-Control": "private, no-cache", "Vary": "Accept"}
    if answer.truncated:
        headers[CUT] = f"rows={answer.rows}"
    return Response(answer.body, headers=headers, media_type=answer.media_type)


def _check(given: list[tuple[str, str]], queries: list[str]) -> None:
    if any(name.startswith(("update", "using-")) for name, _ in given):
        raise InvalidInputError("Chỉ được hỏi: kho không nhận update", parameter="update")
    if len(queries) != 1:
        raise InvalidInputError("Cần đúng một câu truy vấn ở tham số query", parameter="query")


def _door(request: Request) -> "SparqlDoor":
    door: SparqlDoor | None = request.app.state.sparql
    if door is None:
        raise NotFoundError("Cửa SPARQL chưa mở; chạy lại với luocdo serve --sparql hoặc LUOCDO_SPARQL=1")
    return door


def _problem(error: LuocdoError) -> Response:
    status, problem = problems.problem_of(error)
    if type(error) is InvalidInputError:
        status = 400  # what the protocol says of a malformed query
    return Response(msgspec.json.encode(problem), status, media_type=problems.MEDIA_TYPE)


async def _page(door: "SparqlDoor", corpus: Corpus, queries: list[str]) -> Response:
    query, status, fault = (queries[0] if queries else ""), 200, ""
    names: list[str] = []
    rows: list[list[Cell | None]] = []
    cut, text = False, ""
    if query:
        try:
            forms = "application/sparql-results+json, text/turtle;q=0.9"
            answer = await run_in_threadpool(door.query, query, forms, rows=_SHOWN)
            cut = answer.truncated
            if answer.media_type == "text/turtle":
                text = answer.body.decode()
            else:
                names, rows, text = _table(json.loads(answer.body))
        except (InvalidInputError, OverloadedError) as error:
            status, fault = problems.status_of(type(error)), error.message
    shown = pages.page(
        "sparql.html",
        corpus=corpus,
        sparql=query or EXAMPLES[0][1],
        asked=bool(query),
        examples=EXAMPLES,
        names=names,
        rows=rows,
        text=text,
        cut=cut,
        fault=fault,
    )
    return Response(shown, status, media_type=_HTML, headers={"Cache-Control": "private, no-cache", "Vary": "Accept"})


def _table(answer: dict[str, Any]) -> tuple[list[str], list[list[Cell | None]], str]:
    if "boolean" in answer:
        return [], [], "Có" if answer["boolean"] else "Không"
    names = answer["head"]["vars"]
    rows = [[_cell(found.get(name)) for name in names] for found in answer["results"]["bindings"]]
    return names, rows, ""


def _cell(term: dict[str, str] | None) -> Cell | None:
    if term is None:
        return None
    return Cell(term["value"], links.page(term["value"]) if term["type"] == "uri" else "")
