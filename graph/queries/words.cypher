// All words of a kind ('word|instrument|' or 'word|body|') that something bears.
MATCH (t:Term) WHERE t.key STARTS WITH $kind AND EXISTS { (t)<-[:HAS]-() } RETURN substring(t.key, size($kind)) AS word
