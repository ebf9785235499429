-- References of instruments that pass a filter; NULL filters are off.
SELECT ref FROM node
WHERE (:loaded IS NULL OR loaded = :loaded)
  AND (:stage IS NULL OR stage = :stage)
  AND (:families IS NULL OR family IN (SELECT value FROM json_each(:families)))
  AND (:types IS NULL OR type IN (SELECT value FROM json_each(:types)))
  AND (:jurisdiction IS NULL OR jurisdiction = :jurisdiction)
  AND (:level IS NULL OR level = :level)
  AND (:missing IS NULL OR EXISTS (
    SELECT 1 FROM json_each(:missing)
    WHERE (value = 'number' AND NOT has_number) OR (value = 'issuer' AND NOT has_issuer)
      OR (value = 'date' AND (date IS NULL OR length(date) < 10))))
