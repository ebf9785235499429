// All statements by which instruments ($iris) carry others out: one hop up; the store asks level by level.
UNWIND $iris AS iri
MATCH (a:Instrument {iri: iri})<-[:MEANS]-(:Sign)-[r:STATES]->(:Sign)-[:MEANS]->(b:Instrument)
WHERE r.carry <= $most AND a <> b
RETURN a.iri AS subject, r.kind AS kind, b.iri AS object, r.strength AS strength, r.stage AS stage, properties(r) AS place
