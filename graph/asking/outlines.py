"""Duties as a back end gives them: whole, with where they stand, or as outlines that are chosen and put in order."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

import msgspec

from graph.results import PartyView
from graph.statements import Duty

Term = tuple[str, str | None, str, str | None]  # of a deadline: kind, value, phrase, last day


class DutyRow(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A duty with the instrument that lays it and the instruments that it carries out (IRIs)."""

    duty: Duty
    sha256: str
    document: str
    date: str | None
    implements: tuple[str, ...]


@dataclass(frozen=True, eq=False, slots=True)
class Sides:
    """Who bears a duty and to whom; one object may stand for all duties that lie alike, so it is told by identity."""

    bearers: tuple[PartyView, ...]
    others: tuple[PartyView, ...]


class Outline(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A duty as far as it is chosen and put in order: without its words. ``term`` is its deadline."""

    ordinal: int
    sides: Sides
    implements: tuple[str, ...]
    term: Term | None
    targeted: bool
    start: int
    end: int


class Laid(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """Duties of one document in their order, as outlines."""

    document: str
    sha256: str
    date: str | None
    outlines: tuple[Outline, ...]


def outline_of(row: DutyRow) -> Outline:
    """What is looked at of a duty when it is chosen."""
    duty, due = row.duty, row.duty.deadline
    return Outline(
        ordinal=duty.ordinal,
        sides=Sides(duty.bearers, duty.counterparties),
        implements=row.implements,
        term=(due.kind.value, due.value, due.phrase, due.last_day) if due else None,
        targeted=bool(duty.targets),
        start=duty.evidence.start,
        end=duty.evidence.end,
    )


def outlined(row: DutyRow) -> tuple[Laid, Outline]:
    """One duty as an outline, with its document."""
    one = outline_of(row)
    return Laid(document=row.document, sha256=row.sha256, date=row.date, outlines=(one,)), one


def laid_of(rows: Iterable[DutyRow]) -> list[Laid]:
    """Duties as outlines, document by document."""
    found: dict[str, list[DutyRow]] = defaultdict(list)
    for row in rows:
        found[row.sha256].append(row)
    return [
        Laid(
            document=some[0].document,
            sha256=sha,
            date=some[0].date,
            outlines=tuple(outline_of(row) for row in sorted(some, key=lambda r: r.duty.ordinal)),
        )
        for sha, some in found.items()
    ]
