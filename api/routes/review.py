"""What people should judge of identity, their judgements, and (where the server allows it) the way to answer."""

from functools import partial
from typing import Annotated

from fastapi import APIRouter, Path, Query, Request, Response
from pydantic import BaseModel, Field

from api.review import answer, judge_pair, undo
from api.routes.common import PagingDep, ServiceDep, SettingsDep, found, instrument_iri_of, respond
from api.routes.same_site import checked_site
from api.schemas import Found, Page, answers
from api.settings import Settings
from graph.judgements import Judgement
from graph.results_identity import Conflict, Explanation
from ontology.errors import InvalidInputError, NotAllowedError
from viz.links import iri_of

router = APIRouter(tags=["Duyệt"])


class Answer(BaseModel):
    """An answer: to a conflict by its id, on any two instruments, or the taking back of a judgement."""

    by: str = Field(min_length=1, max_length=200, description="Người quyết định.", examples=["Nguyễn Thị Hoa"])
    reason: str = Field(min_length=1, max_length=2000, description="Lý do.", examples=["Đã xem bản gốc: số 10."])
    verdict: str | None = Field(None, description="same | different | later; bỏ trống khi rút lại.", examples=["same"])
    conflict: str | None = Field(None, description="Mã của chỗ cần duyệt.", examples=["c-1bdcf64b95"])
    a: str | None = Field(None, description="Văn bản, hoặc cách ghi do explain nêu.")
    b: str | None = Field(None, description="Như a.")
    undoes: str | None = Field(None, description="Mã của quyết định rút lại.")


@router.get("/conflicts", summary="Chỗ cần người xem xét", responses=answers(Page[Conflict], "Mâu thuẫn."))
def list_conflicts(
    request: Request,
    service: ServiceDep,
    paging: PagingDep,
    about: Annotated[str | None, Query(description="Chỉ của văn bản này.", examples=["33/CT-TTg"])] = None,
) -> Response:
    """Hai số cho một văn bản, hai văn bản có thể là một …, kèm câu của cả hai bên và chứng cứ; máy không tự quyết."""
    iri = instrument_iri_of(service, about) if about else None
    return respond(request, paging.part(partial(service.store.conflicts, iri)))


@router.get("/judgements", summary="Quyết định của người duyệt", responses=answers(Page[Judgement], "Theo thời gian."))
def list_judgements(request: Request, service: ServiceDep, paging: PagingDep) -> Response:
    """Mọi quyết định đã ghi, kể cả đã rút lại; chỉ thêm, không sửa, không xóa."""
    return respond(request, paging.page(service.store.judgements()))


@router.get(
    "/explanations/{id:path}",
    summary="Vì sao là một văn bản",
    responses=answers(Found[Explanation], "Các cách ghi và vì sao chúng là một."),
)
def explain(
    request: Request,
    service: ServiceDep,
    id: Annotated[str, Path(description="Phần sau `/instrument/` của IRI, hoặc cả IRI.")],  # noqa: A002
) -> Response:
    """Các cách ghi trong văn bản đã nạp, quy tắc hoặc quyết định đã gộp chúng, kèm câu nguồn."""
    told = service.store.explain(iri_of("instrument", id))
    return respond(request, found(told, service.store.corpus()))


@router.post(
    "/judgements",
    summary="Ghi một quyết định",
    status_code=201,
    responses=answers(Found[Judgement], "Quyết định đã ghi."),
)
def give_judgement(request: Request, service: ServiceDep, settings: SettingsDep, given: Answer) -> Response:
    """Chỉ khi máy chủ được mở với --review: trả lời một chỗ cần duyệt, quyết định về hai văn bản, hoặc rút lại."""
    check_open(settings)
    checked_site(request)
    done = respond(request, found(record_of(service, given), service.store.corpus()))
    done.status_code = 201
    return done


def check_open(settings: Settings) -> None:
    """Refuse where the server was not started for answers.

    Raises:
        NotAllowedError: It was not.
    """
    if not settings.review:
        raise NotAllowedError(
            "Máy chủ này chỉ để xem; hãy trả lời bằng lệnh luocdo review, hoặc mở máy chủ với luocdo serve --review"
        )


def record_of(service: ServiceDep, given: Answer) -> Judgement:
    """Do what an answer says.

    Raises:
        InvalidInputError: It is none of the three, or cannot be used.
        ContradictionError: Standing judgements say the opposite.
        NotFoundError: There is no such conflict, instrument or judgement.
    """
    if given.undoes:
        return undo(service.store, given.undoes, by=given.by, reason=given.reason)
    if given.verdict and given.conflict:
        return answer(service.store, given.conflict, given.verdict, by=given.by, reason=given.reason)
    if given.verdict and given.a and given.b:
        return judge_pair(service, given.a, given.b, given.verdict, by=given.by, reason=given.reason)
    raise InvalidInputError("Cần nêu conflict, hoặc a và b, cùng verdict; hoặc undoes để rút lại")
