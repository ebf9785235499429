"""Bodies (cơ quan): find and show."""

from typing import Annotated

from fastapi import APIRouter, Path, Query, Request, Response

from api.routes.common import PagingDep, ServiceDep, SettingsDep, checked_text, found, respond
from api.schemas import Found, Page, answers
from graph.results import BodyDetail, Candidate
from viz.links import iri_of

router = APIRouter(tags=["Cơ quan"])


@router.get("/bodies", summary="Tìm cơ quan", responses=answers(Page[Candidate], "Ứng viên, tốt nhất trước."))
def list_bodies(
    request: Request,
    service: ServiceDep,
    settings: SettingsDep,
    paging: PagingDep,
    text: Annotated[str, Query(description="Tên, có dấu hoặc không.", examples=["so noi vu"])],
) -> Response:
    """Cơ quan, chức danh và nhóm đơn vị có trong các văn bản đã nạp."""
    wanted = checked_text(text, settings, "text")
    return respond(request, paging.page(service.store.find_bodies(wanted, paging.reach), whole=False))


@router.get(
    "/bodies/{id:path}", summary="Một cơ quan", responses=answers(Found[BodyDetail], "Cơ quan và tổ chức của nó.")
)
def show_body(
    request: Request,
    service: ServiceDep,
    id: Annotated[str, Path(description="Phần sau `/body/` của IRI, hoặc cả IRI.", examples=["quang-ngai/so-noi-vu"])],  # noqa: A002
) -> Response:
    """Cấp trên, đơn vị, chức danh, tiền thân và kế thừa."""
    return respond(request, found(service.store.body(iri_of("body", id)), service.store.corpus()))
