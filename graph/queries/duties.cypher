// Duties that one of the lists names (bodies, documents and carried instruments by IRI) and that pass the filters;
// a null list names none, a null filter is off.
CALL () {
  UNWIND $bearers AS iri MATCH (:Body {iri: iri})<-[:BORNE_BY]-(d:Duty) RETURN d
  UNION
  UNWIND $parties AS iri MATCH (:Body {iri: iri})<-[:TOWARDS]-(d:Duty) RETURN d
  UNION
  UNWIND $documents AS iri MATCH (:Instrument {iri: iri})<-[:MEANS]-(:Sign)<-[:IS]-(:Document)-[:LAYS]->(d:Duty) RETURN d
  UNION
  UNWIND $carrying AS iri MATCH (:Instrument {iri: iri})<-[:MEANS]-(:Sign)<-[:CARRIES_OUT]-(d:Duty) RETURN d
  UNION
  UNWIND $ids AS key MATCH (d:Duty {key: key}) RETURN d
}
WITH d WHERE ($due_from IS NULL OR d.last_day >= $due_from) AND ($due_to IS NULL OR d.last_day <= $due_to)
  AND ($kinds IS NULL OR d.kind IN $kinds) AND (NOT $with_targets OR d.targets > 0)
  AND ($as_of IS NULL OR (d.date <> '' AND d.date <= $as_of))
MATCH (doc:Document)-[:LAYS]->(d) MATCH (doc)-[:IS]->(:Sign)-[:MEANS]->(i:Instrument)
RETURN d.data AS data, doc.sha AS sha, doc.date AS date, i.iri AS document,
  [(d)-[c:CARRIES_OUT]->(:Sign)-[:MEANS]->(n:Instrument) | [c.n, n.iri]] AS implements
