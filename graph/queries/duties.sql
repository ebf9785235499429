-- Duties that one of the lists names (bodies and carried instruments by IRI); NULL lists name none.
SELECT b.duty FROM json_each(:bearers) j CROSS JOIN body ON body.iri = j.value
  CROSS JOIN duty_body b ON b.body = body.id AND b.part = 0
UNION
SELECT b.duty FROM json_each(:parties) j CROSS JOIN body ON body.iri = j.value
  CROSS JOIN duty_body b ON b.body = body.id AND b.part = 1
UNION
SELECT ds.duty FROM json_each(:carrying) j CROSS JOIN node n ON n.key = j.value CROSS JOIN sign s ON s.node = n.id
  CROSS JOIN duty_sign ds ON ds.sign = s.id
UNION
SELECT d.id * 1048576 + CAST(substr(j.value, instr(j.value, '|') + 1) AS INTEGER) FROM json_each(:ids) j
  CROSS JOIN document d ON d.id = CAST(j.value AS INTEGER)
