-- Schema of the SQLite store, version 1. Tables of short rows go without a row id; long rows would waste pages so.
-- What is derived (cluster, link, node, alias, word) follows from what was read.
CREATE TABLE file (path TEXT PRIMARY KEY, sha TEXT NOT NULL, name TEXT NOT NULL, batch BLOB NOT NULL);
CREATE INDEX file_sha ON file (sha, path);
CREATE TABLE document (
  sha TEXT PRIMARY KEY, owner TEXT NOT NULL, sign TEXT NOT NULL, date TEXT, unparsed INTEGER NOT NULL, data TEXT NOT NULL
);
CREATE INDEX document_sign ON document (sign);
CREATE TABLE sign (id TEXT PRIMARY KEY, block TEXT NOT NULL, data TEXT NOT NULL, node TEXT);
CREATE INDEX sign_block ON sign (block);
CREATE INDEX sign_node ON sign (node);
CREATE TABLE mention (
  sha TEXT, ordinal INTEGER, sign TEXT NOT NULL, evidence TEXT NOT NULL, proofs TEXT, PRIMARY KEY (sha, ordinal)
);
CREATE INDEX mention_sign ON mention (sign, sha);
CREATE TABLE relation (
  id INTEGER PRIMARY KEY, sha TEXT NOT NULL, subject TEXT NOT NULL, kind TEXT NOT NULL, object TEXT NOT NULL,
  strength TEXT NOT NULL, stage TEXT NOT NULL, evidence TEXT NOT NULL
);
CREATE INDEX relation_sha ON relation (sha);
CREATE INDEX relation_subject ON relation (subject, kind);
CREATE INDEX relation_object ON relation (object, kind);
CREATE TABLE cluster (
  id TEXT PRIMARY KEY, block TEXT NOT NULL, series TEXT, day TEXT, data TEXT NOT NULL, node TEXT
);
CREATE INDEX cluster_block ON cluster (block);
CREATE INDEX cluster_series ON cluster (series, day);
CREATE TABLE cluster_key (key TEXT, cluster TEXT, PRIMARY KEY (key, cluster)) WITHOUT ROWID;
CREATE INDEX cluster_key_cluster ON cluster_key (cluster);
CREATE TABLE link (key TEXT, a TEXT, b TEXT, series TEXT, data TEXT NOT NULL, PRIMARY KEY (key, a, b));
CREATE INDEX link_a ON link (a);
CREATE INDEX link_b ON link (b);
CREATE INDEX link_series ON link (series);
CREATE TABLE node (
  id TEXT PRIMARY KEY, ref TEXT NOT NULL, data TEXT NOT NULL, type TEXT, date TEXT, loaded INTEGER NOT NULL, family TEXT,
  jurisdiction TEXT, level TEXT, stage TEXT NOT NULL, has_number INTEGER NOT NULL, has_issuer INTEGER NOT NULL,
  disputed INTEGER NOT NULL
);
CREATE INDEX node_disputed ON node (id) WHERE disputed;
CREATE TABLE alias (iri TEXT, node TEXT, PRIMARY KEY (iri, node)) WITHOUT ROWID;
CREATE INDEX alias_node ON alias (node);
CREATE TABLE number (num INTEGER, node TEXT, PRIMARY KEY (num, node)) WITHOUT ROWID;
CREATE INDEX number_node ON number (node);
CREATE TABLE word (kind TEXT, word TEXT, id TEXT, PRIMARY KEY (kind, word, id)) WITHOUT ROWID;
CREATE INDEX word_id ON word (id);
CREATE TABLE duty (
  id INTEGER PRIMARY KEY, sha TEXT NOT NULL, ordinal INTEGER NOT NULL, kind TEXT NOT NULL, last_day TEXT,
  targets INTEGER NOT NULL, data TEXT NOT NULL, UNIQUE (sha, ordinal)
);
CREATE INDEX duty_last_day ON duty (last_day) WHERE last_day IS NOT NULL;
CREATE INDEX duty_kind ON duty (kind);
CREATE TABLE duty_body (body TEXT, part TEXT, duty INTEGER, PRIMARY KEY (body, part, duty)) WITHOUT ROWID;
CREATE INDEX duty_body_duty ON duty_body (duty);
CREATE TABLE duty_sign (sign TEXT, duty INTEGER, place INTEGER NOT NULL, PRIMARY KEY (sign, duty)) WITHOUT ROWID;
CREATE INDEX duty_sign_duty ON duty_sign (duty, place);
CREATE TABLE body_use (sha TEXT, id TEXT, data TEXT, PRIMARY KEY (sha, id));
CREATE INDEX body_use_id ON body_use (id);
CREATE TABLE body (id TEXT PRIMARY KEY, data TEXT NOT NULL);
CREATE TABLE body_above (above TEXT, id TEXT, PRIMARY KEY (above, id)) WITHOUT ROWID;
CREATE INDEX body_above_id ON body_above (id);
CREATE TABLE body_name (id TEXT, name TEXT, sha TEXT, PRIMARY KEY (id, name, sha)) WITHOUT ROWID;
CREATE INDEX body_name_sha ON body_name (sha);
CREATE TABLE issued (body TEXT, sha TEXT, PRIMARY KEY (body, sha)) WITHOUT ROWID;
CREATE INDEX issued_sha ON issued (sha);
CREATE TABLE passage (
  id INTEGER PRIMARY KEY, sha TEXT NOT NULL, start INTEGER NOT NULL, "end" INTEGER NOT NULL, duty INTEGER, date TEXT NOT NULL
);
CREATE INDEX passage_sha ON passage (sha);
CREATE VIRTUAL TABLE folded USING fts5 (words, content = '', tokenize = 'ascii');
