-- Duties with a last day in a window, of some bodies (:bodies, IRIs) or of anybody (NULL); a NULL bound is open.
-- Days that are no whole day are looked at all.
WITH who (id) AS (
  SELECT 0 WHERE :bodies IS NULL UNION ALL SELECT -1 WHERE :bodies IS NULL
  UNION ALL
  SELECT b.id FROM json_each(:bodies) j CROSS JOIN body b ON b.iri = j.value
)
SELECT d.duty FROM who CROSS JOIN duty_due d
  ON d.body = who.id AND d.day >= coalesce(:due_from, 1) AND d.day <= coalesce(:due_to, 99999999)
UNION
SELECT d.duty FROM who CROSS JOIN duty_due d ON d.body = who.id AND d.day >= ''
