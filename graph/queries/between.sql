-- Statements of some kinds (:kinds), no drafts, from one to another of some instruments (:nodes, their integers).
SELECT s.node, r.kind, o.node, r.strength, r.stage, r.doc, r.start, r."end", r.section
FROM json_each(:nodes) j CROSS JOIN sign s ON s.node = j.value CROSS JOIN relation r ON r.subject = s.id
CROSS JOIN sign o ON o.id = r.object
WHERE r.stage = 'issued' AND r.kind IN (SELECT value FROM json_each(:kinds))
  AND o.node <> s.node AND o.node IN (SELECT value FROM json_each(:nodes))
