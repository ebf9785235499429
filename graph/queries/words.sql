-- All words of a kind that something bears.
SELECT v.word FROM vocabulary v
WHERE v.kind = :kind AND EXISTS (SELECT 1 FROM posting p WHERE p.word = v.id)
