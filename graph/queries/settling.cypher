// Statements of the Neo4j store by which identity is brought up to date, each for a whole batch.
// -- signs: the signs of blocks, with what they mean now
UNWIND $blocks AS block MATCH (s:Sign {block: block}) OPTIONAL MATCH (s)-[:MEANS]->(i:Instrument)
RETURN collect([block, s.id, s.uses, i.iri]) AS `rows: block, id, uses, node`
// -- sign_data: signs as they were read
UNWIND $ids AS id MATCH (s:Sign {id: id}) RETURN collect([id, s.data]) AS `rows: id, data`
// -- drop_signs: signs that no document uses
UNWIND $ids AS id MATCH (s:Sign {id: id}) DETACH DELETE s
// -- clusters: the clusters of blocks
UNWIND $blocks AS block MATCH (c:Cluster {block: block}) OPTIONAL MATCH (c)-[:PART_OF]->(i:Instrument)
RETURN collect([block, c.iri, c.series, c.keys, c.day, c.num, i.iri]) AS `rows: block, iri, series, keys, day, num, node`
// -- used: instruments of signs of which more or fewer documents make use, and their clusters
UNWIND $ids AS id MATCH (:Sign {id: id})-[:MEANS]->(i:Instrument)
WITH DISTINCT i MATCH (i)<-[:PART_OF]-(c:Cluster)
RETURN collect([i.iri, count { (i)<-[:MEANS]-() }, c.iri, [(c)-[l:LINKED]-() | l.key]]) AS `rows: node, signs, iri, keys`
// -- drop_clusters: clusters that no block has; gives the other ends of their links
UNWIND $iris AS iri MATCH (c:Cluster {iri: iri})
OPTIONAL MATCH (c)-[l:LINKED]-(other:Cluster)
WITH c, collect({iri: other.iri, key: l.key}) AS ends
DETACH DELETE c
RETURN ends
// -- put_clusters: clusters that blocks have
UNWIND $clusters AS row MERGE (c:Cluster {iri: row.iri})
SET c.block = row.block, c.series = row.series, c.day = row.day, c.num = row.num, c.keys = row.keys
// -- members: clusters that share a key
UNWIND $keys AS key MATCH (:Term {key: 'key|' + key})<-[:HAS]-(c:Cluster)
RETURN collect([key, c.iri, c.block]) AS `rows: key, iri, block`
// -- links: what joins the clusters of keys now
UNWIND $keys AS key MATCH (a:Cluster)-[l:LINKED {key: key}]->(b:Cluster)
RETURN collect([key, a.iri, b.iri, l.live, l.series]) AS `rows: key, a, b, live, series`
// -- drop_links: forgets the links of keys
UNWIND $keys AS key MATCH ()-[l:LINKED {key: key}]->() DELETE l
// -- put_links: joins clusters
UNWIND $links AS row MATCH (a:Cluster {iri: row.a}) MATCH (b:Cluster {iri: row.b}) CREATE (a)-[l:LINKED]->(b) SET l = row.kept
// -- counted: clusters with a link that the numbers of a counter decide
UNWIND $series AS series MATCH (a:Cluster)-[l:LINKED {series: series}]->(b:Cluster) WHERE l.live RETURN a.iri AS a, b.iri AS b
// -- near: what clusters are joined with
UNWIND $iris AS iri MATCH (c:Cluster {iri: iri})-[l:LINKED]-() WHERE l.live
WITH DISTINCT l RETURN collect([startNode(l).iri, endNode(l).iri, l.key, l.kind, l.reason]) AS `rows: a, b, key, kind, reason`
// -- placed: the blocks of clusters
UNWIND $iris AS iri MATCH (c:Cluster {iri: iri}) OPTIONAL MATCH (c)-[:PART_OF]->(i:Instrument)
RETURN collect([iri, c.block, i.iri]) AS `rows: iri, block, node`
// -- together: whether a document mentions signs of both sides
UNWIND $one AS id MATCH (:Sign {id: id})<-[:MENTIONS]-(d:Document)
WITH DISTINCT d
WHERE EXISTS { MATCH (d)-[:MENTIONS]->(s:Sign) WHERE s.id IN $two }
RETURN true AS together LIMIT 1
// -- peers: days and numbers of a counter
MATCH (c:Cluster {series: $series}) WHERE c.day IS NOT NULL AND c.num IS NOT NULL RETURN c.day AS day, c.num AS num
// -- nodes: instruments as they are
UNWIND $iris AS iri MATCH (i:Instrument {iri: iri}) RETURN collect([iri, i.data]) AS `rows: iri, data`
// -- drop_nodes: instruments that are no more
UNWIND $iris AS iri MATCH (i:Instrument {iri: iri}) DETACH DELETE i
// -- put_nodes: instruments as they are now
UNWIND $nodes AS row MERGE (i:Instrument {iri: row.iri})
SET i.type = row.type, i.label = row.label, i.number = row.number, i.symbol = row.symbol, i.date = row.date,
  i.issuer = row.issuer, i.title = row.title, i.jurisdiction = row.jurisdiction, i.family = row.family,
  i.level = row.level, i.stage = row.stage, i.loaded = row.loaded, i.conflict = row.conflict,
  i.disputed = row.disputed, i.ref = row.ref, i.data = row.data
// -- put_meanings: signs that mean another instrument than before
UNWIND $rows AS row MATCH (s:Sign {id: row.id}) MATCH (i:Instrument {iri: row.node})
OPTIONAL MATCH (s)-[old:MEANS]->() DELETE old
WITH s, i CREATE (s)-[:MEANS]->(i)
// -- put_parts: clusters that are part of another instrument than before
UNWIND $rows AS row MATCH (c:Cluster {iri: row.iri}) MATCH (i:Instrument {iri: row.node})
OPTIONAL MATCH (c)-[old:PART_OF]->() DELETE old
WITH c, i CREATE (c)-[:PART_OF]->(i)
