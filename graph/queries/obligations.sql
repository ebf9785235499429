-- All duties that pass the filters; NULL filters are off.
SELECT d.data, d.sha, s.node, doc.date,
  (SELECT json_group_array(node) FROM (
    SELECT x.node FROM duty_sign ds JOIN sign x ON x.id = ds.sign WHERE ds.duty = d.id ORDER BY ds.place))
FROM duty d JOIN document doc ON doc.sha = d.sha JOIN sign s ON s.id = doc.sign
WHERE (:due_from IS NULL OR d.last_day >= :due_from) AND (:due_to IS NULL OR d.last_day <= :due_to)
  AND (:as_of IS NULL OR doc.date <= :as_of)
  AND (:kinds IS NULL OR d.kind IN (SELECT value FROM json_each(:kinds)))
  AND (NOT :with_targets OR d.targets > 0)
