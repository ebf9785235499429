"""The web application: one function builds it from a service and settings, nothing happens on import."""

import logging
from collections.abc import Awaitable, Callable
from importlib.resources import files
from typing import Any

import msgspec
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.openapi.utils import get_openapi
from starlette.exceptions import HTTPException
from starlette.middleware.gzip import GZipMiddleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api import problems, schemas
from api.problems import Problem
from api.routes import ask, bodies, corpus, duties, instruments, views
from api.service import Service
from api.settings import Settings
from ontology.errors import InvalidInputError, LuocdoError

_LOG = logging.getLogger("luocdo.api")
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS = (
    (b"content-security-policy", POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"x-frame-options", b"DENY"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=()"),
)
_DESCRIPTION = (
    "Ai phải làm gì, theo văn bản nào: mọi câu hỏi của Lược Đồ, chỉ đọc. Câu trả lời chỉ nói về các văn bản đã nạp; "
    "mỗi dữ kiện kèm tệp, dòng và nguyên văn. Read-only; answers speak of the loaded documents only."
)


class SecurityHeaders:
    """Puts the security headers on every answer, errors and static files included."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request (ASGI)."""

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message.get("headers", ()), *_HEADERS]
                if scope["path"].startswith("/static/") and b"v=" in scope.get("query_string", b""):
                    # The address holds the hash of the files.
                    message["headers"].append((b"cache-control", b"public, max-age=31536000, immutable"))
            await send(message)

        await self._app(scope, receive, send_with_headers if scope["type"] == "http" else send)


class HeadAsGet:
    """Answers HEAD as GET without its body, so that monitors and link checkers are served everywhere."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request (ASGI)."""
        if scope["type"] != "http" or scope["method"] != "HEAD":
            await self._app(scope, receive, send)
            return

        async def send_no_body(message: Message) -> None:
            if message["type"] == "http.response.body":
                message = {**message, "body": b""}
            await send(message)

        await self._app({**scope, "method": "GET"}, receive, send_no_body)


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
    app.state.sources = {}  # instrument of a source by its hash, filled when asked for
    for module in (instruments, bodies, duties, ask, corpus):
        app.include_router(module.router, prefix="/api/v1")
    app.include_router(corpus.health)
    app.include_router(views.router, include_in_schema=False)
    app.mount("/static", StaticFiles(directory=str(files("viz").joinpath("static"))), name="static")
    _add_handlers(app)
    app.add_middleware(GZipMiddleware, minimum_size=2000)
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=list(settings.answered_hosts), www_redirect=False)
    app.add_middleware(SecurityHeaders)
    app.add_middleware(HeadAsGet)
    app.openapi = lambda: _openapi(app)  # type: ignore[method-assign]  # FastAPI's documented way to extend the schema
    return app


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
    if status >= 500:
        _LOG.error("%s: %s %s", error.code, error.message, error.details)
    return _answer(request, status, problem)


async def _on_validation(request: Request, error: RequestValidationError) -> Response:
    first = error.errors()[0]
    name = ".".join(str(part) for part in first["loc"][1:]) or str(first["loc"][0])
    wrong = InvalidInputError(f"Tham số {name} không dùng được: {first['msg']}", parameter=name, reason=first["type"])
    return await _on_ours(request, wrong)


async def _on_http(request: Request, error: HTTPException) -> Response:
    return _answer(
        request, error.status_code, problems.http_problem(error.status_code, str(error.detail)), error.headers
    )


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
