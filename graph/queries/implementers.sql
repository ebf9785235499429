-- All statements that carry an instrument out, transitively, up to :depth hops below :node.
-- CROSS JOIN keeps the planner to the order: from a node to its signs, their statements, the other ends.
WITH RECURSIVE reach (node, hop) AS (
  VALUES (:node, 0)
  UNION
  SELECT s.node, reach.hop + 1
  FROM reach
  CROSS JOIN sign o ON o.node = reach.node
  CROSS JOIN relation r ON r.object = o.id AND r.carry <= :most
  CROSS JOIN sign s ON s.id = r.subject
  WHERE reach.hop + 1 < :depth AND s.node <> o.node
)
SELECT s.node, r.kind, o.node, r.strength, r.stage, r.doc, r.start, r."end", r.section
FROM (SELECT DISTINCT node FROM reach) near
CROSS JOIN sign o ON o.node = near.node
CROSS JOIN relation r ON r.object = o.id AND r.carry <= :most
CROSS JOIN sign s ON s.id = r.subject
WHERE s.node <> o.node
