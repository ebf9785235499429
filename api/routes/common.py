"""What routes share: the service, names in addresses, paging by cursor, answers with ETag."""

import base64
import binascii
import hashlib
from collections.abc import Callable, Collection, Sequence
from datetime import date
from typing import Annotated, Any, TypeVar

import msgspec
from fastapi import Depends, Query, Request, Response

from api.schemas import Found, Page
from api.service import Service
from api.settings import Settings
from graph.paging import Page as Part
from graph.results import Corpus
from ontology.errors import InvalidInputError, LimitExceededError
from viz.links import iri_of

T = TypeVar("T")
_FARTHEST = 100_000  # place in a list that a cursor may name
DAY = r"^\d{4}-\d{2}-\d{2}$"


def service_of(request: Request) -> Service:
    """Give the service of the application."""
    service: Service = request.app.state.service
    return service


def settings_of(request: Request) -> Settings:
    """Give the settings of the application."""
    settings: Settings = request.app.state.settings
    return settings


ServiceDep = Annotated[Service, Depends(service_of)]
SettingsDep = Annotated[Settings, Depends(settings_of)]


class _Cursor(msgspec.Struct, frozen=True, kw_only=True, array_like=True):
    start: int
    query: str
    last: str  # the item before it: elsewhere or gone where the store changed in between


class Paging:
    """Where a page of a list starts and how long it is; a cursor fits only its own question and an unchanged list."""

    def __init__(
        self,
        request: Request,
        service: ServiceDep,
        settings: SettingsDep,
        limit: Annotated[int | None, Query(ge=1, description="Số mục một trang.", examples=[50])] = None,
        cursor: Annotated[str | None, Query(max_length=300, description="Giá trị next của trang trước.")] = None,
    ) -> None:
        self.size = min(limit or settings.page_size, settings.page_most)
        self.corpus = service.store.corpus()
        asked = sorted((k, v) for k, v in request.query_params.multi_items() if k not in ("cursor", "limit"))
        self._query = _digest([request.url.path, asked])
        self._cursor = self._read(cursor) if cursor else None
        self.start = self._cursor.start if self._cursor else 0

    @property
    def reach(self) -> int:
        """How many of a ranked list to ask for so that this page is whole and the next one is known."""
        return self.start + self.size + 1

    def part(self, question: Callable[..., Part[T]]) -> Page[T]:
        """Ask only for this page of a list, with the item before it, which tells whether the list is unchanged."""
        first = max(0, self.start - 1)
        given = question(limit=self.start - first + self.size, offset=first)
        before = given[: self.start - first]
        if self._cursor and (not before or _digest(before[0]) != self._cursor.last):
            raise InvalidInputError("Kho đã thay đổi từ trang trước; hãy hỏi lại từ trang đầu", parameter="cursor")
        items = tuple(given[self.start - first :])
        end = self.start + self.size
        following = self._write(end, items[-1]) if given.total > end else None
        return Page(items=items, next=following, total=given.total, corpus=self.corpus)

    def page(self, items: Sequence[T], *, whole: bool = True) -> Page[T]:
        """Cut this page out of a list; ``whole`` where the list is all there is, so that its length is the total."""
        if self._cursor and (len(items) < self.start or _digest(items[self.start - 1]) != self._cursor.last):
            raise InvalidInputError("Kho đã thay đổi từ trang trước; hãy hỏi lại từ trang đầu", parameter="cursor")
        end = self.start + self.size
        following = self._write(end, items[end - 1]) if len(items) > end else None
        return Page(
            items=tuple(items[self.start : end]),
            next=following,
            total=len(items) if whole else None,
            corpus=self.corpus,
        )

    def _write(self, start: int, last: object) -> str:
        raw = msgspec.json.encode(_Cursor(start=start, query=self._query, last=_digest(last)))
        return base64.urlsafe_b64encode(raw).decode().rstrip("=")

    def _read(self, text: str) -> _Cursor:
        try:
            raw = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
            cursor = msgspec.json.decode(raw, type=_Cursor)
        except (binascii.Error, msgspec.DecodeError, ValueError) as error:
            raise InvalidInputError("Con trỏ trang không đúng dạng", parameter="cursor") from error
        if not 1 <= cursor.start <= _FARTHEST or cursor.query != self._query:
            raise InvalidInputError("Con trỏ trang thuộc một câu hỏi khác", parameter="cursor")
        return cursor


