"""The Vietnamese pages: each gathers what one template shows; addresses are the local parts of the IRIs."""

from collections.abc import Sequence
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request, Response

from api.parts import SURE, Part, left_out
from api.problems import Problem
from api.routes import documentation, suggestions
from api.routes.common import ServiceDep, SettingsDep, checked_text, instrument_iri_of, tagged, within
from api.routes.review_page import router as review_router
from api.routes.unit_pages import router as unit_router
from api.service import Service
from graph.asking.instruments import CARRYING, strongest
from graph.paging import Page as PagePart
from graph.paging import page_of
from graph.results import ChainNode, Corpus, DocumentInfo, InstrumentDetail, RelationView
from ontology.errors import LuocdoError
from ontology.kinds import kinds
from ontology.terms import RelationKind, Strength
from viz import elements, links, network, pages, views

_Pair = tuple[str, RelationKind | None]

router = APIRouter()
router.include_router(unit_router)
router.include_router(review_router)
router.include_router(suggestions.router)
router.include_router(documentation.router)
HTML = "text/html; charset=utf-8"
EXAMPLES = (
    "chỉ thị 33",
    "Văn bản nào thực hiện Chỉ thị 33?",
    "Sở Nội vụ phải nộp báo cáo gì, hạn nào?",
    "dân chủ ở cơ sở",
)
_HOME_DOCUMENTS = 9
_CANDIDATES = 12
_HITS = 20
_ITEMS = 100
_DOCUMENTS = 100
_CONFLICTS = 100
_LAST_PAGE = 10_000
_CHILDREN = 60  # of the documents right below one
_SEARCH_KINDS = (None, "find", "search", "find_instruments", "find_bodies")
_HEADINGS = {
    403: "Không được phép ở đây",
    404: "Chưa thấy trong các văn bản đã nạp",
    405: "Trang này chỉ để xem",
    409: "Trái với quyết định trước",
    413: "Quá lớn",
    422: "Yêu cầu chưa dùng được",
    503: "Kho văn bản chưa mở được",
}


@router.get("/")
def home(request: Request, service: ServiceDep) -> Response:
    """Search box, examples, some of the loaded documents."""
    documents = service.store.documents(limit=_HOME_DOCUMENTS)
    return show(request, "home.html", service.store.corpus(), examples=EXAMPLES, documents=documents)


@router.get("/tim")
@router.get("/hoi")
def results(
    request: Request,
    service: ServiceDep,
    settings: SettingsDep,
    q: Annotated[str, Query()] = "",
    trang: Annotated[int, Query(ge=1, le=_LAST_PAGE)] = 1,
) -> Response:
    """Results for what was typed: the answer where it is a question, candidates, places in the texts."""
    text = checked_text(q, settings, "q")
    path = request.url.path
    answer = service.ask(text, Part(_ITEMS, (trang - 1) * _ITEMS))
    facts = PagePart(answer.items, total=answer.total, start=answer.offset)
    shown = path == "/hoi" or answer.status == "ambiguous" or answer.kind not in _SEARCH_KINDS
    found = service.store.find_instruments(text, _CANDIDATES)
    exact = [c for c in found if c.exact]
    bodies = service.store.find_bodies(text, _CANDIDATES)
    return show(
        request,
        "results.html",
        service.store.corpus(),
        query=text,
        answer=answer if shown else None,
        # What fits exactly is not drowned by what merely resembles it.
        instruments=exact or found[:_CANDIDATES],
        bodies=[] if exact else bodies,
        bodies_first=bool(bodies and not exact and (not found or bodies[0].score > found[0].score)),
        hits=views.without_doubles(service.store.search(text, _HITS)),
        pages=views.pager_of(facts, trang, lambda n: f"{path}?{urlencode({'q': text, 'trang': n})}"),
    )


@router.get("/van-ban/{id:path}")
def instrument(
    request: Request,
    service: ServiceDep,
    id: str,  # noqa: A002
    trang: Annotated[int, Query(ge=1)] = 1,
) -> Response:
    """One instrument: claims, lược đồ up and down, duties, source text."""
    detail = service.store.instrument(links.iri_of("instrument", id))
    ref = detail.instrument
    above, below = views.relation_groups(detail.above), views.relation_groups(detail.below)
    basis = service.store.basis(ref.id)
    children, shown = _children(service, detail, trang)
    address = links.page(ref.id)
    pager = views.pager_of(children, trang, lambda n: f"{address}?{urlencode({'trang': n})}#o-duoi")
    sha = detail.sha256
    source = views.source_of(detail, service.store.source_text(sha), detail.files[0], sha) if sha else None
    return show(
        request,
        "instrument.html",
        service.store.corpus(),
        detail=detail,
        basis=basis,
        children=children,
        pages=pager,
        above=above,
        below=below,
        others=_not_in((*above.chain, *below.chain), shown | _pairs(basis.children)),
        conflicts=service.store.conflicts(ref.id),
        source=source,
        type_name=_type_name,
    )


