// References of instruments that pass a filter; null filters are off.
MATCH (i:Instrument)
WHERE ($loaded IS NULL OR i.loaded = $loaded)
  AND ($stage IS NULL OR i.stage = $stage)
  AND ($families IS NULL OR i.family IN $families)
  AND ($types IS NULL OR i.type IN $types)
  AND ($jurisdiction IS NULL OR i.jurisdiction = $jurisdiction)
  AND ($level IS NULL OR i.level = $level)
  AND ($missing IS NULL
    OR ('number' IN $missing AND i.number IS NULL)
    OR ('issuer' IN $missing AND i.issuer IS NULL)
    OR ('date' IN $missing AND (i.date IS NULL OR size(i.date) < 10)))
RETURN i.ref AS ref
