"""The page that documents the API, from its own OpenAPI description: no script, no CDN."""

from dataclasses import dataclass
from typing import Any

import msgspec
from fastapi import APIRouter, Request, Response

from api.routes.common import ServiceDep, tagged
from viz import pages

router = APIRouter()


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of an operation."""

    name: str
    place: str
    required: bool
    description: str


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation as the page shows it."""

    method: str
    path: str
    summary: str
    description: str
    parameters: tuple[Parameter, ...]
    example: str


@router.get("/api")
def api_page(request: Request, service: ServiceDep) -> Response:
    """All endpoints with parameters and examples."""
    page = pages.page(
        "api.html", corpus=service.store.corpus(), section="api", groups=operations(request.app.openapi())
    )
    return tagged(request, page.encode(), "text/html; charset=utf-8")


def operations(schema: dict[str, Any]) -> list[tuple[str, list[Operation]]]:
    """Group the operations of an OpenAPI description by tag, in order."""
    groups: dict[str, list[Operation]] = {}
    for path, methods in schema["paths"].items():
        for method, given in methods.items():
            groups.setdefault(given.get("tags", [""])[0], []).append(_operation(path, method, given))
    return list(groups.items())


def _operation(path: str, method: str, given: dict[str, Any]) -> Operation:
    parameters = tuple(
        Parameter(p["name"], p["in"], p.get("required", False), p.get("description", ""))
        for p in given.get("parameters", ())
    )
    content = given["responses"].get("200", {}).get("content", {}).get("application/json", {})
    example = content.get("example")
    shown = msgspec.json.format(msgspec.json.encode(example), indent=2).decode() if example is not None else ""
    return Operation(method.upper(), path, given.get("summary", ""), given.get("description", ""), parameters, shown)
