"""Questions about duties: own, up, down, all, due in a window (domain.md 6.5)."""

import re
from calendar import monthrange
from collections.abc import Callable, Iterable, Iterator
from operator import itemgetter

from msgspec.structs import replace

from graph.asking.outlines import DutyRow, Laid, Outline, Term, laid_of, outlined
from graph.asking.reading import UNDATED, DutyPick, Ranked, Reading
from graph.asking.standing import Standing
from graph.paging import Page, page_of, slice_of
from graph.results import DueView, DutyView, InstrumentRef
from graph.store import DutyFilter
from ontology.terms import DeadlineKind, Direction, Strength

_PERIOD = re.compile(r"P(\d{1,2})([MY])\Z")
_YEARS = re.compile(r"(?:năm|giai đoạn)\s+(\d{4})(?:\s*[-–]\s*(\d{4}))?")
_ENDLESS = frozenset({DeadlineKind.RECURRING.value, DeadlineKind.CONTINUOUS.value})
_Rows = dict[tuple[str, int], DutyRow]  # by digest and ordinal
_Due = tuple[str, str, str, str, int, str | None, str | None]  # ``Placed``; why it is the unit's, why it is that day
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
            rows: _Rows = {}
            ranked = self._lying(body, direction, where, self._whole(rows), units=units)
            return self._page(page_of(ranked, limit, offset), direction, rows)
        if direction is Direction.OWN and where == DutyFilter():
            standing = Standing(self, body, units=units)
            told = self.first_duties(standing.pick(direction).bearers or frozenset(), limit, offset)
            if told is not None:
                first, total = told
                lying = ((row, standing.reason(*outlined(row), direction)) for row, _ in self.filled(first))
                views = self._views(((row, why or None) for row, why in lying), direction)
                return Page(views, total=total, start=max(0, offset))

        def make() -> Ranked:
            return self._lying(body, direction, where, self.laid, units=units)

        part = page_of(self.remembered(("duties", body, direction, where, units), make), limit, offset)
        return self._page(part, direction)

    def _lying(
        self,
        body: str,
        direction: Direction,
        where: DutyFilter,
        select: Callable[[DutyPick], list[Laid]],
        *,
        units: bool,
    ) -> Ranked:
        """The duties that lie in a direction, in order, with why where that is inferred."""
        standing = Standing(self, body, units=units)
        laid = self._chosen(where, standing.pick(direction), select)
        standing.prepare(laid, direction)
        reasons = ((at, one, standing.reason(at, one, direction, where.role)) for at in laid for one in at.outlines)
        return [(at.sha256, one.ordinal, why or None) for at, one, why in reasons if why is not None]

    def _whole(self, rows: _Rows) -> Callable[[DutyPick], list[Laid]]:
        """Select whole duties, and keep them: all of them will be shown."""

        def select(pick: DutyPick) -> list[Laid]:
            found = self.duty_rows(pick)
            rows.update({(row.sha256, row.duty.ordinal): row for row in found})
            return laid_of(found)

        return select

    def _page(
        self, part: Page[tuple[str, int, str | None]], direction: Direction | None, rows: _Rows | None = None
    ) -> Page[DutyView]:
        shown = self.filled(part) if rows is None else [(rows[sha, ordinal], why) for sha, ordinal, why in part]
        return Page(self._views(shown, direction), total=part.total, start=part.start)

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
            rows: _Rows = {}
            return self._page(page_of(self._all(where, self._whole(rows)), limit, offset), None, rows)
        ranked = self.remembered(("obligations", where), lambda: self._all(where, self.laid))
        return self._page(page_of(ranked, limit, offset), None)

    def _all(self, where: DutyFilter, select: Callable[[DutyPick], list[Laid]]) -> Ranked:
        return [
            (at.sha256, one.ordinal, None)
            for at in self._chosen(where, DutyPick(), select)
            for one in at.outlines
            if where.role is None or any(b.role is where.role for b in one.sides.bearers)
        ]

    def due(
        self, from_: str, to: str, body: str | None = None, *, limit: int | None = None, offset: int = 0
    ) -> Page[DueView]:
        """See ``graph.store.Store.due``."""
        standing = Standing(self, body, units=True) if body is not None else None
        end = slice_of(limit, offset).stop
        first = self.first_due(from_, to, end) if standing is None and end is not None else None
        days: list[_Due] = []
        if first is not None:
            days = [(*placed, None, None) for placed in first[0]]
        else:
            for at, one, reason in self._dated(DutyPick(due_from=from_, due_to=to), standing):
                if one.term and one.term[3] and one.term[0] not in _ENDLESS:
                    days.append((one.term[3], *_document_order(at), one.ordinal, reason, None))
        left_out = first[1] - len(days) if first else 0
        recurring = self._dated(DutyPick(kinds=(DeadlineKind.RECURRING.value,)), standing)
        documents = self.refs({at.document for at, *_ in recurring})
        for at, one, reason in recurring:
            ends, why = _recurring_days(one.term, at.date, documents[at.document], from_, to)
            days += [(day, *_document_order(at), one.ordinal, reason, why) for day in ends]
        days.sort(key=itemgetter(0, 1, 2, 3, 4))
        page = page_of(days, limit, offset)
        rows = [row for row, _ in self.filled((sha, ordinal, None) for _, _, _, sha, ordinal, *_ in page)]
        refs = self._refs_of(rows)
        views = (
            DueView(day=day, duty=duty_view(row, refs, None, reason), derived=why is not None, why_derived=why)
            for (day, *_, reason, why), row in zip(page, rows, strict=True)
        )
        return Page(views, total=page.total + left_out, start=page.start)

    def _dated(self, pick: DutyPick, standing: Standing | None) -> list[tuple[Laid, Outline, str | None]]:
        if standing is None:
            return [(at, one, None) for at in self.laid(pick) for one in at.outlines]
        laid = self._chosen(DutyFilter(), _merge(pick, standing.pick(Direction.OWN)), self.laid)
        reasons = ((at, one, standing.reason(at, one, Direction.OWN)) for at in laid for one in at.outlines)
        return [(at, one, why or None) for at, one, why in reasons if why is not None]

    def _chosen(self, where: DutyFilter, pick: DutyPick, select: Callable[[DutyPick], list[Laid]]) -> list[Laid]:
        """The duties of a pick that pass a filter, documents by date, unknown last, and IRI."""
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
        laid = [at for at in select(pick) if document in (None, at.document)]
        if under is not None:
            laid = [_carrying(at, under) for at in laid]
        return sorted(laid, key=_document_order)

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


def _carrying(at: Laid, under: frozenset[str]) -> Laid:
    """Of a document's duties those that carry out one of some instruments: all where the document is one of them."""
    if at.document in under:
        return at
    return replace(at, outlines=tuple(one for one in at.outlines if not under.isdisjoint(one.implements)))


def _document_order(at: Laid) -> tuple[str, str, str]:
    return at.date or UNDATED, at.document, at.sha256


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


def _recurring_days(
    term: Term | None, made: str | None, document: InstrumentRef, from_: str, to: str
) -> tuple[list[str], str]:
    """Last days of a recurring duty in a window, and why these: ends of periods up to the years the document is for."""
    if term is None or not term[1] or made is None:
        return [], ""
    years = _YEARS.search(document.title or "")
    last = int(years[2] or years[1]) if years else int(made[:4]) + LONGEST
    end = f"{last}-12-31"
    by = "năm ghi ở tên văn bản" if years else f"{LONGEST} năm sau năm của văn bản, vì văn bản không ghi hết năm nào"
    why = f"suy luận: kỳ tính từ ngày văn bản đến hết năm {last} ({by})"
    days = set()
    for part in term[1].split(","):
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
