"""Questions about duties: own, up, down, all, due in a window (domain.md 6.5)."""

import re
from calendar import monthrange
from collections.abc import Iterable, Iterator

from graph.asking.reading import UNDATED, DutyPick, DutyRow, Ranked, Reading
from graph.asking.standing import Standing
from graph.paging import Page, page_of
from graph.results import DueView, DutyView, InstrumentRef
from graph.store import DutyFilter
from ontology.terms import DeadlineKind, Direction, Strength

_PERIOD = re.compile(r"P(\d{1,2})([MY])\Z")
_YEARS = re.compile(r"(?:năm|giai đoạn)\s+(\d{4})(?:\s*[-–]\s*(\d{4}))?")
_ENDLESS = frozenset({DeadlineKind.RECURRING, DeadlineKind.CONTINUOUS})
LONGEST = 5  # years that a recurring duty without a stated end is expanded for


class DutyQuestions(Reading):
    """See ``graph.store.Store``."""

    def duties(
        self,
        body: str,
        direction: Direction = Direction.OWN,
        where: DutyFilter | None = None,
        *,
        units: bool = True,
        limit: int | None = None,
        offset: int = 0,
    ) -> Page[DutyView]:
        """See ``graph.store.Store.duties``."""
        where = where or DutyFilter()
        if limit is None:
            found = self._standing_so(body, direction, where, units=units, outlines=False)
            page = page_of(found, limit, offset)
            return Page(self._views(page, direction), total=page.total, start=page.start)
        if direction is Direction.OWN and where == DutyFilter():
            standing = Standing(self, body, units=units)
            told = self.first_duties(standing.pick(direction).bearers or frozenset(), limit, offset)
            if told is not None:
                rows, total = told
                views = self._views(((row, standing.reason(row, direction) or None) for row in rows), direction)
                return Page(views, total=total, start=max(0, offset))

        def ranked() -> Ranked:
            outlines = self._standing_so(body, direction, where, units=units, outlines=True)
            return [(row.sha256, row.duty.ordinal, why) for row, why in outlines]

        part = page_of(self.remembered(("duties", body, direction, where, units), ranked), limit, offset)
        return Page(self._views(self.filled(part), direction), total=part.total, start=part.start)

    def _standing_so(
        self, body: str, direction: Direction, where: DutyFilter, *, units: bool, outlines: bool
    ) -> list[tuple[DutyRow, str | None]]:
        """The duties that lie in a direction, in order, with why where that is inferred."""
        standing = Standing(self, body, units=units)
        rows = self._rows(where, standing.pick(direction), outlines=outlines)
        standing.prepare(rows, direction)
        reasons = ((row, standing.reason(row, direction, where.role)) for row in rows)
        return [(row, reason or None) for row, reason in reasons if reason is not None]

    def _views(self, shown: Iterable[tuple[DutyRow, str | None]], direction: Direction | None) -> list[DutyView]:
        rows = list(shown)
        refs = self._refs_of([row for row, _ in rows])
        return [duty_view(row, refs, direction, reason) for row, reason in rows]

    def filled(self, part: Iterable[tuple[str, int, str | None]]) -> list[tuple[DutyRow, str | None]]:
        """Whole duties by digest and ordinal, each with what stood beside it."""
        given = list(part)
        ids = frozenset(f"{sha}|{ordinal}" for sha, ordinal, _ in given)
        rows = {(row.sha256, row.duty.ordinal): row for row in self.duty_rows(DutyPick(ids=ids))} if ids else {}
        return [(rows[sha, ordinal], beside) for sha, ordinal, beside in given]

    def obligations(
        self, where: DutyFilter | None = None, *, limit: int | None = None, offset: int = 0
    ) -> Page[DutyView]:
        """See ``graph.store.Store.obligations``."""
        where = where or DutyFilter()
        if limit is None:
            found = self._laid(where, outlines=False)
            page = page_of([(row, None) for row in found], limit, offset)
            return Page(self._views(page, None), total=page.total, start=page.start)

        def ranked() -> Ranked:
            return [(row.sha256, row.duty.ordinal, None) for row in self._laid(where, outlines=True)]

        part = page_of(self.remembered(("obligations", where), ranked), limit, offset)
        return Page(self._views(self.filled(part), None), total=part.total, start=part.start)

    def _laid(self, where: DutyFilter, *, outlines: bool) -> list[DutyRow]:
        rows = self._rows(where, DutyPick(), outlines=outlines)
        return [r for r in rows if where.role is None or any(b.role is where.role for b in r.duty.bearers)]

    def due(
        self, from_: str, to: str, body: str | None = None, *, limit: int | None = None, offset: int = 0
    ) -> Page[DueView]:
        """See ``graph.store.Store.due``."""
        standing = Standing(self, body, units=True) if body is not None else None
        dated = self._due_rows(DutyPick(due_from=from_, due_to=to), standing)
        recurring = self._due_rows(DutyPick(kinds=(DeadlineKind.RECURRING.value,)), standing)
        documents = self.refs({row.document for row, _ in recurring})
        days: list[tuple[str, DutyRow, str | None, str | None]] = []
        for row, reason in dated:
            deadline = row.duty.deadline
            if deadline and deadline.last_day and deadline.kind not in _ENDLESS:
                days.append((deadline.last_day, row, reason, None))
        for row, reason in recurring:
            ends, why = _recurring_days(row, documents[row.document], from_, to)
            days += [(day, row, reason, why) for day in ends]
        days.sort(key=lambda d: (d[0], *_text_order(d[1])))
        page = page_of(days, limit, offset)
        refs = self._refs_of([row for _, row, *_ in page])
        views = (
            DueView(day=day, duty=duty_view(row, refs, None, reason), derived=why is not None, why_derived=why)
            for day, row, reason, why in page
        )
        return Page(views, total=page.total, start=page.start)

    def _due_rows(self, pick: DutyPick, standing: Standing | None) -> list[tuple[DutyRow, str | None]]:
        if standing is None:
            return [(row, None) for row in self.duty_rows(pick)]
        rows = self._rows(DutyFilter(), _merge(pick, standing.pick(Direction.OWN)))
        reasons = [(row, standing.reason(row, Direction.OWN)) for row in rows]
        return [(row, reason or None) for row, reason in reasons if reason is not None]

    def _rows(self, where: DutyFilter, pick: DutyPick, *, outlines: bool = False) -> list[DutyRow]:
        document = self.node(where.document).id if where.document else None
        under = self._under(where.under) if where.under else None
        pick = _merge(
            DutyPick(
                due_from=where.due_from,
                due_to=where.due_to,
                as_of=where.as_of,
                kinds=where.deadline_kinds,
                with_targets=where.with_targets,
            ),
            pick,
        )
        narrow = pick.bearers is None and pick.parties is None and pick.documents is None
        if narrow and document is not None:
            pick = _merge(pick, DutyPick(documents=frozenset({document})))
        elif narrow and under is not None:
            pick = _merge(pick, DutyPick(documents=under, carrying=under))
        given = self.duty_outlines(pick) if outlines else self.duty_rows(pick)
        rows = [r for r in given if document in (None, r.document)]
        if under is not None:
            rows = [r for r in rows if r.document in under or not under.isdisjoint(r.implements)]
        return sorted(rows, key=_text_order)

    def _under(self, iri: str) -> frozenset[str]:
        root = self.node(iri).id
        carried = self.carried(root, 50, (Strength.DOCUMENT.value,), up=False)
        return frozenset({root} | {s.subject for s in carried})

    def _refs_of(self, rows: list[DutyRow]) -> dict[str, InstrumentRef]:
        return self.refs({iri for row in rows for iri in (row.document, *row.implements)})


