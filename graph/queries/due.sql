-- Duties with a last day in a window; a NULL bound is open. Days that are no whole day are looked at all.
SELECT duty FROM duty_day
WHERE day >= coalesce(:due_from, 0) AND day <= coalesce(:due_to, 99999999)
UNION ALL
SELECT duty FROM duty_day WHERE day >= ''
