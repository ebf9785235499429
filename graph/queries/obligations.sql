-- Documents that lay duties, as far as a document tells whether its duties can pass; NULL filters are off.
SELECT d.id FROM document d
WHERE d.duties > 0 AND (:as_of IS NULL OR d.date <= :as_of)
  AND (:kinds IS NULL OR d.kinds & :kinds) AND (NOT :with_targets OR d.targets > 0)
