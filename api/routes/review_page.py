"""The page /duyet: what a person should judge, with both sides and the evidence; answers where they are allowed."""

from typing import Annotated
from urllib.parse import parse_qs, urlencode

from fastapi import APIRouter, Query, Request, Response
from pydantic import ValidationError
from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse

from api.review import history
from api.routes.common import ServiceDep, SettingsDep, instrument_iri_of, tagged
from api.routes.review import Answer, check_open, record_of
from api.routes.same_site import checked_site
from ontology.errors import InvalidInputError
from viz import pages, views

router = APIRouter()
_HTML = "text/html; charset=utf-8"
_CONFLICTS = 20
_RECORDS = 50


@router.get("/duyet")
def review_page(
    *,
    request: Request,
    service: ServiceDep,
    settings: SettingsDep,
    trang: Annotated[int, Query(ge=1)] = 1,
    ve: Annotated[str, Query(max_length=400)] = "",
) -> Response:
    """What there is to judge, of all or of one instrument, and what was judged."""
    iri = instrument_iri_of(service, ve) if ve else None
    asked: dict[str, object] = {"ve": ve} if ve else {}
    part = service.store.conflicts(iri, limit=_CONFLICTS, offset=(trang - 1) * _CONFLICTS)
    _, pager = views.paged(range(part.total), trang, _CONFLICTS, lambda n: f"/duyet?{urlencode(asked | {'trang': n})}")
    records = history(service.store)
    page = pages.page(
        "review.html",
        corpus=service.store.corpus(),
        section="duyet",
        conflicts=part,
        total=part.total,
        pages=pager,
        about=part[0].instruments[0] if iri and part else None,
        records=records[:_RECORDS],
        record_total=len(records),
        token=request.app.state.review_token if settings.review else "",
    )
    return tagged(request, page.encode(), _HTML)


@router.post("/duyet")
async def take_answer(request: Request, service: ServiceDep, settings: SettingsDep) -> Response:
    """Take the answer of a form and show the page anew."""
    check_open(settings)
    given = _form(await request.body())
    checked_site(request, given.pop("token", ""))
    try:
        told = Answer(**given)
    except ValidationError as error:
        raise InvalidInputError("Cần chọn một cách trả lời và nêu tên, lý do") from error
    await run_in_threadpool(record_of, service, told)
    return RedirectResponse("/duyet", 303)


def _form(body: bytes) -> dict[str, str]:
    try:
        return {name: values[0] for name, values in parse_qs(body.decode(), max_num_fields=20).items()}
    except ValueError as error:
        raise InvalidInputError("Biểu mẫu không đọc được") from error
