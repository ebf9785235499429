"""The web application: one function builds it from a service and settings, nothing happens on import."""

import logging
from collections.abc import Awaitable, Callable
from importlib.resources import files
from secrets import token_urlsafe
from typing import TYPE_CHECKING, Any

import msgspec
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.openapi.utils import get_openapi
from starlette.exceptions import HTTPException
from starlette.middleware.gzip import GZipMiddleware
from starlette.staticfiles import StaticFiles

from api import problems, schemas, wording
from api.guards import BodyLimit, HeadAsGet, KnownHosts, SecurityHeaders
from api.problems import Problem
from api.routes import ask, bodies, corpus, duties, instruments, review, sparql, views
from api.service import Service
from api.settings import Settings
from api.tags import KnownTags
from ontology.errors import InvalidInputError, LuocdoError

if TYPE_CHECKING:
    from graph.sparql_door import SparqlDoor

UPLOADS = ("/api/v1/extract",)
_LOG = logging.getLogger("luocdo.api")
_DESCRIPTION = (
    "Ai phải làm gì, theo văn bản nào: mọi câu hỏi của Lược Đồ, chỉ đọc. Câu trả lời chỉ nói về các văn bản đã nạp; "
    "mỗi dữ kiện kèm tệp, dòng và nguyên văn. Read-only; answers speak of the loaded documents only."
)


def create_app(service: Service, settings: Settings) -> FastAPI:
    """Build the application: REST under ``/api/v1``, pages, static files, ``/healthz``.

    Args:
        service: The use cases; its store stays open as long as the caller keeps it open.
        settings: Limits and names that the server answers to.
    """
    # FastAPI's own documentation pages load scripts from a CDN; ours (/api) is served from here.
    app = FastAPI(
        title="Lược Đồ",
        version="1",
        description=_DESCRIPTION,
        docs_url=None,
        redoc_url=None,
        openapi_url="/api/openapi.json",
        license_info={"name": "Apache-2.0", "identifier": "Apache-2.0"},
    )
    app.state.service = service
    app.state.settings = settings
    app.state.review_token = token_urlsafe(24)  # in our own forms only: another site cannot read it
    app.state.sparql = _sparql(service, settings)
    for module in (instruments, bodies, duties, ask, corpus, review):
        app.include_router(module.router, prefix="/api/v1")
    app.include_router(corpus.health)
    app.include_router(views.router, include_in_schema=False)
    app.include_router(sparql.router, include_in_schema=False)
    app.mount("/static", StaticFiles(directory=str(files("viz").joinpath("static"))), name="static")
    _add_handlers(app)
    app.add_middleware(KnownTags, revision=service.store.revision)
    app.add_middleware(GZipMiddleware, minimum_size=2000)
    app.add_middleware(BodyLimit, most=settings.body_bytes, uploads=UPLOADS)
    app.add_middleware(KnownHosts, hosts=settings.answered_hosts)
    app.add_middleware(SecurityHeaders)
    app.add_middleware(HeadAsGet)
    app.openapi = lambda: _openapi(app)  # type: ignore[method-assign]  # FastAPI's documented way to extend the schema
    return app


def _sparql(service: Service, settings: Settings) -> "SparqlDoor | None":
    if not settings.sparql:
        return None
    from graph.sparql_door import SparqlDoor, SparqlLimits  # noqa: PLC0415 - rdflib is slow to import

    limits = SparqlLimits(seconds=settings.sparql_seconds, rows=settings.sparql_rows)
    return SparqlDoor(service.store, limits)


def _openapi(app: FastAPI) -> dict[str, Any]:
    if app.openapi_schema is None:
        schema = get_openapi(
            title=app.title,
            version=app.version,
            description=app.description,
            routes=app.routes,
            license_info=app.license_info,
        )
        schema.setdefault("components", {}).setdefault("schemas", {}).update(schemas.components())
        app.openapi_schema = schema
    return app.openapi_schema


def _add_handlers(app: FastAPI) -> None:
    handlers: dict[type[Exception], Callable[[Request, Any], Awaitable[Response]]] = {
        LuocdoError: _on_ours,
        RequestValidationError: _on_validation,
        HTTPException: _on_http,
        Exception: _on_unforeseen,
    }
    for kind, handler in handlers.items():
        app.add_exception_handler(kind, handler)


async def _on_ours(request: Request, error: LuocdoError) -> Response:
    status, problem = problems.problem_of(error)
    if problems.is_hidden(error):
        _LOG.error("%s: %s %s", error.code, error.message, error.details)
    return _answer(request, status, problem)


async def _on_validation(request: Request, error: RequestValidationError) -> Response:
    first = error.errors()[0]
    name = ".".join(str(part) for part in first["loc"][1:]) or str(first["loc"][0])
    if first["type"] == "json_invalid":
        wrong = InvalidInputError(wording.not_json(first), reason=first["type"])
    else:
        wrong = InvalidInputError(wording.fault_of(name, first), parameter=name, reason=first["type"])
    return await _on_ours(request, wrong)


async def _on_http(request: Request, error: HTTPException) -> Response:
    said = wording.http_fault(error.status_code, str(error.detail))
    return _answer(request, error.status_code, problems.http_problem(error.status_code, said), error.headers)


async def _on_unforeseen(request: Request, error: Exception) -> Response:
    _LOG.exception("unforeseen", exc_info=error)
    return _answer(request, *problems.problem_of(LuocdoError("internal")))


def _answer(request: Request, status: int, problem: Problem, headers: Any = None) -> Response:
    if _wants_page(request):
        return views.error_page(request.app.state.service, status, problem)
    return Response(msgspec.json.encode(problem), status, headers, problems.MEDIA_TYPE)


def _wants_page(request: Request) -> bool:
    path = request.url.path
    return not path.startswith(("/api/", "/healthz", "/static/", "/goi-y"))
