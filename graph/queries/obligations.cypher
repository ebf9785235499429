// All duties that pass the filters, whoever bears them; a null filter is off.
MATCH (d:Duty) WHERE ($due_from IS NULL OR d.last_day >= $due_from) AND ($due_to IS NULL OR d.last_day <= $due_to)
  AND ($kinds IS NULL OR d.kind IN $kinds) AND (NOT $with_targets OR d.targets > 0)
  AND ($as_of IS NULL OR (d.date <> '' AND d.date <= $as_of))
MATCH (doc:Document)-[:LAYS]->(d) MATCH (doc)-[:IS]->(:Sign)-[:MEANS]->(i:Instrument)
RETURN d.data AS data, doc.sha AS sha, doc.date AS date, i.iri AS document,
  [(d)-[c:CARRIES_OUT]->(:Sign)-[:MEANS]->(n:Instrument) | [c.n, n.iri]] AS implements
