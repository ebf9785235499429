-- Statements by which any of some instruments (:nodes, hashes of IRIs) carries another out.
SELECT s.node, r.kind, o.node, r.strength, r.stage, r.doc, r.start, r."end", r.section
FROM json_each(:nodes) j
CROSS JOIN node n ON n.key = j.value
CROSS JOIN sign s ON s.node = n.id
CROSS JOIN relation r ON r.subject = s.id AND r.carry <= :most
CROSS JOIN sign o ON o.id = r.object
WHERE s.node <> o.node
