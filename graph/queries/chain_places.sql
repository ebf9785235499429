-- Statements by which the first of each pair of instruments (:pairs) carries the second out.
SELECT s.node, r.kind, o.node, r.strength, r.stage, r.doc, r.start, r."end", r.section
FROM json_each(:pairs) j
CROSS JOIN sign s ON s.node = json_extract(j.value, '$[0]')
CROSS JOIN relation r ON r.subject = s.id AND r.carry <= :most
CROSS JOIN sign o ON o.id = r.object AND o.node = json_extract(j.value, '$[1]')
