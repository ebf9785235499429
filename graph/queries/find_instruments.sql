-- Instruments that have at least :least of the folded :words in titles and issuers.
SELECT n.data FROM (
  SELECT w.id FROM json_each(:words) j CROSS JOIN word w ON w.kind = 'instrument' AND w.word = j.value
  GROUP BY w.id HAVING count(*) >= :least
) found CROSS JOIN node n ON n.id = found.id
