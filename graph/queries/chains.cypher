// What a page of a chain asks for its nodes, besides the first edges (first_basis, first_implementers).
// -- count_implementers: how many instruments carry each of some out
UNWIND $iris AS iri
MATCH (b:Instrument {iri: iri})<-[:MEANS]-(:Sign)<-[r:STATES]-(:Sign)-[:MEANS]->(a:Instrument)
WHERE r.carry <= $most AND a <> b
WITH iri, count(DISTINCT a) AS edges
RETURN collect([iri, edges]) AS `rows: iri, edges`
// -- count_basis: how many instruments each of some carries out
UNWIND $iris AS iri
MATCH (a:Instrument {iri: iri})<-[:MEANS]-(:Sign)-[r:STATES]->(:Sign)-[:MEANS]->(b:Instrument)
WHERE r.carry <= $most AND a <> b
WITH iri, count(DISTINCT b) AS edges
RETURN collect([iri, edges]) AS `rows: iri, edges`
// -- places: statements by which instruments carry out some others each; from the side that states few
UNWIND $rows AS row
MATCH (a:Instrument {iri: row.iri})<-[:MEANS]-(:Sign)-[r:STATES]->(:Sign)-[:MEANS]->(b:Instrument)
WHERE r.carry <= $most AND b.iri IN row.others
RETURN collect([a.iri, r.kind, b.iri, r.strength, r.stage, properties(r)]) AS `rows: subject, kind, object, strength, stage, place`
