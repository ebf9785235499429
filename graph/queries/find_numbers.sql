-- Instruments that some document gives the number :num.
SELECT n.ref, n.data FROM number JOIN node n ON n.id = number.node WHERE number.num = :num
