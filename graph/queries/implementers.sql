-- All statements that carry an instrument out, transitively, up to :depth hops below :iri.
-- CROSS JOIN keeps the planner to the order: from a node to its signs, their statements, the other ends.
WITH RECURSIVE reach (node, hop) AS (
  VALUES (:iri, 0)
  UNION
  SELECT s.node, reach.hop + 1
  FROM reach
  CROSS JOIN sign o ON o.node = reach.node
  CROSS JOIN relation r ON r.object = o.id
  CROSS JOIN sign s ON s.id = r.subject
  WHERE reach.hop + 1 < :depth AND r.stage = 'issued' AND s.node <> o.node
    AND r.kind IN (SELECT value FROM json_each(:kinds)) AND r.strength IN (SELECT value FROM json_each(:strengths))
    AND (r.kind <> 'based_on' OR r.strength = 'document')
)
SELECT s.node, r.kind, o.node, r.strength, r.stage, r.evidence
FROM (SELECT DISTINCT node FROM reach) near
CROSS JOIN sign o ON o.node = near.node
CROSS JOIN relation r ON r.object = o.id
CROSS JOIN sign s ON s.id = r.subject
WHERE r.stage = 'issued' AND s.node <> o.node
  AND r.kind IN (SELECT value FROM json_each(:kinds)) AND r.strength IN (SELECT value FROM json_each(:strengths))
  AND (r.kind <> 'based_on' OR r.strength = 'document')
