-- Statements of relations from or to any of some instruments (:nodes, hashes of IRIs), each once.
WITH near (id) AS (
  SELECT s.id FROM json_each(:nodes) j CROSS JOIN node n ON n.key = j.value CROSS JOIN sign s ON s.node = n.id
),
picked (doc, n) AS (
  SELECT r.doc, r.n FROM near CROSS JOIN relation r ON r.subject = near.id
  UNION
  SELECT r.doc, r.n FROM near CROSS JOIN relation r ON r.object = near.id
)
SELECT s.node, r.kind, o.node, r.strength, r.stage, r.doc, r.start, r."end", r.section
FROM picked CROSS JOIN relation r ON r.doc = picked.doc AND r.n = picked.n
CROSS JOIN sign s ON s.id = r.subject CROSS JOIN sign o ON o.id = r.object
WHERE :kinds IS NULL OR r.kind IN (SELECT value FROM json_each(:kinds))
