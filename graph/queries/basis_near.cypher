// Statements by which any of some instruments ($iris) carries another out.
UNWIND $iris AS iri
MATCH (a:Instrument {iri: iri})<-[:MEANS]-(:Sign)-[r:STATES]->(:Sign)-[:MEANS]->(b:Instrument)
WHERE r.carry <= $most AND a <> b
RETURN a.iri AS subject, r.kind AS kind, b.iri AS object, r.strength AS strength, r.stage AS stage, properties(r) AS place
