"""Pages of units: duties up, down and own; and the calendar of last days."""

from collections import defaultdict
from datetime import date
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request, Response

from api.routes.common import DAY, ServiceDep, body_iri_of, checked_day, instrument_iri_of, tagged
from graph.results import DueView
from graph.store import DutyFilter
from ontology.errors import InvalidInputError
from ontology.terms import Direction, Role
from viz import links, pages, views, words

router = APIRouter()
_HTML = "text/html; charset=utf-8"
_DUTIES = 60
_DUES = 60
_PATHS = 30
_DIRECTIONS = {"len": Direction.UP, "xuong": Direction.DOWN, "cua-minh": Direction.OWN}
_EXPLANATIONS = {
    Direction.UP: "Nợ với cấp trên: báo cáo, trình, nộp; và nhiệm vụ thực hiện văn bản của cấp trên.",
    Direction.DOWN: "Đơn vị dưới nợ với cơ quan này, hoặc văn bản của cơ quan này giao cho đơn vị dưới.",
    Direction.OWN: "Mọi nhiệm vụ mà cơ quan này chỉ đạo, chủ trì, thực hiện, phối hợp hoặc theo dõi.",
}
FromDay = Annotated[str | None, Query(alias="tu-ngay", pattern=f"^$|{DAY}")]
ToDay = Annotated[str | None, Query(alias="den-ngay", pattern=f"^$|{DAY}")]


@router.get("/co-quan/{id:path}")
def unit(
    *,
    request: Request,
    service: ServiceDep,
    id: str,  # noqa: A002
    huong: Annotated[str, Query(pattern="^(len|xuong|cua-minh)$")] = "len",
    vai: Annotated[str, Query(max_length=20)] = "",
    tu_ngay: FromDay = None,
    den_ngay: ToDay = None,
    theo: Annotated[str, Query(max_length=300)] = "",
    ca_don_vi: Annotated[str, Query(alias="ca-don-vi", pattern="^(|khong)$")] = "",
    trang: Annotated[int, Query(ge=1)] = 1,
) -> Response:
    """One body: its place, and its duties one way, filtered."""
    detail = service.store.body(links.iri_of("body", id))
    role = _role(vai)
    filters = DutyFilter(
        under=instrument_iri_of(service, theo.strip()) if theo.strip() else None,
        role=role,
        due_from=checked_day(tu_ngay or None, "tu-ngay"),
        due_to=checked_day(den_ngay or None, "den-ngay"),
    )
    units = not ca_don_vi
    direction = _DIRECTIONS[huong]
    ways = {}
    for way in _DIRECTIONS.values():  # of the two others only the number is shown
        most, start = (_DUTIES, (trang - 1) * _DUTIES) if way is direction else (0, 0)
        ways[way] = service.store.duties(detail.body.id, way, filters, units=units, limit=most, offset=start)
    chosen = {k: v for k, v in request.query_params.items() if k not in ("huong", "trang") and v}

    def address(key: str, number: int = 1) -> str:
        query = {"huong": key, **chosen, **({"trang": str(number)} if number > 1 else {})}
        return f"{links.page(detail.body.id)}?{urlencode(query)}"

    part = ways[direction]
    text = pages.page(
        "unit.html",
        corpus=service.store.corpus(),
        detail=detail,
        other_names=[n for n in detail.names if n != detail.body.name],
        tabs=views.duty_tabs({d: found.total for d, found in ways.items()}, direction, address),
        direction_key=huong,
        explanation=_EXPLANATIONS[direction],
        duties=part,
        groups=views.duties_by_document(part),
        pages=views.pager_of(part, trang, lambda n: address(huong, n)),
        roles=[(r.value, word) for r, word in words.ROLES.items()],
        filters=filters,
        filtered=bool(chosen),
        under_text=theo,
        units=units,
    )
    return tagged(request, text.encode(), _HTML)


@router.get("/han")
def calendar(
    *,
    request: Request,
    service: ServiceDep,
    tu_ngay: FromDay = None,
    den_ngay: ToDay = None,
    co_quan: Annotated[str, Query(alias="co-quan", max_length=300)] = "",
    trang: Annotated[int, Query(ge=1)] = 1,
) -> Response:
    """Duties by last day in a window; the year of the newest loaded document where no window is given."""
    corpus = service.store.corpus()
    year = (corpus.to or date.today().isoformat())[:4]
    start, end = _day(tu_ngay or f"{year}-01-01", "tu-ngay"), _day(den_ngay or f"{year}-12-31", "den-ngay")
    body = body_iri_of(service, co_quan.strip()) if co_quan.strip() else None
    part = service.store.due(start.isoformat(), end.isoformat(), body, limit=_DUES, offset=(trang - 1) * _DUES)

    def address(first: date, last: date, number: int = 1) -> str:
        query = {"tu-ngay": first.isoformat(), "den-ngay": last.isoformat()}
        query |= {"co-quan": co_quan} if co_quan else {}
        return "/han?" + urlencode(query | ({"trang": str(number)} if number > 1 else {}))

    text = pages.page(
        "due.html",
        corpus=corpus,
        section="han",
        from_day=start.isoformat(),
        to_day=end.isoformat(),
        body_text=co_quan,
        periods=[(label, address(first, last)) for label, first, last in _periods_beside(start, end)],
        days=_by_day(part),
        pages=views.pager_of(part, trang, lambda n: address(start, end, n)),
    )
    return tagged(request, text.encode(), _HTML)


@router.get("/vi-sao")
def reasons(
    *,
    request: Request,
    service: ServiceDep,
    co_quan: Annotated[str, Query(alias="co-quan", min_length=1, max_length=300)],
    van_ban: Annotated[str, Query(alias="van-ban", min_length=1, max_length=300)],
    trang: Annotated[int, Query(ge=1)] = 1,
) -> Response:
    """Every path from a body's duties up to an instrument, each hop quoted."""
    body = service.store.body(body_iri_of(service, co_quan)).body
    ref = service.store.instrument(instrument_iri_of(service, van_ban)).instrument
    found = service.store.why_bound(body.id, ref.id)
    part, pager = views.paged(found, trang, _PATHS, lambda n: f"{links.why(body.id, ref.id)}&trang={n}")
    more = bool(found) and found[-1].more
    text = pages.page("why.html", corpus=service.store.corpus(), body=body, ref=ref, paths=part, pages=pager, more=more)
    return tagged(request, text.encode(), _HTML)


def _periods_beside(start: date, end: date) -> list[tuple[str, date, date]]:
    """The windows of equal length before and after one, where the calendar has them."""
    if end < start:
        return []
    first, last, length = start.toordinal(), end.toordinal(), (end - start).days + 1
    found = []
    if first - length >= date.min.toordinal():
        found.append(("← khoảng trước", date.fromordinal(first - length), date.fromordinal(first - 1)))
    if last + length <= date.max.toordinal():
        found.append(("khoảng sau →", date.fromordinal(last + 1), date.fromordinal(last + length)))
    return found


def _by_day(dues: list[DueView]) -> list[tuple[str, bool, list[DueView]]]:
    """Duties by day, those whose day is worked out from a period apart from those whose day is written."""
    found: dict[tuple[str, bool], list[DueView]] = defaultdict(list)
    for due in dues:
        found[due.day, due.derived].append(due)
    return [(day, derived, held) for (day, derived), held in found.items()]


def _role(text: str) -> Role | None:
    if not text:
        return None
    if text not in set(Role):
        raise InvalidInputError("Không có vai trò này", parameter="vai")
    return Role(text)


def _day(text: str, parameter: str) -> date:
    return date.fromisoformat(checked_day(text, parameter) or text)
