"""Suggestions under the search box."""

from typing import Annotated

import msgspec
from fastapi import APIRouter, Query, Request, Response

from api.routes.common import ServiceDep, SettingsDep, checked_text, respond
from graph.results import Candidate
from viz import links

router = APIRouter()
_MOST = 8


class Suggestion(msgspec.Struct, frozen=True, kw_only=True):
    """One line under the box: where it leads, and a second line in small."""

    label: str
    url: str
    detail: str = ""


class Suggestions(msgspec.Struct, frozen=True, kw_only=True):
    """Lines under the box, best first."""

    items: tuple[Suggestion, ...]


@router.get("/goi-y")
def suggest(request: Request, service: ServiceDep, settings: SettingsDep, q: Annotated[str, Query()]) -> Response:
    """Instruments and bodies for what has been typed so far."""
    text = checked_text(q, settings, "q")
    instruments = service.store.find_instruments(text, _MOST)
    bodies = service.store.find_bodies(text, _MOST)
    best = sorted([*instruments, *bodies], key=lambda c: -c.score)[:_MOST]
    return respond(request, Suggestions(items=tuple(_line(c) for c in best if links.page(c.id))))


def _line(candidate: Candidate) -> Suggestion:
    detail = ""
    if candidate.instrument is not None:
        detail = candidate.instrument.title or candidate.instrument.issuer or ""
    return Suggestion(label=candidate.label, url=links.page(candidate.id), detail=detail[:140])
