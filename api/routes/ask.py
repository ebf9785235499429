"""Questions in words, full-text search, and reading a file without keeping it."""

import os
import tempfile
from pathlib import Path, PurePosixPath
from typing import Annotated

import msgspec
from fastapi import APIRouter, Depends, Query, Request, Response

from api.answers import Answer
from api.parts import Part
from api.routes.common import PagingDep, ServiceDep, SettingsDep, checked_text, respond, settings_of
from api.schemas import AskRequest, Page, answers
from graph.results import SearchHit
from ontology.errors import InvalidInputError, LimitExceededError, LuocdoError
from ontology.record import Record

router = APIRouter(tags=["Hỏi và đọc"])
_NAME_MOST = 120
_BINARY = {"schema": {"type": "string", "format": "binary"}}


@router.post("/ask", summary="Hỏi bằng lời", responses=answers(Answer, "Câu trả lời và nguyên văn làm chứng."))
def ask(service: ServiceDep, settings: SettingsDep, asked: AskRequest) -> Response:
    """Câu hỏi tiếng Việt (có dấu hoặc không) hoặc tiếng Anh; `status` nói rõ khi chưa biết, mơ hồ hoặc chưa hiểu.

    Khi `total` lớn hơn số mục đã cho thì hỏi lại với `offset` để lấy phần sau.
    """
    part = Part(asked.limit, asked.offset)
    answer = service.ask(checked_text(asked.question, settings, "question"), part)
    return Response(msgspec.json.encode(answer), media_type="application/json")


@router.get(
    "/search", summary="Tìm trong nguyên văn", responses=answers(Page[SearchHit], "Đoạn khớp, xếp theo độ khớp.")
)
def search(
    request: Request,
    service: ServiceDep,
    settings: SettingsDep,
    paging: PagingDep,
    text: Annotated[str, Query(description="Không phân biệt dấu, chữ hoa.", examples=["dân chủ ở cơ sở"])],
) -> Response:
    """Toàn văn các văn bản và nhiệm vụ đã nạp."""
    wanted = checked_text(text, settings, "text")
    return respond(request, paging.page(service.store.search(wanted, paging.reach), whole=False))


async def read_upload(request: Request) -> bytes:
    """Take the body of an upload, no more than the settings allow.

    Raises:
        LimitExceededError: It is larger, by its own word or by what came.
        InvalidInputError: It is empty.
    """
    most = settings_of(request).upload_bytes
    announced = request.headers.get("content-length", "")
    too_large = LimitExceededError(f"Tệp lớn quá {most} byte", reason="too_large", limit=most)
    if announced.isdigit() and int(announced) > most:
        raise too_large
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > most:
            raise too_large
    if not body:
        raise InvalidInputError("Chưa có tệp nào trong thân yêu cầu", reason="empty")
    return bytes(body)


@router.post(
    "/extract",
    summary="Đọc một tệp",
    responses=answers(Record, "Điều đọc được từ tệp."),
    openapi_extra={"requestBody": {"required": True, "content": {"application/octet-stream": _BINARY}}},
)
def extract(
    service: ServiceDep,
    body: Annotated[bytes, Depends(read_upload)],
    file: Annotated[
        str, Query(max_length=_NAME_MOST, description="Tên tệp; đuôi cho biết loại.", examples=["ke-hoach.docx"])
    ],
) -> Response:
    """Thân yêu cầu là chính tệp (txt, md, html, docx, pdf). Không lưu gì; văn bản mật bị từ chối."""
    with tempfile.TemporaryDirectory(prefix="luocdo-") as folder:
        path = Path(folder) / _safe_name(file)
        path.write_bytes(body)
        try:
            record = service.extract(path)
        except LuocdoError as error:
            raise _without_folder(error, folder) from error
    return Response(msgspec.json.encode(record), media_type="application/json")


def _without_folder(error: LuocdoError, folder: str) -> LuocdoError:
    """Give an error without the temporary folder, which is nobody's business and gone already."""
    prefix = folder + os.sep
    details = {k: v.replace(prefix, "") if isinstance(v, str) else v for k, v in error.details.items()}
    return type(error)(error.message.replace(prefix, ""), **details)


def _safe_name(name: str) -> str:
    """Give the last part of a file name without what could leave its folder.

    Raises:
        InvalidInputError: Nothing usable is left.
    """
    last = PurePosixPath(name.replace("\\", "/")).name
    if last in ("", ".", "..") or not last.isprintable():
        raise InvalidInputError("Tên tệp không dùng được", parameter="file")
    return last
