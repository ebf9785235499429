-- Duties with a last day in a window, by the index on days.
SELECT d.data, d.sha, s.node, doc.date,
  (SELECT json_group_array(node) FROM (
    SELECT x.node FROM duty_sign ds JOIN sign x ON x.id = ds.sign WHERE ds.duty = d.id ORDER BY ds.place))
FROM duty d JOIN document doc ON doc.sha = d.sha JOIN sign s ON s.id = doc.sign
WHERE d.last_day IS NOT NULL AND d.last_day BETWEEN :due_from AND :due_to
  AND (:as_of IS NULL OR doc.date <= :as_of)
  AND (:kinds IS NULL OR d.kind IN (SELECT value FROM json_each(:kinds)))
  AND (NOT :with_targets OR d.targets > 0)
