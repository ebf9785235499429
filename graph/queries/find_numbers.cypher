// Instruments that some document gives the number $num.
MATCH (:Term {key: 'number|' + toString($num)})<-[:HAS]-(i:Instrument) RETURN i.data AS data
