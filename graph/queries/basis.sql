-- All statements by which an instrument carries others out, transitively, up to :depth hops above :iri.
-- CROSS JOIN keeps the planner to the order: from a node to its signs, their statements, the other ends.
WITH RECURSIVE reach (node, hop) AS (
  VALUES (:iri, 0)
  UNION
  SELECT o.node, reach.hop + 1
  FROM reach
  CROSS JOIN sign s ON s.node = reach.node
  CROSS JOIN relation r ON r.subject = s.id
  CROSS JOIN sign o ON o.id = r.object
  WHERE reach.hop + 1 < :depth AND r.stage = 'issued' AND s.node <> o.node
    AND r.kind IN (SELECT value FROM json_each(:kinds)) AND r.strength IN (SELECT value FROM json_each(:strengths))
    AND (r.kind <> 'based_on' OR r.strength = 'document')
)
SELECT s.node, r.kind, o.node, r.strength, r.stage, r.evidence
FROM (SELECT DISTINCT node FROM reach) near
CROSS JOIN sign s ON s.node = near.node
CROSS JOIN relation r ON r.subject = s.id
CROSS JOIN sign o ON o.id = r.object
WHERE r.stage = 'issued' AND s.node <> o.node
  AND r.kind IN (SELECT value FROM json_each(:kinds)) AND r.strength IN (SELECT value FROM json_each(:strengths))
  AND (r.kind <> 'based_on' OR r.strength = 'document')