def _merge(one: DutyPick, two: DutyPick) -> DutyPick:
    """All filters of both; where both give one, the second's."""
    empty = DutyPick()
    given = {f: getattr(two, f) for f in DutyPick.__struct_fields__ if getattr(two, f) != getattr(empty, f)}
    return DutyPick(**{**{f: getattr(one, f) for f in DutyPick.__struct_fields__}, **given})


def _text_order(row: DutyRow) -> tuple[str, str, str, int]:
    """Documents by date, unknown last, and IRI; duties as they stand in the text."""
    return row.date or UNDATED, row.document, row.sha256, row.duty.ordinal


def duty_view(
    row: DutyRow, refs: dict[str, InstrumentRef], direction: Direction | None = None, reason: str | None = None
) -> DutyView:
    """Show a duty; a reason marks it as derived."""
    duty = row.duty
    return DutyView(
        id=duty.id,
        instrument=refs[row.document],
        section=duty.section,
        action=duty.action,
        bearers=duty.bearers,
        counterparties=duty.counterparties,
        deadline=duty.deadline,
        targets=duty.targets,
        implements=tuple(refs[i] for i in row.implements),
        confidence=duty.confidence,
        evidence=(duty.evidence,),
        direction=direction,
        derived=reason is not None,
        why_derived=reason,
    )


def _recurring_days(row: DutyRow, document: InstrumentRef, from_: str, to: str) -> tuple[list[str], str]:
    """Last days of a recurring duty in a window, and why these: ends of periods up to the years the document is for."""
    deadline, made = row.duty.deadline, row.date
    if deadline is None or not deadline.value or made is None:
        return [], ""
    years = _YEARS.search(document.title or "")
    last = int(years[2] or years[1]) if years else int(made[:4]) + LONGEST
    end = f"{last}-12-31"
    by = "năm ghi ở tên văn bản" if years else f"{LONGEST} năm sau năm của văn bản, vì văn bản không ghi hết năm nào"
    why = f"suy luận: kỳ tính từ ngày văn bản đến hết năm {last} ({by})"
    days = set()
    for part in deadline.value.split(","):
        match = _PERIOD.match(part.strip())
        if match and int(match[1]):
            days |= set(_period_ends(int(match[1]) * (12 if match[2] == "Y" else 1), made, min(to, end)))
    return sorted(d for d in days if from_ <= d <= min(to, end) and d > made), why


def _period_ends(months: int, made: str, last: str) -> Iterator[str]:
    """Last days of calendar periods; of several years counted from the document's own year."""
    if 12 % months and months % 12:
        return  # the calendar has no such periods
    first, several = int(made[:4]), max(1, months // 12)
    for year in range(first + several - 1, int(last[:4]) + 1, several):
        for month in range(min(months, 12), 13, months):
            yield f"{year}-{month:02}-{monthrange(year, month)[1]:02}"
