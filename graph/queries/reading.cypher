// Little look-ups of the Neo4j store; each question of some size has a file of its own.
// -- store: version, writes and revision
MATCH (s:Store {one: 1}) RETURN s.version AS version, s.writes AS writes, s.revision AS revision
// -- size: how many nodes the database holds
MATCH (n) RETURN count(n) AS nodes
// -- batches_after: batches by path, a page at a time
MATCH (f:File) WHERE f.path > $after RETURN f.path AS path, f.batch AS batch ORDER BY f.path LIMIT $limit
// -- marks: what some paths hold, told by marks
UNWIND $paths AS path MATCH (f:File {path: path}) RETURN collect([f.path, f.mark]) AS `rows: path, mark`
// -- digests: paths with what they hold
MATCH (f:File) RETURN f.path AS path, f.sha AS sha ORDER BY f.path
// -- nodes: instruments by their own IRIs
UNWIND $iris AS iri MATCH (i:Instrument {iri: iri}) RETURN i.data AS data
// -- aliases: instruments by another IRI
MATCH (:Term {key: 'alias|' + $iri})<-[:HAS]-(i:Instrument) RETURN i.data AS data ORDER BY i.iri LIMIT 1
// -- refs: references of instruments by their own IRIs
UNWIND $iris AS iri MATCH (i:Instrument {iri: iri}) RETURN i.ref AS ref
// -- disputed: instruments with something to judge
MATCH (i:Instrument {disputed: true}) RETURN i.data AS data
// -- nodes_worded: instruments with so many of some words
UNWIND $keys AS key MATCH (:Term {key: key})<-[:HAS]-(i:Instrument)
WITH i, count(*) AS n WHERE n >= $least RETURN i.data AS data
// -- bodies_worded: bodies with so many of some words
UNWIND $keys AS key MATCH (:Term {key: key})<-[:HAS]-(b:Body)
WITH b, count(*) AS n WHERE n >= $least RETURN b.data AS data, [(b)<-[:NAME_OF]-(x) | x.text] AS names
// -- body: a body that some document tells
MATCH (b:Body {iri: $iri}) WHERE b.data IS NOT NULL RETURN b.data AS data
// -- names: the written names of a body
MATCH (:Body {iri: $iri})<-[:NAME_OF]-(n:Name) RETURN n.text AS name
// -- below: bodies with another one above them
MATCH (:Body {iri: $iri})<-[:UNDER]-(b:Body) RETURN b.data AS data
// -- issued_by: instruments that bodies issued
UNWIND $iris AS iri MATCH (:Body {iri: iri})<-[:ISSUED_BY]-(:Document)-[:IS]->(:Sign)-[:MEANS]->(i:Instrument)
RETURN DISTINCT i.iri AS iri
// -- documents: documents by their digests
UNWIND $shas AS sha MATCH (d:Document {sha: sha})-[:IS]->(:Sign)-[:MEANS]->(i:Instrument)
RETURN properties(d) AS kept, i.iri AS instrument, COLLECT { MATCH (f:File {sha: d.sha}) RETURN f.path } AS files
// -- documents_of: documents that are an instrument
MATCH (i:Instrument {iri: $iri})<-[:MEANS]-(:Sign)<-[:IS]-(d:Document)
RETURN properties(d) AS kept, i.iri AS instrument, COLLECT { MATCH (f:File {sha: d.sha}) RETURN f.path } AS files
// -- all_documents: all documents
MATCH (d:Document)-[:IS]->(:Sign)-[:MEANS]->(i:Instrument)
RETURN properties(d) AS kept, i.iri AS instrument, COLLECT { MATCH (f:File {sha: d.sha}) RETURN f.path } AS files
// -- text: a document as it was written
MATCH (d:Document {sha: $sha}) MATCH (f:File {path: d.owner}) RETURN f.batch AS batch
// -- extent: number of documents, first and last day of their instruments
MATCH (d:Document)-[:IS]->(:Sign)-[:MEANS]->(i:Instrument)
RETURN count(d) AS documents, min(i.date) AS first, max(i.date) AS last
// -- count_instruments
MATCH (i:Instrument) WHERE i.stage = 'issued'
RETURN count(i) AS instruments, count(CASE WHEN i.loaded THEN null ELSE 1 END) AS cited_only
// -- count_bodies
MATCH (b:Body) WHERE b.data IS NOT NULL RETURN count(b) AS bodies
// -- count_duties
MATCH (d:Document) RETURN coalesce(sum(d.duties), 0) AS duties, coalesce(sum(d.unparsed), 0) AS unparsed
// -- count_relations
MATCH (a:Instrument)<-[:MEANS]-(:Sign)-[r:STATES]->(:Sign)-[:MEANS]->(b:Instrument) WHERE a <> b AND r.stage = 'issued'
WITH DISTINCT a, r.kind AS kind, b RETURN count(*) AS relations
// -- word_count: in how many passages a word stands, at most $most
CALL db.index.fulltext.queryNodes('words', $word, {limit: $most}) YIELD node RETURN count(node) AS n
// -- present: whether a word stands in any passage
CALL db.index.fulltext.queryNodes('words', $word, {limit: 1}) YIELD node RETURN count(node) AS n
