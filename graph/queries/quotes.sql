-- Where the given signs were read, a property's own place in a header before the mention as a whole.
SELECT DISTINCT coalesce(m.proofs -> ('$."' || :property || '"'), m.proofs -> ('$."' || :property || 's"'), m.evidence) AS e
FROM json_each(:signs) j CROSS JOIN mention m ON m.sign = j.value
ORDER BY e ->> '$.file', e ->> '$.sha256', e ->> '$.start', e ->> '$.end'
LIMIT :limit
