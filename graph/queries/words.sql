-- All words of a kind, by jumping along the index from word to word.
WITH RECURSIVE known (word) AS (
  SELECT min(word) FROM word WHERE kind = :kind
  UNION ALL
  SELECT (SELECT min(word) FROM word WHERE kind = :kind AND word > known.word) FROM known WHERE known.word IS NOT NULL
)
SELECT word FROM known WHERE word IS NOT NULL
