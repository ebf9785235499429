// The first $count edges to what carries instruments ($iris) out: those of the first instrument before those of the
// second, those of one by strength, date and IRI of the other end.
UNWIND range(0, size($iris) - 1) AS at
CALL (at) {
  MATCH (b:Instrument {iri: $iris[at]})<-[:MEANS]-(:Sign)<-[r:STATES]-(:Sign)-[:MEANS]->(a:Instrument)
  WHERE r.carry <= $most AND a <> b
  WITH a, min(r.carry) AS carry
  WITH a.iri AS other, carry, coalesce(a.date, $undated) AS day
  ORDER BY carry, day, other LIMIT $count
  RETURN other, carry, day
}
WITH at, other, carry, day ORDER BY at, carry, day, other LIMIT $count
RETURN collect([$iris[at], other]) AS `rows: node, other`
