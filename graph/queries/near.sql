-- What stands next to some instruments (:nodes, hashes of IRIs), either way, with rank of strength and date or day.
-- What carries out stands in "edge"; of other statements only those of some kinds (:kinds) that are no drafts.
WITH at (id) AS (SELECT n.id FROM json_each(:nodes) j CROSS JOIN node n ON n.key = j.value)
SELECT e.node, NOT e.up, e.other, e.carry, e.day FROM at CROSS JOIN edge e ON e.node = at.id
UNION ALL
SELECT s.node, 0, o.node, r.strength, coalesce(t.date, '9999')
FROM at CROSS JOIN sign s ON s.node = at.id CROSS JOIN relation r ON r.subject = s.id AND r.carry IS NULL
CROSS JOIN sign o ON o.id = r.object CROSS JOIN node t ON t.id = o.node
WHERE r.stage = 'issued' AND r.kind IN (SELECT value FROM json_each(:kinds)) AND o.node <> s.node
UNION ALL
SELECT o.node, 1, s.node, r.strength, coalesce(t.date, '9999')
FROM at CROSS JOIN sign o ON o.node = at.id CROSS JOIN relation r ON r.object = o.id AND r.carry IS NULL
CROSS JOIN sign s ON s.id = r.subject CROSS JOIN node t ON t.id = s.node
WHERE r.stage = 'issued' AND r.kind IN (SELECT value FROM json_each(:kinds)) AND o.node <> s.node
