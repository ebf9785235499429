// Statements of the Neo4j store about what people judged of identity.
// -- records: all records
MATCH (j:Judgement) RETURN j.data AS data
// -- put_records: keeps records
UNWIND $records AS row CREATE (j:Judgement) SET j = row
// -- by_id: the signs that a form names exactly
MATCH (s:Sign {id: $id}) RETURN s.data AS data
// -- by_document: the sign of the document that a form names
MATCH (:Document {sha: $sha})-[:IS]->(s:Sign) RETURN s.data AS data
// -- by_instrument: the signs of the instruments that a form names
CALL () {
  MATCH (i:Instrument {iri: $iri}) RETURN i
  UNION
  MATCH (:Term {key: 'alias|' + $iri})<-[:HAS]-(i:Instrument) RETURN i
}
MATCH (i)<-[:MEANS]-(s:Sign) RETURN s.data AS data
// -- index: the judged forms that signs bore
UNWIND $ids AS id MATCH (:Sign {id: id})-[:BEARS]->(f:JudgedForm) RETURN id, f.form AS form
// -- drop_index: forms that signs bear no more
UNWIND $rows AS row MATCH (:Sign {id: row.id})-[b:BEARS]->(:JudgedForm {form: row.form}) DELETE b
// -- put_index: judged forms that signs bear
UNWIND $rows AS row MATCH (s:Sign {id: row.id}) MERGE (f:JudgedForm {form: row.form}) MERGE (s)-[:BEARS]->(f)
// -- borne: the signs that bear judged forms
UNWIND $forms AS form MATCH (:JudgedForm {form: form})<-[:BEARS]-(s:Sign) RETURN form, s.data AS data
// -- signs: signs by their ids
UNWIND $ids AS id MATCH (s:Sign {id: id}) WHERE s.uses > 0 RETURN s.data AS data
// -- citing: how many documents use any of some signs
UNWIND $ids AS id MATCH (:Sign {id: id})<-[:MENTIONS]-(d:Document) RETURN count(DISTINCT d) AS n
// -- blocks: the signs of the blocks of an instrument
MATCH (:Instrument {iri: $iri})<-[:MEANS]-(mine:Sign) WITH DISTINCT mine.block AS block
MATCH (s:Sign {block: block}) WHERE s.uses > 0 RETURN block, s.data AS data
// -- joining: the links between the clusters of an instrument
MATCH (:Instrument {iri: $iri})<-[:PART_OF]-(a:Cluster)-[l:LINKED]->(b:Cluster)-[:PART_OF]->(:Instrument {iri: $iri})
WHERE l.live RETURN DISTINCT a.iri AS a, b.iri AS b, l.key AS key, l.kind AS kind, l.reason AS reason
// -- pointings: what a document means, itself first
MATCH (:Document {sha: $sha})-[m:MENTIONS]->(:Sign)-[:MEANS]->(i:Instrument) RETURN i.iri AS iri ORDER BY m.n
