"""Full text in the SQLite store: FTS5 finds units, whose rows are numbered by day."""

from graph.asking.reading import COMMON, Passage
from graph.backends.sqlite_instruments import SqliteBase
from graph.backends.sqlite_rows import UNITS


class SqliteSearch(SqliteBase):
    """Selections of full text."""

    def passages(self, choices: tuple[tuple[str, ...], ...], limit: int, *, phrase: bool = False) -> list[Passage]:
        """See ``Reading.passages``."""
        if phrase:
            expression = " OR ".join(f'"{" ".join(words)}"' for words in choices)
        else:
            expression = " OR ".join("(" + " AND ".join(f'"{w}"' for w in words) + ")" for words in choices)
        known = self.memo.found  # words that stand nowhere in a row cost the whole length of their lists
        if (expression, limit) not in known:
            known[expression, limit] = self._ordered(self._units(expression, limit))[:limit]
        return known[expression, limit]

    def _units(self, expression: str, limit: int) -> list[int]:
        rows = [at for (at,) in self.ask("search", expression=expression, limit=limit)]
        if len(rows) == limit:  # of one day, which document comes first is not told by the row
            sql = "SELECT rowid FROM folded WHERE folded MATCH ? AND rowid >= ? AND rowid < ?"
            low = rows[-1] // UNITS * UNITS
            rows += [at for (at,) in self.connections.rows(sql, (expression, low, rows[-1]))]
        return rows

    def _ordered(self, rows: list[int]) -> list[Passage]:
        placed = []
        for at in rows:
            sql = "SELECT id, first FROM document WHERE first <= ? ORDER BY first DESC, units DESC LIMIT 1"
            [(doc, first)] = self.connections.rows(sql, (at,))
            placed.append((at // UNITS, doc, at - first))
        ids = {doc for _, doc, _ in placed}
        docs, kept = self.docs(ids), self.kept(ids)
        found = []
        for day, doc, n in placed:
            start, end, duty = kept[doc].units[n]
            found.append((-day, docs[doc].sha256, start, duty, end))
        return [
            Passage(sha256=sha, start=start, end=end, duty=duty or None) for _, sha, start, duty, end in sorted(found)
        ]

    def word_counts(self, words: tuple[str, ...]) -> dict[str, int]:
        """See ``Reading.word_counts``."""
        sql = "SELECT count(*) FROM (SELECT rowid FROM folded WHERE folded MATCH ? LIMIT ?)"
        return {w: self.connections.rows(sql, (f'"{w}"', COMMON))[0][0] for w in words}

    def present(self, words: tuple[str, ...]) -> frozenset[str]:
        """See ``Reading.present``."""
        sql = "SELECT rowid FROM folded WHERE folded MATCH ? LIMIT 1"
        return frozenset(w for w in words if self.connections.rows(sql, (f'"{w}"',)))
