// Passages and duties that match an expression of words, newest document first, at most $limit.
CALL db.index.fulltext.queryNodes('words', $expression) YIELD node AS n
RETURN n.sha AS sha, n.start AS start, n.end AS end, n.ordinal AS duty
ORDER BY n.date DESC, n.sha, n.start, coalesce(n.ordinal, 0) LIMIT $limit
