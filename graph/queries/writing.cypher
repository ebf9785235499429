// Statements of the Neo4j store that write documents, each for a whole batch.
// -- begin: takes the lock by which writers wait for each other; gives what the store was
MATCH (s:Store {one: 1}) SET s.writes = s.writes + 1 RETURN s.writes AS writes, s.revision AS revision, s.version AS version
// -- store: the node of a new store
MERGE (s:Store {one: 1}) ON CREATE SET s.version = $version, s.writes = 0, s.revision = 0
// -- forward: the version after a migration
MATCH (s:Store {one: 1}) SET s.version = $version
// -- finish: the revision after the batch
MATCH (s:Store {one: 1}) SET s.revision = $revision
// -- files: what is known of some paths
UNWIND $paths AS path MATCH (f:File {path: path}) RETURN collect([f.path, f.sha, f.mark, f.part]) AS `rows: path, sha, mark, part`
// -- contents: what is known of some contents
UNWIND $shas AS sha
OPTIONAL MATCH (d:Document {sha: sha})
OPTIONAL MATCH (f:File {sha: sha})
WITH sha, d.owner AS owner, collect(f.path) AS paths
RETURN collect([sha, owner, paths]) AS `rows: sha, owner, paths`
// -- batches: some files as they were written
UNWIND $paths AS path MATCH (f:File {path: path}) RETURN f.path AS path, f.batch AS batch
// -- put_files: keeps files
UNWIND $files AS row MERGE (f:File {path: row.path}) SET f = row
// -- drop_files: forgets files
UNWIND $paths AS path MATCH (f:File {path: path}) DELETE f
// -- drop_uses: documents that go use their signs no more; gives the blocks of these
UNWIND $shas AS sha MATCH (:Document {sha: sha})-[:MENTIONS]->(s:Sign)
WITH s, count(DISTINCT sha) AS n SET s.uses = s.uses - n
RETURN DISTINCT s.block AS block
// -- drop_forms: nor the forms of bodies; gives their bodies
UNWIND $shas AS sha MATCH (d:Document {sha: sha}) UNWIND d.forms AS key MATCH (f:Form {key: key})
WITH f, count(*) AS n SET f.uses = f.uses - n
RETURN DISTINCT f.body AS body
// -- drop_names: nor their written names; gives their bodies
UNWIND $shas AS sha MATCH (d:Document {sha: sha}) UNWIND d.names AS key MATCH (x:Name {key: key})
WITH x, count(*) AS n SET x.uses = x.uses - n
RETURN DISTINCT x.body AS body
// -- drop_statements: forgets the statements of documents
UNWIND $shas AS sha MATCH ()-[r:STATES {sha: sha}]->() DELETE r
// -- drop_documents: forgets documents with their duties and passages
UNWIND $shas AS sha MATCH (d:Document {sha: sha}) OPTIONAL MATCH (d)-[:LAYS|HOLDS]->(x)
WITH d, collect(x) AS parts
FOREACH (x IN parts | DETACH DELETE x)
DETACH DELETE d
// -- use_signs: counts the documents that use signs; gives which are there
UNWIND $uses AS row MATCH (s:Sign {id: row[0]}) SET s.uses = s.uses + row[1] RETURN collect([s.id]) AS `rows: id`
// -- put_signs: new signs
UNWIND $signs AS row CREATE (s:Sign) SET s = row
// -- put_documents: new documents
UNWIND $documents AS row
MATCH (own:Sign {id: row.own})
CREATE (d:Document)-[:IS]->(own) SET d = row.kept
WITH d, row UNWIND row.issuers AS iri MATCH (b:Body {iri: iri}) CREATE (d)-[:ISSUED_BY]->(b)
// -- put_mentions: where documents name instruments; rows are lists, which cost less to send than maps
UNWIND $documents AS row MATCH (d:Document {sha: row.sha})
UNWIND row.mentions AS one MATCH (s:Sign {id: one[0]})
CREATE (d)-[:MENTIONS {
  n: one[1], sha: row.sha, file: row.file, start: one[2], end: one[3], line: one[4], text: one[5], section: one[6], page: one[7]
}]->(s)
// -- put_statements: what documents state of instruments
UNWIND $documents AS row UNWIND row.statements AS one
MATCH (a:Sign {id: one[0]}) MATCH (b:Sign {id: one[1]})
CREATE (a)-[:STATES {
  kind: one[8], strength: one[9], stage: one[10], carry: one[11],
  sha: row.sha, file: row.file, start: one[2], end: one[3], line: one[4], text: one[5], section: one[6], page: one[7]
}]->(b)
// -- put_duties: the duties that documents lay
UNWIND $documents AS row MATCH (d:Document {sha: row.sha})
UNWIND row.duties AS one
CREATE (d)-[:LAYS]->(x:Duty {
  key: row.sha + '|' + toString(one[0]), sha: row.sha, date: row.date, ordinal: one[0], section: one[1], action: one[2],
  last_day: one[3], kind: one[4], targets: one[5], start: one[6], end: one[7], words: one[8], data: one[9]
})
WITH x, one
CALL (x, one) { UNWIND one[10] AS iri MATCH (b:Body {iri: iri}) CREATE (x)-[:BORNE_BY]->(b) }
CALL (x, one) { UNWIND one[11] AS iri MATCH (b:Body {iri: iri}) CREATE (x)-[:TOWARDS]->(b) }
CALL (x, one) { UNWIND one[12] AS c MATCH (s:Sign {id: c[0]}) CREATE (x)-[:CARRIES_OUT {n: c[1]}]->(s) }
// -- put_passages: the passages that no duty says
UNWIND $documents AS row MATCH (d:Document {sha: row.sha})
UNWIND row.passages AS one
CREATE (d)-[:HOLDS]->(:Passage {sha: row.sha, date: row.date, start: one[0], end: one[1], words: one[2]})
// -- use_forms: counts the documents that use forms of bodies; gives which are there
UNWIND $uses AS row MATCH (f:Form {key: row[0]}) SET f.uses = f.uses + row[1] RETURN collect([f.key]) AS `rows: key`
// -- put_forms: new forms
UNWIND $forms AS row MERGE (b:Body {iri: row.body}) CREATE (f:Form)-[:FORM_OF]->(b) SET f = row
// -- use_names: counts the documents that use written names; gives which are there
UNWIND $uses AS row MATCH (n:Name {key: row[0]}) SET n.uses = n.uses + row[1] RETURN collect([n.key]) AS `rows: key`
// -- put_names: new written names
UNWIND $names AS row MERGE (b:Body {iri: row.body}) CREATE (n:Name)-[:NAME_OF]->(b) SET n = row
// -- drop_unused: forms and names of bodies that no document uses
UNWIND $bodies AS iri MATCH (:Body {iri: iri})<-[:FORM_OF|NAME_OF]-(x) WHERE x.uses <= 0 DETACH DELETE x
// -- bodies: bodies with their forms and names
UNWIND $bodies AS iri MATCH (b:Body {iri: iri})
RETURN collect([iri, b.data, [(b)<-[:FORM_OF]-(f) | f.data], [(b)<-[:NAME_OF]-(n) | n.text], [(b)-[:HAS]->(t) | t.key]]) AS `rows: iri, data, forms, names, terms`
// -- put_bodies: bodies as they are told now; those above them may be told by no document
UNWIND $bodies AS row MATCH (b:Body {iri: row.kept.iri}) SET b = row.kept
WITH b, row OPTIONAL MATCH (b)-[old:UNDER]->() DELETE old
WITH DISTINCT b, row
UNWIND row.above AS one MERGE (a:Body {iri: one.iri}) CREATE (b)-[:UNDER {n: one.n}]->(a)
// -- untell_bodies: bodies that no document tells any more
UNWIND $bodies AS iri MATCH (b:Body {iri: iri}) SET b = {iri: iri}
WITH b OPTIONAL MATCH (b)-[old:UNDER|HAS]->() DELETE old
WITH DISTINCT b WHERE NOT EXISTS { (b)--() } DELETE b
// -- put_instrument_terms: what they are found by
UNWIND $rows AS row MATCH (x:Instrument {iri: row[0]}) UNWIND row[1] AS key
MERGE (t:Term {key: key}) CREATE (x)-[:HAS]->(t)
// -- drop_instrument_terms: what they are found by no more
UNWIND $rows AS row MATCH (x:Instrument {iri: row[0]}) UNWIND row[1] AS key
MATCH (x)-[r:HAS]->(:Term {key: key}) DELETE r
// -- put_body_terms: what they are found by
UNWIND $rows AS row MATCH (x:Body {iri: row[0]}) UNWIND row[1] AS key
MERGE (t:Term {key: key}) CREATE (x)-[:HAS]->(t)
// -- drop_body_terms: what they are found by no more
UNWIND $rows AS row MATCH (x:Body {iri: row[0]}) UNWIND row[1] AS key
MATCH (x)-[r:HAS]->(:Term {key: key}) DELETE r
// -- put_cluster_terms: what they are found by
UNWIND $rows AS row MATCH (x:Cluster {iri: row[0]}) UNWIND row[1] AS key
MERGE (t:Term {key: key}) CREATE (x)-[:HAS]->(t)
// -- drop_cluster_terms: what they are found by no more
UNWIND $rows AS row MATCH (x:Cluster {iri: row[0]}) UNWIND row[1] AS key
MATCH (x)-[r:HAS]->(:Term {key: key}) DELETE r
