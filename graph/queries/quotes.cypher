// Where documents cite one of the given signs, by file and place, at most $limit.
UNWIND $signs AS id MATCH (:Sign {id: id})<-[m:MENTIONS]-(:Document) WHERE m.n > 0
WITH DISTINCT m.file AS file, m.sha AS sha, m.start AS start, m.end AS end, m.line AS line, m.text AS text,
  m.section AS section, m.page AS page
RETURN {file: file, sha: sha, start: start, end: end, line: line, text: text, section: section, page: page} AS place
ORDER BY file, sha, start, end LIMIT $limit
