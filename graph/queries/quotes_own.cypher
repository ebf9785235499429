// Where documents that are one of the given signs say so themselves.
UNWIND $signs AS id MATCH (:Sign {id: id})<-[:IS]-(d:Document)-[m:MENTIONS {n: 0}]->(:Sign) RETURN d.told AS told, properties(m) AS place
