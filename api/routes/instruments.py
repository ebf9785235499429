"""Instruments (văn bản): find, show, follow up and down, relations, neighbourhood, source."""

from functools import partial
from typing import Annotated, Literal

from fastapi import APIRouter, Path, Query, Request, Response

from api.routes.common import (
    PagingDep,
    ServiceDep,
    SettingsDep,
    checked_text,
    checked_words,
    found,
    instrument_iri_of,
    node_iri_of,
    respond,
    tagged,
    within,
)
from api.schemas import Found, Page, answers
from api.service import Service
from graph.paging import Page as Part
from graph.results import Candidate, ChainNode, InstrumentDetail, RelationView, Subgraph
from graph.store import InstrumentFilter
from ontology.errors import NotFoundError
from ontology.kinds import kinds
from ontology.terms import Family, RelationKind, Strength
from viz.links import iri_of

router = APIRouter(tags=["Văn bản"])
_ID = Path(description="Phần sau `/instrument/` của IRI, hoặc cả IRI.", examples=["vn/ttg/chi-thi/2021-11-26/33"])
Id = Annotated[str, _ID]
Depth = Annotated[int, Query(ge=1, description="Số bước nhiều nhất.")]


@router.get(
    "/instruments", summary="Tìm hoặc liệt kê văn bản", responses=answers(Page[Candidate], "Ứng viên, tốt nhất trước.")
)
def list_instruments(
    *,
    request: Request,
    service: ServiceDep,
    settings: SettingsDep,
    paging: PagingDep,
    text: Annotated[
        str | None, Query(description="Số, loại và số, hoặc trích yếu; có thể sai chính tả.", examples=["chi thi 33"])
    ] = None,
    loaded: Annotated[bool | None, Query(description="Chỉ văn bản đã nạp (true) hoặc chỉ được dẫn (false).")] = None,
    family: Annotated[list[Family] | None, Query(description="Họ văn bản.")] = None,
    kind: Annotated[list[str] | None, Query(alias="type", description="Loại văn bản (`ke_hoach`).")] = None,
    missing: Annotated[
        list[Literal["number", "date", "issuer"]] | None, Query(description="Thiếu số, ngày hoặc cơ quan ban hành.")
    ] = None,
    cited_by: Annotated[list[str] | None, Query(description="IRI các văn bản đều dẫn đến nó.")] = None,
    jurisdiction: Annotated[str | None, Query(description="Tỉnh (`quang-ngai`) hoặc `vn`.")] = None,
    level: Annotated[Literal["central", "local"] | None, Query(description="Trung ương hay địa phương.")] = None,
) -> Response:
    """Với `text`: ứng viên cho điều người ta gõ; không có `text`: mọi văn bản qua bộ lọc, theo ngày."""
    if text is not None:
        wanted = checked_text(text, settings, "text")
        return respond(request, paging.page(service.store.find_instruments(wanted, paging.reach), whole=False))
    where = InstrumentFilter(
        loaded=loaded,
        families=tuple(family or ()),
        types=checked_words(kind, {k.slug for k in kinds()}, "type"),
        missing=tuple(missing or ()),
        cited_by=tuple(cited_by or ()),
        jurisdiction=jurisdiction,
        level=level,
    )
    return respond(request, paging.part(partial(_listed, service, where)))


@router.get(
    "/instruments/{id:path}/implementers",
    summary="Văn bản nào thực hiện nó",
    responses=answers(Found[ChainNode], "Cây các văn bản ở dưới, mỗi bước kèm nguyên văn."),
)
def list_implementers(
    *,
    request: Request,
    service: ServiceDep,
    settings: SettingsDep,
    id: Id,  # noqa: A002 - the name in the address
    depth: Depth = 10,
    strength: Annotated[Strength, Query(description="Quan hệ yếu nhất còn tính.")] = Strength.TASK,
    limit: Annotated[int | None, Query(ge=1, description="Số văn bản nhiều nhất; bỏ trống là tất cả.")] = None,
    offset: Annotated[int, Query(ge=0, description="Bỏ qua chừng ấy văn bản gần nhất.")] = 0,
) -> Response:
    """Mọi văn bản thực hiện, quán triệt, hướng dẫn hoặc căn cứ vào nó, trực tiếp và qua văn bản khác.

    Với `limit` chỉ chừng ấy văn bản gần nhất từ `offset`; `more` của mỗi văn bản nói còn bao nhiêu ở ngay dưới nó.
    """
    iri = iri_of("instrument", id)
    steps = within(depth, settings.depth_most, "depth")
    tree = service.store.implementers(iri, steps, strength, limit=limit, offset=offset)
    return respond(request, found(tree, service.store.corpus()))


