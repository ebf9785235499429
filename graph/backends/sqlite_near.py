"""Neighbours in the SQLite store: by the edges, without the statements of those that no picture shows."""

from graph.asking.instruments import by_date
from graph.asking.nearby import DRAWN, Link
from graph.asking.reading import Statement
from graph.backends.sqlite_days import day_number
from graph.backends.sqlite_instruments import SqliteInstruments
from graph.backends.sqlite_packing import hash64, listed
from graph.backends.sqlite_rows import KINDS

_DRAWN = listed(KINDS[k] for k in DRAWN)


class SqliteNear(SqliteInstruments):
    """See ``graph.asking.nearby.NearQuestions``."""

    def near(self, border: frozenset[str], known: frozenset[str], most: int) -> tuple[list[Link], int]:
        """See ``NearQuestions.near``."""
        rows = self.ask("near", nodes=listed(hash64(i) for i in sorted(border)), kinds=_DRAWN)
        seen = set(self._ids_of(known))
        best: dict[int, tuple[int, int]] = {}  # rank and day of each other
        for _, _, other, rank, day in rows:
            if other not in seen:
                told = (rank, day if isinstance(day, int) else day_number(day))
                best[other] = min(best.get(other, told), told)
        kept = self._first(best, most)
        links: dict[tuple[int, int, int], int] = {}
        for at, down, other, rank, _ in rows:
            if other in kept:
                links[at, down, other] = min(links.get((at, down, other), rank), rank)
        refs = self.iris({*kept, *(at for at, *_ in links)})
        return [Link(refs[at].id, bool(down), refs[o].id, rank) for (at, down, o), rank in links.items()], len(best)

    def _first(self, best: dict[int, tuple[int, int]], most: int) -> set[int]:
        """The first so many others; of one rank and day, which comes first is told by the IRI."""
        if len(best) <= most:
            return set(best)
        last = sorted(best.values())[most - 1]
        some = [other for other, told in best.items() if told <= last]
        refs = self.iris(some)
        return set(sorted(some, key=lambda o: (best[o][0], *by_date(refs[o])))[:most])

    def between(self, iris: frozenset[str]) -> list[Statement]:
        """See ``NearQuestions.between``."""
        nodes = listed(sorted(self._ids_of(iris)))
        return self.stated(self.ask("between", nodes=nodes, kinds=_DRAWN), bare=True)

    def _ids_of(self, iris: frozenset[str]) -> list[int]:
        sql = "SELECT n.id FROM json_each(?) j CROSS JOIN node n ON n.key = j.value"
        return [at for (at,) in self.connections.rows(sql, (listed(hash64(i) for i in sorted(iris)),))]
