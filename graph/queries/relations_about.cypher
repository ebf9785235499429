// Statements of relations of some kinds from or to any of some instruments ($iris), each once.
CALL () {
  UNWIND $iris AS iri MATCH (:Instrument {iri: iri})<-[:MEANS]-(s:Sign)-[r:STATES]->(o:Sign)
  WHERE r.kind IN $kinds RETURN s, r, o
  UNION
  UNWIND $iris AS iri MATCH (:Instrument {iri: iri})<-[:MEANS]-(o:Sign)<-[r:STATES]-(s:Sign)
  WHERE r.kind IN $kinds RETURN s, r, o
}
MATCH (s)-[:MEANS]->(a:Instrument) MATCH (o)-[:MEANS]->(b:Instrument)
RETURN a.iri AS subject, r.kind AS kind, b.iri AS object, r.strength AS strength, r.stage AS stage, properties(r) AS place
