-- Duties that one of the lists of ids names and that pass the filters; NULL lists name none, NULL filters are off.
WITH picked (id) AS (
  SELECT b.duty FROM json_each(:bearers) j CROSS JOIN duty_body b ON b.body = j.value AND b.part = 'bearer'
  UNION
  SELECT b.duty FROM json_each(:parties) j CROSS JOIN duty_body b ON b.body = j.value AND b.part = 'party'
  UNION
  SELECT d.id FROM json_each(:documents) j CROSS JOIN sign s ON s.node = j.value
    CROSS JOIN document doc ON doc.sign = s.id CROSS JOIN duty d ON d.sha = doc.sha
  UNION
  SELECT ds.duty FROM json_each(:carrying) j CROSS JOIN sign s ON s.node = j.value CROSS JOIN duty_sign ds ON ds.sign = s.id
  UNION
  SELECT d.id FROM json_each(:ids) j
    CROSS JOIN duty d ON d.sha = substr(j.value, 1, 64) AND d.ordinal = CAST(substr(j.value, 66) AS INTEGER)
)
SELECT d.data, d.sha, s.node, doc.date,
  (SELECT json_group_array(node) FROM (
    SELECT x.node FROM duty_sign ds JOIN sign x ON x.id = ds.sign WHERE ds.duty = d.id ORDER BY ds.place))
FROM picked CROSS JOIN duty d ON d.id = picked.id CROSS JOIN document doc ON doc.sha = d.sha CROSS JOIN sign s ON s.id = doc.sign
WHERE (:due_from IS NULL OR d.last_day >= :due_from) AND (:due_to IS NULL OR d.last_day <= :due_to)
  AND (:as_of IS NULL OR doc.date <= :as_of)
  AND (:kinds IS NULL OR d.kind IN (SELECT value FROM json_each(:kinds)))
  AND (NOT :with_targets OR d.targets > 0)
