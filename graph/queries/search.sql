-- Units that match an FTS5 expression, newest document first, at most :limit.
SELECT rowid FROM folded WHERE folded MATCH :expression ORDER BY rowid DESC LIMIT :limit
