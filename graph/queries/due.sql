-- Duties with a last day in a window; a NULL bound is open.
SELECT duty FROM duty_day WHERE (:due_from IS NULL OR day >= :due_from) AND (:due_to IS NULL OR day <= :due_to)
