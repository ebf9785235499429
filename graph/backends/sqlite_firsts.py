"""Duties in the SQLite store, whole: by a pick, or the first of a list without the rest of it."""

from typing import Any

from graph.asking.outlines import DutyRow
from graph.asking.reading import UNDATED, DutyPick, Placed, Ranked
from graph.backends.picking import passes
from graph.backends.sqlite_days import EVERYBODY, bound_code, day_of
from graph.backends.sqlite_duties import Parties, duty_of, outline_of
from graph.backends.sqlite_packing import listed
from graph.backends.sqlite_picks import SqlitePicks, Wanted
from graph.backends.sqlite_rows import DUTIES
from graph.paging import slice_of


class SqliteFirsts(SqlitePicks):
    """See ``graph.asking.reading.Reading``."""

    def duty_rows(self, pick: DutyPick) -> list[DutyRow]:
        """See ``Reading.duty_rows``."""
        return self._duty_rows(pick, bare=False)

    def duty_outlines(self, pick: DutyPick) -> list[DutyRow]:
        """See ``Reading.duty_outlines``."""
        return self._duty_rows(pick, bare=True)

    def _duty_rows(self, pick: DutyPick, *, bare: bool) -> list[DutyRow]:
        wanted, sure = self.wanted(pick)
        rows = self.rows_of(wanted, bare=bare)
        return rows if sure else [row for row in rows if passes(row, pick)]

    def rows_of(self, wanted: Wanted, *, bare: bool = False) -> list[DutyRow]:
        """Duties of documents by their ordinals, all where None; ``bare`` leaves out names, actions and quotes."""
        docs, kept = self.docs(wanted), self.kept(wanted)
        texts = {} if bare else self.texts(wanted)
        forms = self.forms({f for at in wanted for f in kept[at].forms})
        refs = self.iris({docs[at].node for at in wanted})
        carrying = [at for at in wanted if any(d.implements for d in kept[at].duties)]
        ends = self.ends(carrying)
        parties = Parties(forms, self.memo.parties)
        found = []
        for at, picked in wanted.items():
            numbers = picked or range(1, len(kept[at].duties) + 1)
            doc, instrument = docs[at], refs[docs[at].node].id
            for ordinal in numbers:
                one = kept[at].duties[ordinal - 1]
                duty = (
                    outline_of(doc, one, ordinal, parties) if bare else duty_of(doc, one, ordinal, texts[at], parties)
                )
                carried = tuple(dict.fromkeys(ends[at, n] for n in one.implements)) if one.implements else ()
                found.append(
                    DutyRow(duty=duty, sha256=doc.sha256, document=instrument, date=doc.date, implements=carried)
                )
        return found

    # -- the first of many ------------------------------------------------------------------------------------------
    def first_duties(self, bearers: frozenset[str], limit: int, offset: int) -> tuple[Ranked, int] | None:
        """See ``Reading.first_duties``."""
        sql = "SELECT b.id FROM json_each(?) j CROSS JOIN body b ON b.iri = j.value"
        bodies = [at for (at,) in self.connections.rows(sql, (listed(sorted(bearers)),))]
        page = slice_of(limit, offset)
        found: dict[int, int] = {}
        for body in bodies:
            found |= {duty: day for day, duty in self._first_of(body, page.stop)}
        last = sorted(found.values())[: page.stop][-1:]
        near = [("", duty) for duty, day in found.items() if day <= last[0]] if last else []
        return [(sha, n, None) for *_, sha, n in self._in_order(near)[page]], self._borne(bodies)

    def _first_of(self, body: int, count: int) -> list[tuple[int, int]]:
        sql = "SELECT day, duty FROM duty_body WHERE body = ? AND part = 0 ORDER BY day, duty LIMIT ?"
        rows = self.connections.rows(sql, (body, count))
        if rows and len(rows) == count:  # of one day, which document comes first is not told by its integer
            sql = "SELECT day, duty FROM duty_body WHERE body = ? AND part = 0 AND day = ?"
            rows += self.connections.rows(sql, (body, rows[-1][0]))
        return [(day, duty) for day, duty in rows]

    def _borne(self, bodies: list[int]) -> int:
        """How many duties some bodies bear, each counted once."""
        one = "SELECT count(*) FROM json_each(?) j CROSS JOIN duty_body b ON b.body = j.value AND b.part = 0"
        many = (
            "SELECT count(*) FROM (SELECT DISTINCT b.duty FROM json_each(?) j"
            " CROSS JOIN duty_body b ON b.body = j.value AND b.part = 0)"
        )
        return self._total(one if len(bodies) == 1 else many, (listed(sorted(bodies)),))

    def _total(self, sql: str, values: tuple[Any, ...]) -> int:  # SQLite's own types are what rows hold
        """A count, remembered for the next page."""
        known = self.memo.totals
        if (sql, values) not in known:
            known[sql, values] = int(self.connections.rows(sql, values)[0][0])
        return known[sql, values]

    def first_due(self, from_: str, to: str, count: int) -> tuple[list[Placed], int] | None:
        """See ``Reading.first_due``."""
        low, high = bound_code(from_), bound_code(to)
        if low is None or high is None:
            return None
        window = (EVERYBODY, max(low, 1), high)
        where = "FROM duty_due WHERE body = ? AND day >= ? AND day <= ?"
        rows = self.connections.rows(f"SELECT day, duty {where} ORDER BY day, duty LIMIT ?", (*window, count))
        if rows and len(rows) == count:  # of one day, the documents order the duties
            rows = [row for row in rows if row[0] != rows[-1][0]] + self._due_on(rows[-1][0])
        odd = [row for row in self._due_on_no_whole_day() if from_ <= row[0] <= to]
        total = self._total(f"SELECT count(*) {where}", window) + len(odd)
        return self._in_order([*((day_of(day), duty) for day, duty in rows), *odd])[:count], total

    def _due_on(self, day: int) -> list[tuple[int, int]]:
        sql = "SELECT day, duty FROM duty_due WHERE body = ? AND day = ?"
        return [(on, duty) for on, duty in self.connections.rows(sql, (EVERYBODY, day))]

    def _due_on_no_whole_day(self) -> list[tuple[str, int]]:
        sql = "SELECT day, duty FROM duty_due WHERE body = ? AND day >= ''"
        return [(on, duty) for on, duty in self.connections.rows(sql, (EVERYBODY,))]

    def _in_order(self, duties: list[tuple[str, int]]) -> list[Placed]:
        """Duties with a day, by that day and as they stand in documents."""
        ids = {duty // DUTIES for _, duty in duties}
        docs = self.docs(ids)
        refs = self.iris({docs[at].node for at in ids})
        found = []
        for day, duty in duties:
            doc = docs[duty // DUTIES]
            found.append((day, doc.date or UNDATED, refs[doc.node].id, doc.sha256, duty % DUTIES))
        return sorted(found)
