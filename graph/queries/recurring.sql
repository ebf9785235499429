-- Duties that recur, of some bodies (:bodies, IRIs) or of anybody (NULL).
SELECT d.duty FROM duty_due d WHERE :bodies IS NULL AND d.body = -1 AND d.day = 0
UNION
SELECT d.duty FROM json_each(:bodies) j CROSS JOIN body b ON b.iri = j.value
  CROSS JOIN duty_due d ON d.body = b.id AND d.day = 0
