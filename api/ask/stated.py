"""What a duty's sentences say beside its fields: a day or month of their own, who stands right before a deed."""

import re
from dataclasses import dataclass

from msgspec import structs

from api.ask.days import Period, find_periods
from api.ask.text import flatten
from api.ask.topics import words_of
from graph.results import DutyView, Evidence, PartyView
from graph.store import DutyFilter, Store
from ontology.terms import CounterpartyKind
from ontology.vietnamese import fold

_LEAD = re.compile(r"(?:vao|trong|truoc|cham nhat|den het|hoan thanh|xong|den)\s+(?:(?:ngay|thang|quy)\s+)?$")
_STOP = re.compile(r"[.;](?=\s|$)|\n")
_PLACES = 1000  # places looked at that hold the month
_BEFORE = 24  # characters before a date in which its lead stands


@dataclass(frozen=True, slots=True)
class StatedTime:
    """A day, month or quarter that a sentence of a duty tells, with that sentence alone as evidence."""

    phrase: str
    period: Period
    evidence: Evidence


def stated_times(duty: DutyView) -> list[StatedTime]:
    """Times such as "vào tháng 12/2021" in the sentences of a duty; dates of documents are none."""
    found = []
    for e in duty.evidence[:1]:
        flat = flatten(e.text)
        for p in find_periods(flat):
            lead = _LEAD.search(flat, max(0, p.start - _BEFORE), p.start)
            if p.unit == "year" or lead is None:
                continue
            start, end = _sentence(e.text, p.start, p.end)
            told = structs.replace(
                e,
                start=e.start + start,
                end=e.start + end,
                line=e.line + e.text.count("\n", 0, start),
                text=e.text[start:end],
            )
            found.append(StatedTime(" ".join(e.text[lead.start() : p.end].split()), p, told))
    return found


def _sentence(text: str, start: int, end: int) -> tuple[int, int]:
    stops = [m.end() for m in _STOP.finditer(text, 0, start)]
    begin = stops[-1] if stops else 0
    while begin < start and text[begin].isspace():
        begin += 1
    after = _STOP.search(text, end)
    return begin, after.start() if after else len(text)


def stated_in(store: Store, first: str, last: str) -> list[tuple[DutyView, StatedTime]]:
    """Duties whose sentences tell a time within a month or less; found by full text."""
    year, month = first[:4], int(first[5:7])
    if first[:7] != last[:7]:
        return []
    documents = dict.fromkeys(h.instrument.id for h in store.search(f"{month}/{year}", _PLACES))
    laid = [d for i in documents for d in store.obligations(DutyFilter(document=i))]
    return [(d, t) for d in laid for t in stated_times(d) if first <= t.period.first and t.period.last <= last]


def doers(duty: DutyView, rest: tuple[str, ...]) -> list[PartyView]:
    """Who does what was asked: the party named right before the deed, else all bearers."""
    deed = words_of(rest)[:2]
    text = " ".join(fold(e.text) for e in duty.evidence)
    parties = [p for p in (*duty.bearers, *duty.counterparties) if p.kind is not CounterpartyKind.COORDINATES_WITH]
    if len(deed) == 2:
        wanted = " ".join(deed)
        right = [p for p in parties if f" {fold(p.name)} {wanted}" in f" {text}"]
        if right:
            return right
    return list(duty.bearers)
