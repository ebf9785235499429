"""Judging identity: the use cases that the command line, the REST routes and the review page share."""

import os
from collections.abc import Callable
from datetime import UTC, datetime
from getpass import getuser
from pathlib import Path

from api.service import Service
from graph.judgements import Identity, Judgement, Verdict, dump, judgement, load, standing
from graph.results_identity import Conflict
from graph.store import Store
from ontology.errors import InvalidInputError, NotFoundError
from ontology.identity import BASE
from ontology.system import said

_PART = 200  # conflicts that are looked through at a time
_MOST_BYTES = 200_000_000  # of a file of judgements


def now() -> str:
    """The present time as records have it."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def conflict_of(store: Store, id_: str) -> Conflict:
    """Find a conflict by its id.

    Raises:
        NotFoundError: There is none; it may have been judged meanwhile.
    """
    start, more = 0, True
    while more:
        page = store.conflicts(limit=_PART, offset=start)
        found = next((c for c in page if c.id == id_), None)
        if found is not None:
            return found
        start, more = start + _PART, page.more > 0
    raise NotFoundError(f"Không có chỗ nào mang mã {id_} cần duyệt; có thể đã có người trả lời", id=id_)


def answer(store: Store, id_: str, verdict: str, *, by: str, reason: str, when: Callable[[], str] = now) -> Judgement:
    """Answer a conflict.

    Raises:
        NotFoundError: There is no such conflict.
        InvalidInputError: Verdict, name or reason cannot be used.
        ContradictionError: Standing judgements say the opposite.
    """
    one, two = (side.identity for side in conflict_of(store, id_).sides)
    record = judgement(verdict, one, two, by=by, reason=reason, at=when())
    store.judge(record)
    return record


def judge_pair(
    service: Service, a: str, b: str, verdict: str, *, by: str, reason: str, when: Callable[[], str] = now
) -> Judgement:
    """Judge any two: instruments as typed, or readings as ``explain`` names them.

    Raises:
        NotFoundError: Nothing loaded is called so.
        AmbiguousReferenceError: Several are.
        InvalidInputError: Both are one reading, or verdict, name or reason cannot be used.
        ContradictionError: Standing judgements say the opposite.
    """
    one, two = _identity(service, a), _identity(service, b)
    if set(one.forms) & set(two.forms):
        raise InvalidInputError(
            f"«{a}» và «{b}» đang là một văn bản",
            remedy="muốn tách thì lấy hai cách ghi mà luocdo review explain in ra, hoặc rút lại quyết định đã gộp",
        )
    record = judgement(verdict, one, two, by=by, reason=reason, at=when())
    service.store.judge(record)
    return record


def _identity(service: Service, text: str) -> Identity:
    if text.startswith(BASE) and not text.startswith(f"{BASE}instrument/"):
        return Identity(forms=(text,))
    ref = service.resolve_instrument(text)
    parts = service.store.explain(ref.id).parts
    exact = [p.identity for p in parts if text in p.identity.forms]
    return (exact or [parts[0].identity])[0]


def undo(store: Store, id_: str, *, by: str, reason: str, when: Callable[[], str] = now) -> Judgement:
    """Take a judgement back; raises as ``Store.undo``."""
    return store.undo(id_, by=by, reason=reason, at=when())


def history(store: Store) -> list[tuple[Judgement, bool]]:
    """All records, the newest first, each with whether it holds."""
    records = store.judgements()
    held = {r.id for r in standing(records)}
    return [(r, r.id in held or r.verdict is Verdict.UNDO) for r in reversed(records)]


def export_judgements(store: Store) -> bytes:
    """All records as JSON lines."""
    return dump(store.judgements())


def check_writable(store: Store) -> None:
    """Make sure that answers can be kept before anybody is asked.

    Raises:
        StoreError: The store cannot be written.
    """
    store.adopt(())  # nothing, but as a writer


def read_judgements(path: Path) -> tuple[Judgement, ...]:
    """Read the records of a file.

    Raises:
        InvalidInputError: The file cannot be read or holds something else.
    """
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise InvalidInputError(f"{path.name} quá lớn", file=path.name)
        data = path.read_bytes()
    except OSError as error:
        raise InvalidInputError(f"không đọc được {path.name}: {said(error)}", file=path.name) from error
    return tuple(load(data))


def person() -> str:
    """Who sits at the terminal, to be confirmed: ``LUOCDO_REVIEWER``, else the name of the account."""
    named = os.environ.get("LUOCDO_REVIEWER", "")
    try:
        return named or getuser()
    except (KeyError, OSError):
        return ""
