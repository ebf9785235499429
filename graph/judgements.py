"""What people decide of identity: a set of records that only grows, told by what was read and not by rows of a store.

The records of a store are a *set*: what holds follows from which records there are, never from the order in which they
came. So two stores that exchange their records agree, and importing twice changes nothing. ``a`` and ``b`` of a
judgement name what was judged by *forms* (``graph.identities``), which mean the same after a reload, in any store.
"""

import hashlib
from collections.abc import Iterable
from datetime import UTC, datetime
from enum import StrEnum

import msgspec

from ontology.errors import InvalidInputError
from ontology.vietnamese import nfc

_RANGE = 1 << 53  # what every reader of JSON keeps exactly
LONGEST_REASON = 2000
LONGEST_NAME = 200
MOST_FORMS = 8


class Verdict(StrEnum):
    """What a person says of two readings; ``undo`` takes an earlier record back."""

    SAME = "same"
    DIFFERENT = "different"
    LATER = "later"
    UNDO = "undo"


class Identity(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One side of a judgement.

    Attributes:
        forms: Names (IRIs) of what was read, the firmest first: a loaded file's ``document/…``, a dated number's
            ``instrument/…``, one exact reading's ``sign/…``. The first that some loaded document bears is what the
            judgement speaks of; where none is there the judgement rests.
        label: How it was called when it was judged; for people, no part of the identity.
    """

    forms: tuple[str, ...]
    label: str = ""


class Judgement(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One record: a verdict on two identities, or (``undo``) the taking back of an earlier record.

    Attributes:
        id: Follows from everything else, so the same record has one id everywhere.
        by: Name of the person.
        reason: Why, in the person's words.
        at: When, ISO 8601 in UTC to the second ("2026-11-20T23:59:00Z").
        a, b: The sides, in the order of their forms; None where ``undo``.
        undoes: Id of the record taken back; None elsewhere.
    """

    id: str
    verdict: Verdict
    by: str
    reason: str
    at: str
    a: Identity | None = None
    b: Identity | None = None
    undoes: str | None = None

    @property
    def sides(self) -> tuple[Identity, ...]:
        """Both sides; none where ``undo``."""
        return tuple(side for side in (self.a, self.b) if side is not None)


def judgement(verdict: Verdict | str, a: Identity, b: Identity, *, by: str, reason: str, at: str) -> Judgement:
    """Make a record of a verdict on two identities; which one is given first makes no difference.

    Args:
        verdict: ``same``, ``different`` or ``later``.
        a: One side.
        b: The other.
        by: Name of the person; must not be empty.
        reason: Why; must not be empty.
        at: When, ISO 8601; without a zone it means UTC.

    Raises:
        InvalidInputError: Name, reason, time or a side cannot be used, or both sides are one.
    """
    told = _verdict(verdict)
    if told is Verdict.UNDO:
        raise InvalidInputError("Rút lại một quyết định thì nêu mã của quyết định đó", verdict=told.value)
    one, two = sorted((_side(a), _side(b)), key=lambda side: side.forms)
    if set(one.forms) & set(two.forms):
        raise InvalidInputError("Hai vế của quyết định là một", form=min(set(one.forms) & set(two.forms)))
    return _named(Judgement(id="", verdict=told, by=_name(by), reason=_reason(reason), at=moment(at), a=one, b=two))


def undoing(id_: str, *, by: str, reason: str, at: str) -> Judgement:
    """Make the record that takes another one back.

    Raises:
        InvalidInputError: Name, reason, time or id cannot be used.
    """
    if not id_.strip():
        raise InvalidInputError("Chưa nêu mã của quyết định cần rút lại")
    made = Judgement(
        id="", verdict=Verdict.UNDO, by=_name(by), reason=_reason(reason), at=moment(at), undoes=id_.strip()
    )
    return _named(made)


def checked(record: Judgement) -> Judgement:
    """Give a record as ``judgement`` or ``undoing`` would make it, for what comes from a file or over the network.

    Raises:
        InvalidInputError: It could not have been made, or its id is another one's.
    """
    if record.verdict is Verdict.UNDO:
        made = undoing(record.undoes or "", by=record.by, reason=record.reason, at=record.at)
    elif record.a is None or record.b is None:
        raise InvalidInputError("Quyết định thiếu một vế", id=record.id)
    else:
        made = judgement(record.verdict, record.a, record.b, by=record.by, reason=record.reason, at=record.at)
    if made.id != record.id:
        raise InvalidInputError(f"Quyết định {record.id} đã bị sửa: mã không khớp nội dung", id=record.id)
    return made


def ordered(records: Iterable[Judgement]) -> list[Judgement]:
    """The one order of records for all stores: by time, what is taken back before its undo, then by id."""
    return sorted(records, key=lambda r: (r.at, r.verdict is Verdict.UNDO, r.id))


def standing(records: Iterable[Judgement]) -> list[Judgement]:
    """The judgements that hold: all but those taken back, in order."""
    given = ordered(records)
    gone = {r.undoes for r in given if r.verdict is Verdict.UNDO}
    return [r for r in given if r.verdict is not Verdict.UNDO and r.id not in gone]


def part_of(record: Judgement) -> int:
    """What a record adds to the ``revision`` of a store."""
    return int.from_bytes(hashlib.blake2b(f"judgement {record.id}".encode(), digest_size=7).digest(), "big") % _RANGE


def dump(records: Iterable[Judgement]) -> bytes:
    """Write records as JSON lines, in order."""
    return b"".join(msgspec.json.encode(r) + b"\n" for r in ordered(records))


def load(data: bytes) -> list[Judgement]:
    """Read records from JSON lines; empty lines are passed over.

    Raises:
        InvalidInputError: A line is no record, or was changed since it was made; the line is told.
    """
    found = []
    for n, line in enumerate(data.splitlines(), 1):
        if not line.strip():
            continue
        try:
            found.append(checked(msgspec.json.decode(line, type=Judgement)))
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise InvalidInputError(f"Dòng {n} không phải là một quyết định", line=n) from error
        except InvalidInputError as error:
            raise InvalidInputError(f"Dòng {n}: {error.message}", line=n) from error
    return ordered(found)


def moment(at: str) -> str:
    """Give a time in UTC to the second.

    Raises:
        InvalidInputError: It is no time of ISO 8601.
    """
    try:
        told = datetime.fromisoformat(at)
    except ValueError as error:
        raise InvalidInputError(f"Không phải thời điểm theo ISO 8601: {at[:40]}", at=at[:40]) from error
    zoned = told.replace(tzinfo=UTC) if told.tzinfo is None else told.astimezone(UTC)
    return zoned.strftime("%Y-%m-%dT%H:%M:%SZ")


def _named(record: Judgement) -> Judgement:
    told = {
        "verdict": record.verdict.value,
        "forms": [side.forms for side in record.sides],
        "by": record.by,
        "reason": record.reason,
        "at": record.at,
        "undoes": record.undoes,
    }
    digest = hashlib.blake2b(msgspec.json.encode(told, order="deterministic"), digest_size=6).hexdigest()
    return msgspec.structs.replace(record, id=f"j-{digest}")


def _verdict(told: Verdict | str) -> Verdict:
    try:
        return Verdict(told)
    except ValueError as error:
        raise InvalidInputError(
            f"Không có cách trả lời “{str(told)[:40]}”; hãy dùng same, different hoặc later", verdict=str(told)[:40]
        ) from error


def _side(side: Identity) -> Identity:
    forms = tuple(dict.fromkeys(f.strip() for f in side.forms if f.strip()))
    if not forms or len(forms) > MOST_FORMS:
        raise InvalidInputError("Một vế của quyết định không nêu văn bản nào, hoặc nêu quá nhiều", forms=len(forms))
    return Identity(forms=forms, label=_line(side.label)[:LONGEST_REASON])


def _name(text: str) -> str:
    return _told(text, LONGEST_NAME, "Chưa nêu tên người quyết định", "Tên người quyết định quá dài")


def _reason(text: str) -> str:
    return _told(text, LONGEST_REASON, "Chưa nêu lý do", "Lý do quá dài")


def _told(text: str, most: int, none: str, long: str) -> str:
    line = _line(text)
    if not line:
        raise InvalidInputError(none)
    if len(line) > most:
        raise InvalidInputError(f"{long} (nhiều nhất {most} ký tự)", limit=most)
    return line


def _line(text: str) -> str:
    shown = "".join(c if c.isprintable() else " " for c in nfc(text))  # a name is no command to a terminal
    return " ".join(shown.split())
