-- What each of some instruments (:nodes, hashes of IRIs) carries out by statements of the strength :carry.
SELECT e.node, e.other FROM json_each(:nodes) j CROSS JOIN node n ON n.key = j.value
CROSS JOIN edge e ON e.node = n.id AND e.up = 1 AND e.carry = :carry
