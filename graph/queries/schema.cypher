// -- store: one node that tells version, number of writes and revision
CREATE CONSTRAINT store_one IF NOT EXISTS FOR (s:Store) REQUIRE s.one IS UNIQUE
// -- file: a loaded file
CREATE CONSTRAINT file_path IF NOT EXISTS FOR (f:File) REQUIRE f.path IS UNIQUE
// -- file_sha: files by content
CREATE INDEX file_sha IF NOT EXISTS FOR (f:File) ON (f.sha)
// -- document: what was read from one content
CREATE CONSTRAINT document_sha IF NOT EXISTS FOR (d:Document) REQUIRE d.sha IS UNIQUE
// -- sign: one way of pointing at an instrument; documents mention signs, signs mean instruments
CREATE CONSTRAINT sign_id IF NOT EXISTS FOR (s:Sign) REQUIRE s.id IS UNIQUE
// -- sign_block: signs that are judged together
CREATE INDEX sign_block IF NOT EXISTS FOR (s:Sign) ON (s.block)
// -- cluster: signs of one block that mean one instrument
CREATE CONSTRAINT cluster_iri IF NOT EXISTS FOR (c:Cluster) REQUIRE c.iri IS UNIQUE
// -- cluster_block: clusters by block
CREATE INDEX cluster_block IF NOT EXISTS FOR (c:Cluster) ON (c.block)
// -- cluster_series: clusters by the counter that gave their number
CREATE INDEX cluster_series IF NOT EXISTS FOR (c:Cluster) ON (c.series)
// -- instrument: an instrument
CREATE CONSTRAINT instrument_iri IF NOT EXISTS FOR (i:Instrument) REQUIRE i.iri IS UNIQUE
// -- instrument_date: instruments by day
CREATE INDEX instrument_date IF NOT EXISTS FOR (i:Instrument) ON (i.date)
// -- instrument_type: instruments by type
CREATE INDEX instrument_type IF NOT EXISTS FOR (i:Instrument) ON (i.type)
// -- instrument_disputed: instruments that a person should look at
CREATE INDEX instrument_disputed IF NOT EXISTS FOR (i:Instrument) ON (i.disputed)
// -- term: a word, number or other name by which something is found
CREATE CONSTRAINT term_key IF NOT EXISTS FOR (t:Term) REQUIRE t.key IS UNIQUE
// -- body: a body, post or class
CREATE CONSTRAINT body_iri IF NOT EXISTS FOR (b:Body) REQUIRE b.iri IS UNIQUE
// -- form: a body as documents tell it
CREATE CONSTRAINT form_key IF NOT EXISTS FOR (f:Form) REQUIRE f.key IS UNIQUE
// -- name: a written name of a body
CREATE CONSTRAINT name_key IF NOT EXISTS FOR (n:Name) REQUIRE n.key IS UNIQUE
// -- duty: a duty that a document lays
CREATE CONSTRAINT duty_key IF NOT EXISTS FOR (d:Duty) REQUIRE d.key IS UNIQUE
// -- duty_last_day: duties by their last day
CREATE INDEX duty_last_day IF NOT EXISTS FOR (d:Duty) ON (d.last_day)
// -- duty_kind: duties by the kind of their deadline
CREATE INDEX duty_kind IF NOT EXISTS FOR (d:Duty) ON (d.kind)
// -- judgement: what a person said of identity; outlives the documents
CREATE CONSTRAINT judgement_id IF NOT EXISTS FOR (j:Judgement) REQUIRE j.id IS UNIQUE
// -- judged: a name that judgements speak of and signs bear
CREATE CONSTRAINT judged_form IF NOT EXISTS FOR (f:JudgedForm) REQUIRE f.form IS UNIQUE
// -- states: statements of one document
CREATE INDEX states_doc IF NOT EXISTS FOR ()-[r:STATES]-() ON (r.sha)
// -- linked: clusters joined over blocks
CREATE INDEX linked_key IF NOT EXISTS FOR ()-[l:LINKED]-() ON (l.key)
// -- linked_series: by the counter
CREATE INDEX linked_series IF NOT EXISTS FOR ()-[l:LINKED]-() ON (l.series)
// -- words: full text over passages and duties, whose words are folded as in every store; no word is left out
CREATE FULLTEXT INDEX words IF NOT EXISTS FOR (n:Passage|Duty) ON EACH [n.words] OPTIONS {indexConfig: {`fulltext.analyzer`: 'whitespace'}}
// -- labels: full text for people who look at the graph with Neo4j's own tools: accents and case ignored
CREATE FULLTEXT INDEX labels IF NOT EXISTS FOR (n:Instrument|Body) ON EACH [n.label, n.title, n.name] OPTIONS {indexConfig: {`fulltext.analyzer`: 'standard-folding'}}
