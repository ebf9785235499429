-- Where documents cite one of the given signs, by file and place, at most :limit.
SELECT DISTINCT m.doc, m.start, m."end", m.section
FROM json_each(:signs) j CROSS JOIN sign s ON s.key = j.value CROSS JOIN mention m ON m.sign = s.id AND m.ordinal > 0
CROSS JOIN document d ON d.id = m.doc CROSS JOIN file f ON f.id = d.owner
ORDER BY f.name, d.sha, m.start, m."end"
LIMIT :limit