@router.get(
    "/instruments/{id:path}/basis",
    summary="Nó thực hiện, căn cứ văn bản nào",
    responses=answers(Found[ChainNode], "Cây các văn bản ở trên, mỗi bước kèm nguyên văn."),
)
def list_basis(
    *,
    request: Request,
    service: ServiceDep,
    settings: SettingsDep,
    id: Id,  # noqa: A002
    depth: Depth = 10,
) -> Response:
    """Những gì nó thực hiện hoặc căn cứ, lên đến tận đầu."""
    tree = service.store.basis(iri_of("instrument", id), within(depth, settings.depth_most, "depth"))
    return respond(request, found(tree, service.store.corpus()))


@router.get(
    "/instruments/{id:path}/source",
    summary="Nguyên văn",
    response_class=Response,
    responses={200: {"description": "Văn bản mà mọi start, end chỉ vào.", "content": {"text/plain": {}}}},
)
def show_source(request: Request, service: ServiceDep, id: Id) -> Response:  # noqa: A002
    """Nguyên văn của văn bản đã nạp, đúng từng ký tự mà `start` và `end` đếm."""
    detail = service.store.instrument(iri_of("instrument", id))
    if detail.sha256 is None:
        raise NotFoundError("Chưa nạp nguyên văn của văn bản này", id=detail.instrument.id)
    text = service.store.source_text(detail.sha256)
    return tagged(request, text.encode(), "text/plain; charset=utf-8")


@router.get(
    "/instruments/{id:path}",
    summary="Một văn bản",
    responses=answers(Found[InstrumentDetail], "Mọi điều các văn bản đã nạp nói về nó."),
)
def show_instrument(request: Request, service: ServiceDep, id: Id) -> Response:  # noqa: A002
    """Số, ngày, cơ quan (kèm nơi nói), quan hệ hai chiều, nhiệm vụ, chỗ chưa hiểu."""
    return respond(request, found(service.store.instrument(iri_of("instrument", id)), service.store.corpus()))


@router.get(
    "/relations", summary="Quan hệ giữa các văn bản", responses=answers(Page[RelationView], "Quan hệ kèm nguyên văn.")
)
def list_relations(
    *,
    request: Request,
    service: ServiceDep,
    paging: PagingDep,
    kind: Annotated[list[RelationKind] | None, Query(description="Loại quan hệ; bỏ trống là mọi loại.")] = None,
    subject: Annotated[str | None, Query(description="Văn bản đứng trước quan hệ: IRI hoặc số.")] = None,
    object_: Annotated[str | None, Query(alias="object", description="Văn bản đứng sau quan hệ: IRI hoặc số.")] = None,
    document: Annotated[str | None, Query(description="Chỉ quan hệ nêu trong văn bản này: IRI hoặc số.")] = None,
) -> Response:
    """Mỗi quan hệ kèm mọi chỗ nêu nó; quan hệ mới dự thảo hoặc đề xuất có `stage` khác `issued`."""
    ends = [None if x is None else instrument_iri_of(service, x) for x in (subject, object_, document)]
    return respond(request, paging.part(partial(service.store.relations, tuple(kind or ()), *ends)))


@router.get(
    "/neighbourhood", summary="Phần đồ thị quanh một nút", responses=answers(Found[Subgraph], "Nút và cạnh để vẽ.")
)
def show_neighbourhood(
    *,
    request: Request,
    service: ServiceDep,
    settings: SettingsDep,
    of: Annotated[
        str,
        Query(
            description="IRI, `instrument/…`, `body/…`, hoặc số văn bản.",
            examples=["instrument/vn/ttg/chi-thi/2021-11-26/33"],
        ),
    ],
    depth: Depth = 2,
    limit: Annotated[int, Query(ge=1, description="Số nút nhiều nhất.")] = 200,
) -> Response:
    """Gần nhất và mạnh nhất trước; `cut`: số nút bị bỏ bớt; `cut_at_least`: còn nút xa hơn chưa đếm."""
    graph = service.store.neighbourhood(
        node_iri_of(service, of),
        within(depth, settings.depth_most, "depth"),
        within(limit, settings.picture_most, "limit"),
    )
    return respond(request, found(graph, service.store.corpus()))


def _listed(service: Service, where: InstrumentFilter, *, limit: int, offset: int) -> Part[Candidate]:
    """A page of instruments as candidates, about which nothing was guessed."""
    found = service.store.instruments(where, limit=limit, offset=offset)
    shown = [Candidate(id=r.id, label=r.label, score=100.0, exact=True, instrument=r) for r in found]
    return Part(shown, total=found.total, start=found.start)
