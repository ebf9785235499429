"""What is loaded: documents, counts, and whether the server is well."""

from fastapi import APIRouter, Request, Response

from api.problems import Health
from api.routes.common import PagingDep, ServiceDep, found, respond
from api.schemas import Found, Page, answers
from graph.results import DocumentInfo, Status

router = APIRouter(tags=["Kho"])
health = APIRouter(tags=["Kho"])


@router.get("/status", summary="Số liệu của kho", responses=answers(Found[Status], "Số liệu."))
def show_status(request: Request, service: ServiceDep) -> Response:
    """Số văn bản, cơ quan, nhiệm vụ, quan hệ, mâu thuẫn, chỗ chưa hiểu."""
    status = service.store.status()
    return respond(request, found(status, status.corpus))


@router.get("/documents", summary="Văn bản đã nạp", responses=answers(Page[DocumentInfo], "Theo đường dẫn."))
def list_documents(request: Request, service: ServiceDep, paging: PagingDep) -> Response:
    """Mỗi tệp đã nạp với văn bản của nó và số điều đọc được."""
    return respond(request, paging.part(service.store.documents))


@health.get("/healthz", summary="Máy chủ có chạy không", responses=answers(Health, "Chạy, và kho mở được."))
def check_health(request: Request, service: ServiceDep) -> Response:
    """Hỏi kho một câu; kho không mở được thì 503."""
    return respond(request, Health(status="ok", documents=service.store.corpus().documents))
