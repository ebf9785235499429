-- Who bears the number :num, with what its place in a list hangs on; of a type (:type) or, NULL, of any.
SELECT num, type, symbol, unloaded, day, node FROM number
WHERE num = :num AND (:type IS NULL OR type = :type OR day = 0)
