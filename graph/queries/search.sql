-- Passages that match an FTS5 expression, newest document first.
SELECT p.sha, p.start, p."end", p.duty, p.id
FROM folded CROSS JOIN passage p ON p.id = folded.rowid
WHERE folded MATCH :expression
ORDER BY p.date DESC, p.sha, p.start, coalesce(p.duty, 0)
LIMIT :limit
