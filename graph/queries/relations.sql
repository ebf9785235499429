-- Statements of relations; every filter that is NULL is off. One given end, the narrowest, picks the rows by its index.
WITH picked (doc, n) AS (
  SELECT r.doc, r.n FROM sign x CROSS JOIN relation r ON r.subject = x.id WHERE x.node = :subject
  UNION ALL
  SELECT r.doc, r.n FROM sign x CROSS JOIN document d ON d.sign = x.id CROSS JOIN relation r ON r.doc = d.id
  WHERE x.node = :document AND :subject IS NULL
  UNION ALL
  SELECT r.doc, r.n FROM sign x CROSS JOIN relation r ON r.object = x.id
  WHERE x.node = :object AND :subject IS NULL AND :document IS NULL
  UNION ALL
  SELECT r.doc, r.n FROM relation r WHERE :subject IS NULL AND :document IS NULL AND :object IS NULL
)
SELECT s.node, r.kind, o.node, r.strength, r.stage, r.doc, r.start, r."end", r.section
FROM picked CROSS JOIN relation r ON r.doc = picked.doc AND r.n = picked.n
CROSS JOIN sign s ON s.id = r.subject CROSS JOIN sign o ON o.id = r.object
WHERE (:object IS NULL OR o.node = :object)
  AND (:document IS NULL OR r.doc IN (SELECT d.id FROM sign x JOIN document d ON d.sign = x.id WHERE x.node = :document))
  AND (:kinds IS NULL OR r.kind IN (SELECT value FROM json_each(:kinds)))
