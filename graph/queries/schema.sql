-- Schema of the SQLite store, version 4. Every thing has a small integer; IRIs and long keys stand once, elsewhere their
-- 64-bit hashes (columns "key", "block", "series"). Evidence is a range of the document's text, which is kept once,
-- compressed, with the record. What is derived (cluster, link, node, alias, posting) follows from what was read.
CREATE TABLE meta (
  one INTEGER PRIMARY KEY CHECK (one = 1), writes INTEGER NOT NULL, revision INTEGER NOT NULL, counted INTEGER, counts TEXT
);
INSERT INTO meta VALUES (1, 0, 0, NULL, NULL);
CREATE TABLE file (
  id INTEGER PRIMARY KEY, path TEXT NOT NULL UNIQUE, sha NOT NULL, name TEXT NOT NULL, batch BLOB NOT NULL
);
CREATE INDEX file_sha ON file (sha);
-- "kinds" has a bit for each kind of deadline that its duties have; "first" is the row of its first unit in "folded".
CREATE TABLE document (
  id INTEGER PRIMARY KEY, sha NOT NULL UNIQUE, owner INTEGER NOT NULL, sign INTEGER NOT NULL, date TEXT,
  unparsed INTEGER NOT NULL, duties INTEGER NOT NULL, kinds INTEGER NOT NULL, targets INTEGER NOT NULL,
  first INTEGER NOT NULL, units INTEGER NOT NULL, facts BLOB NOT NULL
);
CREATE INDEX document_sign ON document (sign);
CREATE INDEX document_first ON document (first, units);
-- "place" and "year" part a block: signs of two places or two years can only be one where some sign tells neither (0).
CREATE TABLE sign (
  id INTEGER PRIMARY KEY, key INTEGER NOT NULL UNIQUE, block INTEGER NOT NULL, place INTEGER NOT NULL,
  year INTEGER NOT NULL, uses INTEGER NOT NULL, node INTEGER, data BLOB NOT NULL
);
CREATE INDEX sign_block ON sign (block, place, year);
CREATE INDEX sign_node ON sign (node);
CREATE TABLE mention (
  doc INTEGER, ordinal INTEGER, sign INTEGER NOT NULL, start INTEGER NOT NULL, "end" INTEGER NOT NULL,
  section TEXT NOT NULL, PRIMARY KEY (doc, ordinal)
) WITHOUT ROWID;
CREATE INDEX mention_sign ON mention (sign);
-- "carry": NULL where it does not count as carrying out, else the rank of its strength (0 document, 1 task, 2 mention).
CREATE TABLE relation (
  doc INTEGER, n INTEGER, subject INTEGER NOT NULL, kind INTEGER NOT NULL, object INTEGER NOT NULL,
  strength INTEGER NOT NULL, stage TEXT NOT NULL, carry INTEGER, start INTEGER NOT NULL, "end" INTEGER NOT NULL,
  section TEXT NOT NULL, PRIMARY KEY (doc, n)
) WITHOUT ROWID;
CREATE INDEX relation_subject ON relation (subject, carry);
CREATE INDEX relation_object ON relation (object, carry);
-- "digest" of all that is known of a cluster tells whether it changed.
CREATE TABLE cluster (
  id INTEGER PRIMARY KEY, key INTEGER NOT NULL, block INTEGER NOT NULL, place INTEGER NOT NULL, year INTEGER NOT NULL,
  digest INTEGER NOT NULL, series INTEGER, day TEXT, num INTEGER, node INTEGER
);
CREATE INDEX cluster_block ON cluster (block, place, year);
CREATE INDEX cluster_node ON cluster (node);
CREATE INDEX cluster_series ON cluster (series) WHERE series IS NOT NULL AND day IS NOT NULL;
-- Who carries out whom, once at either end ("up": the node carries out the other), in the order of chains.
CREATE TABLE edge (
  node INTEGER, up INTEGER, carry INTEGER, day INTEGER, other INTEGER, own INTEGER,
  PRIMARY KEY (node, up, carry, day, other)
) WITHOUT ROWID;
CREATE TABLE cluster_key (key INTEGER, cluster INTEGER, PRIMARY KEY (key, cluster)) WITHOUT ROWID;
CREATE INDEX cluster_key_cluster ON cluster_key (cluster);
CREATE TABLE link (
  key INTEGER, a INTEGER, b INTEGER, series INTEGER, live INTEGER NOT NULL, data TEXT NOT NULL, PRIMARY KEY (key, a, b)
) WITHOUT ROWID;
CREATE INDEX link_a ON link (a);
CREATE INDEX link_b ON link (b);
CREATE INDEX link_series ON link (series) WHERE series IS NOT NULL;
CREATE TABLE node (
  id INTEGER PRIMARY KEY, key INTEGER NOT NULL UNIQUE, type TEXT, date TEXT, loaded INTEGER NOT NULL, family TEXT,
  jurisdiction TEXT, level TEXT, stage TEXT NOT NULL, has_number INTEGER NOT NULL, has_issuer INTEGER NOT NULL,
  disputed INTEGER NOT NULL, ref BLOB NOT NULL, data BLOB NOT NULL
);
CREATE INDEX node_disputed ON node (id) WHERE disputed;
CREATE INDEX node_loaded ON node (date) WHERE loaded;
CREATE TABLE alias (key INTEGER, node INTEGER, PRIMARY KEY (key, node)) WITHOUT ROWID;
-- Who bears a number, with what its place in a list hangs on; "day" 0: several things are said, look at the node.
CREATE TABLE number (
  num INTEGER, type TEXT, symbol TEXT, unloaded INTEGER, day INTEGER, node INTEGER,
  PRIMARY KEY (num, type, symbol, unloaded, day, node)
) WITHOUT ROWID;
CREATE TABLE vocabulary (id INTEGER PRIMARY KEY, kind TEXT NOT NULL, word TEXT NOT NULL, UNIQUE (kind, word));
CREATE TABLE posting (word INTEGER, item INTEGER, PRIMARY KEY (word, item)) WITHOUT ROWID;
-- A duty's integer is its document's times 2^20 plus its ordinal.
-- "day" orders documents as lists of duties do.
CREATE TABLE duty_body (
  body INTEGER, part INTEGER, day INTEGER, duty INTEGER, PRIMARY KEY (body, part, day, duty)
) WITHOUT ROWID;
CREATE TABLE duty_sign (sign INTEGER, duty INTEGER, PRIMARY KEY (sign, duty)) WITHOUT ROWID;
-- Last days by bearer, and of all duties under body 0, under body -1 of those that go on or recur (day 0).
CREATE TABLE duty_due (body INTEGER, day, duty INTEGER, PRIMARY KEY (body, day, duty)) WITHOUT ROWID;
CREATE TABLE body (id INTEGER PRIMARY KEY, iri TEXT NOT NULL UNIQUE, data BLOB NOT NULL);
CREATE TABLE form (
  id INTEGER PRIMARY KEY, body INTEGER NOT NULL, uses INTEGER NOT NULL, key INTEGER NOT NULL UNIQUE, data BLOB NOT NULL
);
CREATE INDEX form_body ON form (body);
CREATE TABLE name (
  id INTEGER PRIMARY KEY, body INTEGER NOT NULL, uses INTEGER NOT NULL, text TEXT NOT NULL, UNIQUE (body, text)
);
CREATE TABLE above (above INTEGER, body INTEGER, PRIMARY KEY (above, body)) WITHOUT ROWID;
CREATE TABLE issued (body INTEGER, doc INTEGER, PRIMARY KEY (body, doc)) WITHOUT ROWID;
-- Rows are numbered by day (times 2^24), so that the newest come first without sorting.
CREATE VIRTUAL TABLE folded USING fts5 (words, content = '', columnsize = 0, tokenize = 'ascii');
-- Records of judgements: never changed, never deleted. "judged": which signs bear a form that some record speaks of.
CREATE TABLE judgement (id TEXT PRIMARY KEY, data TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE judged (form INTEGER, sign INTEGER, PRIMARY KEY (form, sign)) WITHOUT ROWID;
CREATE INDEX judged_sign ON judged (sign);
