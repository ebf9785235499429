"""Wire forms of the REST API: our msgspec records are the schema, so that documentation and answers cannot differ."""

from typing import Any, Generic, TypeVar

import msgspec
from pydantic import BaseModel, Field

from api import examples
from api.answers import Answer
from api.problems import MEDIA_TYPE, Health, Problem
from graph.judgements import Judgement
from graph.results import (
    BodyDetail,
    Candidate,
    ChainNode,
    Corpus,
    DocumentInfo,
    DueView,
    DutyView,
    InstrumentDetail,
    RelationView,
    SearchHit,
    Status,
    Subgraph,
    WhyPath,
)
from graph.results_identity import Conflict, Explanation
from ontology.record import Record

T = TypeVar("T")
MOST_ITEMS = 1000  # facts of one answer
_REF = "#/components/schemas/{name}"


class Page(msgspec.Struct, Generic[T], frozen=True, kw_only=True):
    """A page of a list.

    Attributes:
        items: In the order of the store, equal on every call while the store does not change.
        next: Give it as ``cursor`` for the following page; null on the last one.
        total: Length of the whole list; null where only the best are ranked.
        corpus: The loaded documents that the answer speaks of.
    """

    items: tuple[T, ...]
    next: str | None = None
    total: int | None = None
    corpus: Corpus


class Found(msgspec.Struct, Generic[T], frozen=True, kw_only=True):
    """One thing, with the loaded documents that the answer speaks of."""

    item: T
    corpus: Corpus


class AskRequest(BaseModel):
    """A question as a person asks it."""

    question: str = Field(
        min_length=1,
        description="Tiếng Việt có dấu hoặc không dấu, hoặc tiếng Anh.",
        examples=["Văn bản nào thực hiện Chỉ thị 33?"],
    )
    limit: int = Field(
        MOST_ITEMS,
        ge=1,
        le=MOST_ITEMS,
        description="Số dữ kiện nhiều nhất trong `items`; `total` nói tất cả có bao nhiêu.",
    )
    offset: int = Field(0, ge=0, le=1_000_000, description="Bỏ qua chừng ấy dữ kiện đầu.")


WIRE: tuple[Any, ...] = (
    Problem,
    Answer,
    Record,
    Health,
    Page[Candidate],
    Page[RelationView],
    Page[DutyView],
    Page[DueView],
    Page[WhyPath],
    Page[SearchHit],
    Page[Conflict],
    Page[Judgement],
    Found[Judgement],
    Found[Explanation],
    Page[DocumentInfo],
    Found[InstrumentDetail],
    Found[ChainNode],
    Found[BodyDetail],
    Found[Subgraph],
    Found[Status],
)


def components() -> dict[str, Any]:
    """Give the JSON schemas of all wire forms by name."""
    return msgspec.json.schema_components(WIRE, ref_template=_REF)[1]


def answers(form: Any, description: str) -> dict[int | str, dict[str, Any]]:
    """Give the ``responses`` of a route: its form with an example, and the problems it may give."""
    content = {"schema": _schema(form), "example": msgspec.to_builtins(examples.of(form))}
    problem = {MEDIA_TYPE: {"schema": _schema(Problem), "example": msgspec.to_builtins(examples.PROBLEM)}}
    return {
        200: {"description": description, "content": {"application/json": content}},
        404: {"description": "Không có trong các văn bản đã nạp.", "content": problem},
        413: {"description": "Câu hỏi, tệp, độ sâu hoặc số nút vượt giới hạn.", "content": problem},
        422: {"description": "Yêu cầu không dùng được.", "content": problem},
    }


def _schema(form: Any) -> dict[str, Any]:
    (schema,), _ = msgspec.json.schema_components([form], ref_template=_REF)
    return schema
