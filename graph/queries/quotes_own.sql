-- Where documents that are one of the given signs say so themselves.
SELECT m.doc, m.start, m."end", m.section
FROM json_each(:signs) j CROSS JOIN sign s ON s.key = j.value CROSS JOIN document d ON d.sign = s.id
CROSS JOIN mention m ON m.doc = d.id AND m.ordinal = 0
