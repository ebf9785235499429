"""Errors to HTTP: the status is found through the class's MRO, the body has one shape ``{code, message, details}``."""

from collections.abc import Mapping
from types import MappingProxyType

import msgspec

from ontology.errors import (
    ContradictionError,
    InvalidInputError,
    LimitExceededError,
    LuocdoError,
    NotAllowedError,
    NotFoundError,
    OverloadedError,
    StoreError,
    StoreUnavailableError,
    TimeExceededError,
)

MEDIA_TYPE = "application/problem+json"
STATUSES: Mapping[type[LuocdoError], int] = MappingProxyType(
    {
        LuocdoError: 500,
        InvalidInputError: 422,
        LimitExceededError: 413,
        ContradictionError: 409,
        NotAllowedError: 403,
        NotFoundError: 404,
        OverloadedError: 503,
        TimeExceededError: 504,
        StoreError: 500,
        StoreUnavailableError: 503,
    }
)
# What is ours and not the asker's fault: the message may name files and tables of the server, so it stays in the log.
_HIDDEN = 500
_PLAIN = MappingProxyType(
    {500: "Máy chủ gặp lỗi; xem nhật ký của máy chủ.", 503: "Kho văn bản tạm thời không mở được."}
)
_HTTP_CODES = MappingProxyType(
    {404: "not_found", 405: "method_not_allowed", 413: "limit_exceeded", 400: "invalid_input"}
)


class Problem(msgspec.Struct, frozen=True, kw_only=True):
    """An error as every endpoint gives it.

    Attributes:
        code: Stable word for programs.
        message: One sentence for people, Vietnamese where it comes from a question.
        details: Facts about it (choices, remedy, parameter …).
    """

    code: str
    message: str
    details: dict[str, str | int | float | bool | list[str] | None] = msgspec.field(default_factory=dict)


class Health(msgspec.Struct, frozen=True, kw_only=True):
    """The server answers and its store opens."""

    status: str
    documents: int


def status_of(error: type[LuocdoError]) -> int:
    """Give the HTTP status of an error class: its own, or that of its nearest ancestor with one."""
    return next(STATUSES[c] for c in error.__mro__ if c in STATUSES)


def is_hidden(error: LuocdoError) -> bool:
    """True where the fault is the server's own: the asker learns only that there is one, the log the rest."""
    return status_of(type(error)) >= _HIDDEN and not isinstance(error, OverloadedError)


def problem_of(error: LuocdoError) -> tuple[int, Problem]:
    """Give the status and body for an error; those of the server itself keep their details to the log."""
    status = status_of(type(error))
    if is_hidden(error):
        return status, Problem(code=error.code, message=_PLAIN[status])
    return status, Problem(code=error.code, message=error.message, details=dict(error.details))


def http_problem(status: int, message: str) -> Problem:
    """Give the body for an error of HTTP itself (no such address, method not allowed)."""
    fallback = "internal" if status >= _HIDDEN else "invalid_input"
    return Problem(code=_HTTP_CODES.get(status, fallback), message=message)
