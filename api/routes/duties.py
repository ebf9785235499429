"""Duties (nhiệm vụ): of a body up, down and own; why; when."""

from functools import partial
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from api.routes.common import (
    DAY,
    PagingDep,
    ServiceDep,
    body_iri_of,
    checked_day,
    checked_words,
    instrument_iri_of,
    respond,
)
from api.schemas import Page, answers
from graph.results import DueView, DutyView, WhyPath
from graph.store import DutyFilter
from ontology.terms import DeadlineKind, Direction, Role

router = APIRouter(tags=["Nhiệm vụ"])
Day = Annotated[str | None, Query(pattern=DAY, description="Ngày ISO 8601.", examples=["2024-11-30"])]
_DEADLINE_KINDS = (*DeadlineKind, "none")
_DEADLINES = "Loại thời hạn (" + ", ".join(DeadlineKind) + "), hoặc `none` khi không nêu."


@router.get(
    "/duties", summary="Nhiệm vụ của một cơ quan", responses=answers(Page[DutyView], "Nhiệm vụ kèm nguyên văn.")
)
def list_duties(
    *,
    request: Request,
    service: ServiceDep,
    paging: PagingDep,
    body: Annotated[
        str | None, Query(description="IRI hoặc tên; bỏ trống là mọi cơ quan.", examples=["Sở Nội vụ Quảng Ngãi"])
    ] = None,
    direction: Annotated[
        Direction, Query(description="own: của mình; up: lên trên; down: xuống dưới.")
    ] = Direction.OWN,
    units: Annotated[bool, Query(description="Tính cả đơn vị trực thuộc (đánh dấu suy luận).")] = True,
    under: Annotated[str | None, Query(description="Chỉ nhiệm vụ theo văn bản này: IRI hoặc số.")] = None,
    document: Annotated[str | None, Query(description="Chỉ nhiệm vụ do văn bản này giao: IRI hoặc số.")] = None,
    role: Annotated[Role | None, Query(description="Vai trò của cơ quan được hỏi.")] = None,
    due_from: Day = None,
    due_to: Day = None,
    as_of: Day = None,
    deadline: Annotated[list[str] | None, Query(description=_DEADLINES)] = None,
    with_targets: Annotated[bool, Query(description="Chỉ nhiệm vụ có chỉ tiêu đo được.")] = False,
) -> Response:
    """Theo thứ tự văn bản rồi thứ tự trong văn bản; điều suy luận có `derived` và lý do."""
    where = DutyFilter(
        under=None if under is None else instrument_iri_of(service, under),
        document=None if document is None else instrument_iri_of(service, document),
        role=role,
        due_from=checked_day(due_from, "due_from"),
        due_to=checked_day(due_to, "due_to"),
        as_of=checked_day(as_of, "as_of"),
        deadline_kinds=checked_words(deadline, _DEADLINE_KINDS, "deadline"),
        with_targets=with_targets,
    )
    if body is None:
        return respond(request, paging.part(partial(service.store.obligations, where)))
    duties = partial(service.store.duties, body_iri_of(service, body), direction, where, units=units)
    return respond(request, paging.part(duties))


@router.get(
    "/why",
    summary="Vì sao một cơ quan phải làm",
    responses=answers(Page[WhyPath], "Các đường, mỗi bước kèm nguyên văn."),
)
def list_reasons(
    *,
    request: Request,
    service: ServiceDep,
    paging: PagingDep,
    body: Annotated[str, Query(description="IRI hoặc tên cơ quan.", examples=["Văn phòng UBND tỉnh Quảng Ngãi"])],
    instrument: Annotated[str, Query(description="IRI hoặc số văn bản.", examples=["120-KL/TW"])],
) -> Response:
    """Mọi đường từ nhiệm vụ của cơ quan lên đến văn bản; rỗng khi các văn bản đã nạp không cho thấy đường nào."""
    paths = service.store.why_bound(body_iri_of(service, body), instrument_iri_of(service, instrument))
    return respond(request, paging.page(paths, whole=not (paths and paths[-1].more)))


@router.get("/due", summary="Nhiệm vụ đến hạn", responses=answers(Page[DueView], "Theo ngày cuối."))
def list_due(
    *,
    request: Request,
    service: ServiceDep,
    paging: PagingDep,
    from_: Annotated[str, Query(alias="from", pattern=DAY, description="Từ ngày.", examples=["2024-11-01"])],
    to: Annotated[str, Query(pattern=DAY, description="Đến hết ngày.", examples=["2024-11-30"])],
    body: Annotated[str | None, Query(description="IRI hoặc tên cơ quan.")] = None,
) -> Response:
    """Nhiệm vụ có ngày cuối trong khoảng; nhiệm vụ định kỳ tính ra từng kỳ; nhiệm vụ thường xuyên không có ở đây."""
    first, last = checked_day(from_, "from") or "", checked_day(to, "to") or ""
    owner = None if body is None else body_iri_of(service, body)
    return respond(request, paging.part(partial(service.store.due, first, last, owner)))
