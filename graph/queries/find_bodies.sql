-- Bodies that have at least :least of the folded :words in name or written forms, with the written forms.
SELECT b.data, (SELECT json_group_array(name) FROM (SELECT DISTINCT name FROM body_name WHERE id = b.id ORDER BY name))
FROM (
  SELECT w.id FROM json_each(:words) j CROSS JOIN word w ON w.kind = 'body' AND w.word = j.value
  GROUP BY w.id HAVING count(*) >= :least
) found CROSS JOIN body b ON b.id = found.id
