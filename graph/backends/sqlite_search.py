"""Full text in the SQLite store: FTS5 finds, the order is the one that all stores share."""

from collections.abc import Iterator

from graph.asking.reading import Passage
from graph.backends.sqlite_base import Connections, query
from graph.searching import fewest

_MOST = (
    'SELECT p.sha, p.start, p."end", p.duty, hits.id, hits.n FROM (SELECT rowid AS id, count(*) AS n FROM ({each})'
    " GROUP BY rowid) hits JOIN passage p ON p.id = hits.id ORDER BY hits.n DESC, p.date DESC, p.sha, p.start,"
    " coalesce(p.duty, 0)"
)


def find_passages(connections: Connections, words: tuple[str, ...], limit: int) -> list[Passage]:
    """See ``graph.asking.reading.Reading.passages``."""
    found: list[Passage] = []
    seen: set[int] = set()
    for matched, phrase, expression in _levels(words):
        wanted = limit - len(found)
        if wanted <= 0:
            return found
        rows = connections.rows(query("search"), {"expression": expression, "limit": wanted + len(seen)})
        for sha, start, end, duty, at in rows:
            if at not in seen and len(found) < limit:
                seen.add(at)
                found.append(Passage(sha256=sha, start=start, end=end, matched=matched, phrase=phrase, duty=duty))
    return found or _most(connections, words, limit)


def _levels(words: tuple[str, ...]) -> Iterator[tuple[int, bool, str]]:
    """Expressions from the strictest to the loosest: the words in a row, all of them, all but one."""
    yield len(words), True, f'"{" ".join(words)}"'
    if len(words) > 1:
        yield len(words), False, " AND ".join(f'"{w}"' for w in words)
    if fewest(words) < len(words):
        rests = (" AND ".join(f'"{w}"' for w in words if w != left) for left in words)
        yield len(words) - 1, False, " OR ".join(f"({rest})" for rest in rests)


def _most(connections: Connections, words: tuple[str, ...], limit: int) -> list[Passage]:
    """Where nothing has enough of the words: what has most of them."""
    each = " UNION ALL ".join("SELECT rowid FROM folded WHERE folded MATCH ?" for _ in words)
    rows = connections.rows(_MOST.format(each=each), tuple(f'"{w}"' for w in words))
    most = rows[0][5] if rows else 0
    return [
        Passage(sha256=sha, start=start, end=end, matched=n, phrase=False, duty=duty)
        for sha, start, end, duty, _, n in rows
        if n == most
    ][:limit]