@router.get("/nguon/{sha256}")
def source_page(
    *,
    request: Request,
    service: ServiceDep,
    sha256: str,
    tu: Annotated[int | None, Query(ge=0)] = None,
    den: Annotated[int | None, Query(ge=0)] = None,
    dong: Annotated[int, Query(ge=1)] = 1,
) -> Response:
    """The source text of a loaded document, one range brought to the eye."""
    text = service.store.source_text(sha256)
    document, detail = _document_of(service, sha256)
    focus = (tu, den) if tu is not None and den is not None and tu < den else None
    source = views.source_of(detail, text, document.file, sha256, focus=focus, line=dong)
    corpus = service.store.corpus()
    return show(request, "source.html", corpus, ref=detail.instrument, source=source, text_from=document.text_from)


@router.get("/so-do")
def picture(
    *,
    request: Request,
    service: ServiceDep,
    settings: SettingsDep,
    id: Annotated[str, Query()],  # noqa: A002
    sau: Annotated[int, Query(ge=1, le=6)] = 2,
    toi_da: Annotated[int, Query(ge=5, alias="toi-da")] = 40,
) -> Response:
    """The interactive picture around an instrument or body."""
    iri = id if links.page(id) else instrument_iri_of(service, id)
    wanted = within(toi_da, settings.picture_most, "toi-da")
    near = service.store.neighbourhood(iri, sau, min(3 * wanted, settings.picture_most))
    graph = elements.trim(near, wanted)
    drawn = elements.picture_of(graph)
    heading = next((n.title for n in drawn.nodes if n.centre), iri)
    return show(
        request,
        "picture.html",
        service.store.corpus(),
        picture=drawn,
        data=network.script_json(network.picture_data(graph)),
        heading=heading,
        centre_url=links.page(graph.centre),
        depth=sau,
        limit=toi_da,
    )


@router.get("/kho")
def corpus_page(request: Request, service: ServiceDep, trang: Annotated[int, Query(ge=1)] = 1) -> Response:
    """What is loaded, what is in conflict, what was not understood and where."""
    part = service.store.documents(limit=_DOCUMENTS, offset=(trang - 1) * _DOCUMENTS)
    conflicts = service.store.conflicts(limit=_CONFLICTS)
    unparsed = [(d, service.store.instrument(d.instrument.id).unparsed) for d in part if d.unparsed]
    return show(
        request,
        "corpus.html",
        service.store.corpus(),
        section="kho",
        status=service.store.status(),
        documents=part,
        pages=views.pager_of(part, trang, lambda n: f"/kho?trang={n}"),
        conflicts=conflicts,
        conflict_total=conflicts.total,
        unparsed=unparsed,
    )


def show(request: Request, template: str, corpus: Corpus, **values: Any) -> Response:
    """Give a page with its ETag."""
    return tagged(request, pages.page(template, corpus=corpus, **values).encode(), HTML)


def error_page(service: Service, status: int, problem: Problem) -> Response:
    """Give the page for an error; it must not fail because the store did."""
    try:
        corpus = service.store.corpus()
    except LuocdoError:
        corpus = Corpus(documents=0)
    ambiguous = problem.code == "ambiguous"
    text = pages.page(
        "error.html",
        corpus=corpus,
        status=status,
        heading="Xin chọn một" if ambiguous else _HEADINGS.get(status, "Có lỗi"),
        message=problem.message,
        choices=_choices(problem),
    )
    return Response(text, status, media_type=HTML)


def _choices(problem: Problem) -> list[tuple[str, str]]:
    labels = problem.details.get("choices") or problem.details.get("suggestions")
    if not isinstance(labels, list):
        return []
    ids = problem.details.get("ids")
    known = ids if isinstance(ids, list) and len(ids) == len(labels) else [""] * len(labels)
    return [(label, links.page(iri) or links.search(label)) for label, iri in zip(labels, known, strict=True)]


def _document_of(service: Service, sha256: str) -> tuple[DocumentInfo, InstrumentDetail]:
    """The document of a source and its instrument."""
    document = service.store.documents(limit=1, sha256=sha256)[0]
    return document, service.store.instrument(document.instrument.id)


def _children(service: Service, detail: InstrumentDetail, number: int) -> tuple[PagePart[ChainNode], set[_Pair]]:
    """A page of what carries an instrument out, with what lies below where the whole chain is short; and all of it."""
    iri, start = detail.instrument.id, (number - 1) * _CHILDREN
    whole = service.store.implementers(iri, limit=SURE)
    if not left_out(whole):
        return page_of(whole.children, _CHILDREN, start), _pairs(whole.children)
    direct = len(whole.children) + whole.more
    limit = max(0, min(_CHILDREN, direct - start))
    part = service.store.implementers(iri, limit=limit, offset=start).children if limit else ()
    carrying = [r for r in detail.below if r.kind in CARRYING and r.strength is not Strength.MENTION]
    issued = [r for r in carrying if r.stage == "issued"]
    return PagePart(part, total=direct, start=start), {(r.subject.id, r.kind) for r in strongest(issued, up=False)}


def _pairs(nodes: Sequence[ChainNode]) -> set[_Pair]:
    return {(node.instrument.id, node.kind) for node in nodes}


def _not_in(relations: Sequence[RelationView], shown: set[_Pair]) -> list[RelationView]:
    """Relations that the chain does not show: promulgated annexes, reviews, drafts, weaker places."""
    return [r for r in relations if (r.object.id, r.kind) not in shown and (r.subject.id, r.kind) not in shown]


def _type_name(slug: str) -> str:
    return next((k.vi for k in kinds() if k.slug == slug), slug)
