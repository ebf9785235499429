-- Statements of relations; every filter that is NULL is off. One given end, the narrowest, picks the rows by its index.
WITH picked (id) AS (
  SELECT r.id FROM sign x CROSS JOIN relation r ON r.subject = x.id WHERE x.node = :subject
  UNION ALL
  SELECT r.id FROM document d JOIN sign x ON x.id = d.sign JOIN relation r ON r.sha = d.sha
  WHERE x.node = :document AND :subject IS NULL
  UNION ALL
  SELECT r.id FROM sign x CROSS JOIN relation r ON r.object = x.id
  WHERE x.node = :object AND :subject IS NULL AND :document IS NULL
  UNION ALL
  SELECT r.id FROM relation r WHERE :subject IS NULL AND :document IS NULL AND :object IS NULL
)
SELECT s.node, r.kind, o.node, r.strength, r.stage, r.evidence
FROM picked CROSS JOIN relation r ON r.id = picked.id CROSS JOIN sign s ON s.id = r.subject CROSS JOIN sign o ON o.id = r.object
WHERE (:object IS NULL OR o.node = :object)
  AND (:document IS NULL OR r.sha IN (SELECT d.sha FROM sign x JOIN document d ON d.sign = x.id WHERE x.node = :document))
  AND (:kinds IS NULL OR r.kind IN (SELECT value FROM json_each(:kinds)))
