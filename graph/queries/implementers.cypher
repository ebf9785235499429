// All statements that carry instruments ($iris) out: one hop down; the store asks level by level, each instrument once.
UNWIND $iris AS iri
MATCH (b:Instrument {iri: iri})<-[:MEANS]-(:Sign)<-[r:STATES]-(:Sign)-[:MEANS]->(a:Instrument)
WHERE r.carry <= $most AND a <> b
RETURN a.iri AS subject, r.kind AS kind, b.iri AS object, r.strength AS strength, r.stage AS stage, properties(r) AS place
