-- A host belongs to one worker at a time; the server frees it when its
-- session ends.
SELECT pg_try_advisory_lock($1)
