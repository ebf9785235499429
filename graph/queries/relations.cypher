// Statements of relations; every filter that is null is off. One given end, the narrowest, picks them.
CALL () {
  MATCH (:Instrument {iri: $subject})<-[:MEANS]-(s:Sign)-[r:STATES]->(o:Sign) RETURN s, r, o
  UNION ALL
  MATCH (:Instrument {iri: $document})<-[:MEANS]-(:Sign)<-[:IS]-(d:Document) WHERE $subject IS NULL
  MATCH (s:Sign)-[r:STATES {sha: d.sha}]->(o:Sign) RETURN s, r, o
  UNION ALL
  MATCH (:Instrument {iri: $object})<-[:MEANS]-(o:Sign)<-[r:STATES]-(s:Sign)
  WHERE $subject IS NULL AND $document IS NULL RETURN s, r, o
  UNION ALL
  MATCH (s:Sign)-[r:STATES]->(o:Sign) WHERE $subject IS NULL AND $document IS NULL AND $object IS NULL RETURN s, r, o
}
MATCH (s)-[:MEANS]->(a:Instrument) MATCH (o)-[:MEANS]->(b:Instrument)
WHERE ($object IS NULL OR b.iri = $object)
  AND ($kinds IS NULL OR r.kind IN $kinds)
  AND ($document IS NULL OR EXISTS { (:Document {sha: r.sha})-[:IS]->(:Sign)-[:MEANS]->(:Instrument {iri: $document}) })
RETURN a.iri AS subject, r.kind AS kind, b.iri AS object, r.strength AS strength, r.stage AS stage, properties(r) AS place