PagingDep = Annotated[Paging, Depends(Paging)]


def instrument_iri_of(service: Service, text: str) -> str:
    """Give the IRI for an instrument as a request names it: an IRI, or what people type.

    Raises:
        AmbiguousReferenceError: Several fit.
        NotFoundError: None fits.
    """
    return text if _is_iri(text) else service.resolve_instrument(_named(text)).id


def body_iri_of(service: Service, text: str) -> str:
    """Give the IRI for a body as a request names it; see ``instrument_iri_of``."""
    return text if _is_iri(text) else service.resolve_body(_named(text)).id


def node_iri_of(service: Service, text: str) -> str:
    """Give the IRI of a node: an IRI, ``instrument/…``, ``body/…``, or an instrument as people type it."""
    kind, _, rest = text.partition("/")
    if kind in ("instrument", "body") and rest:
        return iri_of(kind, rest)
    return instrument_iri_of(service, text)


def checked_text(text: str, settings: Settings, parameter: str) -> str:
    """Give a question or search text within the limit.

    Raises:
        InvalidInputError: It is empty.
        LimitExceededError: It is too long.
    """
    stripped = text.strip()
    if not stripped:
        raise InvalidInputError("Chưa có nội dung để tìm", parameter=parameter)
    if len(stripped) > settings.question_chars:
        raise LimitExceededError(
            f"Câu hỏi dài quá {settings.question_chars} ký tự", parameter=parameter, limit=settings.question_chars
        )
    return stripped


def found(item: T, corpus: Corpus) -> Found[T]:
    """Wrap one thing for the wire."""
    return Found(item=item, corpus=corpus)


def respond(request: Request, value: Any) -> Response:
    """Give a JSON answer with its ETag, or 304 where the asker has it already."""
    return tagged(request, msgspec.json.encode(value), "application/json")


def tagged(request: Request, body: bytes, media_type: str) -> Response:
    """Give an answer with a strong ETag over its bytes: equal answers of an unchanged store have equal tags."""
    tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    # Chosen by the asker each time, kept by nobody else: the store may change between two requests.
    headers = {"ETag": tag, "Cache-Control": "private, no-cache"}
    given = {t.strip().removeprefix("W/") for t in request.headers.get("if-none-match", "").split(",")}
    if tag in given or "*" in given:
        return Response(status_code=304, headers=headers)
    return Response(body, headers=headers, media_type=media_type)


def within(value: int, most: int, name: str) -> int:
    """Give a number of a request within a limit of the settings.

    Raises:
        LimitExceededError: It is above the limit.
    """
    if value > most:
        raise LimitExceededError(f"{name} nhiều nhất là {most}", parameter=name, limit=most)
    return value


def checked_day(text: str | None, parameter: str) -> str | None:
    """Give an ISO day of a request; None where none was given.

    Raises:
        InvalidInputError: No such day.
    """
    if text is None:
        return None
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError as error:
        raise InvalidInputError(f"Không có ngày {text}", parameter=parameter) from error


def checked_words(words: Sequence[str] | None, known: Collection[str], parameter: str) -> tuple[str, ...]:
    """Give words of a closed vocabulary: an unknown one would look like an empty answer.

    Raises:
        InvalidInputError: A word is unknown.
    """
    for word in words or ():
        if word not in known:
            raise InvalidInputError(f"Không có {parameter} {word!r}", parameter=parameter, known=sorted(known))
    return tuple(words or ())


def _named(text: str) -> str:
    if not text.strip():
        raise InvalidInputError("Chưa có tên văn bản hoặc cơ quan")
    return text


def _is_iri(text: str) -> bool:
    return text.startswith(("https://", "http://"))


def _digest(value: Any) -> str:
    return hashlib.sha256(msgspec.json.encode(value)).hexdigest()[:16]
